"""What a step brings about beside its own record: a record opened, another one ended, the customer's file written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huiyin.customers.models import Customer
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.registers.models import FormRecord
from tests.desk import Office
from tests.registers.works import a_customer
from tests.stage import desks, stage

works = stage(str(Path(__file__).parent / "packs" / "errands"))
office = desks()


def asked(office: Office, customer: Customer, **values: str) -> Any:
    """The answer to what the customer asks for, taken by reception."""
    page = f"/registers/asking/new/take?customer={customer.number}"
    return office.desk("mei").send("/registers/asking/new/take", at_page=page, what="借一台千斤顶", **values)


def taken(office: Office, customer: Customer, outside: str) -> FormRecord:
    """What the customer asks for, as it stands then."""
    assert asked(office, customer, outside=outside, companions="0" if outside == "yes" else "").status_code == 302
    return FormRecord.objects.get(kind="asking")


def test_a_step_opens_a_record_that_ends_it_and_the_customers_file_is_written(office: Office) -> None:
    customer = a_customer(office.works)
    asking = taken(office, customer, "yes")
    errand = FormRecord.objects.get(kind="errand")
    assert (errand.extra, errand.about_number) == ({"errand_what": "借一台千斤顶"}, customer.number)
    page = office.desk("mei").get(f"/registers/errand/{errand.number}")
    assert asking.number in page.text

    office.desk("mei").send(f"/registers/errand/{errand.number}/come_back")
    asking.refresh_from_db()
    customer.refresh_from_db()
    assert (asking.state, customer.extra) == ("done", {"last_asked": "借一台千斤顶"})
    told = Entry.objects.filter(kind="customer").exclude(event="record.linked").order_by("sequence")
    assert [one.event for one in told] == ["customer.registered", "customer.changed"]
    assert "借一台千斤顶" in office.desk("mei").get(f"/customers/{customer.number}").text
    assert (verify().code, verify().fault) == (0, None)


def test_nothing_is_brought_about_where_the_conditions_do_not_hold(office: Office) -> None:
    taken(office, a_customer(office.works), "no")
    assert not FormRecord.objects.filter(kind="errand").exists()


def test_the_customers_file_is_entered_once_for_what_it_says_already(office: Office) -> None:
    customer = a_customer(office.works)
    for _ in range(2):
        asking = taken(office, customer, "no")
        office.desk("mei").send(f"/registers/asking/{asking.number}/finish")
        FormRecord.objects.filter(pk=asking.pk).update(kind="asked-before")
    assert Entry.objects.filter(event="customer.changed").count() == 1


@pytest.mark.parametrize(("said", "status"), [("0", 302), ("2", 302), ("", 422)])
def test_nought_is_said_where_a_number_is_needed_under_a_condition(office: Office, said: str, status: int) -> None:
    answer = asked(office, a_customer(office.works), outside="yes", companions=said)
    assert answer.status_code == status
    kept = [row.extra.get("companions") for row in FormRecord.objects.filter(kind="asking")]
    assert kept == ([said] if status == 302 else [])


def test_a_step_that_follows_stands_on_no_page(office: Office) -> None:
    customer = a_customer(office.works)
    asking = taken(office, customer, "yes")
    mei, begins = office.desk("mei"), "/registers/errand/new"
    pages = ["/registers/", "/registers/errand/", f"/customers/{customer.number}", f"/registers/asking/{asking.number}"]
    assert [page for page in pages if any(begins in link for link in mei.get(page).links)] == []
    assert [mei.get(f"{begins}{verb}").status for verb in ("", "/begin")] == [404, 404]
    assert any("/registers/asking/new" in link for link in mei.get(f"/customers/{customer.number}").links)

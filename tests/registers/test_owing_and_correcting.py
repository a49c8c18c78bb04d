"""Whoever owes something on a record may open it; a correction leaves nothing empty that a step needed."""

from __future__ import annotations

import pytest

from huiyin.obligations.models import OPEN, Obligation
from huiyin.registers.models import FormRecord
from tests.cast import at
from tests.desk import Office
from tests.registers.offline.telephone import an_order
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("property-services")
office = desks("2026-11-17 08:00")


@pytest.fixture
def order(office: Office) -> FormRecord:
    return an_order(office.works)


def test_a_department_that_owes_something_sees_the_record(office: Office, order: FormRecord) -> None:
    fang, here = office.desk("fang"), f"/registers/repair/{order.number}"
    assert fang.get(here).status == 404
    owed = Obligation.objects.filter(OPEN, kind="repair", record_id=order.pk).first()
    assert owed is not None
    owed.owner_person, owed.owner_department = None, office.works.fang.department
    owed.save()
    assert "厨房水管漏水" in fang.get(here).text
    assert order.number in fang.get("/registers/repair/").text
    owed.fulfilled_at = at("2026-11-17 08:00")
    owed.save()
    assert fang.get(here).status == 404


def test_what_somebody_owes_on_a_record_of_the_product_opens_no_other(office: Office, order: FormRecord) -> None:
    owed = Obligation.objects.filter(OPEN, kind="repair", record_id=order.pk).first()
    assert owed is not None
    owed.kind, owed.owner_person, owed.owner_department = "complaint", None, office.works.fang.department
    owed.save()
    assert office.desk("fang").get(f"/registers/repair/{order.number}").status == 404


def test_a_correction_leaves_what_was_needed(office: Office, order: FormRecord) -> None:
    mei, page = office.desk("mei"), f"/registers/repair/{order.number}/facts"
    refused = mei.send(page, matter="")
    assert refused.status_code == 422
    assert "请填写报修内容。" in refused.text
    order.refresh_from_db()
    assert order.extra["matter"] == "厨房水管漏水"
    assert mei.send(page, matter="卫生间水管漏水").status_code == 302
    order.refresh_from_db()
    assert order.extra["matter"] == "卫生间水管漏水"

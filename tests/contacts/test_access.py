"""Who sees which contacts: functions named by the procedure see all, others their own.

What one may not see does not exist.
"""

from __future__ import annotations

import pytest
from django.http import Http404

from huiyin.contacts.access import contact_for, visible_to
from huiyin.contacts.queries import files_of
from huiyin.contacts.room import card_section
from huiyin.customers.access import visible_to as customers_visible_to
from tests.cast import at
from tests.contacts.conftest import ContactDesk, picture


def test_functions_of_the_procedure_see_all_and_others_their_own(desk: ContactDesk) -> None:
    of_mei, of_peng = desk.call("mei"), desk.call("peng")
    seen = {
        name: {c.number for c in visible_to(desk.person(name), desk.factory.procedure)}
        for name in ("mei", "lin", "zong", "peng", "shen", "root")
    }
    both = {of_mei.number, of_peng.number}
    assert seen == {
        "mei": both,
        "lin": both,
        "zong": both,
        "peng": {of_peng.number},
        "shen": set(),
        "root": both,
    }


def test_what_one_may_not_see_does_not_exist(desk: ContactDesk) -> None:
    contact = desk.call("mei", uploads=[picture()])
    with pytest.raises(Http404):
        contact_for(desk.person("peng"), contact.number)
    with pytest.raises(Http404):
        contact_for(desk.person("mei"), "LX000000-0000")
    browser = desk.browser("peng")
    file = files_of(contact)[0]
    addresses = [f"/contacts/{contact.number}{end}" for end in ("", "/facts", "/filing", "/reversal", "/original")]
    addresses += [
        f"/files/{file.pk}/{file.name}",
        f"/files/{file.pk}/preview",
        f"/complaints/new?contact={contact.number}",
    ]
    assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)
    assert contact.number not in browser.get("/contacts/").content.decode()
    assert contact.number not in browser.get("/search?q=漏油").content.decode()


def test_who_speaks_with_a_customer_sees_the_customers_file(desk: ContactDesk) -> None:
    customer = desk.customer()
    assert not customers_visible_to(desk.person("peng")).exists()
    desk.call("peng", customer=customer)
    assert list(customers_visible_to(desk.person("peng"))) == [customer]


def test_on_a_customers_card_stand_only_contacts_that_the_reader_may_see(desk: ContactDesk) -> None:
    customer = desk.customer()
    of_mei, of_peng = desk.call("mei", customer=customer), desk.call("peng", customer=customer)
    shown = {}
    for name in ("mei", "peng", "shen"):
        section = card_section(customer, desk.person(name), at("2026-11-16 10:00"))
        assert section is not None
        shown[name] = (sorted(one.number for one in section.lines), section.total)
    both = sorted([of_mei.number, of_peng.number])
    assert shown == {"mei": (both, 2), "peng": ([of_peng.number], 1), "shen": ([], 0)}

"""A page for a step that is somebody else's says whose it is and offers nothing to send; one's own offers its form."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from huiyin.people.backends import load_person
from huiyin.people.models import Person
from huiyin.procedure.versions import procedure_of
from huiyin.records.kinds import declared
from huiyin.records.steps.conditions import GuardContext, opening_refusals, others_step
from tests.cast import NOON, at
from tests.kinds.matrix import KindMatrix, matrices
from tests.secrets import SecretCompany, company, guarded

pytestmark = pytest.mark.django_db
__all__ = ["company", "guarded"]

of_kind = pytest.mark.parametrize("one", matrices(), ids=lambda one: str(one.kind))
FORM = '<form class="form" method="post"'


def readers(one: KindMatrix, company: SecretCompany) -> Iterator[tuple[str, Person]]:
    """Those who see the sample, as they have just signed in."""
    for name in sorted(one.sees):
        person = load_person(company.works.people[name].pk, at=at(NOON))
        assert person is not None
        yield name, person


def pages(one: KindMatrix, company: SecretCompany) -> Iterator[tuple[str, str, list[str]]]:
    """Every page of a step that leads out of the sample's state: its reader, its address, whose it is if another's."""
    kind = declared[one.kind]
    record = kind.model._default_manager.get(number=company.real[one.kind])
    procedure = procedure_of(record.procedure_id)
    nouns = {step.verb: noun for noun, step in kind.steps.by_noun.items()}
    for name, person in readers(one, company):
        for verb in procedure.step_table(one.kind).verbs_from(record.state):
            if verb in nouns:
                whose = others_step(GuardContext(record, None, person, at(NOON), procedure), one.kind, verb)
                yield name, f"/{one.room}/{record.number}/{nouns[verb]}", [str(reason) for reason in whose]


def looked_at(company: SecretCompany, name: str, address: str) -> str:
    return unescape(company.browser(name).get(address).content.decode())


@of_kind
def test_a_page_of_somebody_elses_step_says_whose_it_is(one: KindMatrix, guarded: SecretCompany) -> None:
    wrong = {}
    for name, address, whose in pages(one, guarded):
        page = looked_at(guarded, name, address)
        offered = FORM in page
        if offered is bool(whose) or not all(reason in page for reason in whose):
            wrong[f"{name}: {address}"] = {"whose": whose, "a form": offered}
    assert wrong == {}


def test_some_pages_are_somebody_elses_and_some_are_ones_own(guarded: SecretCompany) -> None:
    """Otherwise the test above would prove nothing."""
    found = [bool(whose) for one in matrices() for _, _, whose in pages(one, guarded)]
    assert (found.count(True) > 10, found.count(False) > 10) == (True, True)


@of_kind
def test_who_may_not_open_a_record_is_not_asked_for_its_facts(one: KindMatrix, guarded: SecretCompany) -> None:
    opening: Any = next(page for page in declared[one.kind].lists if page.opens)
    wrong = []
    for name, person in readers(one, guarded):
        reasons = opening_refusals(opening.opens, person, guarded.works.procedure)
        page = looked_at(guarded, name, f"/{one.room}/new")
        if reasons and (FORM in page or str(reasons[0]) not in page):
            wrong.append(name)
    assert wrong == []

"""A page for a step that is somebody else's says whose it is and offers nothing to send; one's own offers its form,
or says what stands against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest

from huiyin.people.backends import load_person
from huiyin.people.models import Person
from huiyin.procedure.versions import procedure_of
from huiyin.records.kinds import declared
from huiyin.records.steps.conditions import GuardContext, opening_refusals, others_step, step_refusals
from tests.cast import NOON, at
from tests.kinds.matrix import KindMatrix, matrices
from tests.secrets import SecretCompany, company, guarded

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows
__all__ = ["company", "guarded"]

of_kind = pytest.mark.parametrize("one", matrices(), ids=lambda one: str(one.kind))
FORM = '<form class="form" method="post"'


def readers(one: KindMatrix, company: SecretCompany) -> Iterator[tuple[str, Person]]:
    """Those who see the sample, as they have just signed in."""
    for name in sorted(one.sees):
        person = load_person(company.works.people[name].pk, at=at(NOON))
        assert person is not None
        yield name, person


@dataclass(frozen=True)
class StepSeen:
    """A step's page as one reader should have it: whose it is if another's, else what stands against it."""

    reader: str
    address: str
    whose: list[str]
    against: list[str]
    leads_on: bool


def pages(one: KindMatrix, company: SecretCompany) -> Iterator[StepSeen]:
    """Every page of a step of the kind on the sample, also of those that do not lead out of its state."""
    kind = declared[one.kind]
    record = kind.model._default_manager.get(number=company.real[one.kind])
    procedure = procedure_of(record.procedure_id)
    possible = procedure.step_table(one.kind).verbs_from(record.state)
    for name, person in readers(one, company):
        for noun, step in kind.steps.by_noun.items():
            situation = GuardContext(record, None, person, at(NOON), procedure)
            whose = [str(reason) for reason in others_step(situation, one.kind, step.verb)]
            against = [str(reason) for reason in step_refusals(situation, one.kind, step.verb)]
            yield StepSeen(name, f"/{one.room}/{record.number}/{noun}", whose, against, step.verb in possible)


def looked_at(company: SecretCompany, name: str, address: str) -> str:
    return unescape(company.browser(name).get(address).content.decode())


@of_kind
def test_a_page_says_whose_step_it_is_or_why_not_now_and_else_offers_its_form(
    one: KindMatrix, guarded: SecretCompany
) -> None:
    wrong = {}
    for each in pages(one, guarded):
        page = looked_at(guarded, each.reader, each.address)
        offered, said = FORM in page, each.whose or each.against
        if offered is bool(each.against) or not all(reason in page for reason in said):
            wrong[f"{each.reader}: {each.address}"] = {"said": said, "a form": offered}
    assert wrong == {}


def test_some_pages_are_somebody_elses_some_must_wait_and_some_are_ones_own(guarded: SecretCompany) -> None:
    """Otherwise the test above would prove nothing."""
    found = [each for one in matrices() for each in pages(one, guarded)]
    counted = (
        sum(1 for each in found if each.whose),
        sum(1 for each in found if each.leads_on and each.against and not each.whose),
        sum(1 for each in found if not each.leads_on),
        sum(1 for each in found if not each.against),
    )
    assert [number > 10 for number in counted] == [True] * 4


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

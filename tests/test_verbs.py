"""Every step that some pack places in a step table is taken on a page, or it says here why nobody takes it by hand."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from huiyin.assessment import part_steps as assessed
from huiyin.assessment import steps as assessment
from huiyin.complaints import pages as complaints
from huiyin.contacts import steps as contacts
from huiyin.customers import steps as customers
from huiyin.improvement import pages as improvement
from huiyin.improvement.suppliers import pages as suppliers
from huiyin.procedure.loader import packs
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import WithinStep
from huiyin.returns.part_steps import PART_STEPS
from huiyin.returns.steps import STEPS as REPLACEMENT_STEPS
from huiyin.returns.stock_take_steps import STOCK_TAKE_STEPS
from tests.cast import pack

STEP_PAGES: tuple[StepPages, ...] = (
    complaints.STEPS,
    contacts.STEPS,
    customers.STEPS,
    complaints.TASK_STEPS,
    improvement.STEPS,
    suppliers.STEPS,
    REPLACEMENT_STEPS,
    *PART_STEPS.values(),
    STOCK_TAKE_STEPS,
    assessment.STEPS,
    assessed.CHARGE_STEPS,
    assessed.ALLOTMENT_STEPS,
)

OTHER_PAGES = {
    "complaint.register": "complaint_new",
    "problem.open": "problem_new",
    "problem.write": "problem_section",
    "scar.open": "scar_new",
}
"""Steps with pages of another make, by the names of their addresses."""

WITHIN = {
    "task.assign": "complaint.assign",
    "charge.propose": "assessment.propose_reward",
    "charge.count": "assessment.compile",
    "charge.post": "assessment.hand_over",
    "allotment.open": "assessment.hand_over",
    "allotment.reckon": "assessment.add_costs",
}
"""Steps of a part, or of part of the goods, that are taken by the form of another step."""

BY_ITSELF = {"contact.set_aside": "the mailbox files automatic mail as it comes in; a person files by contact.file"}
"""Steps that no person takes, with the reason."""


def steps_of(key: str) -> list[str]:
    return sorted(step.key for step in pack(key).steps)


def declared() -> set[str]:
    """Steps that say themselves where they are taken, or why nobody takes them by hand."""
    return {f"{pages.kind}.{step.verb}" for pages in STEP_PAGES for step in pages.steps}


def on_pages() -> set[str]:
    return {f"{pages.kind}.{verb}" for pages in STEP_PAGES for verb in (*pages.by_verb, *pages.elsewhere)}


def within_others() -> dict[str, str]:
    """Declared steps that are taken by the form of another step, and of which."""
    return {
        f"{pages.kind}.{step.verb}": step.page.step
        for pages in STEP_PAGES
        for step in pages.steps
        if isinstance(step.page, WithinStep)
    }


@pytest.mark.parametrize("key", packs())
def test_every_step_of_a_pack_has_its_page(key: str) -> None:
    known = on_pages() | OTHER_PAGES.keys() | WITHIN.keys() | within_others().keys() | BY_ITSELF.keys()
    assert [step for step in steps_of(key) if step not in known] == []


def test_the_lists_above_hold_nothing_that_is_not_so() -> None:
    """No exemption for a step that has a page or that no pack knows; what a step is taken within has a page itself."""
    everywhere = {step for key in packs() for step in steps_of(key)}
    listed = [*OTHER_PAGES, *within(), *BY_ITSELF]
    assert [step for step in listed if step in on_pages() or step not in everywhere] == []
    assert [
        step for step in [*WITHIN.values(), *within_others().values()] if step not in on_pages() | OTHER_PAGES.keys()
    ] == []
    assert len(listed) == len(set(listed))


def test_the_other_pages_are_there() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    named = {
        *OTHER_PAGES.values(),
        *(url for pages in STEP_PAGES for url in (pages.url, *pages.elsewhere.values())),
    }
    assert sorted(named - names) == []


def test_no_page_takes_a_step_that_no_pack_knows() -> None:
    everywhere = {step for key in packs() for step in steps_of(key)}
    assert sorted(on_pages() - everywhere) == []


@pytest.mark.parametrize("pages", STEP_PAGES, ids=lambda pages: str(pages.kind))
def test_each_step_has_an_address_of_its_own(pages: StepPages) -> None:
    assert len(pages.by_verb) == len(pages.by_noun)

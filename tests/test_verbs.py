"""Every step that some pack places in a step table is declared with its page, or says why nobody takes it by hand.

Kinds that a pack declares bring their steps themselves, and have one set of pages together.
"""

from __future__ import annotations

import pytest

from huiyin.procedure.loader import packs
from huiyin.records.kinds import declared
from huiyin.records.steps.step_types import NoPage, OtherPage, StepPage, StepType, WithinStep
from tests.cast import pack

STEPS: dict[str, StepType] = {
    f"{kind}.{step.verb}": step for one in declared.values() for kind, step in one.step_types()
}


def steps_of(key: str) -> list[str]:
    procedure = pack(key)
    return sorted(step.key for step in procedure.steps if step.kind not in procedure.vocabulary.declared)


EVERYWHERE = {step for key in packs() for step in steps_of(key)}


@pytest.mark.parametrize("key", packs())
def test_every_step_of_a_pack_is_declared(key: str) -> None:
    assert [step for step in steps_of(key) if step not in STEPS] == []


def test_no_step_is_declared_that_no_pack_knows() -> None:
    assert sorted(STEPS.keys() - EVERYWHERE) == []


def test_what_a_step_is_taken_within_has_a_page_itself() -> None:
    within = {step.page.step for step in STEPS.values() if isinstance(step.page, WithinStep)}
    assert sorted(step for step in within if not isinstance(STEPS[step].page, StepPage | OtherPage)) == []


def test_who_takes_a_step_without_a_page_is_said() -> None:
    without = {key: step.page.reason for key, step in STEPS.items() if isinstance(step.page, NoPage)}
    assert [key for key, reason in without.items() if len(reason.split()) < 5] == []

"""A step declared with something missing names what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.kernel.text import t
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType
from huiyin.ui.forms import StepForm

WORDS = t("甲", "A")
STEP: dict[str, Any] = dict.fromkeys(("label", "happened", "sentence"), WORDS) | {
    "event": "sent",
    "page": OtherPage("sending"),
}
PAGE: dict[str, Any] = {"form": StepForm, "action": print}


@pytest.mark.parametrize("left_out", sorted(STEP))
def test_a_step_names_the_argument_that_is_missing(left_out: str) -> None:
    with pytest.raises(TypeError, match=f"'{left_out}'"):
        StepType("send", **{name: value for name, value in STEP.items() if name != left_out})


@pytest.mark.parametrize("left_out", sorted(PAGE))
def test_a_page_names_the_argument_that_is_missing(left_out: str) -> None:
    with pytest.raises(TypeError, match=f"'{left_out}'"):
        StepPage("sending", **{name: value for name, value in PAGE.items() if name != left_out})


def test_what_comes_after_the_verb_or_the_noun_is_said_by_name() -> None:
    """By place, what stands after a missing argument would be taken for it."""
    with pytest.raises(TypeError, match="positional"):
        StepType("send", *STEP.values())  # type: ignore[misc]
    with pytest.raises(TypeError, match="positional"):
        StepPage("sending", *PAGE.values())  # type: ignore[misc]

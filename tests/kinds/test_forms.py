"""What forms ask and what is kept and told of it fit together: lengths of columns, places of sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import models
from django.urls import URLPattern, get_resolver

from huiyin.kernel.text import t
from huiyin.records.kind_pages import fact_names
from huiyin.records.kinds import RecordKind, declared
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.plain_actions import PlainOpening, PlainStep, writes
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage
from huiyin.records.steps.step_types import StepPage, StepType
from huiyin.returns.forms.steps import ReturnsReasonForm
from huiyin.ui.forms import StepForm
from tests.phrases import places

of_kind = pytest.mark.parametrize("kind", list(declared.values()), ids=lambda kind: str(kind.key))
KEPT_ELSEWHERE = {
    (
        "ReturnsReasonForm",
        "reason",
    ): "each step keeps its reason in a column of its own; this one says why goods are asked",
}
"""Fields that are not kept in the column of their name, each with the reason."""


def pages_of_facts(kind: RecordKind) -> Iterator[OpeningPage | CorrectionPage]:
    """The pages on which records of the kind are opened and corrected."""
    for pattern in _patterns(get_resolver().url_patterns):
        page = pattern.callback
        if isinstance(page, OpeningPage | CorrectionPage) and page.step.partition(".")[0] == kind.key:
            yield page


def _patterns(found: Any) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from _patterns(one.url_patterns)


def forms_of(kind: RecordKind) -> Iterator[tuple[type[models.Model], type[StepForm]]]:
    """Every form that is asked of the kind's records and of their parts, with the table it writes to."""
    yield from ((kind.model, page.form) for page in pages_of_facts(kind))
    tables = {kind.key: kind.model, **{part.model.part_kind: part.model for part in kind.parts}}
    for key, step in kind.step_types():
        if isinstance(step.page, StepPage):
            yield tables[key], step.page.form


@of_kind
def test_no_field_takes_more_than_its_column_holds(kind: RecordKind) -> None:
    """What a form lets through and the column refuses would be an error page instead of a sentence."""
    too_long = []
    for table, form in forms_of(kind):
        columns = {one.name: one.max_length for one in table._meta.concrete_fields if isinstance(one, models.CharField)}
        for name in fact_names(form):
            most, asked = columns.get(name), getattr(form.base_fields[name], "max_length", 0)
            if (form.__name__, name) in KEPT_ELSEWHERE:
                continue
            if most is not None and (asked is None or asked > most):
                too_long.append(f"{form.__name__}.{name}: max_length={asked}, the column holds {most}")
    assert too_long == []


def plain_steps(kind: RecordKind) -> Iterator[tuple[StepType, PlainOpening | PlainStep, type[StepForm]]]:
    """The steps that only write down what their form gives, each with its action and its form."""
    by_verb = {step.verb: step for _, step in kind.step_types()}
    for page in pages_of_facts(kind):
        if isinstance(page.action, PlainOpening | PlainStep):
            yield by_verb[page.step.partition(".")[2]], page.action, page.form
    for step in by_verb.values():
        if isinstance(step.page, StepPage) and isinstance(step.page.action, PlainStep):
            yield step, step.page.action, step.page.form


def unfilled(kind: RecordKind) -> list[str]:
    """Places of sentences that no field of the form fills: they would be read as a dash, or not at all."""
    return [
        f"{kind.key}.{step.verb}: {{{place}}} is no field of {form.__name__}"
        for step, _, form in plain_steps(kind)
        for place in sorted(places(step.sentence) - set(fact_names(form)))
    ]


@of_kind
def test_a_sentence_tells_what_the_form_asks(kind: RecordKind) -> None:
    assert unfilled(kind) == []


def test_a_misspelt_place_is_named() -> None:
    take = declared["stock-take"]
    page = StepPage("cancellation", form=ReturnsReasonForm, action=writes("cancel"))
    step = replace(take.steps.by_verb["cancel"], sentence=t("见 {waybil}", "see {waybil}"), page=page)
    kind = replace(take, steps=StepPages("stock-take", "stock_take_step", (step,)))
    assert unfilled(kind) == ["stock-take.cancel: {waybil} is no field of ReturnsReasonForm"]


@of_kind
def test_a_plain_action_takes_the_step_on_whose_page_it_stands(kind: RecordKind) -> None:
    wrong = [f"{step.verb} takes {action.verb}" for step, action, _ in plain_steps(kind) if action.verb != step.verb]
    assert wrong == []

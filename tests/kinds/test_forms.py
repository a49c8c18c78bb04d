"""What forms ask fits into the columns in which it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.urls import URLPattern, get_resolver

from huiyin.records.kinds import RecordKind, declared
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage, fact_names
from huiyin.records.steps.step_types import StepPage
from huiyin.ui.forms import StepForm

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

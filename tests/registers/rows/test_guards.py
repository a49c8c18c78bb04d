"""Guards on the steps of rows: they read the row itself, and of its record what the row does not have."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.records.steps.refusals import Refused
from huiyin.registers.actions import FormInput, RowInput, open_record
from huiyin.registers.models import FormRow
from huiyin.registers.rows.tasks import answer
from tests.cast import Factory
from tests.obligations.test_second_pass import PACK
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage(PACK, when="2026-09-01 08:00")


def a_task(works: Factory, **facts: Any) -> FormRow:
    row = RowInput(facts=facts, owner=works.mei, due_on=None)
    given = FormInput(facts={"text": "换密封圈"}, rows={"tasks": [row]})
    context = works.context("mei", "2026-11-16 09:00")
    open_record("draft-sheet", "write", given, procedure_id=works.version, context=context)
    return FormRow.objects.get(part_kind="draft-task")


def refused(works: Factory, row: FormRow) -> list[str]:
    with pytest.raises(Refused) as found:
        answer(row, "办好了", context=works.context("mei", "2026-11-16 10:00"))
    return [reason.show("zh") for reason in found.value.reasons]


def test_what_a_row_lacks_holds_its_step_back(works: Factory) -> None:
    assert refused(works, a_task(works)) == ["还没有填写“地点”"]


def test_what_a_row_names_somebody_for_is_done_by_another(works: Factory) -> None:
    mei = works.mei
    row = a_task(works, place="二车间", checker={"person": mei.pk, "name": mei.name})
    assert refused(works, row) == ["不能由同一人办理"]


def test_a_row_that_holds_it_is_answered(works: Factory) -> None:
    row = a_task(works, place="二车间")
    answer(row, "办好了", context=works.context("mei", "2026-11-16 10:00"))
    assert FormRow.objects.get(pk=row.pk).state == "answered"

"""P5, annex 1: measures that management approved are not rewritten behind its back; their carrying out is written."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.improvement.actions import content, moving
from tests.cast import Factory, day
from tests.improvement.cases import refused
from tests.scenarios.test_service_process import Feedback
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("service-process")


def test_an_approved_plan_stands_until_it_is_returned(works: Factory) -> None:
    one = Feedback(works)
    one.decide(cause=True, action=True, effect=True)
    cause = one.cause()
    action = one.measures(cause)

    def write(**values: Any) -> Any:
        return content.put_row(one.record, "action", values, pk=action.pk, context=one.context("peng"))

    def other(*, chosen: bool) -> Any:
        return one.row("peng", "action", measure="corrective", cause=cause, text="换一种压机", chosen=chosen)

    write(text="加装压力和位移传感器")  # nobody has approved it yet
    one.reviewed_and_approved()
    stands = ["措施已核准，只能填写执行情况；要改措施，请先退回重拟"]
    assert refused(lambda: write(text="只做培训")) == stands
    assert refused(lambda: write(chosen=False)) == stands
    assert refused(lambda: other(chosen=True)) == stands
    context = one.context("peng")
    assert refused(lambda: content.drop_row(one.record, "action", action.pk, version=None, context=context)) == stands
    assert other(chosen=False).text == "换一种压机"  # another way, not chosen, may be written down
    assert str(write(done_on=day("2026-11-19")).done_on) == "2026-11-19"
    moving.return_plan(one.record, "传感器买不到", context=one.context("zong"))
    assert one.owed() == {"feedback-plan-again": "production", "problem-close": "reception"}
    assert write(text="改为全检").text == "改为全检"

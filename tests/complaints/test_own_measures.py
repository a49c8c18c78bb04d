"""Measures of the very department that checks effects: somebody else has to be able to confirm them."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import tasks
from huiyin.complaints.models import Task
from huiyin.people.models import Person
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory
from tests.stage import stage
from tests.story import told

pytestmark = pytest.mark.django_db
works = stage("complaint-measures")


def test_what_the_only_checker_carried_out_is_confirmed_by_management(works: Factory) -> None:
    """The production office confirms effects; of its own measures its only member cannot be the judge."""
    story = told(works, "judged")
    office = works.bai.department
    assert list(Person.objects.filter(department=office, is_active=True)) == [works.bai]
    task = story.assign("office")[0]
    story.accept_task(task, "bai")
    story.answer_task(task, "bai")
    tasks.approve(task, context=story.context("lin"))
    story.carry_out(task, "bai")
    with pytest.raises(Refused) as refused:
        tasks.verify(task, "有效", context=story.context("bai"))
    assert [one.show("zh") for one in refused.value.reasons] == ["验证须由措施负责人以外的人进行"]
    tasks.verify(task, "有效", context=story.context("zong"))
    assert Task.objects.get(pk=task.pk).state == "verified"

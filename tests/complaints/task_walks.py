"""Every step page of a department's task: who walks through it, from where, with what, and where it leads."""

from __future__ import annotations

from huiyin.complaints.actions import tasks
from huiyin.complaints.models import Task
from tests.complaints.step_walk import StepWalk
from tests.story import Story


def _assigned(story: Story) -> Task:
    story.until("judged")
    return story.assign()[0]


def _accepted(story: Story) -> Task:
    task = _assigned(story)
    story.accept_task(task)
    return task


def _answered(story: Story) -> Task:
    task = _accepted(story)
    story.answer_task(task)
    return task


def _approved(story: Story) -> Task:
    task = _answered(story)
    tasks.approve(task, context=story.context("lin"))
    return task


def _done(story: Story) -> Task:
    task = _approved(story)
    story.carry_out(task)
    return task


PLAN = {"cause": "导向套磨损", "m0_text": "全检库存", "m0_who": "彭师傅", "m0_on": "2026-11-18"}

TASK_WALKS = (
    StepWalk(
        "accept",
        "acceptance",
        "peng",
        _assigned,
        "accepted",
        "task.accepted",
        {},
        "mei",
        "这一步由任务所在部门的任何人办理",
    ),
    StepWalk(
        "decline",
        "decline",
        "shen",
        _assigned,
        "declined",
        "task.declined",
        {"reason": "not-ours", "words": "油封归采购"},
        "peng",
        "这一步由任务所在部门负责人办理",
    ),
    StepWalk(
        "answer",
        "answer",
        "peng",
        _accepted,
        "answered",
        "task.answered",
        PLAN,
        "mei",
        "这一步由任务所在部门的任何人办理",
    ),
    StepWalk(
        "return",
        "return",
        "lin",
        _answered,
        "accepted",
        "task.returned",
        {"reason": "原因太笼统"},
        "zong",
        "这一步由质量部、客服部办理",
    ),
    StepWalk(
        "approve",
        "approval",
        "lin",
        _answered,
        "approved",
        "task.approved",
        {},
        "zong",
        "这一步由质量部、客服部负责人办理",
    ),
    StepWalk(
        "carry_out",
        "execution",
        "peng",
        _approved,
        "carried_out",
        "task.carried_out",
        {},
        "mei",
        "这一步由任务所在部门的任何人办理",
    ),
    StepWalk(
        "verify",
        "effect",
        "lin",
        _done,
        "verified",
        "task.verified",
        {"effect": "百件无漏"},
        "zong",
        "这一步由质量部办理",
    ),
    StepWalk(
        "cancel",
        "cancellation",
        "lin",
        _assigned,
        "cancelled",
        "task.cancelled",
        {"reason": "已并入另一任务"},
        "zong",
        "这一步由质量部、客服部办理",
    ),
)

"""The steps of a complaint's way, each with what a person would write; MAIN is the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from huiyin.channels.demo import wording
from huiyin.channels.demo.chance import later, weighted
from huiyin.channels.demo.tasks import TaskLine
from huiyin.complaints.actions.values import Assignment, Judgement
from huiyin.people.models import Department, Person

if TYPE_CHECKING:
    from huiyin.channels.demo.story import Story

MAIN = (
    "merge",
    "withdraw",
    "verify",
    "forward",
    "judge",
    "reject",
    "settle",
    "assign",
    "return_verdict",
    "approve_verdict",
    "conclude",
    "answer",
    "refuse",
    "accept",
    "attempt_call",
    "call_back",
    "close",
)


def merge(story: Story, at: datetime, by: Person) -> None:
    """The same matter has been registered before."""
    assert story.twin is not None
    story.live.merge(story.twin.id, story.twin.number, context=story.context("merge", at, by))
    story.agenda.clear()


def withdraw(story: Story, at: datetime, by: Person) -> None:
    """The customer takes it back."""
    story.live.withdraw(story.say(wording.WITHDRAWALS), context=story.context("withdraw", at, by))
    story.agenda.clear()


def verify(story: Story, at: datetime, by: Person) -> None:
    """Findings, and quantities as far as they were checked."""
    words, random = story.case.words, story.random
    bad, total = int(str(words["n"])), int(str(words["total"]))
    verified = Decimal(random.randrange(bad, total + 1)) if random.random() < 0.6 else None
    text = story.show(random.choice(story.case.trouble.found), **words)
    story.live.verify(
        text, verified, Decimal(bad) if verified is not None else None, context=story.context("verify", at, by)
    )


def forward(story: Story, at: datetime, by: Person) -> None:
    """The feedback sheet goes out."""
    story.live.forward(story.say(wording.REMARKS), context=story.context("forward", at, by))


def judge(story: Story, at: datetime, by: Person) -> None:
    """The axes, the severity and the department first thought responsible."""
    trouble, choices, random = story.case.trouble, story.choices, story.random
    first = _responsible(story)
    nature = "valid-staff" if trouble.key == "manner" else "communicative" if random.random() < 0.07 else "valid-fault"
    judgement = Judgement(
        content=choices.option("content", *trouble.contents),
        nature=choices.option("nature", nature, "valid-fault"),
        cause_kind="quality" if trouble.quality else "non-quality",
        severity=story.live.record.severity or choices.some_option("severity", random, *trouble.severities),
        responsible=(first.key,) if first else (),
        lighter=story.fate.lighter and story.live.desk.procedure.step("complaint.settle") is not None,
    )
    story.live.judge(judgement, context=story.context("judge", at, by))


def _responsible(story: Story) -> Department | None:
    return story.choices.department(story.cause.function, "production", "quality")


def settle(story: Story, at: datetime, by: Person) -> None:
    """A short statement in place of tasks."""
    statement = story.show(story.random.choice(story.case.trouble.answer), **story.case.words)
    story.live.settle(statement, _verdict(story), context=story.context("settle", at, by))


def assign(story: Story, at: datetime, by: Person) -> None:
    """To the department of the cause, in a third of the cases to another one too."""
    random = story.random
    wanted = [_responsible(story)]
    if random.random() < 0.3:
        wanted.append(story.choices.department(random.choice(("quality", "technical", "purchasing", "warehouse"))))
    departments = list({d.pk: d for d in wanted if d is not None}.values())
    what = story.choices.label("defect", story.case.facts.defect, story.case.language)
    asked = [Assignment(d, story.say(wording.TASKS, what=what)) for d in departments]
    story.fate.more_tasks = False
    for k, task in enumerate(story.live.assign(asked, context=story.context("assign", at, by))):
        TaskLine(story, task, is_first=k == 0).begin(at)


def reject(story: Story, at: datetime, by: Person) -> None:
    """Not ours, with photographs that show it."""
    grounds = [key for key in wording.REJECTIONS if story.live.desk.procedure.option("reject", key)]
    ground = story.random.choice(grounds or ["misuse"])
    story.live.attach(story.evidence[0], actor=by, at=at)
    story.live.reject(ground, story.show(wording.REJECTIONS[ground]), context=story.context("reject", at, by))
    story.fate.ends = ""
    story.sidelines.rejected_because = story.show(wording.REJECTIONS[ground])


def conclude(story: Story, at: datetime, by: Person) -> None:
    """The departments' answers in one statement, with a verdict."""
    cause = story.cause
    stop = "" if story.case.language == "zh" else " "
    statement = f"{story.show(cause.text)}{stop}{story.show(cause.corrective)}" + ("。" if not stop else ".")
    story.live.conclude(
        _verdict(story), story.say(wording.REASONS), statement, context=story.context("conclude", at, by)
    )


def _verdict(story: Story) -> str:
    return story.choices.some_option("verdict", story.random, *story.case.trouble.verdicts)


def approve_verdict(story: Story, at: datetime, by: Person) -> None:
    """Somebody else stands for it."""
    story.live.approve_verdict(story.say(wording.APPROVALS), context=story.context("approve_verdict", at, by))


def return_verdict(story: Story, at: datetime, by: Person) -> None:
    """Back to handling once."""
    story.fate.returned = False
    story.live.return_verdict(story.say(wording.VERDICT_RETURNS), context=story.context("return_verdict", at, by))


def answer(story: Story, at: datetime, by: Person) -> None:
    """What the customer is told."""
    text = story.sidelines.rejected_because or story.show(
        story.random.choice(story.case.trouble.answer), **story.case.words
    )
    channel = story.choices.option("channel", story.case.facts.channel, "email", "telephone")
    story.live.answer(text, channel, context=story.context("answer", at, by))


def accept(story: Story, at: datetime, by: Person) -> None:
    """The customer is content with the answer."""
    story.live.accept(story.case.who, story.say(wording.ACCEPTED), context=story.context("accept", at, by))


def refuse(story: Story, at: datetime, by: Person) -> None:
    """The customer is not; another round begins."""
    story.fate.refusals -= 1
    story.fate.more_tasks = story.random.random() < 0.4
    story.live.refuse(story.case.who, story.say(wording.REFUSED), context=story.context("refuse", at, by))


def attempt_call(story: Story, at: datetime, by: Person) -> None:
    """Nobody is reached."""
    story.fate.unreached = story.random.random() < 0.3
    story.live.attempt_call(story.say(wording.NOBODY), context=story.context("attempt_call", at, by))


def call_back(story: Story, at: datetime, by: Person) -> None:
    """How content the customer is: less after a second round."""
    random = story.random
    found = weighted(random, wording.SATISFIED, wording.SATISFIED_SUMS)
    if story.live.record.round > 1 and random.random() < 0.4:
        found = random.choice(wording.SATISFIED[2:])
    key = story.choices.option("satisfaction", found)
    words = story.say(wording.CALLED[found])
    story.live.call_back(key, words, context=story.context("call_back", at, by))


def close(story: Story, at: datetime, by: Person) -> None:
    """The end, in a few cases only for a while."""
    story.live.close(story.say(wording.CLOSINGS), context=story.context("close", at, by))
    if story.fate.reopened:
        again = later(story.random, at, 480 * story.random.randrange(3, 20), story.choices.calendar)
        story.agenda.put(again, lambda moment: _reopen(story, moment))


def _reopen(story: Story, at: datetime) -> None:
    """It happened again."""
    by = story.taker("reopen", at)
    if by is not None:
        story.fate.reopened, story.fate.more_tasks = False, story.random.random() < 0.5
        story.live.reopen(story.say(wording.REOPENINGS), context=story.context("reopen", at, by))
        story.go_on(at)


ACTS: Mapping[str, Callable[[Any, datetime, Person], None]] = {
    "merge": merge,
    "withdraw": withdraw,
    "verify": verify,
    "forward": forward,
    "judge": judge,
    "settle": settle,
    "assign": assign,
    "reject": reject,
    "conclude": conclude,
    "approve_verdict": approve_verdict,
    "return_verdict": return_verdict,
    "answer": answer,
    "accept": accept,
    "refuse": refuse,
    "attempt_call": attempt_call,
    "call_back": call_back,
    "close": close,
}

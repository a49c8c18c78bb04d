"""People of goodwill lead a complaint to its end from wherever it has got: by a fault of ours, or by a concession."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from huiyin.complaints.actions import answering, ending, intake, judging, ownership, remedies, tasks
from huiyin.complaints.actions.values import Assignment, RemedyInput
from huiyin.complaints.guards import DONE_TASKS
from huiyin.complaints.models import Complaint, Remedy, Task
from huiyin.journal.models import Entry
from huiyin.people.backends import load_person
from huiyin.people.models import Department, Person
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.context import StepContext
from tests.cast import day
from tests.story import PLAN, answered, granted

Deed = tuple[Task | None, str, Callable[[StepContext], Any]]
"""On which task (None: on the complaint), which step, and how it is taken."""
WITHOUT_FAULT = ("not-justified", "inaccurate")
Offered = Callable[[Person, Task | None], list[str]]
"""Which steps a person may take on the complaint (None) or a task."""
GONE = ("cancelled", "declined")
ROUNDS = 60


def end(life: Any, *, fault: bool) -> None:
    """Somebody takes the next step that leads on until the complaint has ended; AssertionError when nobody can.

    ``fault``: the verdict finds us at fault. Else it does not, and the customer is given a concession all the same.
    """
    for _ in range(ROUNDS):
        if life.complaint.phase in LAST_PHASES:
            return
        # Until a step was taken everybody is offered the same, whichever of the many steps is tried.
        offered = cache(partial(_offered, life))
        if not any(_taken(life, offered, *deed) for deed in _deeds(life, fault=fault)):
            break
    raise AssertionError(f"{life.complaint.state}: {_reasons(life)}")


def conceded(complaint: Complaint) -> bool:
    """Whether a concession was granted."""
    return complaint.remedies.filter(remedy="concession", decision=Remedy.GRANTED).exists()


def _taken(life: Any, offered: Offered, part: Task | None, verb: str, act: Callable[[StepContext], Any]) -> bool:
    before = _steps(life.complaint)
    for person in life.people:
        if verb in offered(person, part):
            life.take(lambda p=person: act(life.context(p)))
            if _steps(life.complaint) != before:
                return True
    return False


def _steps(complaint: Complaint) -> int:
    """How much has happened to it."""
    return Entry.objects.filter(kind="complaint", record_id=complaint.pk).count()


def _offered(life: Any, person: Person, part: Task | None) -> list[str]:
    loaded = load_person(person.pk, at=life.now)
    assert loaded is not None
    return [one.verb for one in offered_steps(life.complaint, loaded, at=life.now, part=part) if one.may]


def _deeds(life: Any, *, fault: bool) -> Iterator[Deed]:
    """Every step that may still be wanted, what is in the way first."""
    complaint = life.complaint
    yield None, "record_reply", lambda s: intake.record_reply(complaint, "已发", context=s)
    if complaint.transfer_to_id:
        yield None, "decline_transfer", lambda s: ownership.decline_transfer(complaint, "忙", context=s)
    for promise in complaint.promises.filter(kept_at=None).order_by("id"):
        yield None, "keep_promise", lambda s, p=promise: intake.keep_promise(complaint, p, "", context=s)
    for remedy in complaint.remedies.filter(decision=Remedy.REQUESTED).order_by("id"):
        if remedy.remedy == "concession":
            yield None, "approve_remedy", lambda s, r=remedy: remedies.approve(complaint, r, "", context=s)
        yield None, "deny_remedy", lambda s, r=remedy: remedies.deny(complaint, r, "", context=s)
    yield from _on_tasks(complaint)
    yield from _onward(life, fault=fault)


def _on_tasks(complaint: Complaint) -> Iterator[Deed]:
    for task in complaint.tasks.exclude(state__in=("verified", "cancelled")).order_by("id"):
        task.complaint = complaint
        if task.state == "declined":
            yield task, "cancel", lambda s, t=task: tasks.cancel(t, "不归他们", context=s)
            continue
        if task.state not in DONE_TASKS:
            yield task, "approve", lambda s, t=task: tasks.approve(t, context=s)
            yield task, "answer", lambda s, t=task: tasks.answer(t, "磨损", PLAN, context=s)
            yield task, "accept", lambda s, t=task: tasks.accept(t, context=s)
        rows = [(measure, day("2026-11-18"), "") for measure in task.measures.all()]
        yield task, "carry_out", lambda s, t=task, r=rows: tasks.carry_out(t, r, context=s)
        yield task, "verify", lambda s, t=task: tasks.verify(t, "有效", context=s)
        if task.state not in DONE_TASKS:  # nobody there to answer it
            yield task, "cancel", lambda s, t=task: tasks.cancel(t, "没有人办", context=s)


def _onward(life: Any, *, fault: bool) -> Iterator[Deed]:
    complaint, production = life.complaint, Department.objects.get(key="production")
    options = [option.key for option in life.works.procedure.catalogue("verdict")]
    verdict = options[0] if fault else next(key for key in WITHOUT_FAULT if key in options)
    if not fault and not conceded(complaint):
        wanted = RemedyInput("concession")
        yield None, "grant_remedy", lambda s: remedies.grant(complaint, wanted, context=s)
        yield None, "request_remedy", lambda s: remedies.request(complaint, wanted, context=s)
    yield None, "verify", lambda s: intake.verify(complaint, "齐全", context=s)
    yield None, "forward", lambda s: intake.forward(complaint, "", context=s)
    yield None, "judge", lambda s: judging.judge(complaint, life.judged, context=s)
    yield None, "approve_verdict", lambda s: judging.approve_verdict(complaint, "", context=s)
    yield None, "answer", lambda s: answering.answer(complaint, "已办", "telephone", granted(complaint), context=s)
    yield None, "accept", lambda s: answering.accept(complaint, "周厂长", "", context=s)
    yield None, "call_back", lambda s: answering.call_back(complaint, "satisfied", "", context=s)
    yield None, "close", lambda s: ending.close(complaint, "好", granted(complaint), context=s)
    for verb, act in (("conclude", judging.conclude), ("conclude_finally", judging.conclude_finally)):
        yield None, verb, partial(_concluded, life, act, verb, verdict)
    if not complaint.tasks.exclude(state__in=GONE).exists():
        asked = [Assignment(production, "查")]
        yield None, "assign", lambda s: judging.assign(complaint, asked, context=s)
    yield None, "settle", lambda s: judging.settle(complaint, "说明", verdict, context=s)
    yield None, "return_verdict", lambda s: judging.return_verdict(complaint, "不足", context=s)


def _concluded(life: Any, act: Callable[..., Any], verb: str, verdict: str, context: StepContext) -> Any:
    return act(life.complaint, verdict, "实物", "汇总", context=answered(life.works, verb, context))


def _reasons(life: Any) -> dict[str, list[str]]:
    """What stands in the way of each step, for whoever is kept least."""
    found: dict[str, list[str]] = {}
    for person in life.people:
        loaded = load_person(person.pk, at=life.now)
        assert loaded is not None
        for one in offered_steps(life.complaint, loaded, at=life.now):
            said = [reason.show("zh") for reason in one.reasons]
            found[one.verb] = min(found.get(one.verb, said), said, key=len)
    return found

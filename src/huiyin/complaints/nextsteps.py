"""What a complaint's page offers its reader: the step to take next, what else they may do, and whom it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from huiyin.complaints.actions.remedies import above_limit
from huiyin.complaints.models import Complaint, Remedy, Task
from huiyin.complaints.pages import BY_VERB, TASK_BY_VERB
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions, vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.conditions import Offer, offers
from huiyin.ui.components import Step

ENDED = ("closed", "void")
# Steps that leave the state as it is, yet somebody waits for them.
DECISIONS = frozenset({"approve_verdict", "approve_remedy", "accept_transfer", "keep_promise"})


@dataclass(frozen=True, slots=True)
class Action:
    """A step offered on the page: where its form is, and why it may not be taken."""

    offer: Offer
    url: str
    kind: str
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """What waits for the reader: one step to take first, decisions and department tasks beside it.

    ``stuck`` is the one that would be theirs but for its reasons, where nothing else waits for them; ``waiting`` are
    steps of others that move the complaint on.
    """

    first: Action | None
    decisions: list[Action]
    tasks: list[tuple[Task, Action]]
    stuck: Action | None
    waiting: list[Action]

    @property
    def is_mine(self) -> bool:
        """Whether anything at all waits for the reader."""
        return bool(self.first or self.decisions or self.tasks)


def actions_of(complaint: Complaint, person: Any, at: datetime, known: dict[str, Any]) -> list[Action]:
    """Every step out of the complaint's state with its page; ``known`` is what the page has read already."""
    table = versions.procedure_of(complaint.procedure_id).step_table("complaint")
    found = []
    for offer in offers(complaint, person, at=at, known=known):
        page = BY_VERB.get(offer.verb)
        if page is not None:
            url = reverse("complaint_step", args=[complaint.number, page.noun])
        elif offer.verb == "supplement":
            url = reverse("complaint_supplement", args=[complaint.number])
        else:
            continue
        transition = table.transition(complaint.state, offer.verb)
        moves = transition is not None and transition.to not in (None, complaint.state)
        found.append(Action(offer, url, page.kind if page else "plain", moves))
    return found


def within_limit(
    actions: list[Action], remedies: Sequence[Remedy], person: Person, procedure: Procedure
) -> list[Action]:
    """The same steps; approving says why not when every waiting request is beyond the reader's own authority."""
    waiting = [row for row in remedies if row.decision == Remedy.REQUESTED]
    reasons = [_why_not(row, person, procedure) for row in waiting]
    if not waiting or None in reasons:
        return actions
    refused = tuple(dict.fromkeys(reason for reason in reasons if reason is not None))
    return [
        replace(a, offer=replace(a.offer, reasons=(*a.offer.reasons, *refused)))
        if a.offer.verb == "approve_remedy" and a.offer.may
        else a
        for a in actions
    ]


def _why_not(row: Remedy, person: Person, procedure: Procedure) -> Text | None:
    if row.asked_by_id == person.pk:
        return t("不能批准自己的申请", "Nobody approves their own request")
    return above_limit(person, row.amount, procedure)


def task_actions(task: Task, person: Any, at: datetime) -> list[Action]:
    """Every step of a department's task that the person could take, with its page."""
    found = []
    for offer in offers(task.complaint, person, at=at, part=task, known={"measures": task.rows}):
        page = TASK_BY_VERB.get(offer.verb)
        if page is not None and offer.is_mine:
            url = reverse("task_step", args=[task.complaint.number, task.pk, page.noun])
            found.append(Action(offer, url, page.kind, moves=True))
    return found


def next_of(complaint: Complaint, actions: list[Action], tasks: list[tuple[Task, list[Action]]]) -> Next:
    """What waits for the reader of the page, and whom the complaint waits for otherwise."""
    todo = [(task, a) for task, offered in tasks for a in offered if a.offer.may and a.kind == "primary"]
    if complaint.phase in ENDED:
        return Next(None, [], todo, None, [])
    onward = [a for a in actions if a.kind == "primary" and a.moves]
    if complaint.lighter:
        onward.sort(key=lambda a: a.offer.verb != "settle")
    first = next((a for a in onward if a.offer.may), None)
    decisions = [a for a in actions if a.offer.may and a.offer.verb in DECISIONS and not a.moves]
    stuck = None if first or decisions or todo else next((a for a in onward if a.offer.is_mine), None)
    return Next(first, decisions, todo, stuck, [a for a in onward if not a.offer.is_mine])


def step_bar(complaint: Complaint, procedure: Procedure) -> list[Step]:
    """The states of the straight way from received to closed; what is behind is done."""
    states = [s for s in procedure.states_of("complaint") if s.phase != "void"]
    phases = list(vocabulary.PHASES)
    main = _main_way(procedure, [s.name for s in states])
    if complaint.state not in main:
        here = phases.index(complaint.phase) if complaint.phase in phases else 0
        place = max(
            (i for i, name in enumerate(main) if phases.index(procedure.phase("complaint", name)) <= here),
            default=0,
        )
    else:
        place = main.index(complaint.state)
    closed = complaint.phase == "closed"
    return [
        Step(
            procedure.state("complaint", name).label,
            "done"
            if i < place or closed
            else "current"
            if i == place and complaint.state == name
            else "ahead",
        )
        for i, name in enumerate(main)
    ]


def _main_way(procedure: Procedure, states: list[str]) -> list[str]:
    """States in the pack's order without side rooms (those that only lead back to where one came from)."""
    table = procedure.step_table("complaint")
    side = {
        state for state in states
        if any((row := table.transition(state, verb)) and row.to == "previous" for verb in table.verbs_from(state))
    }  # fmt: skip
    return [state for state in states if state not in side]

"""Under which conditions a step may be taken: state, sense, role, guards.

Always answered with all reasons as sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from huiyin.kernel.steptable import Transition
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions, vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Record
from huiyin.records.steps.permission import may_take


@dataclass(slots=True)
class GuardContext:
    """What a guard may look at."""

    record: Any
    part: Any
    actor: Person | None
    at: datetime
    procedure: Procedure
    memo: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """What ``read`` gives, asked of the database once however many guards want it."""
        if name not in self.memo:
            self.memo[name] = read()
        return self.memo[name]

    @property
    def subject(self) -> Any:
        """The thing whose state the step moves: the part if there is one, else the record."""
        return self.part if self.part is not None else self.record

    @property
    def kind(self) -> str:
        """Its kind."""
        found: str = self.part.part_kind if self.part is not None else self.record.kind
        return found

    def fact(self, name: str) -> Any:
        """A fact of the part if it has one of this name, else of the record; None of what nobody said."""
        part = self.part
        return part.fact(name) if part is not None and part.has_fact(name) else self.record.fact(name)


NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # where no moment matters
_after_form: dict[str, frozenset[str]] = {}
_presupposed: dict[str, Callable[[GuardContext], Text | None]] = {}
_when_void: dict[str, Text] = {}


def applicability(*verbs: str) -> Callable[[Callable[[GuardContext], Text | None]], Any]:
    """Declare what a verb makes no sense without (a promise to keep):
    not offered then, and refused with the sentence.
    """

    def attach(function: Callable[[GuardContext], Text | None]) -> Any:
        _presupposed.update(dict.fromkeys(verbs, function))
        return function

    return attach


def refuse_when_void(verb: str, refusal: Text) -> None:
    """The step ``kind.verb`` of a part is not offered when its record is void, and refused with the sentence."""
    _when_void[verb] = refusal


def not_applicable(situation: GuardContext, verb: str) -> Text | None:
    """Why ``kind.verb`` makes no sense on this record now; None when it does."""
    if verb in _when_void and situation.record.phase == "void":
        return _when_void[verb]
    function = _presupposed.get(verb)
    return function(situation) if function else None


def check_after_form(verb: str, *guards: str) -> None:
    """The form of ``kind.verb`` itself brings what these guards ask for, so they are judged after it, not before."""
    _after_form[verb] = frozenset(guards)


def checked_after_form(verb: str, procedure: Procedure) -> frozenset[str]:
    """The guards that the form of ``kind.verb`` itself satisfies."""
    return _after_form.get(verb, frozenset()) | procedure.vocabulary.after_form.get(verb, frozenset())


def wrong_state_reason(procedure: Procedure, kind: str, state: str | None, verb: str) -> Text:
    step_label = label_of_step(procedure, kind, verb)
    if state is None:
        return t("本程序没有“{verb}”这一步", "This procedure has no step “{verb}”", verb=step_label)
    return t(
        "现在处于“{state}”，不能“{verb}”",
        "In the state “{state}” the step “{verb}” cannot be taken",
        state=procedure.state(kind, state).label,
        verb=step_label,
    )


def label_of_step(procedure: Procedure, kind: str, verb: str) -> Text:
    """What the company calls this step; the product's own word where the procedure gives none."""
    key = f"{kind}.{verb}"
    return procedure.step_label(key) or procedure.vocabulary.verbs[key].label


def transition_refusals(transition: Transition, situation: GuardContext, kind: str) -> list[Text]:
    """Every reason why this person may not take this step now: the role first, then each guard of the procedure."""
    reasons = []
    if situation.actor is not None and not may_take(transition, situation):
        reasons.append(allowed_roles_reason(transition, situation.procedure, situation.record))
    later = checked_after_form(f"{kind}.{transition.verb}", situation.procedure)
    for name in transition.guards:
        if name not in later:
            reasons.extend(vocabulary.guard_refusals(kind, name, situation))
    return list(dict.fromkeys(reasons))  # two guards may miss the same


def current_state(subject: Any) -> str | None:
    """The state of a record or part; None before it is opened."""
    return subject.state or None if subject.id is not None else None


def step_refusals(situation: GuardContext, kind: str, verb: str) -> list[Text]:
    """Why the acting person may not take this one step now: state, sense, role, guards; empty when they may."""
    subject = situation.subject
    state = current_state(subject)
    transition = situation.procedure.step_table(kind).transition(state, verb)
    if transition is None:
        return [wrong_state_reason(situation.procedure, kind, state, verb)]
    missing = not_applicable(situation, f"{kind}.{verb}") if subject.id is not None else None
    return [missing] if missing else transition_refusals(transition, situation, kind)


def others_step(situation: GuardContext, kind: str, verb: str) -> list[Text]:
    """Whose step it is, where it is not the acting person's; empty where it is theirs, and for no step at all now."""
    transition = situation.procedure.step_table(kind).transition(current_state(situation.subject), verb)
    if transition is None or may_take(transition, situation):
        return []
    return [allowed_roles_reason(transition, situation.procedure, situation.record)]


def opening_refusals(opens: str, person: Person, procedure: Procedure) -> list[Text]:
    """Why the person may not open a record by ``kind.verb`` under this procedure, before there is one;
    empty when they may.
    """
    kind, _, verb = opens.partition(".")
    transition = procedure.step_table(kind).transition(None, verb)
    if transition is None:
        return [wrong_state_reason(procedure, kind, None, verb)]
    situation = GuardContext(None, None, person, NEVER, procedure)
    return [] if may_take(transition, situation) else [allowed_roles_reason(transition, procedure)]


def allowed_roles_reason(transition: Transition, procedure: Procedure, record: Record | None = None) -> Text:
    """The sentence that says whose step it is; the owner under the name that the record's page has for them."""
    own = {"owner": record.owner_is} if record is not None else {}
    names = [own.get(role) or procedure.role_label(role) for role in sorted(transition.by)]
    zh = "、".join(n.show("zh") for n in names)
    en = ", ".join(n.show("en") for n in names)
    return t("这一步由{who}办理", "This step belongs to {who}", who=Text(zh, en))


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step as the page shows it: its label, and why it may not be taken (empty when it may)."""

    verb: str
    label: Text
    reasons: tuple[Text, ...]
    is_mine: bool
    clause: str

    @property
    def may(self) -> bool:
        """Whether the person may take it now."""
        return not self.reasons


def offered_steps(
    record: Record, person: Person, *, at: datetime, part: Any = None, known: Mapping[str, Any] | None = None
) -> list[OfferedStep]:
    """Every sensible step out of the present state, in the procedure's order, with the reasons against each."""
    procedure = versions.procedure_of(record.procedure_id)
    subject: Any = part if part is not None else record
    kind = part.part_kind if part is not None else record.kind
    situation = GuardContext(record, part, person, at, procedure, dict(known or {}))
    found = []
    table = procedure.step_table(kind)
    for verb in table.verbs_from(subject.state):
        transition = table.transition(subject.state, verb)
        if transition is None or not_applicable(situation, f"{kind}.{verb}"):
            continue
        mine = may_take(transition, situation)
        reasons = tuple(transition_refusals(transition, situation, kind))
        clause = procedure.step_clause(f"{kind}.{verb}")
        found.append(OfferedStep(verb, label_of_step(procedure, kind, verb), reasons, mine, clause))
    return found

"""Places to sign on pages: the section of a record that shows its approvals, and the pages on which people sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse

from huiyin.kernel import approval as kernel
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.approval_completion import signer_kind
from huiyin.procedure.kind_entries import ApprovalEntry, ApprovalLevel
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.pages import StepAction, StepPages
from huiyin.records.steps.record_forms import form_page
from huiyin.records.steps.step_types import NoPage, StepPage
from huiyin.registers.access import record_of
from huiyin.registers.approvals import approvals
from huiyin.registers.approvals.rounds import LiveRound, approvals_of, levels_of, person_word
from huiyin.registers.approvals.signers import why_skipped
from huiyin.registers.forms.signing import AnotherSignerForm, RefuseForm, SignForm, TakeBackForm
from huiyin.registers.forms.step_pages import as_type
from huiyin.registers.kinds import kind_of
from huiyin.registers.models import ApprovalRound, ApprovalSigner, FormRecord

TEMPLATE = "registers/signer_step.html"
STANDINGS = {
    "running": t("进行中", "in progress"),
    "approved": t("已通过", "approved"),
    "returned": t("已退回", "returned"),
    "ended": t("未批准", "refused"),
    "withdrawn": t("已撤回", "withdrawn"),
    "void": t("已作废", "void"),
}
NEEDS = {
    "all": t("会签：全部签署", "all sign"),
    "one": t("或签：一人签署", "one signs"),
    "in-turn": t("依次签署", "one after the other"),
}
MOST_NAMED = 3
"""So many people of a department are named where one of them is to sign."""


@dataclass(frozen=True)
class SignerLine:
    """A place to sign as the page shows it, with what the reader may do there."""

    signer: ApprovalSigner
    who: Text
    state: Text
    signed: Text | None
    actions: Sequence[StepAction] = ()


@dataclass(frozen=True)
class LevelPart:
    """A level: how many must sign where several are asked, and its places; ``note`` says why it is skipped."""

    label: Text
    need: Text | None
    lines: Sequence[SignerLine]
    note: Text | None = None


@dataclass(frozen=True)
class RoundPart:
    """One round with its levels."""

    row: ApprovalRound
    standing: Text
    levels: Sequence[LevelPart]


@dataclass(frozen=True)
class Section:
    """An approval of a record: the round that counts, and those before it."""

    entry: ApprovalEntry
    last: RoundPart | None
    earlier: Sequence[RoundPart]
    coming: Sequence[LevelPart]


@dataclass
class ApprovalSections:
    """The approvals of a record's page; ``offered`` are places to sign with what the reader may do there, ``awaited``
    those that others are asked to sign, each with the name of its level.
    """

    sections: list[Section] = field(default_factory=list)
    offered: list[tuple[ApprovalSigner, list[StepAction]]] = field(default_factory=list)
    awaited: list[tuple[Text, SignerLine]] = field(default_factory=list)


def approval_sections(record: FormRecord, procedure: Procedure, person: Person, at: datetime) -> ApprovalSections:
    """Every approval of the record's kind with its rounds, newest first."""
    found = ApprovalSections()
    for entry in approvals_of(procedure, record.kind):
        rounds = []
        for row in record.rounds.filter(approval=entry.key).order_by("-number"):
            row.record = record
            rounds.append(_round_part(row, procedure, person, at, found))
        first = rounds[0] if rounds else None
        coming = [] if first else [_level_part(one, ()) for one in levels_of(procedure, entry.key)]
        found.sections.append(Section(entry, first, rounds[1:], coming))
    return found


def _round_part(
    row: ApprovalRound, procedure: Procedure, person: Person, at: datetime, found: ApprovalSections
) -> RoundPart:
    live = LiveRound(row, procedure)
    levels = []
    for level in levels_of(procedure, row.approval):
        if level.key in row.skipped:
            levels.append(_level_part(level, (), why_skipped(level, row.record, procedure)))
            continue
        lines = []
        for signer in (one for one in live.signers if one.level == level.key):
            actions = _actions(signer, live, level, person, at)
            lines.append(_line(signer, procedure, actions))
            if actions and signer.state == "asked":
                found.offered.append((signer, actions))
            elif signer.state == "asked" and row.standing == "running":
                found.awaited.append((level.label, replace(lines[-1], who=_by_name(signer, lines[-1].who))))
        levels.append(_level_part(level, lines))
    return RoundPart(row, STANDINGS[row.standing], levels)


def _level_part(level: ApprovalLevel, lines: Sequence[SignerLine], note: Text | None = None) -> LevelPart:
    need = NEEDS.get(str(level.need)) or t("{n} 人签署", "{n} sign", n=level.need)
    is_alone = len(lines) == 1 and not isinstance(level.need, int)
    return LevelPart(level.label, None if is_alone else need, lines, note)


def _line(signer: ApprovalSigner, procedure: Procedure, actions: Sequence[StepAction]) -> SignerLine:
    who = signer.asked_name
    if signer.person_id is None and signer.heads_only:
        who = t("{department}负责人", "the head of {department}", department=who)
    state = procedure.state(signer.part_kind, signer.state).label
    signed = approvals.signed_as(signer) if signer.signed_at is not None else None
    return SignerLine(signer, who, state, signed, actions)


def _by_name(signer: ApprovalSigner, who: Text) -> Text:
    """Who is awaited; of a department those of its people who may sign beside it, where they are few."""
    if signer.person_id is not None or signer.department_id is None:
        return who
    people = Person.objects.filter(department=signer.department, is_active=True).order_by("name")
    found = list((people.filter(is_head=True) if signer.heads_only else people)[: MOST_NAMED + 1])
    if not 0 < len(found) <= MOST_NAMED:
        return who
    names = Text("或".join(one.display_name.zh for one in found), " or ".join(one.display_name.en for one in found))
    return t("{who}（{names}）", "{who} ({names})", who=who, names=names)


def _actions(
    signer: ApprovalSigner, live: LiveRound, level: ApprovalLevel, person: Person, at: datetime
) -> list[StepAction]:
    """What the reader may do at a place to sign, as far as its level allows."""
    if live.row.standing != "running" or signer.state not in ("asked", "signed"):
        return []
    needs = {"transfer": kernel.TRANSFER, "add_signer": kernel.ADD}
    offered = signer_steps(live.procedure, live.row.record.kind).actions(live.row.record, person, at, part=signer)
    return [
        one
        for one in offered
        if one.offer.is_mine
        and (one.offer.verb not in needs or needs[one.offer.verb] in level.may)
        and (one.offer.verb != "take_back" or _may_take_back(signer, live, person))
    ]


def _may_take_back(signer: ApprovalSigner, live: LiveRound, person: Person) -> bool:
    try:
        kernel.take_back(live.state, signer.number, hand=person_word(person))
    except kernel.NotPossible:
        return False
    return True


def signer_steps(procedure: Procedure, kind: str) -> StepPages:
    """The step pages of the places to sign under records of a kind."""
    key = signer_kind(kind)
    pages = {
        "sign": StepPage("sign", form=SignForm, action=approvals.sign, template=TEMPLATE),
        "refuse": StepPage("refuse", form=RefuseForm, action=approvals.refuse, button="danger", template=TEMPLATE),
        "transfer": StepPage(
            "transfer", form=AnotherSignerForm, action=approvals.transfer, button="plain", template=TEMPLATE
        ),
        "add_signer": StepPage(
            "add-signer", form=AnotherSignerForm, action=approvals.add_signer, button="plain", template=TEMPLATE
        ),
        "take_back": StepPage(
            "take-back", form=TakeBackForm, action=approvals.take_back, button="plain", template=TEMPLATE
        ),
    }
    nothing = NoPage("It follows from what the signers do.")
    steps = [as_type(one, pages.get(one.verb, nothing)) for one in kind_of(procedure, key).steps]
    return StepPages(key, "register_signer_step", tuple(steps), extra_context=_extra_context, names_kind=True)


def _extra_context(request: Any, record: Any, part: Any, step: Any) -> dict[str, Any]:
    """What stands above the form: the level, and for whom the reader signs where that is somebody else."""
    procedure = versions.procedure_of(record.procedure_id)
    level = next(one for one in procedure.levels if one.key == part.level)
    whom = approvals.acts_for(part, request.user)
    return {"level": level.label, "whom": whom.display_name if whom.pk != request.user.pk else None}


def signer_of(person: Person, kind: str, number: str, pk: int) -> ApprovalSigner:
    """A place to sign on a record that the person may see; Http404 otherwise."""
    record = record_of(person, kind, number)
    found = record.signers.filter(pk=pk).select_related("person", "department", "round").first()
    if found is None:
        raise Http404(pk)
    found.record = record
    return found


@form_page
def signer_step(request: Any, kind: str, number: str, signer_id: int, noun: str) -> HttpResponse:
    """One step at a place to sign."""
    signer = signer_of(request.user, kind, number, signer_id)

    def find() -> tuple[Any, Any]:
        found = signer_of(request.user, kind, number, signer_id)
        return found.record, found

    return signer_steps(versions.procedure_of(signer.record.procedure_id), kind).respond(request, noun, find)

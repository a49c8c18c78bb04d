"""A round of approval between its rows and the kernel's object: read, moved by one of the kernel's moves, kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.kernel import approval as kernel
from huiyin.kernel.approval import NotPossible, Place, Round
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.approval_completion import signer_kind
from huiyin.procedure.kind_entries import ApprovalEntry, ApprovalLevel
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.transitions import StepRun
from huiyin.registers.approvals.signers import Asked, AskedOf
from huiyin.registers.kinds import CORRECT
from huiyin.registers.models import ApprovalRound, ApprovalSigner, FormRecord

Move = Callable[[Round, kernel.Who], Round]


def approvals_of(procedure: Procedure, kind: str) -> list[ApprovalEntry]:
    """The approvals of a kind, in the order of the pack."""
    return [one for one in procedure.approvals if one.kind == kind]


def levels_of(procedure: Procedure, approval: str) -> list[ApprovalLevel]:
    """The levels of an approval, in their order."""
    return [one for one in procedure.levels if one.approval == approval]


def latest_round(record: FormRecord, approval: str) -> ApprovalRound | None:
    """The last round of an approval on a record."""
    return record.rounds.filter(approval=approval).order_by("-number").first()


def round_here(record: FormRecord, procedure: Procedure) -> ApprovalRound | None:
    """The last round of the approval in whose state the record stands."""
    for one in approvals_of(procedure, record.kind):
        if one.state == record.state:
            return latest_round(record, one.key)
    return None


def notice_before(record: FormRecord, verb: str) -> Text | None:
    """What somebody should know of an approval before they take a step of the record by hand: why it came back, before
    it is submitted anew; that signatures are lost, before its facts are corrected.
    """
    procedure = versions.procedure_of(record.procedure_id)
    for entry in approvals_of(procedure, record.kind):
        row = latest_round(record, entry.key)
        if row is None:
            continue
        if verb == entry.verb("submit") and row.standing == "returned":
            refusal = row.signers.filter(state="refused").order_by("-signed_at").first()
            return (
                t("上次退回的理由：{reason}", "Returned before: {reason}", reason=refusal.opinion) if refusal else None
            )
        goes_back = procedure.step_table(record.kind).transition(record.state, entry.verb("ask_again"))
        if verb == CORRECT and goes_back is not None and row.signers.filter(state="signed").exists():
            return t(
                "“{what}”已有人签署。改动签署的内容，签字作废，重新请各级签署。",
                "{what}: somebody has signed. If what was signed changes, no signature holds and all are asked again.",
                what=entry.label,
            )
    return None


@dataclass
class LiveRound:
    """The rows of a round and the kernel's object that says the same; ``move`` makes and keeps the next."""

    row: ApprovalRound
    procedure: Procedure

    def __post_init__(self) -> None:
        self.signers = list(self.row.signers.select_related("person", "department", "signed_by", "signed_for"))
        for one in self.signers:
            one.record, one.round = self.row.record, self.row
        self.asking = AskedOf(self.row.record, self.procedure)
        self.entry = next(one for one in self.procedure.approvals if one.key == self.row.approval)

    @property
    def state(self) -> Round:
        """The round as the kernel knows it."""
        row = self.row
        return Round(
            levels=tuple(
                kernel.Level(one.key, one.need, one.refusal, frozenset(one.may))
                for one in levels_of(self.procedure, row.approval)
                if one.key not in row.skipped
            ),
            places=tuple(_place(one) for one in self.signers),
            standing=row.standing,  # type: ignore[arg-type]  # it holds the kernel's words only
            at=row.at_level,
            lap=row.lap,
            straight_to=row.straight_to,
            again=self.entry.again,
        )

    def who(self, level: str) -> Sequence[str]:
        """Whom a level asks, as the kernel's words."""
        entry = next(one for one in levels_of(self.procedure, self.row.approval) if one.key == level)
        return [one.word for one in self.asking.of(entry)]

    def move(self, move: Move, run: StepRun, *, about: ApprovalSigner | None = None) -> Round:
        """Make a move of the kernel's and keep what comes of it; the places it changes are told in the same step.

        ``about`` is the place whose own step this is: the step itself keeps its state. Refused where it cannot be made.
        """
        try:
            after = move(self.state, self.who)
        except NotPossible as no:
            raise Refused([no.reason]) from None
        self._keep(after, run, about)
        return after

    def _keep(self, after: Round, run: StepRun, about: ApprovalSigner | None) -> None:
        row = self.row
        row.standing, row.at_level, row.lap, row.straight_to = after.standing, after.at, after.lap, after.straight_to
        row.ended_at = None if after.standing in ("running", "returned") else run.at
        row.save()
        run.touched(row)
        for place in after.places:
            old = self.signers[place.number - 1] if place.number <= len(self.signers) else None
            if old is None:
                self.signers.append(self._new(place, run))
            elif about is not None and old.pk == about.pk:
                continue
            elif old.state != place.state:
                self._moved(old, place, run)

    def _new(self, place: Place, run: StepRun) -> ApprovalSigner:
        asked = Asked.of(place.asked)
        one = ApprovalSigner(
            part_kind=self.kind,
            record=self.row.record,
            round=self.row,
            number=place.number,
            level=place.level,
            lap=place.lap,
            turn=place.turn,
            person=asked.person,
            department=asked.department,
            heads_only=asked.heads_only,
            added=place.added,
        )
        self._fill(one, place, run.at)
        one.save()
        run.touched(one)
        self._tell(one, place, run)
        return one

    def _moved(self, one: ApprovalSigner, place: Place, run: StepRun) -> None:
        self._fill(one, place, run.at)
        one.version += 1
        one.save()
        run.touched(one)
        self._tell(one, place, run)

    def _fill(self, one: ApprovalSigner, place: Place, at: datetime) -> None:
        one.state = place.state
        if place.carried and not one.carried:
            one.carried, one.signed_at, one.content = True, at, self.row.content
            one.signed_by = one.signed_for = one.person

    def _tell(self, one: ApprovalSigner, place: Place, run: StepRun) -> None:
        event = "carried" if place.carried and place.state == "signed" else place.state
        if event in ("asked", "excused", "carried"):
            run.event(f"{self.kind}.{event}", one, who=one.asked_name, level=self.label(place.level))

    @property
    def kind(self) -> str:
        """The kind of its places to sign."""
        return signer_kind(self.row.record.kind)

    def label(self, level: str) -> object:
        """What a level is called."""
        return next(one.label for one in levels_of(self.procedure, self.row.approval) if one.key == level)


def _place(one: ApprovalSigner) -> Place:
    return Place(
        number=one.number,
        level=one.level,
        lap=one.lap,
        turn=one.turn,
        asked=Asked.on(one).word,
        state=one.state,  # type: ignore[arg-type]  # the states of the table are those of the kernel
        by=person_word(one.signed_for or one.signed_by),
        hand=person_word(one.signed_by) if not one.carried else "",
        added=one.added,
        carried=one.carried,
    )


def person_word(person: Person | None) -> str:
    """The kernel's word for a person; empty for none."""
    return f"person:{person.pk}" if person is not None else ""

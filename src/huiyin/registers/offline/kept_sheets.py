"""Sheets that came too late: those that were not taken, kept with everything they say, and those that were taken and
late by their receipt. What is decided on either is journaled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404

from huiyin.journal.queries import LogLine
from huiyin.kernel.text import Text, t
from huiyin.obligations.models import Obligation
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.stated import StatedTime, count, late_by_receipt
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.offline_completion import COME_LATE, KEEP, sheet_kind
from huiyin.records.files.files import attach_all
from huiyin.records.models import Attachment
from huiyin.records.steps.conditions import label_of_step
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.pages import RecordForm, StepAction, StepPages
from huiyin.records.steps.step_types import NoPage, StepPage
from huiyin.records.steps.stepping import record_event, step
from huiyin.registers.access import record_of
from huiyin.registers.forms.plain import ReasonForm
from huiyin.registers.forms.step_pages import as_type
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.models import FormRecord, KeptSheet
from huiyin.registers.offline.kept_words import lines_of, pictures_of
from huiyin.ui import formats, forms

TOLD = "offline-sheet"
"""Under which name an entry tells of the sheet it came by; no field of a form can be called so."""
TEMPLATE = "registers/kept_step.html"
KEPT, LATE = "kept", "late"
COUNTING = (LATE, "counted", "by_receipt")
"""States of sheets that were taken, of which it is decided by which time they count."""


def keep(
    record: FormRecord,
    verb: str,
    *,
    author: Person,
    reasons: Sequence[Text],
    values: Mapping[str, Sequence[str]],
    files: Sequence[Any],
    told: Mapping[str, Any],
    digest: str,
    stated_at: datetime,
    filled_at: datetime,
    at: datetime,
    submission: UUID,
) -> KeptSheet:
    """Keep a sheet that is no step any more; whoever heads its author's department owes a decision from now on."""
    sheet = _received(
        record,
        KEPT,
        reasons,
        author=author,
        verb=verb,
        values={name: list(one) for name, one in values.items()},
        digest=digest,
        stated_at=stated_at,
        filled_at=filled_at,
        received_at=at,
    )
    parts: list[Any] = [sheet]
    if files:
        parts += _attached(sheet, files, author, at)
    record_event(
        record,
        f"{sheet.part_kind}.{KEEP}",
        actor=author,
        at=at,
        parts=parts,
        about=sheet,
        submission=submission,
        **{"who": _plain(author.display_name), "what": _name_of(sheet), "why": sheet.reasons, **told},
    )
    return sheet


def note_late(
    record: FormRecord,
    verb: str,
    *,
    author: Person,
    digest: str,
    stated_at: datetime,
    filled_at: datetime,
    at: datetime,
) -> KeptSheet | None:
    """Tell of a sheet that was taken when what it fulfils was late already, and that was filled in before; None for
    others. Whoever heads its author's department owes the decision by which time it counts.
    """
    late = late_by_receipt(record, _event_of(record, verb), at)
    if not late or at - filled_at < timedelta(minutes=1):
        return None
    sheet = _received(
        record,
        LATE,
        [_how_late(row) for row in late],
        author=author,
        verb=verb,
        digest=digest,
        stated_at=stated_at,
        filled_at=filled_at,
        received_at=at,
    )
    record_event(
        record,
        f"{sheet.part_kind}.{COME_LATE}",
        actor=author,
        at=at,
        parts=[sheet],
        about=sheet,
        who=_plain(author.display_name),
        what=_name_of(sheet),
        why=sheet.reasons,
    )
    return sheet


def _event_of(record: FormRecord, verb: str) -> str:
    return versions.procedure_of(record.procedure_id).vocabulary.event_of(f"{record.kind}.{verb}")


def _how_late(row: Obligation) -> Text:
    due = formats.format_datetime(row.due_at)
    return t("“{what}”应在 {due} 前完成", "“{what}” was due at {due}", what=row.label, due=due)


def _received(record: FormRecord, state: str, reasons: Sequence[Text], *, author: Person, **said: Any) -> KeptSheet:
    """The part of the record that a sheet becomes on which somebody has to decide."""
    return KeptSheet.objects.create(
        part_kind=sheet_kind(record.kind),
        record=record,
        state=state,
        author=author,
        department=_deciding(author, record),
        reasons=[{"zh": one.show("zh"), "en": one.show("en")} for one in reasons],
        **said,
    )


class _Attaching:
    """Stands for a step's run: the files are told in the entry by which the sheet is kept."""

    def __init__(self) -> None:
        self.rows: list[Any] = []

    def touched(self, *parts: Any) -> None:
        self.rows.extend(parts)


def _attached(sheet: KeptSheet, files: Sequence[Any], author: Person, at: datetime) -> list[Attachment]:
    run: Any = _Attaching()
    attach_all(sheet.record, files, actor=author, at=at, part=sheet.part_key, run=run)
    return list(run.rows)


def _deciding(author: Person, record: FormRecord) -> Department | None:
    return author.department or record.department or StaffDirectory().with_function("management")


def _plain(words: Text | str) -> Any:
    return Text(words.show("zh"), words.show("en")) if isinstance(words, Text) else words


def _name_of(sheet: KeptSheet) -> Text:
    procedure = versions.procedure_of(sheet.record.procedure_id)
    if procedure.step(f"{sheet.record.kind}.{sheet.verb}") is None:
        return Text(sheet.verb, sheet.verb)
    label = label_of_step(procedure, sheet.record.kind, sheet.verb)
    return Text(label.show("zh"), label.show("en"))


# ---- what is decided


class RemarkForm(RecordForm):
    """What was done by hand."""

    remark = forms.TextField(label=t("怎样办的", "What was done"), rows=2, max_length=500)


def apply(sheet: KeptSheet, remark: str, *, context: StepContext) -> KeptSheet:
    """Somebody did by hand what the sheet says: corrected the record, took a step, told the customer."""
    with step(sheet.record, "apply", part=sheet, **context.step_kwargs) as run:
        run.add_payload(what=_name_of(sheet), remark=remark)
    return sheet


def discard(sheet: KeptSheet, reason: str, *, context: StepContext) -> KeptSheet:
    """The sheet is not used; it stays on the record, to be read."""
    with step(sheet.record, "discard", part=sheet, **context.step_kwargs) as run:
        run.add_payload(what=_name_of(sheet), reason=reason)
    return sheet


def count_stated(sheet: KeptSheet, reason: str, *, context: StepContext) -> KeptSheet:
    """The time of filling in counts, and what was late by the receipt alone is late no more."""
    with step(sheet.record, "count_stated", part=sheet, **context.step_kwargs) as run:
        run.add_payload(what=_name_of(sheet), reason=reason)
        decided = StatedTime(_event_of(sheet.record, sheet.verb), sheet.received_at, sheet.filled_at)
        count(sheet.record, decided)
        run.add_payload(**decided.payload)
    return sheet


def count_receipt(sheet: KeptSheet, reason: str, *, context: StepContext) -> KeptSheet:
    """The receipt goes on counting."""
    with step(sheet.record, "count_receipt", part=sheet, **context.step_kwargs) as run:
        run.add_payload(what=_name_of(sheet), reason=reason)
    return sheet


def sheet_steps(kind: DataKind) -> StepPages:
    """The step pages of kept sheets under records of a kind."""
    pages: dict[str, Any] = {
        "apply": StepPage("apply", form=RemarkForm, action=apply, template=TEMPLATE),
        "discard": StepPage("discard", form=ReasonForm, action=discard, button="danger", template=TEMPLATE),
        "count_stated": StepPage("count-stated", form=ReasonForm, action=count_stated, template=TEMPLATE),
        "count_receipt": StepPage(
            "count-receipt", form=ReasonForm, action=count_receipt, button="plain", template=TEMPLATE
        ),
    }
    nothing = NoPage("Whoever receives the sheet keeps it.")
    of = kind_of(kind.procedure, sheet_kind(kind.key))
    steps = tuple(as_type(one, pages.get(one.verb, nothing)) for one in of.steps)
    return StepPages(of.key, "register_sheet_step", steps, extra_context=_beside, names_kind=True)


def _beside(request: Any, record: Any, part: Any, one: Any) -> dict[str, Any]:
    return {"one": _shown(part)}


@dataclass(frozen=True)
class KeptPart:
    """A kept sheet as pages show it: what it wanted, how it stands, what it says, what the reader may decide."""

    sheet: KeptSheet
    what: Text
    state: Text
    lines: Sequence[tuple[Text | str, str]]
    pictures: Sequence[Attachment]
    taken: bool
    actions: Sequence[StepAction] = ()


def _shown(sheet: KeptSheet, actions: Sequence[StepAction] = ()) -> KeptPart:
    procedure = versions.procedure_of(sheet.record.procedure_id)
    state = procedure.state(sheet.part_kind, sheet.state).label
    taken = sheet.state in COUNTING
    pictures = [] if taken else pictures_of(sheet)
    return KeptPart(sheet, _name_of(sheet), state, lines_of(sheet), pictures, taken, actions)


def sheets_on(record: FormRecord, person: Person, at: datetime) -> list[KeptPart]:
    """The kept sheets of a record, newest first, with what the reader may decide."""
    kind = kind_of(versions.procedure_of(record.procedure_id), record.kind)
    if not kind.entry.offline:
        return []
    found, pages = [], None
    for sheet in record.sheets.select_related("author", "department").order_by("-id"):
        sheet.record = record
        pages = pages or sheet_steps(kind)
        mine = [one for one in pages.actions(record, person, at, part=sheet) if one.offer.is_mine]
        found.append(_shown(sheet, mine))
    return found


def sheet_of(person: Person, kind: str, number: str, pk: int) -> KeptSheet:
    """A kept sheet on a record that the person may see; Http404 otherwise."""
    record = record_of(person, kind, number)
    found: KeptSheet | None = record.sheets.filter(pk=pk).select_related("author", "department").first()
    if found is None:
        raise Http404(pk)
    found.record = record
    return found


def with_clocks(line: LogLine) -> LogLine:
    """A line of the time-line with when it was filled in, where that was without a network; it was received at its
    own moment.
    """
    told = line.said.get(TOLD)
    if not isinstance(told, Mapping):
        return line
    stated, filled = (datetime.fromisoformat(str(told[name])) for name in ("stated_at", "filled_at"))
    said = t("离线填写于 {filled}", "Filled in offline at {filled}", filled=formats.format_datetime(filled))
    if abs(stated - filled) >= timedelta(minutes=1):
        wrong = t("（手机显示 {stated}）", " (the telephone said {stated})", stated=formats.format_datetime(stated))
        said = Text(said.show("zh") + wrong.show("zh"), said.show("en") + wrong.show("en"))
    return replace(line, more=said)

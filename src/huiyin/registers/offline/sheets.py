"""A sheet that was filled in without a network arrives: taken once, by the same step and form as on the page, or kept.

The journal is what knows whether it came before: the sheet's id is the submission of the entry it led to, and the entry
holds the digest of what it said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from django.core import signing
from django.http import Http404, QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.offline_completion import sheet_kind
from huiyin.records.files.files import blob_path
from huiyin.records.steps.conditions import GuardContext, step_refusals
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, Refused
from huiyin.records.steps.stepping import locked_record
from huiyin.registers.access import record_of
from huiyin.registers.actions import FormInput
from huiyin.registers.forms.forms import DeclaredStepForm
from huiyin.registers.forms.step_pages import steps_of
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.models import FormRecord, SentFile
from huiyin.registers.offline.kept_sheets import TOLD, keep, note_late
from huiyin.registers.offline.merge import Question, merged, standing

SALT = "huiyin.offline"
DEEPEST = 8
"""Levels of what a sheet says: rows of child tables with values that name somebody, and some to spare."""


class NotASheet(Exception):
    """What came is no sheet that a telephone of ours would send."""


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file that a sheet names: in which field, under which name, by its digest."""

    field: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it came: its id, the digest of its content, and what the content says."""

    id: UUID
    digest: str
    person: int
    kind: str
    number: str
    verb: str
    stated_at: datetime
    ticket: str = ""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=dict)
    follow: Sequence[str] = ()
    after: Sequence[UUID] = ()
    files: Sequence[SheetFile] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a sheet: ``taken``, ``kept``, ``clash`` (its id came before with other content), ``asks`` (both
    changed a field), ``files`` (some have not come yet) or ``other`` (it is somebody else's). ``again``: it had come
    before.
    """

    result: str
    record: FormRecord | None = None
    again: bool = False
    reasons: Sequence[Text] = ()
    missing: Sequence[str] = ()
    questions: Sequence[Question] = ()
    entry: Entry | None = None


def read_sheet(body: bytes) -> Sheet:
    """The sheet in the body of a request: ``{"id", "digest", "content"}``, the content as the text that was digested.

    Raises NotASheet.
    """
    try:
        outer = orjson.loads(body)
        content: str = outer["content"]
        if hashlib.sha256(content.encode()).hexdigest() != outer["digest"]:
            raise NotASheet("digest")
        if "\\u0000" in content:
            raise NotASheet("a character that no database holds")
        said = orjson.loads(content)
        if not _is_flat(said):
            raise NotASheet("deeper than any form")
        return Sheet(
            id=UUID(outer["id"]),
            digest=outer["digest"],
            person=int(said["person"]),
            kind=str(said["kind"])[:20],
            number=str(said["number"])[:40],
            verb=str(said["verb"])[:40],
            stated_at=datetime.fromisoformat(said["stated_at"]).astimezone(UTC),
            ticket=str(said.get("ticket", "")),
            values={str(name): [str(one) for one in values] for name, values in said["values"].items()},
            base=dict(said.get("base") or {}),
            follow=[str(one) for one in said.get("follow") or ()],
            after=[UUID(one) for one in said.get("after") or ()],
            files=[SheetFile(str(f["field"]), str(f["name"])[:200], str(f["sha256"])) for f in said.get("files") or ()],
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise NotASheet(str(error)) from error


def _is_flat(value: Any, depth: int = DEEPEST) -> bool:
    """Whether nothing in it lies deeper than what forms store."""
    if isinstance(value, dict):
        return depth > 0 and all(_is_flat(one, depth - 1) for one in value.values())
    return depth > 0 and all(_is_flat(one, depth - 1) for one in value) if isinstance(value, list) else True


# ---- taking along


def ticket_for(person: Person, record: FormRecord | None, at: datetime) -> str:
    """Proof that the person took the record along at a moment, or without one the forms of new records: the last
    contact before what is filled in without.
    """
    return signing.dumps([person.pk, _key(record), at.isoformat()], salt=SALT, compress=False)


def _key(record: FormRecord | None) -> int:
    return record.pk if record is not None else 0


def taken_along_at(sheet: Sheet, record: FormRecord | None) -> datetime | None:
    """When the author took the record (the forms of new ones) along; None where the ticket does not prove it."""
    try:
        person, pk, at = signing.loads(sheet.ticket, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return datetime.fromisoformat(at) if (person, pk) == (sheet.person, _key(record)) else None


def held(stated: datetime, contact: datetime | None, received: datetime) -> datetime:
    """The stated moment within what is possible: not before the last contact, not after the receipt."""
    return min(max(stated, contact or received), received)


def _last_known(record: FormRecord, person: Person, contact: datetime | None) -> datetime | None:
    """The last moment before the sheet was filled in: when it was taken along, or the author's own last step since."""
    last = Entry.objects.filter(kind=record.kind, record_id=record.pk, actor=person).order_by("-sequence").first()
    if contact is None or last is None:
        return contact
    told = last.particulars.get(TOLD) or {}
    own = datetime.fromisoformat(told["filled_at"]) if "filled_at" in told else last.at
    return max(contact, own)


# ---- receiving


def receive(sheet: Sheet, person: Person, at: datetime) -> Receipt:
    """Take the step that a sheet asks for, or keep the sheet; once, however often it is sent."""
    if sheet.person != person.pk:
        return Receipt("other")
    done = entry_of(sheet.id)
    if done is not None:
        return came_before(done, sheet)
    record, contact = _record_for(sheet, person)
    missing = files_to_come(sheet, person)
    if missing:
        return Receipt("files", record, missing=missing)
    filled = held(sheet.stated_at, _last_known(record, person, contact), at)
    try:
        with locked_record(record):
            return _Receiving(sheet, record, person, at, filled).take()
    except AlreadyDone as already:
        return came_before(already.entry, sheet)


def files_to_come(sheet: Sheet, person: Person) -> list[str]:
    """The files that a sheet names and the person has not sent yet, by their digests."""
    return [one.sha256 for one in sheet.files if not is_sent(person, one.sha256)]


def entry_of(submission: UUID) -> Entry | None:
    """The entry that a sheet led to; None as long as it did not come."""
    return Entry.objects.filter(submission=submission).order_by("id").first()


def came_before(entry: Entry, sheet: Sheet) -> Receipt:
    """What the first arrival led to; content that differs from it is told as such, and nothing done with it."""
    record = FormRecord.objects.filter(kind=entry.kind, pk=entry.record_id).first()
    told = entry.particulars.get(TOLD) or {}
    if told.get("digest") != sheet.digest:
        return Receipt("clash", record, again=True, entry=entry)
    result = "taken" if told.get("taken") else "kept"
    reasons = [Text(one["zh"], one["en"]) for one in entry.particulars.get("why") or ()] if result == "kept" else []
    return Receipt(result, record, again=True, reasons=reasons, entry=entry)


def _record_for(sheet: Sheet, person: Person) -> tuple[FormRecord, datetime | None]:
    """The record, for whoever took it along or may see it, with the moment it was taken along; Http404 otherwise."""
    record = FormRecord.objects.filter(kind=sheet.kind, number=sheet.number).first()
    if record is None or not works_offline(record):
        raise Http404(sheet.number)
    contact = taken_along_at(sheet, record)
    if contact is None:
        record_of(person, sheet.kind, sheet.number)
    return record, contact


def works_offline(record: FormRecord) -> bool:
    """Whether the version under which a record was opened lets its forms be filled in without a network."""
    return sheet_kind(record.kind) in versions.procedure_of(record.procedure_id).vocabulary.declared


def is_sent(person: Person, sha256: str) -> bool:
    """Whether the person has sent the file, and its bytes are there."""
    return SentFile.objects.filter(person=person, sha256=sha256).exists() and blob_path(sha256).exists()


class SentUpload:
    """A file that was sent ahead, as forms take uploads in."""

    def __init__(self, name: str, sha256: str) -> None:
        self.name, self.path = name, blob_path(sha256)
        self.size = self.path.stat().st_size

    def chunks(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            while piece := file.read(1 << 16):
                yield piece


def as_sent(sheet: Sheet) -> tuple[QueryDict, Any]:
    """The boxes and files of a sheet, as a form takes them from a request."""
    data = QueryDict(mutable=True)
    for name, values in sheet.values.items():
        data.setlist(name, list(values))
    files: Any = MultiValueDict()
    for one in sheet.files:
        files.appendlist(one.field, SentUpload(one.name, one.sha256))
    return data, files


def told_of(sheet: Sheet, filled: datetime, at: datetime, *, taken: bool) -> dict[str, Any]:
    """What the journal says of how a sheet came."""
    return {
        "digest": sheet.digest,
        "taken": taken,
        "stated_at": sheet.stated_at.isoformat(),
        "filled_at": filled.isoformat(),
        "received_at": at.isoformat(),
    }


@dataclass(frozen=True)
class _Receiving:
    """One sheet on its record, which is locked."""

    sheet: Sheet
    record: FormRecord
    person: Person
    at: datetime
    filled: datetime

    def take(self) -> Receipt:
        """The step, what must be asked before it, or the sheet kept with the reasons."""
        procedure = versions.procedure_of(self.record.procedure_id)
        kind = kind_of(procedure, self.record.kind)
        reasons = self._refusals(kind)
        if not reasons:
            form: Any = self._form(kind)
            if not form.is_valid():
                return self._keep(list(mistakes(lambda: self._form(kind))))
            given, questions = self._merged(form, kind)
            if questions:
                return Receipt("asks", self.record, questions=questions)
            reasons = self._step(kind, given, form)
        return self._keep(reasons) if reasons else Receipt("taken", self.record, entry=entry_of(self.sheet.id))

    def _step(self, kind: DataKind, given: FormInput, form: Any) -> list[Text]:
        """Take the step as its page does; the reasons where it is refused, and then nothing is changed."""
        given = replace(given, told={TOLD: self._told(taken=True)})
        context = StepContext(self.person, self.at, None, self.sheet.id, form.added())
        page: Any = steps_of(kind).pages.by_verb[self.sheet.verb].page
        try:
            page.action(self.record, given=given, context=context)
        except Refused as refused:
            self.record.refresh_from_db()
            return [*refused.reasons, *refused.fields.values()]
        self._note_late()
        return []

    def _refusals(self, kind: DataKind) -> list[Text]:
        """Why the step cannot be taken at all: no such step, no sight any more, the state, the right, a guard."""
        verb = self.sheet.verb
        if verb in {step.verb for step in kind.openings}:
            return [t("已经登记过，这是后来在手机上改的内容", "It was entered already; this is what was changed since")]
        if not takes_offline(kind, verb):
            return [t("这一步不能离线办理", "This step cannot be taken offline")]
        try:
            record_of(self.person, self.record.kind, self.record.number)
        except Http404:
            return [t("填写人已不能查看这条记录", "Its author may not see this record any more")]
        situation = GuardContext(self.record, None, self.person, self.at, kind.procedure)
        return step_refusals(situation, self.record.kind, verb)

    def _form(self, kind: DataKind) -> Any:
        page: Any = steps_of(kind).pages.by_verb[self.sheet.verb].page
        data, files = as_sent(self.sheet)
        return page.form(data, files, record=self.record, person=self.person, procedure=kind.procedure, at=self.filled)

    def _merged(self, form: Any, kind: DataKind) -> tuple[Any, list[Question]]:
        """The sheet on the record as it is now; what the author's own earlier sheets wrote is what they knew of."""
        verb = self.sheet.verb
        now = standing(self.record, kind, verb)
        then = dict(self.sheet.base)
        earlier = Entry.objects.filter(submission__in=self.sheet.after, actor=self.person, record_id=self.record.pk)
        for entry in earlier.order_by("sequence"):
            then |= {name: change[1] for name, change in entry.changes.items()}
        given = form.values()["given"]
        return merged(given, kind, verb, then=then, now=now, follow=self.sheet.follow)

    def _told(self, *, taken: bool) -> dict[str, Any]:
        return told_of(self.sheet, self.filled, self.at, taken=taken)

    def _note_late(self) -> None:
        note_late(
            self.record,
            self.sheet.verb,
            author=self.person,
            digest=self.sheet.digest,
            stated_at=self.sheet.stated_at,
            filled_at=self.filled,
            at=self.at,
        )

    def _keep(self, reasons: Sequence[Text]) -> Receipt:
        keep(
            self.record,
            self.sheet.verb,
            author=self.person,
            reasons=reasons,
            values=self.sheet.values,
            files=[SentUpload(one.name, one.sha256) for one in self.sheet.files],
            told={TOLD: self._told(taken=False)},
            digest=self.sheet.digest,
            stated_at=self.sheet.stated_at,
            filled_at=self.filled,
            at=self.at,
            submission=self.sheet.id,
        )
        return Receipt("kept", self.record, reasons=reasons, entry=entry_of(self.sheet.id))


def takes_offline(kind: DataKind, verb: str) -> bool:
    """Whether a step is taken by a form of declared fields, which a telephone can keep."""
    found = steps_of(kind).pages.with_form(verb)
    page: Any = found.page if found is not None else None
    return page is not None and issubclass(page.form, DeclaredStepForm)


def mistakes(make: Callable[[], Any]) -> Iterator[Text]:
    """What is wrong with a form in both languages, each with the label of its field."""
    with translation.override("zh-hans"):
        zh = list(_said(make(), "zh"))
    with translation.override("en"):
        en = list(_said(make(), "en"))
    return (Text(*both) for both in zip(zh, en, strict=True))


def _said(form: Any, language: str) -> Iterator[str]:
    for name, errors in form.errors.items():
        field = form.fields.get(name)
        label = field.label.show(language) if field is not None and isinstance(field.label, Text) else ""
        between = "：" if language == "zh" else ": "
        yield from (f"{label}{between}{one}" if label else str(one) for one in errors)

"""Which kinds packs declared so far, and which columns repeat their facts; kept when a version comes into force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huiyin.database.compiled import CompiledQuery
from huiyin.kernel.text import Text
from huiyin.procedure import versions
from huiyin.procedure.kind_entries import FieldEntry, KindEntry
from huiyin.procedure.models import EFFECTIVE, ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.registers.models import DAYS, KEYS, NUMBERS, PEOPLE, PackKind

SLOTS_OF: Mapping[str, tuple[str, ...]] = {
    "date": DAYS,
    "moment": DAYS,
    "person": PEOPLE,
    "opinion": PEOPLE,
    "choice": KEYS,
    "yesno": KEYS,
    "department": KEYS,
    "period": KEYS,
    "text": KEYS,
    "number": NUMBERS,
    "quantity": NUMBERS,
    "money": NUMBERS,
    "percent": NUMBERS,
    "measured": NUMBERS,
    "score": NUMBERS,
    "duration": NUMBERS,
}
"""The columns that may repeat a fact, by the type of its field."""


def remember_kinds(procedure: Procedure) -> None:
    """A version came into force: enter its kinds, and give its fields columns as long as there are any."""
    version = ProcedureVersion.objects.get(state=EFFECTIVE)
    known = {row.key: row for row in PackKind.objects.all()}
    for kind in procedure.kinds:
        if kind.part_of is not None:
            continue
        row = known.get(kind.key) or PackKind(key=kind.key, first_version=version)
        row.label_zh, row.label_en = kind.label.zh, kind.label.en
        row.last_version = version
        row.slots = with_slots(row.slots, kind, procedure.fields_of(kind.key))
        row.save()


def with_slots(slots: Mapping[str, str], kind: KindEntry, fields: Iterable[FieldEntry]) -> dict[str, str]:
    """``slots`` with columns for fields that have none yet, those first that the calendar or lists show, that tell of
    leave, or the pack wants indexed; of a moment its day is repeated, and only for a calendar or leave. A field that
    had another name before (``was``) keeps its column.
    """
    found = dict(slots)
    asked: tuple[str | None, ...] = ()
    if kind.calendar is not None:
        asked += (kind.calendar.day, kind.calendar.until)
    if kind.leave is not None:
        asked += (kind.leave.who, kind.leave.starts, kind.leave.ends)
    wanted = sorted(fields, key=lambda one: (not one.indexed, one.name not in asked, one.name not in kind.columns))
    for field in wanted:
        if field.was in found and field.name not in found:
            found[field.name] = found[field.was]  # under another name it is the same fact
        shown = field.name in asked or (field.name in kind.columns and field.type != "moment")
        if field.name in found or not (field.indexed or shown or field.type in ("date", "person")):
            continue
        free = [slot for slot in SLOTS_OF.get(field.type, ()) if slot not in found.values()]
        if free:
            found[field.name] = free[0]
    return found


def kinds_before(now: Iterable[str]) -> list[str]:
    """The kinds that only earlier versions declared."""
    return list(PackKind.objects.exclude(key__in=list(now)).order_by("key").values_list("key", flat=True))


_named: CompiledQuery[PackKind] = CompiledQuery(lambda key: PackKind.objects.filter(key=key), str)


def slots_of(kind: str) -> Mapping[str, str]:
    """Which column repeats which field of a kind."""
    found = _named.first(kind)
    return found.slots if found is not None else {}


def last_name_of(kind: str) -> Text | None:
    """What the last version that declared a kind calls it."""
    row = _named.first(kind)
    return row.label if row is not None else None


def procedure_for(kind: str, in_force: Procedure) -> Procedure:
    """The procedure whose rights and columns hold for a kind: the one in force, else the last that declared it."""
    if kind in in_force.vocabulary.declared:
        return in_force
    row = _named.first(kind)
    return versions.procedure_of(row.last_version_id) if row is not None else in_force

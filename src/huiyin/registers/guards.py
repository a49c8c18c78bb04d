"""Guards that any declared kind may have: ``filled:result``, ``rows:findings``, ``answered:findings`` and the like."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.computing import is_number
from huiyin.procedure.conditions import NOTHING
from huiyin.procedure.describe import field_said
from huiyin.procedure.generic_guards import generic_check
from huiyin.procedure.kind_entries import BalanceEntry
from huiyin.procedure.schema import UnknownKey
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.models import Signature
from huiyin.records.relations.relations import MADE_FOR, ids_linked_from
from huiyin.records.steps.conditions import GuardContext
from huiyin.registers.facts import sum_of_parts
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.models import FormRecord, FormRow, KeptSheet
from huiyin.registers.rosters import has_shifts, problems_of


@generic_check("filled")
def filled(situation: GuardContext, name: str) -> Text | None:
    """The field holds something, of the row where the step is one of a row."""
    if situation.fact(name) not in NOTHING:
        return None
    return t("还没有填写“{field}”", "{field} is not filled in yet", field=_label(situation, name))


@generic_check("rows")
def has_rows(situation: GuardContext, name: str) -> Text | None:
    """The child table has a row at least."""
    if situation.record.fact(name):
        return None
    return t("“{field}”还没有一行", "{field} has no row yet", field=_label(situation, name))


@generic_check("answered")
def all_answered(situation: GuardContext, name: str) -> Text | None:
    """Every task of the child table is answered or dropped, and there is one at least."""
    return has_rows(situation, name) if not _rows(situation, name) else none_left_open(situation, name)


@generic_check("settled")
def none_left_open(situation: GuardContext, name: str) -> Text | None:
    """No task of the child table waits to be answered; of no tasks at all none does."""
    waiting = [row for row in _rows(situation, name) if row.state == "open"]
    if not waiting:
        return None
    return t(
        "“{field}”还有 {n} 项没有办理", "{field}: {n} not answered yet", field=_label(situation, name), n=len(waiting)
    )


@generic_check("checked")
def all_checked(situation: GuardContext, name: str) -> Text | None:
    """Every point of the checklist has a verdict; a point of which nothing was written is no row, and is missing."""
    judged = {row.extra.get("item") for row in _rows(situation, name) if row.extra.get("verdict")}
    if judged and judged >= _points(situation, name):
        return None
    return t("“{field}”还没有逐项检查完", "{field}: not every point is checked", field=_label(situation, name))


@generic_check("signed")
def is_signed(situation: GuardContext, function: str) -> Text | None:
    """Somebody has signed in the function."""
    record = situation.record
    signed = Signature.objects.filter(kind=record.kind, record_id=record.pk, role=function).exists()
    role = situation.procedure.role_label(function)
    return None if signed else t("还没有{who}的签字", "Not signed by {who} yet", who=role)


@generic_check("balance")
def balances(situation: GuardContext, name: str) -> list[Text]:
    """The parts add up to the total: on the record, or in every row of the child table whose balance it is."""
    record, procedure = situation.record, situation.procedure
    kind = kind_of(procedure, record.kind)
    found = next((one for one in procedure.balances if one.key == f"{kind.key}.{name}"), None)
    if found is not None:
        return [_differs(kind, found, record.extra)] if not _is_balanced(found, record.extra) else []
    reasons = []
    for table in kind.tables:
        of_rows = next((one for one in procedure.balances if one.key == f"{table.of}.{name}"), None)
        for at, row in enumerate(_rows(situation, table.name) if of_rows is not None else (), start=1):
            if of_rows is not None and not _is_balanced(of_rows, row.extra):
                said = _differs(kind.rows(table), of_rows, row.extra)
                reasons.append(
                    t("“{table}”第 {n} 行：{said}", "{table}, row {n}: {said}", table=table.label, n=at, said=said)
                )
    return reasons


def _is_balanced(balance: BalanceEntry, held: Mapping[str, Any]) -> bool:
    total = held.get(balance.total)
    return total is not None and is_number(total) and Decimal(total) == sum_of_parts(held, balance)


def _differs(kind: DataKind, balance: BalanceEntry, held: Mapping[str, Any]) -> Text:
    field = kind.field(balance.total)
    assert field is not None, "checked when the pack was read"
    return t(
        "“{total}”是 {a}，各项合计 {b}，两边不等",
        "{total} is {a}, its parts add up to {b}",
        total=field.label,
        a=held.get(balance.total) or "—",
        b=f"{sum_of_parts(held, balance).normalize():f}",
    )


@generic_check("linked")
def is_linked(situation: GuardContext, kind: str) -> Text | None:
    """A record of the kind was made for this one."""
    if ids_linked_from(kind, MADE_FOR, situation.record):
        return None
    return t("还没有为此开出“{what}”", "No {what} was made for it yet", what=_kind(situation, kind))


@generic_check("closed")
def linked_are_closed(situation: GuardContext, kind: str) -> Text | None:
    """Every record of the kind that was made for this one has ended."""
    ids = ids_linked_from(kind, MADE_FOR, situation.record)
    if not ids:
        return is_linked(situation, kind)
    waiting = FormRecord.objects.filter(pk__in=ids).exclude(phase__in=LAST_PHASES)
    numbers = list(waiting.values_list("number", flat=True)[:5])
    if not numbers:
        return None
    return t("{numbers} 还没有结束", "{numbers} not ended yet", numbers=Text("、".join(numbers), ", ".join(numbers)))


@generic_check("within")
def within_authority(situation: GuardContext, argument: str) -> Text | None:
    """The acting person may decide the amount: ``within:authority.field``."""
    key, _, name = argument.partition(".")
    amount = situation.record.fact(name)
    person = situation.actor
    if not is_number(amount) or person is None:
        return None
    try:
        limit = situation.procedure.limit_of(key, person.functions(), person.any_head)
    except UnknownKey:
        return None
    if limit is None or Decimal(amount) <= limit:
        return None
    return t("金额 {n} 超出您的权限 {most}", "{n} exceeds what you may decide ({most})", n=amount, most=limit)


@generic_check("other")
def somebody_else(situation: GuardContext, name: str) -> Text | None:
    """Whoever takes the step is not the one whom the field (or ``owner``, ``opener``, a sheet's ``author``) names."""
    record, person = situation.record, situation.actor
    if person is None:
        return None
    if name in ("owner", "opener"):
        named = record.owner_id if name == "owner" else record.opened_by_id
    elif name == "author" and isinstance(situation.part, KeptSheet):
        named = situation.part.author_id
    else:
        held = situation.fact(name)
        named = held.get("person") if isinstance(held, dict) else None
    return t("不能由同一人办理", "Somebody else must do this") if named == person.pk else None


def _of_shifts(name: str) -> None:
    """Attach the guard ``name`` on shifts: each row that offends it is a reason."""

    @generic_check(name)
    def check(situation: GuardContext, table: str) -> list[Text]:
        field = kind_of(situation.procedure, situation.record.kind).field(table)
        entry = situation.procedure.vocabulary.declared[field.of] if field is not None else None
        if entry is None or entry.shift is None:
            return []
        rows = _rows(situation, table)
        if not has_shifts(rows, entry):  # of none at all nobody could say that they keep apart, or leave no gap
            words = t("“{field}”还没有一班写明起止和谁值班", "{field}: no shift says yet from when until when, and who")
            return [words.with_values(field=_label(situation, table))]
        found = problems_of(situation.record, rows, entry, situation.procedure)
        return [one.said for one in found if one.guard == name]


for _name in ("apart", "covered", "managed"):
    _of_shifts(_name)


def _rows(situation: GuardContext, name: str) -> list[FormRow]:
    """The rows of a child table as they stand on the record."""
    table = kind_of(situation.procedure, situation.record.kind).field(name)
    if table is None or situation.record.pk is None:
        return []
    return list(situation.record.rows.filter(part_kind=table.of))


def _points(situation: GuardContext, name: str) -> set[str]:
    """The points of a checklist."""
    kind = kind_of(situation.procedure, situation.record.kind)
    table = kind.field(name)
    catalogue = kind.rows(table).entry.catalogue if table is not None else None
    return {one.key for one in situation.procedure.catalogue(catalogue)} if catalogue else set()


def _label(situation: GuardContext, name: str) -> Text:
    return field_said(situation.procedure, situation.kind, name)


def _kind(situation: GuardContext, kind: str) -> Text:
    known = situation.procedure.vocabulary.kinds.get(kind)
    return known.label if known is not None else Text(kind, kind)

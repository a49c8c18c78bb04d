"""A declared kind on paper: its fields in their order, its rows as tables, places to sign."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.conditions import NOTHING
from huiyin.procedure.kind_entries import BalanceEntry, FieldEntry
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.print.forms import PrintFormatter, PrintJob
from huiyin.records.print.sheets import (
    Align,
    Block,
    CheckBoxes,
    CheckOption,
    FactGrid,
    LongText,
    PrintFact,
    PrintSheet,
    SectionBar,
    SignaturePlace,
    Signatures,
    SmallPrint,
    TableBlock,
    TableColumn,
    TableRow,
)
from huiyin.records.print.wording import width_of
from huiyin.records.queries import files_on
from huiyin.registers import facts
from huiyin.registers.fields import field_types
from huiyin.registers.fields.asking import SKIPPED
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.models import FormRecord, FormRow
from huiyin.registers.printing.approvals import approval_blocks
from huiyin.registers.printing.pictures import photos, signed_places
from huiyin.registers.printing.steps import step_places
from huiyin.registers.rows.forms import VERDICTS

BLANK_ROWS = 3
"""Rows left empty on paper below those that are filled, to be written by hand."""
MOST_BOXES = 12
"""So many options are printed as boxes to tick; of more only the chosen ones are."""
SHORT_BOXES, ONE_BOX = 17.0, 2.4
"""Boxes stand in a cell of the grid where they fit in one line: its width, and what a box takes beside its words, in
Chinese characters.
"""


def declared_sheet(printing: PrintJob) -> PrintSheet:
    """The record field by field: short facts in a grid, long ones in boxes, child tables as tables."""
    say, record = PrintFormatter(printing), printing.record
    kind = kind_of(printing.procedure, record.kind)
    blocks: list[Block] = [FactGrid(tuple(_head(say, record)))]
    waiting: list[PrintFact] = []
    rows = facts.rows_of(record, kind)
    for field in kind.fields:
        if not facts.is_shown(field, record) or field.type in (*field_types.FILES, "signature"):
            continue
        if _is_short(field, _options(say, field, record, kind)):
            waiting.append(_fact(say, field, record, kind))
            continue
        _put(blocks, waiting)
        blocks += _large(say, field, record, kind, rows)
    _put(blocks, waiting)
    files = files_on(record.kind, record.pk)
    pictures = photos(say, kind, files)
    if pictures.photos:
        blocks.append(pictures)
    blocks += approval_blocks(say, record)
    by_hand = signed_places(say, record, kind, files)
    blocks.append(Signatures((*step_places(say, record, kind), *_function_places(say), *by_hand)))
    return say.sheet(blocks)


def _head(say: PrintFormatter, record: FormRecord) -> list[PrintFact]:
    found = []
    if record.about_id is not None:
        known = say.printing.procedure.vocabulary.kinds.get(record.about_kind)
        label = known.label if known is not None else t("关于", "About")
        named = f"{say.line(record.about_known)} {record.about_number}".strip()
        found.append(say.fact(label.zh, label.en, named, span=0))
    if record.period:
        found.append(say.fact("期间", "Period", field_types.period_words(record.period), span=0))
    found.append(say.fact("登记人", "Entered by", record.opened_by))
    found.append(say.fact("登记时间", "Entered at", record.opened_at))
    return found


def _put(blocks: list[Block], waiting: list[PrintFact]) -> None:
    if waiting:
        blocks.append(FactGrid(tuple(waiting)))
        waiting.clear()


def _is_short(field: FieldEntry, options: Sequence[CheckOption]) -> bool:
    if field.type in (*field_types.LONG, "rows") or any(one.written is not None for one in options):
        return False
    return sum(ONE_BOX + width_of(one.label) for one in options) <= SHORT_BOXES


def _options(say: PrintFormatter, field: FieldEntry, record: FormRecord, kind: DataKind) -> list[CheckOption]:
    """The options of a field as boxes, those that were chosen ticked; none where words of another kind stand there."""
    if field.shows or field.type not in ("choice", "choices", "yesno"):
        return []
    known: list[tuple[str, str | Text]] = (
        field_types.YES_NO
        if field.type == "yesno"
        else [(one.key, one.label) for one in kind.procedure.catalogue(field.catalogue or "")]
    )
    value = record.extra.get(field.name)
    chosen = [str(one) for one in (value if isinstance(value, list) else [value]) if one not in NOTHING]
    written = next((one.removeprefix(field_types.OTHER) for one in chosen if one.startswith(field_types.OTHER)), "")
    if field.may_skip:
        known = [*known, SKIPPED]
    keys = {key for key, _ in known}
    if len(known) > MOST_BOXES or any(one not in keys and not one.startswith(field_types.OTHER) for one in chosen):
        return []
    options = [CheckOption(say.line(label), key in chosen) for key, label in known]
    if field.other or written:
        options.append(CheckOption(say.asking(t("其他", "Other")), bool(written), written))
    return options


def _fact(say: PrintFormatter, field: FieldEntry, record: FormRecord, kind: DataKind) -> PrintFact:
    label, options = say.w(field.label.zh, field.label.en), _options(say, field, record, kind)
    if options:
        return PrintFact(label, options=tuple(options))
    return PrintFact(label, say.say(shown_value(field, record, kind)))


def shown_value(field: FieldEntry, record: FormRecord, kind: DataKind) -> Any:
    """What stands in a field as people read it; of a field that shows another record's, what stands there now; beside
    the total of a balance what its parts add up to.
    """
    value = facts.about_fact(record, field.shows) if field.shows else record.extra.get(field.name)
    said = field_types.shown(field, value, kind.procedure)
    for one in kind.procedure.balances if field_types.is_number(value) else ():
        of_this = one.key.startswith(f"{kind.key}.") and one.total == field.name
        if of_this and any(field_types.is_number(record.fact(name)) for name in one.parts):
            said = _with_parts(said, value, field, record, kind, one)
    return said


def _with_parts(
    said: Any, value: str, field: FieldEntry, record: FormRecord, kind: DataKind, balance: BalanceEntry
) -> Text:
    """The total with the parts that make it; where they add up to something else, with that and that it differs."""
    found = facts.sum_of_parts(record.extra, balance)
    labels = [one.label for one in kind.fields if one.name in balance.parts]
    words = t("{total}（= {parts}）", "{total} (= {parts})")
    if found != Decimal(value):
        words = t("{total}（{parts}：{sum}，两边不等）", "{total} ({parts}: {sum}, which differs)")
    return words.with_values(
        total=said,
        parts=Text(" + ".join(one.zh for one in labels), " + ".join(one.en for one in labels)),
        sum=field_types.shown(field, str(found), kind.procedure),
    )


def _large(
    say: PrintFormatter, field: FieldEntry, record: FormRecord, kind: DataKind, rows: dict[str, list[FormRow]]
) -> list[Block]:
    label = say.w(field.label.zh, field.label.en)
    if field.type == "note":
        return [SmallPrint(say.line(field.label))]
    if field.type == "rows":
        bar = SectionBar(say.bar(field.label.zh, field.label.en))
        return [bar, _table(say, kind.rows(field), rows.get(field.name, []), record)]
    if options := _options(say, field, record, kind):
        return [CheckBoxes(label, tuple(options))]
    return [LongText(label, say.say(shown_value(field, record, kind)), lines=2)]


def _table(say: PrintFormatter, rows: DataKind, present: list[FormRow], record: FormRecord) -> TableBlock:
    """Its rows under numbers; below them a few without, to be written by hand, as long as the record is open."""
    is_checklist = rows.entry.rows == "checklist"
    columns = [TableColumn(say.w("序", "No."), 0.35, "center")]
    columns += [TableColumn(say.w(rows.label.zh, rows.label.en), 1.6)] if is_checklist else []
    columns += [TableColumn(say.w(each.label.zh, each.label.en), _width(each), _align(each)) for each in rows.fields]
    more = _more_columns(rows)
    columns += [TableColumn(say.w(*words), 0.9 if name in ("owner", "due_on") else 1.5) for words, name in more]
    lines = [tuple(_cells(say, rows, row, more)) for row in present]
    if is_checklist:
        lines += [(label, *("",) * (len(columns) - 2)) for label in _unchecked(say, rows, present)]
    by_hand = 0 if is_checklist or record.phase in LAST_PHASES else BLANK_ROWS
    numbered = tuple(TableRow((str(at), *cells)) for at, cells in enumerate(lines, 1))
    return TableBlock(tuple(columns), numbered, least_rows=by_hand)


def _unchecked(say: PrintFormatter, rows: DataKind, present: list[FormRow]) -> list[str]:
    """The points of a checklist that nobody has looked at yet."""
    seen = {row.extra.get("item") for row in present}
    points = rows.procedure.catalogue(rows.entry.catalogue or "")
    return [say.line(one.label) for one in points if one.key not in seen]


def _width(field: FieldEntry) -> float:
    if field.type in field_types.LONG:
        return 2.6
    return 1.9 if field.type in ("text", "customer", "record", "choices") else 1.1


def _align(field: FieldEntry) -> Align:
    return "right" if field.type in field_types.NUMERIC else "left"


def _more_columns(rows: DataKind) -> list[tuple[tuple[str, str], str]]:
    match rows.entry.rows:
        case "task":
            return [(("负责人", "Responsible"), "owner"), (("期限", "By"), "due_on"), (("办理结果", "Done"), "answer")]
        case "checklist":
            return [(("结果", "Result"), "verdict"), (("说明", "Remark"), "remark")]
    return []


def _cells(say: PrintFormatter, rows: DataKind, row: FormRow, more: list[tuple[tuple[str, str], str]]) -> list[str]:
    found = [say.say(field_types.shown(each, row.extra.get(each.name), rows.procedure)) for each in rows.fields]
    if rows.entry.rows == "checklist":
        option = rows.procedure.option(rows.entry.catalogue or "", row.extra.get("item", ""))
        found = [say.line(option.label) if option else row.extra.get("item", ""), *found]
    return [*found, *(say.say(row_value(row, name)) for _, name in more)]


def row_value(row: FormRow, name: str) -> Any:
    """What stands in a row beside the pack's own fields: whose it is, by when, what came of it."""
    match name:
        case "owner":
            return row.owner
        case "due_on":
            return row.due_on
        case "verdict":
            return dict(VERDICTS).get(row.extra.get("verdict", ""), "")
    value: Text | str | Person | None = row.extra.get(name)
    return value


def _function_places(say: PrintFormatter) -> list[SignaturePlace]:
    """Who signed the record in a function of theirs."""
    return [say.signature(role, role, one.author, one.at) for one in say.signatures for role in (_role(say, one.role),)]


def _role(say: PrintFormatter, key: str) -> str:
    label = say.printing.procedure.vocabulary.functions.get(key)
    return say.line(label) if label is not None else key

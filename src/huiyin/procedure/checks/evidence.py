"""Evidence under conditions, the steps that fill a form, and targets: each names something that can be counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from huiyin.kernel.text import t
from huiyin.procedure.kind_entries import Condition
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import EVIDENCE_KINDS

FIELD = t("字段", "field")
CLAUSE = t("条款", "clause")
CONDITIONAL = (
    ("obligation", "when"),
    ("evidence", "where"),
    ("target", "where"),
    ("field", "shown"),
    ("effect", "when"),
    ("level", "when"),
)
"""Where packs write conditions."""
LONGEST_KEY = 28
"""What stands beside the period in the number under which a target's period is known."""
_NUMBER, _SHARE = re.compile(r"\d{1,9}"), re.compile(r"\d{1,3}(\.\d{1,2})?%")


def check(sheet: ParsedPack) -> None:
    """Note what could never show a clause, fill a form or be measured."""
    for located in sheet.of("evidence"):
        entry = located.entry
        sheet.known(located, ["clause"], entry.clause, sheet.keys("clause"), CLAUSE)
        if is_evidence(sheet, located, ["of"], entry.of):
            _conditions(sheet, located)
    for located in sheet.of("form"):
        _filled_by(sheet, located)
    for located in sheet.of("target"):
        _target(sheet, located)
    for section, name in CONDITIONAL:
        for located in sheet.of(section):
            _say_something(sheet, located, name)


def _say_something(sheet: ParsedPack, located: ParsedEntry, name: str) -> None:
    """A condition that asks nothing would always hold."""
    for index, condition in enumerate(getattr(located.entry, name)):
        for one in condition.any or (condition,):
            if one == Condition(field=one.field):
                problem = t("条件没有写明要什么", "The condition asks nothing.")
                remedy = t(
                    "请写 is、not、over、under、older_than 或 filled",
                    "Write is, not, over, under, older_than or filled.",
                )
                sheet.wrong(located, [name, index, "is"], problem, remedy)


def is_evidence(sheet: ParsedPack, located: ParsedEntry, path: Sequence[str | int], written: str) -> bool:
    """Whether this is written as evidence is and names something of the pack; notes a mistake when it does not."""
    kind, colon, _ = written.partition(":")
    if not colon or kind not in EVIDENCE_KINDS:
        problem = t("「{written}」不是证据的写法", "“{written}” is not how evidence is written.", written=written)
        remedy = t("请写成 {kinds} 加冒号和键", "Write {kinds}, a colon and a key.", kinds=" / ".join(EVIDENCE_KINDS))
        sheet.wrong(located, path, problem, remedy)
        return False
    known = sheet.vocabulary.events if kind == "event" else sheet.keys(kind)
    return sheet.known(located, path, written, [f"{kind}:{each}" for each in known], t("证据", "evidence"))


def _conditions(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Conditions speak of facts of the records that are counted, and of options there are."""
    what, _, key = located.entry.of.partition(":")
    if what in ("obligation", "target"):
        problem = t("责任和指标的条件写在它们自己那里", "An obligation and a target have their conditions themselves.")
        remedy = t("请写在责任的 when、指标的 where 里", "Write them in the when of one, the where of the other.")
        sheet.wrong(located, ["where"], problem, remedy)
        return
    record = (
        next((each.entry.record for each in sheet.of("form") if each.identity == key), "") if what == "form" else key
    )
    _where(sheet, located, sheet.vocabulary.chain_of(record.partition(".")[0]))


def _where(sheet: ParsedPack, located: ParsedEntry, kind: str) -> None:
    """The conditions ``where`` of an entry that counts records of ``kind``."""
    fields = _fields(sheet, kind)
    options = {
        each.entry.key: [one.key for one in each.entry.options] for each in sheet.of("catalogue") if each.is_whole
    }
    for index, condition in enumerate(located.entry.where):
        for one in condition.any or (condition,):
            if sheet.known(located, ["where", index, "field"], one.field, fields, FIELD):
                _options(sheet, located, index, one, options.get(fields[one.field]))


def _options(
    sheet: ParsedPack, located: ParsedEntry, index: int, condition: Condition, known: Sequence[str] | None
) -> None:
    for name, words in (("is", condition.is_), ("not", condition.not_)):
        for place, word in enumerate(words if known is not None else ()):
            sheet.known(located, ["where", index, name, place], word, known or (), t("选项", "option"))


def _fields(sheet: ParsedPack, kind: str) -> dict[str, str]:
    """The facts of a kind of record, and as ``kind.name`` those of what it is about, each with its catalogue."""
    declared = sheet.vocabulary.declared.get(kind)
    found = _facts(sheet, kind)
    for other in declared.about if declared is not None else ():
        found |= {f"{other}.{name}": catalogue for name, catalogue in _facts(sheet, other).items()}
    return found


def _facts(sheet: ParsedPack, kind: str) -> dict[str, str]:
    built_in = {name: each.catalogue or "" for (of, name), each in sheet.vocabulary.fields.items() if of == kind}
    own = {each.entry.name: each.entry.catalogue or "" for each in sheet.of_kind("field", kind)}
    return built_in | own


def _filled_by(sheet: ParsedPack, located: ParsedEntry) -> None:
    form = located.entry
    steps = [key for key in sheet.keys("step") if sheet.vocabulary.chain_of(key.partition(".")[0]) == form.record]
    for index, step in enumerate(form.filled_by):
        sheet.known(located, ["filled_by", index], step, steps, t("步骤", "step"))


# ---- targets


def _target(sheet: ParsedPack, located: ParsedEntry) -> None:
    target = located.entry
    if len(target.key) > LONGEST_KEY:
        problem = t("指标的键太长", "The key of a target is too long.")
        remedy = t("最多 {n} 个字符", "At most {n} characters.", n=LONGEST_KEY)
        sheet.wrong(located, ["key"], problem, remedy)
    whole = [key for key, each in sheet.vocabulary.kinds.items() if each.part_of is None]
    of: Mapping[str, tuple[object, object]] = {
        "records": (whole, t("记录类别", "kind of record")),
        "on-time": (sheet.keys("obligation"), t("责任", "obligation")),
    }
    if target.measure in of:
        known, what = of[target.measure]
        sheet.known(located, ["of"], target.of, known, what)  # type: ignore[arg-type]  # words and what they name
    _bounds(sheet, located)
    if target.where:
        _counted(sheet, located)
    if target.owner:
        of_a_record = sheet.vocabulary.owner_roles()
        words = [word for word in sheet.vocabulary.owner_words("") if word not in of_a_record]
        sheet.known(located, ["owner"], target.owner, words, t("责任人", "owner"))
    if target.clause:
        sheet.known(located, ["clause"], target.clause, sheet.keys("clause"), CLAUSE)


def _counted(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Conditions of a target: on the records it counts; the duties of a rule have theirs in the rule."""
    if located.entry.measure == "records":
        _where(sheet, located, located.entry.of)
        return
    problem = t("按时率没有条件可写", "A share kept in time has no conditions.")
    sheet.wrong(located, ["where"], problem, t("请写在责任的 when 里", "Write them in the when of the obligation."))


def _bounds(sheet: ParsedPack, located: ParsedEntry) -> None:
    target = located.entry
    bounds = {name: getattr(target, name) for name in ("at_least", "at_most") if getattr(target, name) is not None}
    if not bounds:
        problem = t("目标没有写要达到多少", "The target says neither at least nor at most how much.")
        sheet.wrong(located, ["key"], problem, t("请写 at_least 或 at_most", "Write at_least or at_most."))
    share = target.measure == "on-time"
    for name, written in bounds.items():
        right = (_SHARE if share else _NUMBER).fullmatch(written)
        if right is None or (share and _amount(written) > 100):
            problem = t("「{written}」不是这个目标的数", "“{written}” is no figure of this target.", written=written)
            sheet.wrong(located, [name], problem, suggestion(["95%"] if share else ["12"]))
            return
    if len(bounds) == 2 and _amount(target.at_least) > _amount(target.at_most):
        problem = t("至少比至多还大", "At least is more than at most.")
        sheet.wrong(located, ["at_least"], problem, t("请改正其中一个", "Correct one of them."))


def _amount(written: str) -> Decimal:
    return Decimal(written.removesuffix("%"))

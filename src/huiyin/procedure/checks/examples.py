"""Examples: the words they use must exist, and what they expect must come out."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.kernel.text import Text, t
from huiyin.procedure.checks.kinds import fields_of
from huiyin.procedure.examples import TODAY, Trial
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.sections import SECTIONS
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

FIELD = t("字段", "field")
EXACTLY = ("requires", "refused", "owes")
"""What an example lists is all there is; left out, it expects nothing in particular."""


def check(sheet: ParsedPack) -> None:
    """Note examples with unknown words, then, in a pack that is right otherwise, those that come out differently."""
    sound = [located for located in sheet.of("example") if _words(sheet, located)]
    if not sound or sheet.mistakes or sheet.header is None or sheet.calendar is None:
        return
    procedure = _procedure(sheet)
    for located in sound:
        _try(sheet, located, Trial(procedure, located.entry))


def _procedure(sheet: ParsedPack) -> Procedure:
    assert sheet.header is not None
    assert sheet.calendar is not None
    sections = {section: [each.entry for each in sheet.of(section)] for section in SECTIONS}
    return Procedure.assemble(sheet.header.entry, sheet.calendar.entry, {}, sections)


def _words(sheet: ParsedPack, located: ParsedEntry) -> bool:
    """Whether all words of the example exist."""
    one = located.entry
    if not sheet.known(located, ["kind"], one.kind, sheet.vocabulary.kinds, t("记录类别", "kind of record")):
        return False
    steps = {each.entry.verb: each.entry for each in sheet.of_kind("step", one.kind)}
    if not sheet.known(located, ["step"], one.step, steps, t("步骤", "step")):
        return False
    own = fields_of(sheet, one.kind)
    built_in = [name for of, name in sheet.vocabulary.fields if of == one.kind]
    fields = [*own, *built_in]
    in_rows = [f"{name}.{each}" for name, one in own.items() if one.type == "rows" for each in fields_of(sheet, one.of)]
    guards = [guard for guard in steps[one.step].guards if Trial.is_tried(guard)]
    known = [
        *(
            sheet.known(located, ["facts", name], name, [*_facts(sheet, one.kind, fields), TODAY], FIELD)
            for name in one.facts
        ),
        *_all(sheet, located, "shows", [*own, *in_rows], FIELD),
        *_all(sheet, located, "hides", [*own, *in_rows], FIELD),
        *_all(sheet, located, "requires", fields, FIELD),
        *_all(sheet, located, "refused", [*fields, *guards], t("字段或可试的条件", "field or guard that can be tried")),
        *_all(sheet, located, "owes", sheet.keys("obligation"), t("责任", "obligation")),
    ]
    return all(known)


def _facts(sheet: ParsedPack, kind: str, fields: Iterable[str]) -> list[str]:
    """The names of all facts that an example may give: of the record, and of what it is about."""
    declared = sheet.vocabulary.declared.get(kind)
    about = declared.about if declared is not None else ()
    return [
        *fields,
        *(f"{other}.{name}" for other in about for name in fields_of(sheet, other)),
        *(f"{of}.{name}" for of, name in sheet.vocabulary.fields if of in about),
    ]


def _all(sheet: ParsedPack, located: ParsedEntry, name: str, known: Iterable[str], what: Text) -> list[bool]:
    words = list(known)
    return [sheet.known(located, [name, i], each, words, what) for i, each in enumerate(getattr(located.entry, name))]


def _try(sheet: ParsedPack, located: ParsedEntry, trial: Trial) -> None:
    one = located.entry
    for index, name in enumerate(one.shows):
        if name not in trial.shown:
            problem = t("「{name}」没有显示", "“{name}” is not shown.", name=name)
            sheet.wrong(located, ["shows", index], problem, suggestion(trial.shown))
    for index, name in enumerate(one.hides):
        if name in trial.shown:
            hidden = [field.name for field in trial.fields if field.name not in trial.shown]
            problem = t("「{name}」显示了", "“{name}” is shown.", name=name)
            sheet.wrong(located, ["hides", index], problem, suggestion(hidden))
    for name, came in zip(EXACTLY, (trial.required, trial.refused, trial.owed), strict=True):
        if name in located.table and set(getattr(one, name)) != set(came):
            _differs(sheet, located, name, came)


def _differs(sheet: ParsedPack, located: ParsedEntry, name: str, came: list[str]) -> None:
    nothing = t("无", "nothing")
    problem = t(
        "期望 {expected}，走出来的是 {came}",
        "Expected: {expected}; what came out: {came}.",
        expected=", ".join(getattr(located.entry, name)) or nothing,
        came=", ".join(came) or nothing,
    )
    remedy = t("请改例子，或改它所试的步骤、字段和责任", "Change the example, or the step, fields and duties it tries.")
    sheet.wrong(located, [name], problem, remedy)

"""Steps: known verbs, states, people, guards and fields; and a table in which every state is reached and left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiyin.kernel.steptable import StepTable, Transition
from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary
from huiyin.procedure.checks import generic
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import PREVIOUS

STATE = t("状态", "state")


def check(sheet: ParsedPack) -> None:
    """Note what is wrong with single steps, then with the table of each kind whose steps are sound."""
    unsound = {located.entry.kind for located in sheet.of("step") if not _step(sheet, located)}
    if not sheet.is_whole("state", "step"):
        return
    kinds = dict.fromkeys(each.entry.kind for section in ("state", "step") for each in sheet.of(section))
    for kind in kinds:
        if kind in sheet.vocabulary.kinds and kind not in unsound:
            _table(sheet, kind)


def _step(sheet: ParsedPack, located: ParsedEntry) -> bool:
    """Whether the step may stand in a table; notes its mistakes."""
    step = located.entry
    _words(sheet, located, "by", step.by, sheet.vocabulary.by_words(step.kind))
    _words(sheet, located, "tells", step.tells, sheet.vocabulary.owner_words(step.kind))
    if not sheet.known(located, ["key"], step.key, sheet.vocabulary.verbs, t("动作", "verb")):
        return False
    states = sheet.names("state", step.kind)
    origins = [sheet.known(located, ["from", i], state, states, STATE) for i, state in enumerate(step.from_)]
    target = "from" in located.unread or _target(sheet, located, states)
    sound = target and all(origins)
    for index, guard in enumerate(step.guards):
        if not generic.check(sheet, located, index, guard):
            guards = [name for kind, name in sheet.vocabulary.guards if kind == step.kind]
            sheet.known(located, ["guards", index], guard, guards, t("条件", "guard"))
    for index, field in enumerate(step.requires):
        _required(sheet, located, index, field)
    for index, event in enumerate(step.undoes):
        events = [each.entry.event.partition(".")[2] for each in sheet.of_kind("step", step.kind)]
        sheet.known(located, ["undoes", index], event, events, t("事件", "event"))
    return sound


def _target(sheet: ParsedPack, located: ParsedEntry, states: Sequence[str]) -> bool:
    step = located.entry
    if step.from_:
        known = [*states, PREVIOUS]
        return step.to is None or sheet.known(located, ["to"], step.to, known, STATE)
    if step.to is None or step.to == PREVIOUS:
        sheet.wrong(
            located,
            ["to"],
            t(
                "没有 from 的步骤新建记录，须写明到达的状态",
                "A step without from opens a record and must say its state.",
            ),
            suggestion(states),
        )
        return False
    return sheet.known(located, ["to"], step.to, states, STATE)


def _words(sheet: ParsedPack, located: ParsedEntry, name: str, words: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for index, word in enumerate(words):
        if not sheet.known(located, [name, index], word, known, t("人员", "selector")):
            continue
        part = sheet.vocabulary.kind_of_part(word)
        if part is not None and part != located.entry.kind:
            sheet.wrong(
                located,
                [name, index],
                t(
                    "「{word}」只用于 {part} 的步骤",
                    "“{word}” is for steps of a {part} only.",
                    word=word,
                    part=part,
                ),
                suggestion([each for each in known if sheet.vocabulary.kind_of_part(each) is None]),
            )


def _required(sheet: ParsedPack, located: ParsedEntry, index: int, field: str) -> None:
    kind = located.entry.kind
    own = [key.partition(".")[2] for key in sheet.keys("field") if key.startswith(f"{kind}.")]
    known = [name for of, name in sheet.vocabulary.fields if of == kind]
    if not sheet.known(located, ["requires", index], field, [*known, *own], t("字段", "field")):
        return
    found = sheet.vocabulary.fields.get((kind, field))
    if found and found.catalogue and found.catalogue not in sheet.keys("catalogue"):
        sheet.wrong(
            located,
            ["requires", index],
            t("「{field}」的选项表没有写", "The catalogue of “{field}” is missing.", field=field),
            t('请加上 [[catalogue]] key = "{key}"', 'Add [[catalogue]] key = "{key}".', key=found.catalogue),
        )


def _table(sheet: ParsedPack, kind: str) -> None:
    states = {each.entry.name: each for each in sheet.of_kind("state", kind)}
    steps = [each.entry for each in sheet.of_kind("step", kind)]
    rows = [Transition(step.verb, frozenset(step.from_) or frozenset({None}), step.to) for step in steps]
    final = [name for name, each in states.items() if each.entry.phase in vocabulary.LAST_PHASES]
    table = StepTable(dict.fromkeys(states), rows, final=final)
    if not any(row.opens for row in rows):
        first = next(iter(states.values()), None)
        if first is not None:
            problem = t("没有步骤新建「{kind}」", "No step opens a “{kind}”.", kind=kind)
            openers = [verb.key for verb in sheet.vocabulary.verbs.values() if verb.kind == kind]
            sheet.wrong(
                first,
                ["key"],
                problem,
                t(
                    "请加上没有 from 的步骤，如 {verb}",
                    "Add a step without from, such as {verb}.",
                    verb=openers[0] if openers else kind,
                ),
            )
        return
    for name in table.unreachable():
        problem = t("没有步骤通向状态「{state}」", "No step leads to the state “{state}”.", state=name)
        sheet.wrong(states[name], ["key"], problem, _to_it(name))
    for name in _stuck(table):
        problem = t("没有步骤离开状态「{state}」", "No step leads out of the state “{state}”.", state=name)
        sheet.wrong(states[name], ["key"], problem, _out_of_it(name))


def _stuck(table: StepTable) -> Iterable[str]:
    """States nothing leaves; without any, those that only lead round in a circle."""
    left = {origin for row in table.transitions if not row.stays for origin in row.origins if origin != row.to}
    stuck = [name for name in table.states if name not in left and name not in table.final]
    return stuck or table.dead_ends()


def _to_it(state: str) -> Text:
    return t(
        '请加上 to = "{state}" 的步骤，或去掉这个状态',
        'Add a step with to = "{state}", or remove the state.',
        state=state,
    )


def _out_of_it(state: str) -> Text:
    return t(
        '请加上 from 含 "{state}" 并通向结案的步骤，或把它的 phase 写成 closed 或 void',
        'Add a step from "{state}" that leads on to a closed state, or give it the phase closed or void.',
        state=state,
    )

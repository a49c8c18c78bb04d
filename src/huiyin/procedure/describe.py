"""A procedure in words that its readers use: kinds with their fields and steps, conditions, who, where steps lead.

Everything here gives texts in both languages; ``document`` and the page of the procedure show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.generic_guards import APPROVAL_STANDINGS, GENERIC
from huiyin.procedure.kind_entries import Condition, FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import PREVIOUS, YES_NO

TYPES: Mapping[str, Text] = MappingProxyType(
    {
        "text": t("文字", "text"),
        "longtext": t("长文字", "long text"),
        "number": t("数字", "number"),
        "date": t("日期", "date"),
        "choice": t("单选", "choice"),
        "yesno": t("是否", "yes or no"),
        "time": t("时间", "time"),
        "moment": t("日期时间", "date and time"),
        "duration": t("时长", "duration"),
        "period": t("期间", "period"),
        "quantity": t("数量", "quantity"),
        "money": t("金额", "money"),
        "percent": t("百分比", "percent"),
        "measured": t("测量值", "measured value"),
        "choices": t("多选", "choices"),
        "person": t("人员", "person"),
        "department": t("部门", "department"),
        "customer": t("客户", "customer"),
        "record": t("关联记录", "record"),
        "score": t("评分", "score"),
        "telephone": t("电话", "telephone"),
        "email": t("邮箱", "e-mail"),
        "link": t("链接", "link"),
        "file": t("附件", "file"),
        "photo": t("照片", "photograph"),
        "signature": t("签名", "signature"),
        "opinion": t("意见", "opinion"),
        "note": t("说明文字", "note"),
        "rows": t("明细", "rows"),
    }
)
"""What the types of fields are called."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a kind, as a reader is told of it."""

    label: Text
    type: Text
    options: Text
    asked: Text
    needed: Text
    shown: Text
    help: Text | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a kind, as a reader is told of it."""

    label: Text
    before: Text
    after: Text
    by: Text
    guards: Text
    clause: str


@dataclass(frozen=True, slots=True)
class KindDescription:
    """A kind of record with its fields and steps; ``flow`` says of each state where one gets from it."""

    key: str
    label: Text
    help: Text | None
    about: Text
    fields: tuple[FieldLine, ...]
    tables: tuple[tuple[Text, tuple[FieldLine, ...]], ...]
    steps: tuple[StepLine, ...]
    flow: tuple[tuple[Text, Text], ...]


def described_kinds(procedure: Procedure, *, declared: bool | None = None) -> list[KindDescription]:
    """Every kind of record with steps; with ``declared`` only those the pack declares, or only the product's."""
    kinds = procedure.vocabulary.kinds
    with_steps = dict.fromkeys(step.kind for step in procedure.steps)
    return [
        describe_kind(procedure, key)
        for key in with_steps
        if key in kinds
        and (declared is None or declared == (key in procedure.vocabulary.declared))
        and not (key in procedure.vocabulary.declared and kinds[key].part_of)
    ]


def describe_kind(procedure: Procedure, key: str) -> KindDescription:
    """One kind of record."""
    entry = procedure.vocabulary.declared.get(key)
    fields = procedure.fields_of(key)
    steps = [step for step in procedure.steps if step.kind == key]
    tables = [each for each in fields if each.type == "rows"]
    about = entry.about if entry is not None else ()
    return KindDescription(
        key=key,
        label=kind_label(procedure, key),
        help=entry.help if entry is not None else None,
        about=joined(kind_label(procedure, other) for other in about),
        fields=tuple(_field(procedure, each) for each in fields),
        tables=tuple(
            (each.label, tuple(_field(procedure, one) for one in procedure.fields_of(each.of))) for each in tables
        ),
        steps=tuple(_step(procedure, step) for step in steps),
        flow=tuple(_flow(procedure, key, steps)),
    )


def kind_label(procedure: Procedure, key: str) -> Text:
    """What the records of a kind are called."""
    noun = next((each.one for each in procedure.nouns if each.key == key), None)
    known = procedure.vocabulary.kinds.get(key)
    return noun or (known.label if known is not None else Text(key, key))


def _field(procedure: Procedure, field: FieldEntry) -> FieldLine:
    options = procedure.catalogue(field.catalogue) if field.catalogue else ()
    needed = [step.label for step in procedure.steps if step.kind == field.kind and _needs(field, step)]
    asked = [label for verb in field.asked if (label := procedure.step_label(f"{field.kind}.{verb}")) is not None]
    return FieldLine(
        label=field.label,
        type=TYPES.get(field.type, Text(field.type, field.type)),
        options=joined(one.label for one in options),
        asked=joined(asked),
        needed=joined(needed),
        shown=conditions_said(procedure, field.kind, field.shown),
        help=field.help,
    )


def _needs(field: FieldEntry, step: StepEntry) -> bool:
    return step.verb in field.required_for or field.name in step.requires


def _step(procedure: Procedure, step: StepEntry) -> StepLine:
    roles = procedure.vocabulary.step_roles()
    return StepLine(
        label=step.label,
        before=joined(state_label(procedure, step.kind, state) for state in step.from_) if step.from_ else _new(),
        after=state_label(procedure, step.kind, step.to) if step.to else t("不变", "stays"),
        by=joined(roles.get(word) or procedure.role_label(word) for word in step.by),
        guards=joined(guard_said(procedure, step.kind, guard) for guard in step.guards),
        clause=step.clause,
    )


def _new() -> Text:
    return t("新建", "new")


def _flow(procedure: Procedure, kind: str, steps: Iterable[StepEntry]) -> Iterable[tuple[Text, Text]]:
    """Of each state in the pack's order the steps that leave it; first how a record comes into being."""
    leading = [step for step in steps if step.to and not step.aside]
    sources: list[tuple[str | None, Text]] = [(None, _new())]
    sources += [(state.name, state.label) for state in procedure.states_of(kind)]
    for name, label in sources:
        found = [step for step in leading if (name in step.from_ if name is not None else not step.from_)]
        ways = [
            t(
                "{step} → {state}",
                "{step} → {state}",
                step=step.label,
                state=state_label(procedure, kind, step.to or ""),
            )
            for step in found
        ]
        if ways:
            yield label, joined(ways, t("；", "; "))


def state_label(procedure: Procedure, kind: str, name: str) -> Text:
    """What a state is called."""
    if name == PREVIOUS:
        return t("回到原处", "back where it was")
    found = next((state for state in procedure.states_of(kind) if state.name == name), None)
    return found.label if found is not None else Text(name, name)


def guard_said(procedure: Procedure, kind: str, guard: str) -> Text:
    """What a guard asks for."""
    name, colon, argument = guard.partition(":")
    if name == "is" and colon:
        field, _, value = argument.partition("=")
        words = answers_said(procedure, kind, field, [value])
        return t("{field} 是 {words}", "{field} is {words}", field=field_said(procedure, kind, field), words=words)
    if colon and name == "approval":
        return APPROVAL_STANDINGS[argument]
    if colon and name in GENERIC:
        what = procedure.target(argument).label if name == "quota" else procedure.field_label(kind, argument)
        if what.zh == argument:
            what = kind_label(procedure, argument)
        said = GENERIC[name][0]
        return t("{guard}（{what}）", "{guard} ({what})", guard=said, what=what)
    known = procedure.vocabulary.guards.get((kind, name))
    return known.label if known is not None else Text(guard, guard)


def conditions_said(procedure: Procedure, kind: str, conditions: Iterable[Condition]) -> Text:
    """What conditions ask of a record's facts; empty without any."""
    return joined((_condition(procedure, kind, one) for one in conditions), t("，且", " and "))


def _condition(procedure: Procedure, kind: str, one: Condition) -> Text:
    if one.any:
        return joined((_condition(procedure, kind, each) for each in one.any), t(" 或 ", " or "))
    field = procedure.field_label(kind, one.field)
    said: list[Text] = []
    if one.is_:
        said.append(
            t(
                "{field} 是 {words}",
                "{field} is {words}",
                field=field,
                words=answers_said(procedure, kind, one.field, one.is_),
            )
        )
    if one.not_:
        words = answers_said(procedure, kind, one.field, one.not_)
        said.append(t("{field} 不是 {words}", "{field} is not {words}", field=field, words=words))
    if one.over is not None:
        said.append(t("{field} 大于 {n}", "{field} is over {n}", field=field, n=one.over))
    if one.under is not None:
        said.append(t("{field} 小于 {n}", "{field} is under {n}", field=field, n=one.under))
    if one.older_than is not None:
        said.append(t("{field} 早于 {n} 之前", "{field} lies {n} back", field=field, n=one.older_than))
    if one.filled is not None:
        filled = t("{field} 已填", "{field} is filled in", field=field)
        said.append(filled if one.filled else t("{field} 未填", "{field} is empty", field=field))
    return joined(said, t("，且", " and "))


def field_said(procedure: Procedure, kind: str, name: str) -> Text:
    """What a field of a kind is called, of a part also one of the record it belongs to."""
    return procedure.field_label(_kind_with(procedure, kind, name), name)


def _kind_with(procedure: Procedure, kind: str, name: str) -> str:
    has = (kind, name) in procedure.vocabulary.fields or any(one.name == name for one in procedure.fields_of(kind))
    return kind if has else procedure.vocabulary.chain_of(kind)


def answers_said(procedure: Procedure, kind: str, name: str, keys: Iterable[str]) -> Text:
    """What the values of a field are called, by its options."""
    kind = _kind_with(procedure, kind, name)
    entry: Any = next((each for each in procedure.fields_of(kind) if each.name == name), None)
    entry = entry or procedure.vocabulary.field_of(kind, name)
    catalogue = getattr(entry, "catalogue", None) or ""
    found = [
        option.label if (option := procedure.option(catalogue, key)) is not None else YES_NO.get(key, Text(key, key))
        for key in keys
    ]
    return joined(found, t(" 或 ", " or "))


def joined(texts: Iterable[Text], between: Text | None = None) -> Text:
    """Several texts as one, with commas unless something else stands between."""
    parts = list(texts)
    between = between or t("、", ", ")
    return Text(between.zh.join(one.show("zh") for one in parts), between.en.join(one.show("en") for one in parts))

"""What keeps a pack from nothing, yet its author should know: the same owed twice, a language missing, departments
of the pack below that nobody spoke of, a label that names a form which is not filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NAMED_FORM = re.compile("《([^《》]+)》")
_LATIN_WORD = re.compile(r"[a-z]{2,}")
"""Small letters: numbers of forms and names such as 8D or SCAR are the same in both languages."""


def check(sheet: ParsedPack) -> None:
    """Note the warnings of a pack; of what it inherits only what concerns its own departments."""
    _owed_twice(sheet)
    for located in _everything(sheet):
        for name, words in _texts(located.entry):
            if sheet.is_own(located, [name]):
                _one_language(sheet, located, name, words)
    _left_over(sheet)
    _names_a_form(sheet)


def _owed_twice(sheet: ParsedPack) -> None:
    """Two duties that one event opens for one owner, and that the same events fulfil, unless each has conditions of its
    own; a promised day beside another limit is what the customer was told.
    """
    seen: dict[Any, list[ParsedEntry]] = {}
    for located in sheet.of("obligation"):
        rule = located.entry
        if rule.opens is None:
            continue
        alike = seen.setdefault((rule.opens, rule.owner, rule.within == "promised"), [])
        for other in alike:
            own = sheet.is_own(located, ["opens"]) or sheet.is_own(other, ["opens"])
            apart = rule.when and other.entry.when and rule.when != other.entry.when
            closes, others = set(rule.closes), set(other.entry.closes)
            if own and not apart and (closes <= others or others <= closes):
                problem = t(
                    "「{other}」由同一事件产生、同一事件了结，也归 {owner}",
                    "“{other}” is opened and fulfilled by the same events for the same owner, {owner}.",
                    other=other.entry.key,
                    owner=rule.owner,
                )
                remedy = t("两项责任可否并作一项？", "Could the two duties be one?")
                sheet.warnings.append(located.mistake(["opens"], problem, remedy))
                break  # one is enough to say of each
        alike.append(located)


def _everything(sheet: ParsedPack) -> Iterator[ParsedEntry]:
    for located in (sheet.header, *(each for entries in sheet.entries.values() for each in entries)):
        if located is not None and located.entry is not None:
            yield located


def _names_a_form(sheet: ParsedPack) -> None:
    """A step whose label names a form, in 《》, fills in that form, opens its record or says which it is; a duty whose
    label names one is fulfilled on it.
    """
    records: dict[str, set[str]] = {}
    for located in sheet.of("form"):
        title = located.entry.title.zh.partition("（")[0]  # 联络单（上门服务） is a 联络单
        records.setdefault(title, set()).add(located.entry.record)
    for located in (*sheet.of("step"), *sheet.of("obligation")):
        label = located.entry.label
        for title in _NAMED_FORM.findall(label.zh) if label is not None else ():
            if title in records and not records[title] & set(_written_by(sheet, located)):
                problem = t("名称里写了《{title}》，却不填写它", "The label names “{title}”, which is not filled in.")
                remedy = t("名称请写所办的事，或另加一条责任", "Say what is done, or add a duty to fill it in.")
                sheet.warnings.append(located.mistake(["label"], problem.with_values(title=title), remedy))


def _written_by(sheet: ParsedPack, located: ParsedEntry) -> Iterator[str]:
    """The kinds of record that a step writes, opens or names; those on which a duty is fulfilled."""
    entry, events = located.entry, [located.entry.key]
    if located.section == "obligation":
        events = [*entry.closes]
    else:
        events += [one.entry.opens for one in sheet.of("effect") if one.entry.step == entry.key]
        fields = [one.entry for one in sheet.of_kind("field", entry.kind)]
        yield from (one.of for one in fields if one.type == "record" and entry.verb in one.required_for)
    yield from (sheet.vocabulary.chain_of(event.partition(".")[0]) for event in events)


def _texts(entry: Any) -> Iterator[tuple[str, Text]]:
    """The pairs of an entry, by the key they are written under; those of options and levels too."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Text):
                yield name, one
            elif hasattr(type(one), "model_fields"):
                yield from ((name, words) for _, words in _texts(one))


def _one_language(sheet: ParsedPack, located: ParsedEntry, name: str, words: Text) -> None:
    wrong = "en" if _CHINESE.search(words.en) else "zh" if _is_latin(words.zh) else ""
    if wrong:
        said = words.en if wrong == "en" else words.zh
        problem = (
            t("英文写的是中文：{said}", "The English words are Chinese: {said}", said=said[:40])
            if wrong == "en"
            else t("中文写的是英文：{said}", "The Chinese words are English: {said}", said=said[:40])
        )
        sheet.warnings.append(located.mistake([name], problem, t("请写成两种语言", "Write it in both languages.")))


def _is_latin(words: str) -> bool:
    return _CHINESE.search(words) is None and _LATIN_WORD.search(words) is not None


def _left_over(sheet: ParsedPack) -> None:
    """Where a pack names departments of its own, those of the pack below that it neither names nor removes."""
    departments = sheet.of("department")
    if not any(sheet.is_own(each, ["key"]) for each in departments):
        return
    for located in departments:
        if not sheet.is_own(located, ["name"]):
            problem = t("部门「{name}」是上级程序包留下的", "The department {name} is left over from the pack below.")
            remedy = t(
                "公司没有它就写 remove = true；有就写上自己的 name",
                "Write remove = true where the company has none; else give it its own name.",
            )
            sheet.warnings.append(located.mistake(["name"], problem.with_values(name=located.entry.name), remedy))

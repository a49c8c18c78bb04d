"""Sentences of the time-line: each place in braces is filled by something that the step tells the journal."""

from __future__ import annotations

import re
import string

from huiyin.kernel.text import t
from huiyin.procedure import approval_completion, completion, offline_completion
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.going_back import asks_reason
from huiyin.procedure.kind_entries import KindEntry
from huiyin.procedure.lexicon import GIVEN, TASK_GIVEN
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

ALWAYS = ("actor", "number")
"""Places that every sentence may have."""
UNTOLD = ("rows", "note", "file", "photo")
"""Types of fields of which the time-line says nothing."""
SENTENCES_OF_ROWS = {
    "task": {GIVEN: {"zh": TASK_GIVEN.zh}, **completion.ROW_SENTENCES},
    "signers": {verb: said for verb, (_, said) in approval_completion.PLACE.items()},
    offline_completion.SHEETS: {verb: said for verb, (_, said) in offline_completion.STEPS.items()},
}
"""The sentences of steps that rows of each sort have by themselves."""


def check(sheet: ParsedPack) -> None:
    """Note places that nothing fills, in each language."""
    if not sheet.is_whole("kind", "field", "approval"):
        return
    for located in sheet.of("step"):
        step: StepEntry = located.entry
        if step.said is None or not sheet.is_declared(step.kind):
            continue
        told = _told(sheet, sheet.vocabulary.declared[step.kind], step)
        for language, words in (("zh", step.said.zh), ("en", step.said.en)):
            _places(sheet, located, language, words, told)


def _places(sheet: ParsedPack, located: ParsedEntry, language: str, words: str, told: list[str]) -> None:
    for name in places_in(words):
        if name is None:
            problem = t("花括号不成对，或里面不只是一个名称", "A pair of braces must hold one name and nothing else.")
            remedy = t("请写成 {place}", "Write it like {place}.", place="{actor}")
            sheet.wrong(located, ["said", language], problem, remedy)
        elif name not in told:
            problem = t("这一步没有写下「{name}」", "This step writes no “{name}”.", name=name)
            sheet.wrong(located, ["said", language], problem, suggestion(told, name))


def places_in(words: str) -> list[str | None]:
    """The names of the places in a sentence, in order; None for one that is more than a name."""
    try:
        parts = list(string.Formatter().parse(words))
    except ValueError:
        return [None]
    found = {
        name if re.fullmatch(r"\w+", name) and not spec and not conversion else None: None
        for _, name, spec, conversion in parts
        if name is not None
    }
    return list(found)


def _told(sheet: ParsedPack, kind: KindEntry, step: StepEntry) -> list[str]:
    """What the sentence of a step may name: what its form asks, the period, what a step tells that comes by itself."""
    if kind.part_of is not None:
        return [*ALWAYS, *_named(SENTENCES_OF_ROWS.get(kind.rows or "", {}).get(step.verb))]
    asked = [
        each.entry.name
        for each in sheet.of("field")
        if each.entry.kind == kind.key
        and each.entry.is_written
        and each.entry.type not in UNTOLD
        and (step.verb == completion.CORRECT or each.entry.is_asked(step.verb, opens=not step.from_))
    ]
    period = ["period"] if kind.period is not None else []
    states = [each.entry.name for each in sheet.of("state") if each.entry.kind == kind.key]
    why = ["reason"] if asks_reason(step, states, asks_else=_asks(sheet, step)) else []
    return [*ALWAYS, *asked, *period, *why, *_named(_of_itself(sheet, step))]


def _asks(sheet: ParsedPack, step: StepEntry) -> bool:
    """Whether the form of a step asks anything, child tables and files among it."""
    fields = [each.entry for each in sheet.of("field") if each.entry.kind == step.kind and each.entry.is_written]
    return any(one.is_asked(step.verb, opens=not step.from_) for one in fields)


def _of_itself(sheet: ParsedPack, step: StepEntry) -> dict[str, str] | None:
    """The sentence of a step that a record, or its approval, has by itself."""
    for each in sheet.of("approval"):
        if each.entry.kind == step.kind:
            for name, (_, said) in approval_completion.RECORD.items():
                if each.entry.verb(name) == step.verb:
                    return said
    return completion.SENTENCES.get(step.verb)


def _named(said: dict[str, str] | None) -> list[str]:
    return [name for name in places_in(said["zh"]) if name and name not in ALWAYS] if said is not None else []

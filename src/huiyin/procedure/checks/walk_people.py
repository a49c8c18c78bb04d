"""Who may take a step, as far as a procedure says it without knowing the staff."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from huiyin.procedure.entries import StepEntry
from huiyin.procedure.lexicon import FIELD, Vocabulary

OWNER = "owner"


def can_be_asked(owner: str, by: Collection[str], words: Vocabulary) -> bool:
    """Whether who owes the step may be one who takes it; of a department it is known whether it does."""
    return words.function_in(owner) is None or may_take(owner, by, words)


def may_take(owner: str, by: Collection[str], words: Vocabulary) -> bool:
    """Whether who owes something is among those who may take a step."""
    if "anyone" in by or owner in by:
        return True
    if owner == "record.owner":
        return OWNER in by
    function = words.function_in(owner)
    return function is not None and bool({function, f"{function}.head", "head"} & set(by))


def held_by_one(steps: Sequence[StepEntry], kind: str, words: Vocabulary) -> Iterator[StepEntry]:
    """Steps that one person alone may take where nobody may put another in their place."""
    for step in steps:
        alone = [word for word in step.by if _is_person(word, kind, words)]
        only_they = bool(step.from_) and len(alone) == len(step.by)
        if only_they and not all(_can_pass(word, step, steps, words) for word in alone):
            yield step


def _is_person(word: str, kind: str, words: Vocabulary) -> bool:
    field, role = words.field_in(word, kind), words.roles.get(word)
    return word == OWNER or (field is not None and field.type != "department") or bool(role and not role.department)


def _can_pass(
    word: str, step: StepEntry, steps: Sequence[StepEntry], words: Vocabulary, asked: frozenset[str] = frozenset()
) -> bool:
    """Whether in every state of the step somebody else, none of those ``asked`` already, may name another for it."""
    if word == OWNER and words.chain_of(step.kind) != step.kind:
        return True  # the record of the row is handed over
    passing = [one for one in steps if _passes(one, word, words)]
    if not {*step.from_} <= {state for one in passing for state in one.from_}:
        return False
    asked |= {word}
    others = {other for one in passing for other in one.by} - asked
    return any(
        not _is_person(other, step.kind, words) or _can_pass(other, step, steps, words, asked) for other in others
    )


def _passes(step: StepEntry, word: str, words: Vocabulary) -> bool:
    """Whether a step puts another in the place of whom a word means."""
    if step.kind in words.declared:
        return step.verb == ("correct" if word.startswith(FIELD) else "hand_over" if word == OWNER else "pass_on")
    return words.verbs[step.key].passes_on == word

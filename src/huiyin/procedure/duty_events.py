"""Which events reach further than the record to which they happen, as the rules of a procedure say."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.procedure.entries import ObligationRule
from huiyin.procedure.lexicon import Vocabulary


def across(rules: Iterable[ObligationRule], words: Vocabulary) -> frozenset[str]:
    """The events that end what is owed on another kind of record than that to which they happen."""
    found = set()
    for rule in rules:
        here = words.chain_of(rule.opens.partition(".")[0]) if rule.opens else None
        for event in (*rule.closes, *rule.cancels, *rule.puts_off) if here is not None else ():
            there = words.chain_of(event.partition(".")[0])
            if there != here and there in words.kinds:
                found.add(event)
    return frozenset(found)


def of_rounds(rules: Iterable[ObligationRule]) -> frozenset[str]:
    """The events that settle what is owed for each of many."""
    each = [rule for rule in rules if rule.for_each]
    return frozenset(event for rule in each for event in (*rule.closes, *rule.cancels, *rule.reopens))

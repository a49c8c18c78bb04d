"""Which events and facts reach further than the record to which they belong, as the rules of a procedure say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.lexicon import Vocabulary
from huiyin.procedure.words import SALESPERSON


@dataclass(frozen=True, slots=True)
class DutyReach:
    """``across``: events that end what is owed on another kind of record. ``of_rounds``: those that settle what is owed
    for each of many. ``conditional``: by kind of record the rules that an event opens under conditions.
    ``owned_by_fact``: rules owed by whom a field, or a row of a declared kind, names. ``owned_through``: those owed by
    whom the customer names that a record is about, on records and in periods.
    """

    across: frozenset[str]
    of_rounds: frozenset[str]
    conditional: Mapping[str, tuple[ObligationRule, ...]]
    owned_by_fact: frozenset[str]
    owned_through: frozenset[str]

    def conditional_on(self, kind: str) -> tuple[ObligationRule, ...]:
        """The rules that an event opens on a kind of record under conditions."""
        return self.conditional.get(kind, ())


def reach_of(rules: Iterable[ObligationRule], words: Vocabulary) -> DutyReach:
    """How far the rules of a procedure reach."""
    rules = tuple(rules)
    return DutyReach(
        _across(rules, words),
        _of_rounds(rules),
        _conditional(rules, words),
        _by_fact(rules, words),
        frozenset(rule.key for rule in rules if rule.owner == SALESPERSON),
    )


def _by_fact(rules: Iterable[ObligationRule], words: Vocabulary) -> frozenset[str]:
    """The rules owed by whom a field, or a row of a declared kind, names."""
    roles = {word for word in words.roles if word.partition(".")[0] in words.declared}
    return frozenset(rule.key for rule in rules if rule.owner.startswith("field:") or rule.owner in roles)


def _across(rules: Iterable[ObligationRule], words: Vocabulary) -> frozenset[str]:
    """The events that end what is owed on another kind of record than that to which they happen."""
    found = set()
    for rule in rules:
        here = words.chain_of(rule.opens.partition(".")[0]) if rule.opens else None
        for event in (*rule.closes, *rule.cancels, *rule.puts_off) if here is not None else ():
            there = words.chain_of(event.partition(".")[0])
            if there != here and there in words.kinds:
                found.add(event)
    return frozenset(found)


def _of_rounds(rules: Iterable[ObligationRule]) -> frozenset[str]:
    """The events that settle what is owed for each of many."""
    each = [rule for rule in rules if rule.for_each]
    return frozenset(event for rule in each for event in (*rule.closes, *rule.cancels, *rule.reopens))


def _conditional(rules: Iterable[ObligationRule], words: Vocabulary) -> dict[str, tuple[ObligationRule, ...]]:
    """The rules that an event opens under conditions, by the kind of record on which they are owed."""
    found: dict[str, tuple[ObligationRule, ...]] = {}
    for rule in rules:
        if rule.when and rule.opens:
            kind = words.chain_of(rule.opens.partition(".")[0])
            found[kind] = (*found.get(kind, ()), rule)
    return found


def by_event(pairs: Iterable[tuple[str, ObligationRule]]) -> dict[str, tuple[ObligationRule, ...]]:
    """The rules of each event, each once, in the order of the pack."""
    rules: defaultdict[str, list[ObligationRule]] = defaultdict(list)
    for event, rule in pairs:
        if rule not in rules[event]:
            rules[event].append(rule)
    return {event: tuple(each) for event, each in rules.items()}

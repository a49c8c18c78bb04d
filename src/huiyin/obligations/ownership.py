"""Whoever owes because a fact names them owes no more when it names another: handed over, passed on, corrected."""

from __future__ import annotations

from typing import Any

from huiyin.journal import kinds
from huiyin.journal.models import Entry
from huiyin.obligations.ledger import ObligationStore
from huiyin.obligations.owners import Owner, StaffDirectory, resolve
from huiyin.procedure.schema import Procedure

OF_RECORD = ("record.owner", "record.department", "record.head")
IN_COLUMNS = ("owner_id", "department_id")


def tasks_written(entry: Entry, procedure: Procedure) -> set[str]:
    """The kinds of the task rows that an entry wrote: their facts stand in no column of the record."""
    kinds_written = {key.partition(":")[0] for key in entry.digests}
    return {key for key, kind in procedure.vocabulary.declared.items() if kind.rows == "task"} & kinds_written


def own_anew(
    entry: Entry, record: Any, part: Any, *, procedure: Procedure, staff: StaffDirectory, ledger: ObligationStore
) -> None:
    """What is owed by whom the changed facts name is from now on owed by the new one, by the same moments.

    Where they name nobody any more, it stays with whoever owed it.
    """
    rules = set(procedure.reach.owned_by_fact)
    if any(name in entry.changes for name in IN_COLUMNS):
        rules |= {rule.key for rule in procedure.obligations if rule.owner in OF_RECORD}
    if not rules:
        return
    moved = []
    for row in ledger.open():
        if row.rule not in rules or not (entry.changes or row.part in entry.digests):
            continue
        rule = procedure.rule(row.rule)
        if row.part != entry.part and rule.opens in rule.puts_off:
            continue  # a task given anew says so itself, and what was late till then stays with whoever had it
        of = part if row.part == entry.part else kinds.part_of(row.part)
        owner = resolve(rule.owner, record=record, part=of, actor=None, staff=staff, at=entry.at)
        if owner not in (Owner(), Owner(row.owner_department, row.owner_person_id, row.heads_only)):
            row.owner_department, row.owner_person_id = owner.department, owner.person_id
            row.heads_only = owner.heads_only
            moved.append(row)
    ledger.keep(moved, "owner_department", "owner_person", "heads_only")

"""Whoever owes because a fact names them owes no more when it names another: handed over, passed on, corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.journal import kinds
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text
from huiyin.obligations.journaling import enter
from huiyin.obligations.ledger import ObligationStore
from huiyin.obligations.models import Obligation
from huiyin.obligations.notices import notify
from huiyin.obligations.owners import Owner, StaffDirectory, resolve
from huiyin.obligations.ties import InHand
from huiyin.procedure.schema import Procedure

OF_RECORD = ("record.owner", "record.department", "record.head")
IN_COLUMNS = ("owner_id", "department_id")
THROUGH_WHAT_IT_IS_ABOUT = ("customer_id", "about_id", "about_kind", "salesperson_id")


def tasks_written(entry: Entry, procedure: Procedure) -> set[str]:
    """The kinds of the task rows that an entry wrote: their facts stand in no column of the record."""
    kinds_written = {key.partition(":")[0] for key in entry.digests}
    return {key for key, kind in procedure.vocabulary.declared.items() if kind.rows == "task"} & kinds_written


def own_anew(
    entry: Entry,
    record: Any,
    part: Any,
    *,
    procedure: Procedure,
    staff: StaffDirectory,
    ledger: ObligationStore,
    given: Collection[str] = (),
) -> None:
    """What is owed by whom the changed facts name is from now on owed by the new one, by the same moments.

    Where they name nobody any more, it stays with whoever owed it. ``given``: task rows that the same step gives anew,
    which says so itself; what was late till then stays with whoever had it.
    """
    rules = set(procedure.reach.owned_by_fact)
    if any(name in entry.changes for name in IN_COLUMNS):
        rules |= {rule.key for rule in procedure.obligations if rule.owner in OF_RECORD}
    if any(name in entry.changes for name in THROUGH_WHAT_IT_IS_ABOUT):
        rules |= procedure.reach.owned_through
    rows = [row for row in ledger.open() if row.rule in rules] if rules else []
    rows = [row for row in rows if row.part not in given and (entry.changes or row.part in entry.digests)]
    parts = kinds.parts_of({row.part for row in rows if row.part != entry.part})
    if entry.part:
        parts[entry.part] = part
    moved = Handover(procedure, entry.at, staff).moved(record, rows, parts)
    ledger.keep(moved, *Handover.COLUMNS)


@dataclass(frozen=True)
class Handover:
    """Who owes what by the facts as they stand at a moment; ``in_hand``: records that were read already."""

    COLUMNS = ("owner_department", "owner_person", "heads_only")

    procedure: Procedure
    at: datetime
    staff: StaffDirectory
    in_hand: InHand = field(default_factory=dict)

    def moved(self, record: Any, rows: Iterable[Obligation], parts: Mapping[str, Any]) -> list[Obligation]:
        """Those of the rows that another owes now, with that owner laid on them; unsaved."""
        found = []
        for row in rows:
            owner = resolve(
                self.procedure.rule(row.rule).owner,
                record=record,
                part=parts.get(row.part),
                actor=None,
                staff=self.staff,
                at=self.at,
                in_hand=self.in_hand,
            )
            if owner not in (Owner(), Owner(row.owner_department, row.owner_person_id, row.heads_only)):
                row.owner_department, row.owner_person_id = owner.department, owner.person_id
                row.heads_only = owner.heads_only
                found.append(row)
        return found

    def tell(self, record: Any, rows: Iterable[Obligation], why: Text) -> int:
        """Hand over what another owes now, each with an entry on the record that says why; the new one is told."""
        moved = self.moved(record, rows, {})
        Obligation.objects.bulk_update(moved, self.COLUMNS)
        for row in moved:
            people = self.staff.people_of(Owner(row.owner_department, row.owner_person_id, row.heads_only))
            entry = enter(
                row,
                "obligation.handed_over",
                at=self.at,
                number=record.number,
                to=[one.display_name for one in people],
                why=why,
                obligation=row.pk,
            )
            notify(self.staff.with_deputies(people, at=self.at), entry)
        return len(moved)

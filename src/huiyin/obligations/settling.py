"""How a journal entry opens, fulfils, cancels, pauses and resumes obligations, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q

from huiyin.journal.models import Entry
from huiyin.kernel.derivation import DerivationLine
from huiyin.kernel.durations import Counts, DueTime, Duration
from huiyin.kernel.pauses import resumed
from huiyin.kernel.text import t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.obligations import ties
from huiyin.obligations.ledger import DatabaseObligationStore, ObligationStore
from huiyin.obligations.models import Obligation, Pause
from huiyin.obligations.owners import StaffDirectory, resolve
from huiyin.obligations.ownership import own_anew, tasks_written
from huiyin.obligations.site_calendar import calendar_at_site, department_of_row
from huiyin.obligations.ties import InHand
from huiyin.people.models import Person
from huiyin.procedure.conditions import all_hold, fields_in, holds
from huiyin.procedure.kind_entries import Condition
from huiyin.procedure.schema import Procedure


def settle(
    entry: Entry,
    record: Any,
    part: Any,
    *,
    procedure: Procedure,
    actor: Person | None,
    staff: StaffDirectory,
    ledger: ObligationStore | None = None,
    also: Sequence[Any] = (),
    given: Collection[str] = (),
) -> list[Obligation]:
    """Apply every rule of the record's procedure that speaks of this entry's event; returns those opened.

    ``ledger`` keeps the record's obligations, the database without one. ``also``: rules (of ``called_for``) that this
    entry opens although the event is not theirs; they count from the entry. ``given``: the parts of which the same step
    tells further entries.
    """
    event = entry.event
    kept = DatabaseObligationStore(entry.kind, entry.record_id) if ledger is None else ledger
    ended = procedure.rules_ended_by(event)
    if ended:
        _end(entry, ended, kept)
    if procedure.vocabulary.undone_by(event):
        also = [*also, *_revive(entry, record, procedure, kept)]
    changed = bool(entry.changes or tasks_written(entry, procedure))
    if changed:
        own_anew(entry, record, part, procedure=procedure, staff=staff, ledger=kept, given=given)
    _pauses(entry, procedure, kept)
    by_event = [
        rule
        for rule in procedure.rules_opened_by(event)
        if applies(rule, record, part, at=entry.at, procedure=procedure) and can_be_due(rule, entry)
    ]
    opened = [
        make_obligation(rule, entry, record, part, procedure=procedure, actor=actor, staff=staff, anew=anew)
        for rules, anew in ((by_event, False), (also, True))
        for rule in _not_owed_yet(rules, entry, kept)
    ]
    if opened:
        _hold_new(opened, entry, procedure, kept)
        kept.add(opened)
    if changed and ledger is None:
        from huiyin.obligations.rereading import reread_after  # which opens what this module makes

        reread_after(entry, record, procedure=procedure, staff=staff)
    if event in procedure.reach.across:
        from huiyin.obligations.across import settle_across  # which ends what this module opened

        settle_across(entry, record)
    if procedure.vocabulary.tells_period(event) or event in procedure.reach.of_rounds:
        from huiyin.obligations import occasions  # which opens obligations by this module

        if entry.particulars.get("period") or event in procedure.reach.of_rounds:
            occasions.settle_period(entry, record)
    return opened


def _end(entry: Entry, ended: Mapping[str, str], ledger: ObligationStore) -> None:
    done = [row for row in ledger.open() if row.rule in ended and not concerns_other_part(row.part, entry.part)]
    for row in done:
        how = ended[row.rule]
        row.put_off = how == "put_off"
        setattr(row, "cancelled_at" if row.put_off else how, entry.at)
        row.next_alarm_at = None
    ledger.keep(done, "fulfilled_at", "cancelled_at", "put_off", "next_alarm_at")


def _not_owed_yet(rules: Sequence[Any], entry: Entry, ledger: ObligationStore) -> list[Any]:
    """Those of the rules under which this is not owed already: who comes by a second time while the first duty is open
    owes one thing, by the first moment. Another promised moment is another duty.
    """
    if not rules or entry.sequence == 1:
        return list(rules)
    promised = entry.particulars.get("promised_at")
    moment = datetime.fromisoformat(promised) if promised else None
    owed = [row for row in ledger.open() if row.part == entry.part]
    return [
        rule
        for rule in rules
        if not any(row.rule == rule.key and (rule.within != "promised" or row.given_until == moment) for row in owed)
    ]


def can_be_due(rule: Any, entry: Entry) -> bool:
    """A promised moment must have been promised: a call without a promise owes none."""
    return rule.within != "promised" or bool(entry.particulars.get("promised_at"))


def rules_open_after(
    events: Sequence[str], record: Any, procedure: Procedure, *, ending: Sequence[str] = ()
) -> list[Any]:
    """The rules that would still be open on ``record`` had these events happened to it one after the other.

    Events that stand in ``ending`` too only end rules. Left out are rules due at a promised moment, for nothing was
    promised. Where the procedure distinguishes by a fact nobody entered (a severity), the first of its rules counts.
    """
    still: dict[str, Any] = {}
    for event in events:
        ended = procedure.rules_ended_by(event)
        still = {key: rule for key, rule in still.items() if key not in ended}
        if event not in ending:
            still |= {rule.key: rule for rule in procedure.rules_opened_by(event)}
    rules = [rule for rule in still.values() if rule.within != "promised"]
    now = record.opened_at
    held = {_duty(rule) for rule in rules if applies(rule, record, None, at=now, procedure=procedure)}
    found = []
    for rule in rules:
        if applies(rule, record, None, at=now, procedure=procedure):
            found.append(rule)
        elif _duty(rule) not in held and _may_apply(rule, record, procedure):
            held.add(_duty(rule))
            found.append(rule)
    return found


def _duty(rule: Any) -> tuple[str, frozenset[str]]:
    """What two rules share that differ in their conditions only: from which event to which."""
    return rule.opens, frozenset(rule.closes)


def _may_apply(rule: Any, record: Any, procedure: Procedure) -> bool:
    """Whether every condition of the rule holds or speaks of a fact that nobody entered."""

    def is_unsaid(condition: Condition) -> bool:
        return all(fact_of(name, record, None) in ("", None) for name in fields_in([condition]))

    today = record.opened_at.astimezone(procedure.zone).date()
    return all(is_unsaid(one) or holds(one, lambda name: fact_of(name, record, None), today=today) for one in rule.when)


def _revive(entry: Entry, record: Any, procedure: Procedure, ledger: ObligationStore) -> list[Any]:
    """What the undone event had cancelled or settled is owed again, due as before; returns rules to be opened anew."""
    undone = ledger.last_of(procedure.vocabulary.undone_by(entry.event))
    if undone is None:
        return rules_open_after(procedure.vocabulary.events[entry.event].takes_up, record, procedure)
    rows = ledger.settled_at(undone)
    for row in rows:
        row.cancelled_at = row.fulfilled_at = row.received_at = None
        row.put_off = False
        if row.paused_at is None:
            row.next_alarm_at = next_alarm(row, procedure.rule(row.rule), calendar_of_row(row, procedure))
    ledger.keep(rows, "cancelled_at", "fulfilled_at", "received_at", "put_off", "next_alarm_at")
    return []


def concerns_other_part(owed: str, happened: str) -> bool:
    """Whether the event happened to a sister of the part the obligation hangs on (another task, another promise)."""
    same_kind = owed.partition(":")[0] == happened.partition(":")[0]
    return bool(owed and happened and same_kind and owed != happened)


def applies(
    rule: Any, record: Any, part: Any, *, at: datetime, procedure: Procedure, in_hand: InHand | None = None
) -> bool:
    """Whether every condition of the rule (``when``) holds at a moment on the record or its part."""
    if not rule.when:
        return True
    today = at.astimezone(procedure.zone).date()
    return all_hold(rule.when, lambda name: fact_of(name, record, part, in_hand), today=today)


def fact_of(name: str, record: Any, part: Any, in_hand: InHand | None = None) -> Any:
    """A fact of the part if it has one of this name, else of the record; ``kind.name`` of what the record is about."""
    kind, dot, field = name.partition(".")
    if dot:
        other = ties.about(record, kind, in_hand)
        return other.fact(field) if other is not None else None
    return part.fact(name) if part is not None and part.has_fact(name) else record.fact(name)


def calendar_of_row(row: Obligation, procedure: Procedure) -> WorkCalendar:
    """The calendar in which an obligation's time is counted now: its department's, else the company's."""
    return calendar_at_site(procedure, department_of_row(row))


def make_obligation(
    rule: Any,
    entry: Entry,
    record: Any,
    part: Any,
    *,
    procedure: Procedure,
    actor: Person | None,
    staff: StaffDirectory,
    anew: bool = False,
) -> Obligation:
    """The unsaved obligation that ``rule`` opens upon ``entry``.

    ``anew`` counts from the entry whatever the rule says.
    """
    owner = resolve(rule.owner, record=record, part=part, actor=actor, staff=staff, at=entry.at)
    from_record = (rule.from_ != "event" or rule.recurs) and not anew
    base = getattr(record, "received_at", None) if from_record else None
    base = base or entry.at
    calendar = calendar_at_site(procedure, owner.department.key if owner.department else None, staff.site_days)
    if rule.within == "promised":
        due_at = datetime.fromisoformat(entry.particulars["promised_at"])
    else:
        due_at = length_of(rule.within).moment(base, calendar)
    row = Obligation(
        rule=rule.key,
        clause=rule.clause,
        procedure_id=entry.procedure_id or 0,
        kind=entry.kind,
        record_id=entry.record_id,
        record_number=entry.number,
        subject=getattr(record, "subject", "")[:120],
        part=entry.part,
        label_zh=rule.label.zh,
        label_en=rule.label.en,
        owner_person_id=owner.person_id,
        owner_department=owner.department,
        heads_only=owner.heads_only,
        owed_to=rule.owed_to or "",
        base_at=base,
        opened_at=entry.at,
        original_due_at=due_at,
        due_at=due_at,
    )
    row.next_alarm_at = next_alarm(row, rule, calendar)
    return row


def alarm_times(row: Obligation, rule: Any, calendar: WorkCalendar) -> list[datetime]:
    """When each rung of the rule's ladder is reached: a share of the span, or working time before or after due."""
    counts = counts_of(rule)
    return [alarm_time(row, rung, calendar, counts=counts) for rung in rule.ladder]


def alarm_time(row: Obligation, rung: Any, calendar: WorkCalendar, *, counts: Counts) -> datetime:
    """When one rung is reached: a share of the time given, what a pause took not counted, or time before or after due.

    At 0 % it is reached when the duty opens, holiday or not; an urgent one is counted on the clock.
    """
    duration = length_of(rung.at)
    if is_at_once(rung):
        return row.opened_at
    if rung.urgent:
        duration, counts = duration.on_the_clock, "elapsed"
    if not duration.is_percentage:
        return duration.moment(row.due_at, calendar)
    given = (row.base_at, row.given_until)
    share = duration.moment(row.base_at, calendar, span=given, counts=counts)
    if row.due_at == row.given_until:
        return share
    if counts == "elapsed":
        return row.due_at + (share - row.given_until)
    left = calendar.work_minutes_between(row.given_until, share)
    return calendar.after_work(row.due_at, left)


def is_at_once(rung: Any) -> bool:
    """Whether a rung is reached when the duty opens."""
    duration = length_of(rung.at)
    return duration.is_percentage and not duration.amount


@cache
def length_of(written: str) -> Duration:
    """A deadline of the procedure, read once."""
    return Duration.parse(written)


def counts_of(rule: Any) -> Counts:
    """Whether a rule's time is working time or time on the clock."""
    return "elapsed" if rule.within == "promised" else length_of(rule.within).counts


def next_alarm(row: Obligation, rule: Any, calendar: WorkCalendar) -> datetime | None:
    """The moment of the next rung not yet given, or None after the last."""
    if row.alarms_given >= len(rule.ladder):
        return None
    return alarm_time(row, rule.ladder[row.alarms_given], calendar, counts=counts_of(rule))


def _pauses(entry: Entry, procedure: Procedure, ledger: ObligationStore) -> None:
    for pause in procedure.pauses:
        if entry.event == pause.starts:
            _hold(entry, pause.key, procedure, ledger)
        elif entry.event in pause.ends:
            _resume(entry, pause.key, procedure, ledger)


def _hold(entry: Entry, key: str, procedure: Procedure, ledger: ObligationStore) -> None:
    if not any(pause.key == key and pause.ended_at is None for pause in ledger.pauses()):
        ledger.begin(Pause(kind=entry.kind, record_id=entry.record_id, key=key, started_at=entry.at))
    rows = [row for row in ledger.open() if row.paused_at is None and procedure.rule(row.rule).pause]
    for row in rows:
        row.paused_at, row.next_alarm_at = entry.at, None
    ledger.keep(rows, "paused_at", "next_alarm_at")


def _hold_new(opened: Sequence[Obligation], entry: Entry, procedure: Procedure, ledger: ObligationStore) -> None:
    """What is opened while the record's clock stands still begins to run when it does."""
    pausable = [row for row in opened if procedure.rule(row.rule).pause]
    if pausable and any(pause.ended_at is None for pause in ledger.pauses()):
        for row in pausable:
            row.paused_at, row.next_alarm_at = entry.at, None


def _resume(entry: Entry, key: str, procedure: Procedure, ledger: ObligationStore) -> None:
    pauses = ledger.pauses()
    current = next((p for p in pauses if p.key == key and p.ended_at is None), None)
    if current is None:
        return
    current.ended_at = entry.at
    ledger.end(current)
    rows = [row for row in ledger.open() if row.paused_at is not None and procedure.rule(row.rule).pause]
    for row in rows:
        rule, calendar = procedure.rule(row.rule), calendar_of_row(row, procedure)
        row.due_at = explain(row, rule, pauses, calendar).at
        row.paused_at = None
        row.next_alarm_at = next_alarm(row, rule, calendar)
    ledger.keep(rows, "due_at", "paused_at", "next_alarm_at")


def explain(row: Obligation, rule: Any, pauses: Sequence[Pause], calendar: WorkCalendar) -> DueTime:
    """How the due moment follows from the whole history: the span from the base, then every pause that held it."""
    counts = counts_of(rule)
    if rule.within == "promised":
        due = promised(row.given_until, calendar)
    else:
        due = length_of(rule.within).due(row.base_at, calendar)
    for pause in pauses:
        began = max(pause.started_at, row.base_at)
        if pause.ended_at is not None and pause.ended_at > began:
            due = resumed(due, (began, pause.ended_at), calendar, counts=counts)
    return due


def promised(at: datetime, calendar: WorkCalendar) -> DueTime:
    """A moment somebody set or promised: nothing to derive."""
    said = t("约定的时间", "The moment that was promised")
    return DueTime(at, (DerivationLine(said, None),), (), calendar.timezone)


def pauses_of(row: Obligation, rule: Any) -> list[Pause]:
    """The pauses that held this obligation while it was owed, oldest first; none for a rule that knows no pause."""
    if not rule.pause:
        return []
    held = Q(ended_at=None) | Q(ended_at__gt=row.base_at)
    settled = row.fulfilled_at or row.cancelled_at
    if settled is not None:  # what ended later moved nothing any more
        held &= Q(ended_at__lte=settled)
    return list(Pause.objects.filter(held, kind=row.kind, record_id=row.record_id).order_by("started_at"))

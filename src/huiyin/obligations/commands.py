"""``huiyin explain-due``: how a due time is reached, before anything has happened."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from huiyin.kernel.text import t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.obligations.site_calendar import Special, calendar_at_site, calendar_words, special_days
from huiyin.procedure.command_answers import DEFAULT_PACK, DONE, FOUND_WANTING, NOT_UNDERSTOOD, complain, not_loaded
from huiyin.procedure.explain import Calendars, NoDueTime, department_of, explain_due
from huiyin.procedure.loader import PackInvalid, PackUnknown, load_pack, search_path
from huiyin.procedure.schema import Procedure, UnknownKey


def explain_due_command(args: Namespace) -> int:
    """Say when an obligation would be due from a moment on, day by day, as the site works; site time where the moment
    names no zone.
    """
    try:
        procedure = load_pack(args.pack or DEFAULT_PACK, search_path(Path(settings.DATA) / "packs"))
    except (PackUnknown, PackInvalid) as error:
        return not_loaded(error, args)
    start = _moment(args.from_, procedure)
    if start is None:
        said = t(
            "看不懂的时刻「{written}」，请写成 2026-11-21T09:00",
            "“{written}” is no moment; write 2026-11-21T09:00.",
            written=args.from_,
        )
        return complain(said, args, NOT_UNDERSTOOD)
    try:
        days = _days_entered()
        due = explain_due(procedure, args.rule, start, calendars=_calendars(days))
    except UnknownKey:
        known = ", ".join(rule.key for rule in procedure.obligations)
        said = t(
            "程序包 {pack} 没有责任「{rule}」；有这些：{known}",
            "The pack {pack} has no obligation “{rule}”; it has {known}.",
            pack=procedure.key,
            rule=args.rule,
            known=known,
        )
        return complain(said, args, NOT_UNDERSTOOD)
    except NoDueTime as error:
        return complain(error.problem, args, FOUND_WANTING)
    department = department_of(procedure, procedure.rule(args.rule))
    used = calendar_words(procedure, department, days, (min(start, due.at), max(start, due.at)))
    answer = due.as_json(args.language, procedure.zone) | {"calendar": used.show(args.language)}
    if args.json:
        lines = [json.dumps(answer, ensure_ascii=False, indent=2)]
    else:
        lines = [*answer["derivation"], answer["calendar"], *answer["warnings"], answer["due"]]
    sys.stdout.write("\n".join(lines) + "\n")
    return DONE


def _days_entered() -> tuple[Special, ...] | None:
    """The days that were entered at the site; None where the author has no database yet."""
    try:
        return special_days()
    except DatabaseError:
        return None


def _calendars(days: tuple[Special, ...] | None) -> Calendars:
    """The working time of the site; of a procedure alone where nobody knows which days were entered."""
    if days is None:
        return Procedure.calendar_for

    def at_site(procedure: Procedure, department: str | None) -> WorkCalendar:
        return calendar_at_site(procedure, department, days)

    return at_site


def _moment(written: str, procedure: Procedure) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=procedure.zone)

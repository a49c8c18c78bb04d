"""What contacts became, told only to who may see that record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from huiyin.contacts.models import Contact
from huiyin.journal import kinds
from huiyin.journal.queries import LogLine
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.records.search import search

UNSAID = "……"


def visible_cases(person: Person, cases: Collection[str]) -> set[str]:
    """Those of ``cases`` (``complaint:KS2026-0001``) that the person may see."""
    seen: set[str] = set()
    for kind in {case.partition(":")[0] for case in cases if case}:
        model, ids = kinds.record_models.get(kind), search.visible_ids_of(kind, person)
        numbers = {case.partition(":")[2] for case in cases if case.startswith(f"{kind}:")}
        if model is None or isinstance(ids, list):
            continue
        if ids is not None:
            rows = model._default_manager.filter(pk__in=ids, number__in=numbers)
            numbers = set(rows.values_list("number", flat=True))
        seen |= {f"{kind}:{number}" for number in numbers}
    return seen


def hide_cases(lines: Iterable[LogLine], person: Person) -> list[LogLine]:
    """The time-line with the numbers of cases that the person may not see left unsaid."""
    lines = list(lines)
    named = {str(case) for line in lines for case in line.changes.get("became", ()) if case}
    hidden = [case.partition(":")[2] for case in named - visible_cases(person, named)]
    return [_unsaid(line, hidden) for line in lines] if hidden else lines


def _unsaid(line: LogLine, hidden: Iterable[str]) -> LogLine:
    zh, en = line.text.zh, line.text.en
    for number in hidden:
        zh, en = zh.replace(number, UNSAID), en.replace(number, UNSAID)
    return replace(line, text=Text(zh, en))


def with_hidden_cases(contacts: QuerySet[Contact], person: Person) -> QuerySet[Contact]:
    """Contacts, each with ``case_hidden`` where the person does not see every record that contacts become."""
    hidden: Q | None = None
    for kind, model in kinds.record_models.items():
        ids = search.visible_ids_of(kind, person)
        if kind == Contact.kind or ids is None:
            continue
        of_kind = Q(became__startswith=f"{kind}:")
        if not isinstance(ids, list):
            seen = model._default_manager.filter(pk__in=ids).annotate(case=Concat(Value(f"{kind}:"), "number"))
            of_kind &= ~Q(Exists(seen.filter(case=OuterRef("became"))))
        hidden = of_kind if hidden is None else hidden | of_kind
    return contacts if hidden is None else contacts.annotate(case_hidden=hidden)

"""The knowledge base: articles that hold, as records of the kind that the procedure declares for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.kind_views import KnowledgeView
from huiyin.procedure.schema import Procedure
from huiyin.records.search import search
from huiyin.records.steps.intake import IntakePanel
from huiyin.registers.access import visible_to
from huiyin.registers.fields.field_types import shown
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.menu import may_open_kind
from huiyin.registers.models import FormRecord
from huiyin.registers.shown_facts import readable

BESIDE, COMPARED = 3, 30
"""As many articles stand beside a form; as many texts are compared, for earlier editions resemble a matter as well."""
LONGEST_MATTER = 500
MOST_EDITIONS = 50


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a page shows it; ``earlier`` are its earlier editions, the last one first."""

    record: FormRecord
    title: str
    question: str
    answer: str
    family: Any = None
    keywords: Any = None
    earlier: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """Its page."""
        return record_url(self.record.kind, self.record.number)

    @property
    def edition(self) -> int:
        """Which edition it is; the first is 1."""
        return len(self.earlier) + 1


def knowledge_kind(procedure: Procedure) -> DataKind | None:
    """The kind whose records are the knowledge base; None where the procedure has none."""
    entry = next((one for one in procedure.kinds if one.knowledge is not None), None)
    return kind_of(procedure, entry.key) if entry is not None else None


def may_read(person: Person, procedure: Procedure | None) -> bool:
    """Whether the knowledge base would answer the person."""
    kind = knowledge_kind(procedure) if procedure is not None else None
    return kind is not None and procedure is not None and may_open_kind(person, procedure, kind.key)


def holding(kind: DataKind, person: Person) -> QuerySet[FormRecord]:
    """The articles that hold, as far as the person may see them, newest first."""
    rows = visible_to(person, kind.key, kind.procedure).filter(state__in=view_of(kind).states)
    return rows.order_by("-opened_at", "-pk")


def with_words(rows: QuerySet[FormRecord], kind: DataKind, words: str) -> QuerySet[FormRecord]:
    """Those in which every word stands."""
    return rows.filter(search.text_match(words, kind=kind.key).condition) if words.strip() else rows


def fitting(kind: DataKind, person: Person, matter: str) -> list[FormRecord]:
    """The articles that fit what is being entered best, likeliest first."""
    hits = search.similar(matter[:LONGEST_MATTER], kind=kind.key, person=person, limit=COMPARED)
    rows = {row.pk: row for row in holding(kind, person).filter(pk__in=[hit.record_id for hit in hits])}
    return [rows[hit.record_id] for hit in hits if hit.record_id in rows][:BESIDE]


def view_of(kind: DataKind) -> KnowledgeView:
    """Which fields of the kind answer questions."""
    assert kind.entry.knowledge is not None, "the kind is a knowledge base"
    return kind.entry.knowledge


def articles(rows: Iterable[FormRecord], kind: DataKind) -> list[Article]:
    """The rows as articles with their earlier editions, read by the version each was opened under."""
    rows = list(rows)
    before = _earlier(rows)
    return [_article(row, kind, before[row.pk]) for row in rows]


def _article(row: FormRecord, kind: DataKind, earlier: Sequence[FormRecord]) -> Article:
    view = view_of(kind)
    return Article(
        row,
        title=str(row.extra.get(view.title) or row.number),
        question=str(row.extra.get(view.question) or ""),
        answer=str(row.extra.get(view.answer) or ""),
        family=_readable(row, view.family),
        keywords=_readable(row, view.keywords),
        earlier=tuple((one.number, record_url(one.kind, one.number)) for one in earlier),
    )


def _readable(row: FormRecord, name: str | None) -> Any:
    procedure = versions.procedure_of(row.procedure_id)
    field = next((one for one in procedure.fields_of(row.kind) if one.name == name), None)
    return readable(shown(field, row.extra.get(field.name), procedure)) if field is not None else None


def _earlier(rows: Sequence[FormRecord]) -> dict[int, list[FormRecord]]:
    """The editions that each took the place of: it is about the last one, which is about the one before it."""
    known: dict[int, FormRecord] = {}
    wanted = _befores(rows)
    for _ in range(MOST_EDITIONS):
        wanted -= known.keys()
        if not wanted:
            break
        found = FormRecord.objects.filter(pk__in=wanted)
        known |= {one.pk: one for one in found}
        wanted = _befores(found)
    return {row.pk: _chain(row, known) for row in rows}


def _befores(rows: Iterable[FormRecord]) -> set[int]:
    return {row.about_id for row in rows if row.about_kind == row.kind and row.about_id is not None}


def _chain(row: FormRecord, known: dict[int, FormRecord]) -> list[FormRecord]:
    chain: list[FormRecord] = []
    here = known.get(row.about_id or 0) if row.about_kind == row.kind else None
    while here is not None and here not in chain:
        chain.append(here)
        here = known.get(here.about_id or 0) if here.about_kind == here.kind else None
    return chain


def panel(person: Person, procedure: Procedure, fields: tuple[str, ...]) -> IntakePanel | None:
    """The panel of the knowledge base beside a form on which a matter is entered."""
    if not may_read(person, procedure):
        return None
    return IntakePanel("knowledge", "/knowledge/beside", fields, TITLE, HINT)


def matter_fields(kind: DataKind) -> tuple[str, ...]:
    """The fields of a declared kind's opening form beside which the knowledge base is searched."""
    base = knowledge_kind(kind.procedure)
    found = view_of(base).beside if base is not None else ()
    return tuple(path.partition(".")[2] for path in found if path.partition(".")[0] == kind.key)


TITLE = t("知识库里有", "In the knowledge base")
HINT: Text = t("写下问题后，这里列出知识库里最相近的文章。", "While you write, the articles that fit best appear here.")

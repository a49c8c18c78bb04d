"""Finding records by any fragment of two characters or more, in Chinese or not, and past cases that resemble a text.

Every step keeps the index in its own transaction. Nothing that the reader may not see is found, counted or hinted at:
a kind of record is searched only when its room has said who sees what (``register_visibility``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from huiyin.database.bulk import BulkStatement
from huiyin.database.compiled import is_on
from huiyin.database.conditions import is_among
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.models import SearchText
from huiyin.records.search.gram_index import COLUMNS, IndexScope, index_backend, query_grams
from huiyin.records.search.grams import distinctive_grams, excerpt, fold, grams, query_words, storable

if TYPE_CHECKING:
    from huiyin.records.models import Record

Visible = Callable[[Person], "QuerySet[Any] | None"]
_visible: dict[str, Visible] = {}

FREQUENT = 2000
"""Words that stand in so many records of a kind are looked for along the list, others by the index."""
_STORED = "SELECT number, title, text FROM records_searchtext WHERE kind = %s AND record_id = %s"
_NUMBERED = "SELECT id FROM records_searchtext WHERE number IN (%s, %s, %s) ORDER BY id DESC LIMIT 10"

COMMON = 2000
"""A gram in more texts than this does not tell them apart."""
RAREST_GRAMS = 12
"""As many grams, the rarest of a text, lead to the texts it is compared with; of each the newest EACH texts."""
ROWS_PER_GRAM = 200
MIN_SIMILARITY = 0.2
"""Share of a text's weight that another must have in common to be called similar."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record found; ``pieces`` is the snippet in parts, True where the words looked for stand."""

    kind: str
    record_id: int
    number: str
    title: str
    snippet: str
    at: datetime
    pieces: tuple[tuple[str, bool], ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What a record is found under."""

    kind: str
    record_id: int
    number: str
    title: str
    text: str
    at: datetime


def register_visibility(kind: str, visible: Visible) -> None:
    """``visible(person)`` gives the ids of this kind that the person sees, or None when they see all of them.

    It may ask nothing but the person's standing: equal standing, equal question.
    """
    _visible[kind] = visible


class SightOfDeclared(Protocol):
    """Who sees which records of the kinds that packs declare; asks nothing but the person's standing."""

    def seen_wholly(self, person: Person) -> Sequence[str]:
        """The kinds of which the person sees every record."""

    def own(self, person: Person, kinds: Sequence[str]) -> QuerySet[Any]:
        """The ids of the records that the person sees beside those, of ``kinds`` or of all."""


_declared: list[SightOfDeclared] = []


def register_declared(declared: SightOfDeclared) -> None:
    """Let searches find records of the kinds that packs declare."""
    _declared.append(declared)


def visible_ids_of(kind: str, person: Person) -> Any:
    """The ids of this kind that the person sees as a query, None when they see all of them,
    [] when nobody said who does.
    """
    visible = _visible.get(kind)
    if visible is not None:
        return visible(person)
    for declared in _declared:
        return None if kind in declared.seen_wholly(person) else declared.own(person, [kind])
    return []


def can_see(person: Person, kind: str, pk: int | None) -> bool:
    """Whether the person sees this one record; asks the database only of those who do not see all of its kind."""
    if pk is None:
        return False
    ids = visible_ids_of(kind, person)
    return ids is None or (not isinstance(ids, list) and ids.filter(pk=pk).exists())


def search_document(record: Record | Any, *, at: datetime) -> SearchDocument:
    """The words of ``record``; it counts as of the moment it was opened."""
    return SearchDocument(
        kind=record.kind,
        record_id=record.pk,
        number=record.number,
        title=storable(str(record.subject))[:200],
        text=storable(record.search_text()),
        at=getattr(record, "opened_at", None) or at,
    )


def index(record: Record | Any, *, at: datetime) -> None:
    """Find ``record`` under its present words from now on; call in the transaction that changes it."""
    words = search_document(record, at=at)
    with connection.cursor() as cursor:
        cursor.execute(_STORED, [words.kind, words.record_id])
        stored = cursor.fetchone()
    if stored is None or tuple(stored) != (words.number, words.title, words.text):
        with transaction.atomic():
            index_backend().put([_row(words)])


def index_many(rows: Iterable[SearchDocument], *, batch: int = 2000) -> int:
    """Enter many records, oldest first, as imports do; returns how many."""
    done, waiting = 0, []
    with transaction.atomic():
        for words in rows:
            waiting.append(_row(words))
            if len(waiting) == batch:
                index_backend().put(waiting)
                done, waiting = done + batch, []
        if waiting:
            index_backend().put(waiting)
    return done + len(waiting)


def prepare_index(words: Iterable[SearchDocument]) -> list[BulkStatement]:
    """What will enter many records under these words, prepared before the transaction that runs it."""
    return index_backend().ready([_row(one) for one in words])


def optimise() -> None:
    """Bring the index into its best shape; call once after ``index_many`` of tens of thousands of rows."""
    index_backend().tidy()


def remove(kind: str, record_id: int) -> None:
    """Find the record no longer."""
    rows = SearchText.objects.filter(kind=kind, record_id=record_id)
    with transaction.atomic():
        index_backend().drop(list(rows.values_list("pk", flat=True)))
        rows.delete()


def _row(words: SearchDocument) -> SearchText:
    return SearchText(
        kind=words.kind,
        record_id=words.record_id,
        number=words.number,
        title=words.title,
        text=words.text,
        folded=fold(f"{words.number}\n{words.title}\n{words.text}"),
        at=words.at,
    )


def search(person: Person | None, text: str, *, kinds: Sequence[str] | None = None, limit: int = 20) -> list[SearchHit]:
    """Records in which every word of ``text`` stands, the one with that very number first, then newest first.

    ``person`` None sees everything (the command line of an administrator).
    """
    words = query_words(text)
    within = _within(person, kinds)
    if not words or within is None:
        return []
    exact = _numbered(text, within)
    met = {row.pk for row in exact}
    rest = [row for row in index_backend().newest(words, within, count=limit + len(met)) if row.pk not in met]
    return [_hit(row, words) for row in [*exact, *rest][:limit]]


@dataclass(frozen=True, slots=True)
class TextMatch:
    """The condition on records that hold some words; ``is_frequent`` when so many do that counting them takes long."""

    condition: Q
    is_frequent: bool = False


def text_match(text: str, *, kind: str) -> TextMatch:
    """The condition on rows of ``kind``'s model for which every word of ``text`` stands in the record."""
    words = query_words(text)
    if not words:
        return TextMatch(Q())
    if query_grams(words) and index_backend().at_least(words, kind, count=FREQUENT):
        rows = SearchText.objects.filter(kind=kind, record_id=OuterRef("pk"))
        for place, word in enumerate(words):
            rows = rows.annotate(**{f"place_{place}": StrIndex("folded", Value(word))}).filter(
                **{f"place_{place}__gt": 0}
            )
        return TextMatch(Q(Exists(rows)), is_frequent=True)
    found = index_backend().newest(words, _of_kind(kind), count=FREQUENT)
    return TextMatch(Q(pk__in=[row.record_id for row in found]))


def similar(
    text: str, *, kind: str, person: Person | None = None, limit: int = 5, exclude: int | None = None
) -> list[SearchHit]:
    """Records of ``kind`` that resemble ``text`` most, by the rare grams they have in common; ``exclude`` an id.

    ``person`` None compares with all of them; the caller then keeps to what may be seen.
    """
    typed = distinctive_grams(fold(storable(text)[:2000]))
    within = _within(person, [kind])
    if not typed or within is None:
        return []
    weights = _weights(typed)
    rarest = dict(sorted(weights.items(), key=lambda pair: -pair[1])[:RAREST_GRAMS])
    ids = index_backend().heaviest(rarest, within, each=ROWS_PER_GRAM, count=4 * limit + 5)
    total = sum(weights.values())
    scored = []
    for row in SearchText.objects.filter(pk__in=ids):
        if row.record_id == exclude:
            continue
        common = typed & grams(row.folded)
        scored.append((sum(weights[gram] for gram in common) / total, row))
    best = sorted((pair for pair in scored if pair[0] >= MIN_SIMILARITY), key=lambda pair: (-pair[0], -pair[1].pk))[
        :limit
    ]
    return [_hit(row, [], score=score) for score, row in best]


def _weights(typed: set[str]) -> dict[str, float]:
    """How much each gram tells: the fewer texts have it, the more; grams in no text at all tell nothing."""
    newest = SearchText.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    counts = index_backend().frequencies(sorted(typed)[:400], most=COMMON)
    known = {gram: count for gram, count in counts.items() if count}
    return {gram: log(1 + newest / count) for gram, count in known.items()} or dict.fromkeys(counts, 1.0)


def _numbered(text: str, within: IndexScope) -> list[SearchText]:
    """Rows whose number is what was typed, in whatever case and width."""
    number = fold(storable(text))[:40]
    typed = [number, number.upper(), storable(text).strip()[:40]]
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED, typed)
        ids = [pk for (pk,) in cursor.fetchall()]
    if not ids:
        return []
    places = ", ".join(["%s"] * len(ids))
    sql = f"SELECT {COLUMNS} FROM records_searchtext st WHERE st.id IN ({places}) AND ({within.sql})"  # noqa: S608
    return sorted(SearchText.objects.raw(sql, [*ids, *within.params]), key=lambda row: -row.pk)


def _of_kind(kind: str) -> IndexScope:
    return IndexScope("st.kind = %s", (kind,), kind)


def _within(person: Person | None, kinds: Sequence[str] | None) -> IndexScope | None:
    """The condition that keeps to what ``person`` may see of ``kinds`` (all without); None when that is nothing."""
    if person is None:
        parts = [_of_kind(kind) for kind in kinds or ()]
        if kinds is None:
            return IndexScope()
    else:
        parts = [part for kind in kinds or _visible if (part := _seen_of(kind, person)) is not None]
        parts += [part for declared in _declared for part in _seen_of_declared(declared, person, kinds)]
    if not parts:
        return None
    sql = " OR ".join(f"({part.sql})" for part in parts)
    params = tuple(param for part in parts for param in part.params)
    return IndexScope(sql, params, parts[0].kind if len(parts) == 1 else None)


_questions: dict[tuple[Any, ...], IndexScope | None] = {}
MOST_QUESTIONS = 4000


def _seen_of(kind: str, person: Person) -> IndexScope | None:
    """The condition on rows of ``kind`` that the person sees, written once for equal standing;
    None when they see none.
    """
    visible = _visible.get(kind)
    if visible is None:
        return None
    if not is_on():
        return _question(kind, visible(person))
    procedure = versions.procedure_of(person.active_version_id).digest if person.active_version_id else ""
    asked = (kind, visible, connection.vendor, person.standing, procedure)
    if asked in (known := _questions):
        return known[asked]
    if len(known) >= MOST_QUESTIONS:
        _questions.pop(next(iter(known)), None)
    question = _questions[asked] = _question(kind, visible(person))
    return question


def _seen_of_declared(declared: SightOfDeclared, person: Person, kinds: Sequence[str] | None) -> Iterator[IndexScope]:
    """The conditions on rows of all declared kinds together: of those seen wholly, and of single records."""
    asked = [kind for kind in kinds or () if kind not in _visible]
    if kinds is not None and not asked:
        return
    wholly = [kind for kind in declared.seen_wholly(person) if kinds is None or kind in asked]
    if wholly:
        places = ", ".join(["%s"] * len(wholly))
        yield IndexScope(f"st.kind IN ({places})", tuple(wholly), wholly[0] if len(wholly) == 1 else None)
    seen = is_among("st.record_id", declared.own(person, asked))
    if seen is not None:
        sql, params = seen
        known = tuple(_visible)
        yield IndexScope(f"st.kind NOT IN ({', '.join(['%s'] * len(known))}) AND {sql}", (*known, *params), None)


def _question(kind: str, ids: Any) -> IndexScope | None:
    if ids is None:
        return _of_kind(kind)
    seen = is_among("st.record_id", ids)
    if seen is None:
        return None
    sql, params = seen
    return IndexScope(f"st.kind = %s AND {sql}", (kind, *params), kind)


def _hit(row: SearchText, words: list[str], *, score: float = 0.0) -> SearchHit:
    pieces = tuple(excerpt(row.text, words))
    snippet = "".join(piece for piece, _ in pieces)
    return SearchHit(row.kind, row.record_id, row.number, row.title, snippet, row.at, pieces, score)

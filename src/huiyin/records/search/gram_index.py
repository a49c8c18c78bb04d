"""Keeping and asking the gram index: FTS5 on SQLite, an array column with a GIN index on PostgreSQL.

Both give rows newest first and stop as soon as enough are read, so that a word in every third text costs no more
than a rare one. What they give has all the grams asked for; whether it has the words is read in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from huiyin.database.bulk import BulkStatement, execute, insert_statements, reserve_ids
from huiyin.records.models import SearchText
from huiyin.records.search.grams import as_number, as_token, as_tokens, grams, kind_gram, required_grams

COLUMNS = "st.id, st.kind, st.record_id, st.number, st.title, st.text, st.at"
NEWEST = 5000
"""A single character has no gram; it is looked for in so many of the newest rows."""


@dataclass(frozen=True, slots=True)
class IndexScope:
    """A condition on the rows of the index (``st``), as SQL with its parameters; ``kind`` when it is one kind alone."""

    sql: str = "TRUE"
    params: tuple[Any, ...] = ()
    kind: str | None = None

    def holding(self, words: Sequence[str], holds: str) -> IndexScope:
        """The same, for rows in which every word stands by the database's ``holds``."""
        return IndexScope(" AND ".join([f"({self.sql})", *[holds] * len(words)]), (*self.params, *words), self.kind)


def row_grams(row: SearchText) -> set[str]:
    """Every gram under which the row is found."""
    return grams(row.folded) | {kind_gram(row.kind)}


def query_grams(words: Sequence[str]) -> list[str]:
    """The grams that a text with every word has."""
    return [gram for word in words for gram in required_grams(word)]


def _newest_of_all(within: IndexScope, count: int) -> list[SearchText]:
    """The newest ``count`` rows within the condition, of the NEWEST rows there are."""
    sql = f"""SELECT {COLUMNS} FROM (SELECT * FROM records_searchtext ORDER BY id DESC LIMIT {NEWEST}) st
        WHERE {within.sql} ORDER BY st.id DESC LIMIT %s"""  # noqa: S608 - only our own words are put together
    return list(SearchText.objects.raw(sql, [*within.params, count]))


_GRAMS = "INSERT OR REPLACE INTO search_gram(rowid, grams) VALUES (%s, %s)"
_REPLACE = "UPDATE records_searchtext SET number = %s, title = %s, folded = %s, text = %s, at = %s WHERE id = %s"


def _known(rows: Sequence[SearchText]) -> dict[tuple[str, int], int]:
    """Ids of the rows that stand in the index already, by record."""
    found: dict[tuple[str, int], int] = {}
    for start in range(0, len(rows), 500):
        few = rows[start : start + 500]
        ids = {row.record_id for row in few}
        same = SearchText.objects.filter(kind__in={row.kind for row in few}, record_id__in=ids)
        found |= {(kind, record): pk for kind, record, pk in same.values_list("kind", "record_id", "pk")}
    return found


def _lines(rows: Sequence[SearchText]) -> list[tuple[Any, str]]:
    return [(row.pk, as_tokens(row_grams(row))) for row in rows]


class SqliteIndex:
    """FTS5: each text one line of grams, its rowid the row's id."""

    def put(self, rows: Sequence[SearchText]) -> None:
        """Enter rows, in the place of those of the same records."""
        SearchText.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["kind", "record_id"],
            update_fields=["number", "title", "folded", "text", "at"],
        )
        with connection.cursor() as cursor:
            cursor.executemany(_GRAMS, _lines(rows))

    def ready(self, rows: Sequence[SearchText]) -> list[BulkStatement]:
        """What enters rows, in the place of those of the same records; new ones get their ids now."""
        known = _known(rows)
        old = [row for row in rows if (row.kind, row.record_id) in known]
        new = [row for row in rows if (row.kind, row.record_id) not in known]
        for row in old:
            row.pk = known[row.kind, row.record_id]
        for row, pk in zip(new, reserve_ids(SearchText, len(new)), strict=True):
            row.pk = pk
        at = SearchText._meta.get_field("at")
        changed = [(r.number, r.title, r.folded, r.text, at.get_db_prep_save(r.at, connection), r.pk) for r in old]
        return [
            BulkStatement(_REPLACE, changed),
            BulkStatement(_GRAMS, _lines(old)),
            *insert_statements(new),
            BulkStatement(_GRAMS, _lines(new)),
        ]

    def drop(self, ids: Sequence[int]) -> None:
        """Take rows out of the index."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_gram WHERE rowid = %s", [(pk,) for pk in ids])

    def tidy(self) -> None:
        """Merge the index's pieces into one; worth it after tens of thousands of rows."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_gram(search_gram) VALUES ('optimize')")

    def newest(self, words: Sequence[str], within: IndexScope, *, count: int) -> list[SearchText]:
        """The newest ``count`` rows within the condition in which every word stands."""
        wanted, within = query_grams(words), within.holding(words, "instr(st.folded, %s) > 0")
        if not wanted:
            return _newest_of_all(within, count)
        sql = f"""SELECT {COLUMNS} FROM search_gram CROSS JOIN records_searchtext st ON st.id = search_gram.rowid
            WHERE search_gram MATCH %s AND {within.sql}
            ORDER BY search_gram.rowid DESC LIMIT %s"""  # noqa: S608 - only our own words are put together
        return list(SearchText.objects.raw(sql, [self._all(wanted, within.kind), *within.params, count]))

    def at_least(self, words: Sequence[str], kind: str, *, count: int) -> bool:
        """Whether ``count`` rows of a kind or more have every gram of the words."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM (SELECT 1 FROM search_gram WHERE search_gram MATCH %s LIMIT %s)",
                [self._all(query_grams(words), kind), count],
            )
            return bool(cursor.fetchone()[0] == count)

    @staticmethod
    def _all(wanted: Iterable[str], kind: str | None) -> str:
        """FTS5's question for texts with every gram."""
        asked = [*wanted, kind_gram(kind)] if kind else wanted
        return " ".join(f'"{as_token(gram)}"' for gram in asked)

    def frequencies(self, asked: Sequence[str], *, most: int) -> dict[str, int]:
        """In how many texts each gram stands, counted up to ``most``."""
        one = "SELECT %s, count(*) FROM (SELECT 1 FROM search_gram WHERE search_gram MATCH %s LIMIT %s)"
        params = [value for gram in asked for value in (gram, f'"{as_token(gram)}"', most)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(asked)), params)
            return dict(cursor.fetchall())

    def heaviest(self, weights: Mapping[str, float], within: IndexScope, *, each: int, count: int) -> list[int]:
        """Ids of the rows whose grams weigh most together; of each gram only the newest ``each`` rows are weighed."""
        one = """SELECT rowid, %s AS weight FROM
            (SELECT rowid FROM search_gram WHERE search_gram MATCH %s ORDER BY rowid DESC LIMIT %s)"""
        params = [v for gram, weight in weights.items() for v in (weight, f'"{as_token(gram)}"', each)]
        return _weighed(" UNION ALL ".join([one] * len(weights)), "rowid", params, within, count)


_ENTER = """INSERT INTO records_searchtext (kind, record_id, number, title, folded, text, at, grams)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s::int4[]) ON CONFLICT (kind, record_id) DO UPDATE SET
    number = EXCLUDED.number, title = EXCLUDED.title, folded = EXCLUDED.folded, text = EXCLUDED.text,
    at = EXCLUDED.at, grams = EXCLUDED.grams"""


class PostgresIndex:
    """A column of gram numbers under a GIN index; the planner walks ids backwards when the grams are frequent."""

    def put(self, rows: Sequence[SearchText]) -> None:
        """Enter rows, in the place of those of the same records."""
        execute(self.ready(rows))

    def ready(self, rows: Sequence[SearchText]) -> list[BulkStatement]:
        """What enters rows, in the place of those of the same records."""
        values = [
            (r.kind, r.record_id, r.number, r.title, r.folded, r.text, r.at, _numbers(row_grams(r))) for r in rows
        ]
        return [BulkStatement(_ENTER, values)]

    def drop(self, ids: Sequence[int]) -> None:
        """Nothing to do: the grams are a column of the row and go with it."""

    def tidy(self) -> None:
        """Let the planner know how frequent each gram is; worth it after tens of thousands of rows."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE records_searchtext")

    def newest(self, words: Sequence[str], within: IndexScope, *, count: int) -> list[SearchText]:
        """The newest ``count`` rows within the condition in which every word stands."""
        wanted, within = query_grams(words), within.holding(words, "position(%s in st.folded) > 0")
        if not wanted:
            return _newest_of_all(within, count)
        sql = f"""SELECT {COLUMNS} FROM records_searchtext st WHERE st.grams @> %s::int4[] AND {within.sql}
            ORDER BY st.id DESC LIMIT %s"""  # noqa: S608 - only our own words are put together
        return list(SearchText.objects.raw(sql, [[as_number(g) for g in wanted], *within.params, count]))

    def at_least(self, words: Sequence[str], kind: str, *, count: int) -> bool:
        """Whether ``count`` rows of a kind or more have every gram of the words."""
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT count(*) FROM
                (SELECT 1 FROM records_searchtext WHERE grams @> %s::int4[] AND kind = %s LIMIT %s) AS found""",
                [[as_number(gram) for gram in query_grams(words)], kind, count],
            )
            return bool(cursor.fetchone()[0] == count)

    def frequencies(self, asked: Sequence[str], *, most: int) -> dict[str, int]:
        """In how many texts each gram stands, by the planner's statistics; a gram they do not hold is rare."""
        numbers = {as_number(gram): gram for gram in asked}
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT common.gram, (common.share * greatest(c.reltuples, 0))::int
                FROM pg_stats s
                JOIN pg_class c ON c.oid = 'records_searchtext'::regclass,
                unnest(s.most_common_elems::text::int4[], s.most_common_elem_freqs) AS common(gram, share)
                WHERE s.tablename = 'records_searchtext' AND s.attname = 'grams'
                AND s.schemaname = current_schema() AND common.gram = ANY(%s::int4[])""",
                [list(numbers)],
            )
            known = {numbers[number]: min(count, most) for number, count in cursor.fetchall()}
        return {gram: known.get(gram, 1) for gram in asked}

    def heaviest(self, weights: Mapping[str, float], within: IndexScope, *, each: int, count: int) -> list[int]:
        """Ids of the rows whose grams weigh most together; of each gram only the newest ``each`` rows are weighed."""
        one = """SELECT found.id, %s::float8 AS weight FROM
            (SELECT id FROM records_searchtext WHERE grams @> %s::int4[] ORDER BY id DESC LIMIT %s) found"""
        params = [v for gram, weight in weights.items() for v in (weight, [as_number(gram)], each)]
        return _weighed(" UNION ALL ".join([one] * len(weights)), "id", params, within, count)


def _numbers(many: set[str]) -> str:
    """Grams as PostgreSQL reads an array; a string is adapted many times faster than a list."""
    return f"{{{','.join(str(as_number(gram)) for gram in many)}}}"


def _weighed(rows: str, key: str, params: list[Any], within: IndexScope, count: int) -> list[int]:
    sql = f"""SELECT w.{key} FROM ({rows}) w JOIN records_searchtext st ON st.id = w.{key}
        WHERE {within.sql} GROUP BY w.{key} ORDER BY sum(w.weight) DESC, w.{key} DESC LIMIT %s"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *within.params, count])
        return [pk for (pk,) in cursor.fetchall()]


def index_backend() -> SqliteIndex | PostgresIndex:
    """The index of the database in use."""
    return PostgresIndex() if connection.vendor == "postgresql" else SqliteIndex()

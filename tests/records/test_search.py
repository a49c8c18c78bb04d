"""Searching: exactly the records in which the words stand, and of those only what the reader may see."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import Complaint
from huiyin.records.models import Comment, SearchText
from huiyin.records.search import search
from huiyin.records.search.grams import fold, query_words
from tests.cast import Factory
from tests.records.office import seen
from tests.stage import stage

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, tzinfo=UTC)

company = stage("feedback")


def words(pk: int, text: str, *, number: str = "", title: str = "", kind: str = "complaint") -> search.SearchDocument:
    return search.SearchDocument(kind, pk, number or f"N-{pk}", title, text, AT)


def numbers(text: str, **how: Any) -> list[str]:
    return [hit.number for hit in search.search(None, text, **how)]


def record(pk: int, text: str, **fields: Any) -> Any:
    given = {"kind": "complaint", "pk": pk, "number": f"N-{pk}", "subject": "", "search_text": lambda: text}
    return SimpleNamespace(**given | fields)


@pytest.fixture
def small() -> None:
    search.index_many(
        [
            words(1, "接头处漏油，密封圈老化", title="华东泵业 HY-40"),
            words(2, "油漏了一地", title="北方机床"),
            words(3, "Part ABC-2041/7 leaks at the flange", number="202611-017"),
            words(4, "型号ＡＢＣ－２０４１／７，外壳开裂"),
            words(5, "漏油 又一次", kind="contact"),
        ]
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("漏油", ["N-5", "N-1"]),
        ("油漏", ["N-2"]),
        ("密封圈老化", ["N-1"]),
        ("漏油 密封", ["N-1"]),
        ("漏油 开裂", []),
        ("abc-2041/7", ["N-4", "202611-017"]),
        ("041/7", ["N-4", "202611-017"]),
        ("41", ["N-4", "202611-017"]),
        ("/7", ["N-4", "202611-017"]),
        ("LEAK", ["202611-017"]),
        ("eak", ["202611-017"]),
        ("华东", ["N-1"]),
        ("202611", ["202611-017"]),
        ("11-017", ["202611-017"]),
        ("裂", ["N-4"]),
        ("漏 又", ["N-5"]),
        ("密圈", []),
        ("", []),
        ("   ", []),
        ('"漏油" OR *', []),
        ("漏油' --", []),
        ("%", []),
        ("__", []),
        ("grams:漏油 NEAR", []),
    ],
)
def test_any_fragment_finds_and_nothing_else_does(small: None, text: str, found: list[str]) -> None:
    assert numbers(text) == found


def test_two_thousand_random_texts_agree_with_reading_them_all() -> None:
    chance = random.Random(7)
    letters = "漏油密封圈老化泵阀轴承ab12-/ "
    texts = {n: "".join(chance.choices(letters, k=chance.randint(3, 60))) for n in range(1, 2001)}
    search.index_many((words(n, text) for n, text in texts.items()), batch=300)
    search.optimise()
    for _ in range(60):
        query = "".join(chance.choices(letters, k=chance.randint(2, 5)))
        wanted = query_words(query)
        if not any(len(word) > 1 for word in wanted):
            continue
        expected = [n for n in reversed(texts) if all(word in fold(f"N-{n}\n{texts[n]}") for word in wanted)]
        assert [hit.record_id for hit in search.search(None, query, limit=5000)] == expected
        assert [hit.record_id for hit in search.search(None, query, limit=7)] == expected[:7]
        assert len(search.search(None, query, kinds=["contact"])) == 0


def test_frequent_words_stop_early() -> None:
    search.index_many(words(n, "漏油") for n in range(1, 400))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        hits = search.search(None, "漏油", limit=10)
    assert [hit.record_id for hit in hits] == list(range(399, 389, -1))
    assert len(queries) == 2


def test_a_number_comes_first_in_whatever_case_and_width() -> None:
    search.index_many([words(1, "x", number="KS2026-01"), words(2, "见 KS2026-01"), words(3, "KS2026-012")])
    for typed in ("KS2026-01", "ks2026-01", "ＫＳ2026-01"):
        assert numbers(typed) == ["KS2026-01", "N-3", "N-2"]


def test_a_hit_shows_where_the_word_stands(small: None) -> None:
    hit = search.search(None, "密封圈")[0]
    assert (hit.kind, hit.record_id, hit.title, hit.at) == ("complaint", 1, "华东泵业 HY-40", AT)
    assert hit.snippet == "接头处漏油,密封圈老化".replace(",", "，")
    assert hit.pieces == (("接头处漏油，", False), ("密封圈", True), ("老化", False))


def test_kinds_narrow_down(small: None) -> None:
    assert numbers("漏油", kinds=["contact"]) == ["N-5"]
    assert numbers("漏油", kinds=["complaint", "contact"]) == ["N-5", "N-1"]
    assert numbers("漏油", kinds=["unknown"]) == []
    assert numbers("漏油", kinds=[]) == []


def test_a_record_is_found_under_its_present_words_only() -> None:
    search.index(record(1, "漏油"), at=AT)
    search.index(record(1, "开裂"), at=AT)
    assert numbers("漏油") == []
    assert numbers("开裂") == ["N-1"]
    search.remove("complaint", 1)
    assert numbers("开裂") == []
    assert SearchText.objects.count() == 0


def test_words_that_did_not_change_are_not_written_again() -> None:
    search.index(record(1, "漏油"), at=AT)
    with CaptureQueriesContext(connection) as queries:
        search.index(record(1, "漏油"), at=AT)
    assert len(queries) == 1


def test_what_databases_refuse_is_indexed_without_it() -> None:
    search.index(record(1, "漏\x00油\ud800了", subject="标题" * 200), at=AT)
    assert numbers("漏油了") == ["N-1"]
    assert SearchText.objects.get().title == ("标题" * 200)[:200]


def test_index_many_replaces_what_was_there() -> None:
    assert search.index_many([words(1, "漏油"), words(2, "漏油")]) == 2
    assert search.index_many([words(1, "开裂"), words(3, "漏油")]) == 2
    assert numbers("漏油") == ["N-3", "N-2"]
    assert numbers("开裂") == ["N-1"]
    assert search.index_many([]) == 0


@pytest.mark.parametrize("frequent", [1, 3, 100])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("漏油", [3, 2, 1]),
        ("漏油 密封", [1]),
        ("油了", [2]),
        ("ABC-2041/7 漏油", [3]),
        ("裂", [4]),
        ("无此物", []),
        ("", [4, 3, 2, 1]),
    ],
)
def test_a_list_is_narrowed_to_the_same_records(
    monkeypatch: Any, company: Factory, text: str, found: list[int], frequent: int
) -> None:
    problems = ["接头处漏油，密封圈老化", "泵体漏油了", "漏 油；ＡＢＣ－２０４１／７漏油", "外壳开裂"]
    places = {company.complaint(problem=problem).pk: place for place, problem in enumerate(problems, 1)}
    monkeypatch.setattr(search, "FREQUENT", frequent)
    held = search.text_match(text, kind="complaint")
    rows = Complaint.objects.filter(held.condition).order_by("-pk")
    assert [places[row.pk] for row in rows] == found
    assert held.is_frequent is (len(found) >= frequent and text not in ("裂", ""))


# ---- who sees what


def owned_by(name: str, company: Factory, **facts: Any) -> Complaint:
    """A complaint of which the person became the owner."""
    complaint = company.complaint(**facts)
    Complaint.objects.filter(pk=complaint.pk).update(owner=getattr(company, name))
    return complaint


def test_a_person_finds_only_what_they_may_see(company: Factory) -> None:
    first = company.complaint(problem="接头处漏油")
    second = owned_by("peng", company, problem="泵体漏油")
    assert [h.number for h in search.search(seen(company.mei), "漏油")] == [second.number, first.number]
    assert [h.number for h in search.search(seen(company.peng), "漏油")] == [second.number]
    assert search.search(seen(company.peng), first.number) == []
    assert search.search(seen(company.ku), "漏油") == []


def test_many_foreign_records_do_not_hide_ones_own(company: Factory) -> None:
    mine = owned_by("peng", company, problem="泵体漏油")
    search.index_many(words(n, "漏油", number=f"F-{n}") for n in range(10_000, 10_300))
    assert [h.number for h in search.search(seen(company.peng), "漏油", limit=5)] == [mine.number]


def test_a_kind_without_a_rule_is_found_by_nobody(company: Factory) -> None:
    search.index_many([words(1, "漏油", kind="secret")])
    assert search.search(seen(company.root), "漏油") == []
    assert [hit.kind for hit in search.search(None, "漏油")] == ["secret"]


def test_a_room_may_give_ids_of_rows_that_point_to_its_records(company: Factory, monkeypatch: Any) -> None:
    search.index_many([words(1, "漏油", kind="file"), words(2, "漏油", kind="file"), words(3, "漏油", kind="file")])
    for pk in (1, 3):
        Comment.objects.create(kind="file", record_id=pk, author=company.ku, at=AT, text="参与")
    monkeypatch.setitem(
        search._visible, "file", lambda person: Comment.objects.filter(author=person).values("record_id")
    )
    assert [hit.record_id for hit in search.search(seen(company.ku), "漏油")] == [3, 1]
    assert search.search(seen(company.fang), "漏油") == []
    monkeypatch.setitem(search._visible, "file", lambda person: Comment.objects.none())
    assert search.search(seen(company.ku), "漏油") == []


def test_every_step_keeps_the_index(company: Factory) -> None:
    complaint = company.complaint(problem="接头处漏油")
    assert [(h.kind, h.record_id, h.title) for h in search.search(None, "接头")] == [
        ("complaint", complaint.pk, complaint.subject)
    ]
    assert SearchText.objects.get(kind="complaint").at == Complaint.objects.get().opened_at


# ---- what resembles


def test_similar_cases_share_rare_words() -> None:
    filler = ["包装破损，数量短缺", "交期延误，客户着急", "标签错误，型号不符", "电机烧毁，控制失灵"]
    search.index_many(words(n, filler[n % 4]) for n in range(1, 300))
    search.index_many(
        [
            words(501, "液压缸密封圈老化，高温下漏油"),
            words(502, "密封圈老化导致渗漏"),
            words(503, "密封圈老化，高温下漏油", kind="contact"),
        ]
    )
    hits = search.similar("高温下密封圈老化漏油", kind="complaint")
    assert [hit.record_id for hit in hits] == [501, 502]
    assert hits[0].score > hits[1].score > search.MIN_SIMILARITY
    assert [h.record_id for h in search.similar("高温下密封圈老化漏油", kind="complaint", exclude=501)] == [502]


def test_nothing_resembles_nothing() -> None:
    assert search.similar("高温下密封圈老化漏油", kind="complaint") == []
    search.index_many([words(1, "包装破损")])
    assert search.similar("高温下密封圈老化漏油", kind="complaint") == []
    assert search.similar("", kind="complaint") == []
    assert search.similar("。", kind="complaint") == []


def test_similar_cases_hold_to_what_the_person_may_see(company: Factory) -> None:
    mine = owned_by("peng", company, problem="高温下密封圈老化漏油")
    company.complaint(problem="高温下密封圈老化漏油了")
    hits = search.similar("密封圈老化漏油", kind="complaint", person=seen(company.peng))
    assert [hit.number for hit in hits] == [mine.number]
    assert search.similar("密封圈老化漏油", kind="complaint", person=seen(company.ku)) == []

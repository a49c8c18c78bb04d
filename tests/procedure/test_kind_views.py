"""What a pack may say of knowledge bases, shifts, rows that come by themselves and facts taken over; and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.procedure.loader import PackInvalid, load_pack
from huiyin.procedure.schema import Procedure
from tests.procedure.small import write

HEAD = """
[pack]
key = "mine"
version = "1.0"
title = { zh = "本公司", en = "Ours" }
timezone = "Asia/Shanghai"
currency = "CNY"
extends = "service-desk"
"""


def mistakes(folder: Path, text: str) -> list[tuple[str, str]]:
    """What is wrong with the pack that says this of the service desk's: where, and what."""
    write(folder / "mine", HEAD + text)
    with pytest.raises(PackInvalid) as refused:
        load_pack(folder / "mine")
    return [(one.key, one.problem.show("en")) for one in refused.value.mistakes]


def loaded(folder: Path, text: str) -> Procedure:
    write(folder / "mine", HEAD + text)
    return load_pack(folder / "mine")


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        (
            '[[kind]]\nkey = "article"\nknowledge = { title = "subject" }',
            "kind[article].knowledge.title",
            "There is no field “subject”.",
        ),
        (
            '[[kind]]\nkey = "article"\nknowledge = { states = ["valid"] }',
            "kind[article].knowledge.states[1]",
            "There is no state “valid”.",
        ),
        (
            '[[kind]]\nkey = "article"\nknowledge = { beside = ["enquiry.expert"] }',
            "kind[article].knowledge.beside[1]",
            "There is no field “enquiry.expert”.",
        ),
        (
            '[[kind]]\nkey = "enquiry"\n'
            'knowledge = { title = "question", question = "details", answer = "answer_text", states = ["answered"] }',
            "kind[article].knowledge",
            "Only one kind can be the knowledge base.",
        ),
        (
            '[[kind]]\nkey = "duty-shift"\nshift = { who = "starts_at" }',
            "kind[duty-shift].shift.who",
            "There is no field “starts_at”.",
        ),
        (
            '[[kind]]\nkey = "duty-shift"\nshift = { states = ["open"] }',
            "kind[duty-shift].shift.states[1]",
            "There is no state “open”.",
        ),
        (
            '[[kind]]\nkey = "duty-log"\n'
            'shift = { starts = "starts_at", ends = "ends_at", who = "on_duty", states = ["on-duty"] }',
            "kind[duty-log].shift",
            "Only plain rows of a child table are shifts.",
        ),
        (
            '[[kind]]\nkey = "duty-log"\nleave = { substitute = "shift" }',
            "kind[duty-log].leave.substitute",
            "There is no field “shift”.",
        ),
        (
            '[[kind]]\nkey = "duty-log"\nleave = { states = ["away"] }',
            "kind[duty-log].leave.states[1]",
            "There is no state “away”.",
        ),
        (
            '[[kind]]\nkey = "duty-check"\n'
            'leave = { starts = "at_moment", ends = "at_moment", who = "a", substitute = "b", states = ["on-leave"] }',
            "kind[duty-check].leave",
            "Rows of a child table do not tell of leave.",
        ),
        (
            '[[step]]\nkey = "duty-log.begin"\nguards = ["covered:entries"]',
            "step[duty-log.begin].guards[1]",
            "There is no guard “covered:entries”.",
        ),
        (
            '[[field]]\nkey = "article.heading"\ntaken_from = ["enquiry.details"]',
            "field[article.heading].taken_from[1]",
            "There is no field “enquiry.details”.",
        ),
        (
            '[[field]]\nkey = "article.heading"\ntaken_from = ["first-contact.matter"]',
            "field[article.heading].taken_from[1]",
            "There is no field “first-contact.matter”.",
        ),
        (
            '[[field]]\nkey = "handover.matters"\nrows_from = { take = "everything" }',
            "field[handover.matters].rows_from.take",
            "There is no “everything” here.",
        ),
        (
            '[[field]]\nkey = "handover.matters"\nrows_from = { kinds = ["visit"] }',
            "field[handover.matters].rows_from.kinds[1]",
            "There is no kind of record “visit”.",
        ),
        (
            '[[field]]\nkey = "handover.matters"\nrows_from = { person = "tidy" }',
            "field[handover.matters].rows_from.person",
            "There is no field “tidy”.",
        ),
        (
            '[[field]]\nkey = "handover.put_right"\n'
            'rows_from = { take = "open-duties", kinds = ["enquiry"], person = "leaver", into = "what" }',
            "field[handover.put_right].rows_from",
            "Only fields of rows have rows_from.",
        ),
    ],
)
def test_what_is_not_there_is_named(tmp_path: Path, text: str, key: str, problem: str) -> None:
    assert (key, problem) in mistakes(tmp_path, text)


def test_a_kind_that_is_left_out_is_named_no_longer(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'without = ["kind:enquiry", "clause:咨询"]')
    article, heading = found.vocabulary.declared["article"], found.fields_of("article")[0]
    assert article.knowledge is not None
    assert (article.knowledge.beside, heading.taken_from) == (("first-contact.matter",), ("enquiry-topic.topic",))
    (rows,) = (one.rows_from for one in found.fields_of("handover") if one.rows_from is not None)
    assert rows.kinds == ("first-contact", "cooperation", "complaint", "contact", "handover")


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        (
            'key = "duty-log.hours"\nhours_between = ["starts_at"]',
            "hours_between",
            "Name two moments, the first and the last.",
        ),
        (
            'key = "duty-log.hours"\nhours_between = ["starts_at", "ends_at", "starts_at"]',
            "hours_between",
            "Name two moments, the first and the last.",
        ),
        (
            'key = "duty-log.hours"\nhours_between = ["starts_at", "on_duty"]',
            "hours_between[2]",
            "“on_duty” is of the type person; what stands here must be of the type moment.",
        ),
        (
            'key = "duty-log.hours"\nhours_between = ["starts_at", "ends"]',
            "hours_between[2]",
            "There is no field “ends”.",
        ),
        (
            'key = "duty-log.hours"\nhours_between = ["log_date", "ends_at"]\n\n'
            '[[field]]\nkey = "duty-log.log_date"\ntype = "date"\nlabel = { zh = "日", en = "Day" }',
            "hours_between[1]",
            "“log_date” is of the type date; what stands here must be of the type moment.",
        ),
        (
            'key = "duty-log.hours"\nhours_between = []\ntotal = "posts.post"',
            "total",
            "There is no field “posts.post”.",
        ),
        (
            'key = "supervision.late"\ndifference = ["rating", "taken"]',
            "difference[1]",
            "“rating” is of the type choice; what stands here must be of the type "
            "number / quantity / money / percent / measured / score.",
        ),
        ('key = "supervision.late"\ndifference = ["taken", "period"]', "difference[2]", "There is no field “period”."),
    ],
)
def test_what_a_figure_is_reckoned_from_is_there_and_of_its_sort(
    tmp_path: Path, text: str, key: str, problem: str
) -> None:
    field = text.partition('"')[2].partition('"')[0]
    assert mistakes(tmp_path, f"[[field]]\n{text}\n") == [(f"field[{field}].{key}", problem)]

"""Comments: words that people leave on a record, neither nothing nor a book."""

from __future__ import annotations

import pytest

from huiyin.records.comments import LONGEST, comment
from huiyin.records.models import Comment
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("base")
NOW = at("2026-11-16 10:00")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("已寄出 ", "已寄出"),
        (f" {'长' * LONGEST} ", "长" * LONGEST),
        ("长" * (LONGEST + 1), None),
        (" \n\t", None),
    ],
    ids=["spaces fall away", "the longest", "longer", "nothing"],
)
def test_a_comment_has_words_and_not_too_many(works: Factory, text: str, kept: str | None) -> None:
    complaint = works.complaint()
    if kept is None:
        with pytest.raises(Refused) as refused:
            comment(complaint, text, actor=works.mei, at=NOW)
        assert list(refused.value.fields) == ["text"]
    else:
        comment(complaint, text, actor=works.mei, at=NOW)
    assert list(Comment.objects.values_list("text", flat=True)) == ([] if kept is None else [kept])

"""Words that the product uses itself: no pack calls a kind of its own by one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.journal import kinds
from huiyin.procedure.checks.kinds import TAKEN
from huiyin.procedure.lexicon import PRODUCT
from huiyin.procedure.vocabulary import RESERVED
from tests.procedure.small import line_of, mistakes_of, write
from tests.procedure.test_effects import ERRANDS

HOUSE = sorted({*kinds.part_models, *kinds.document_models} - PRODUCT.kinds.keys())
SPOKEN_OF = ("record", "obligation", "target", "export", "list")


def test_every_part_and_document_of_the_product_is_a_reserved_word() -> None:
    assert {"call", "measure", "occasion"} <= set(HOUSE)
    assert {*HOUSE, *SPOKEN_OF, *PRODUCT.kinds} <= RESERVED


@pytest.mark.parametrize("word", ["call", "occasion", "scar-answer", *SPOKEN_OF, *TAKEN])
def test_a_kind_of_such_a_word_is_refused_with_another_key(tmp_path: Path, word: str) -> None:
    text = ERRANDS.replace('"errand"', f'"{word}"').replace('"errand.', f'"{word}.')
    found = mistakes_of(write(tmp_path / "errands", text))
    assert [(one.line, one.key, one.problem.zh, one.remedy.zh) for one in found] == [
        (
            line_of(text, f'[[kind]]\nkey = "{word}"') + 1,
            f"kind[{word}].key",
            f"记录类别不能叫「{word}」",
            f"程序自己用这个词，请换一个键，如 our-{word}",
        )
    ]


def test_rows_are_no_such_word_either(tmp_path: Path) -> None:
    rows = '\n[[kind]]\nkey = "measure"\nlabel = { zh = "措施", en = "Measure" }\npart_of = "errand"\nrows = "plain"\n'
    field = '\n[[field]]\nkey = "errand.steps"\ntype = "rows"\nof = "measure"\nlabel = { zh = "措施", en = "Steps" }\n'
    found = mistakes_of(write(tmp_path / "errands", ERRANDS + rows + field))
    assert [one.key for one in found] == ["kind[measure].key"]


def test_a_kind_of_the_product_is_called_that(tmp_path: Path) -> None:
    kind = '\n[[kind]]\nkey = "task"\nlabel = { zh = "任务", en = "Task" }\n'
    found = {one.key: one.problem.en for one in mistakes_of(write(tmp_path / "errands", ERRANDS + kind))}
    assert found["kind[task].key"] == "“task” is a kind of the product."

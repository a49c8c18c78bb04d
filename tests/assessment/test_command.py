"""``huiyin split-cost``: the exact figures, and plain words for what cannot be reckoned."""

from __future__ import annotations

import json

import pytest

from huiyin.config.command_line import main


def test_a_cost_in_the_middle_bracket(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["split-cost", "--pack", "feedback", "--amount", "333.33", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "total": "216.67",
        "parts": {"head": "43.33", "responsible": "173.34"},
    }


def test_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["split-cost", "--pack", "feedback", "--amount", "1,000", "--language", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "300 + (1000 − 500) × 40% = 500.00",
        "Head of the department  CNY 100.00",
        "Persons responsible  CNY 400.00",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["--pack", "feedback", "--amount", "a lot"],
            2,
            "“a lot” is no amount of money. Write a number such as 1250.00.",
        ),
        (["--pack", "feedback", "--amount=-5"], 2, "The amount must not be negative. Write an amount of 0 or above."),
        (["--pack", "feedback", "--amount", "NaN"], 2, "“NaN” is no amount of money. Write a number such as 1250.00."),
        (["--amount", "5"], 1, "The pack base does not say how “freight” is shared."),
        (
            ["--pack", "feedback", "--cost", "loss", "--amount", "5"],
            1,
            "The pack feedback does not say how “loss” is shared.",
        ),
    ],
)
def test_what_cannot_be_reckoned_is_said_plainly(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["split-cost", *words, "--language", "en"]) == code
    captured = capsys.readouterr()
    assert (captured.out, captured.err.strip()) == ("", said)


def test_an_unknown_pack_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["split-cost", "--pack", "feedbak", "--amount", "5", "--language", "en"]) == 2
    assert capsys.readouterr().err.startswith("There is no pack “feedbak”; there are base")

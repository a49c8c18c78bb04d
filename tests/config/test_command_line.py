"""The command line: what it understands, what it refuses, and in which words."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from huiyin.config.command_line import COMMANDS, Command, _language_of_terminal, _parser, main
from tests.migrated import copy_migrated

ROOT = Path(__file__).resolve().parents[2]


def huiyin(*words: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would, on a data folder of its own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("HUIYIN_") and k != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "huiyin", *words],
        env={**inherited, "LANG": "C.UTF-8", "LC_ALL": "", "HUIYIN_DATA": str(data), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_help_names_every_command_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["--help"])
    shown = "".join(capsys.readouterr().out.split())
    assert done.value.code == 0
    single = [c for c in COMMANDS if " " not in c.words]
    assert [c.words for c in single if "".join(c.help.show("zh").split()) not in shown] == []
    assert [c.words for c in single if "".join(c.help.show("en").split()) not in shown] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.words)
def test_every_command_has_its_function(command: Command) -> None:
    module, function = command.target.split(":")
    assert callable(getattr(import_module(module), function))


def test_an_import_may_say_in_whose_name_and_answer_as_json() -> None:
    asked = _parser().parse_args(["import", "customers", "list.csv", "--person", "song", "--json"])
    assert (asked.person, asked.json, asked.dry_run) == ("song", True, False)


def test_a_mistyped_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["pakcs"])
    assert done.value.code == 2
    assert capsys.readouterr().err == (
        "没有“huiyin pakcs”这个命令，是不是 packs？全部命令见 huiyin --help\n"
        "There is no command 'huiyin pakcs'; did you mean packs? See huiyin --help for all of them.\n"
    )


def test_an_unknown_second_word_is_answered_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["journal", "burn"])
    assert done.value.code == 2
    assert capsys.readouterr().err.splitlines()[1] == (
        "There is no command 'huiyin journal burn'. See huiyin journal --help for all of them."
    )


def test_a_missing_argument_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["explain-due", "measures"])
    assert done.value.code == 2
    assert "--from" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("call", "zh", "en"),
    [
        ("explain-due measures", "还缺 --rule, --from", "--rule, --from is missing"),
        ("doctor --jsno", "不认识 --jsno", "--jsno is not known"),
        ("explain-due --rule", "--rule 后面要写值", "--rule needs a value"),
        (
            "evidence --from 2026-13-01 --to 2026-12-31",
            "--from 不是日期：'2026-13-01'，请写成 2026-11-21",
            "--from: '2026-13-01' is no date; write 2026-11-21",
        ),
        (
            "demo --complaints many",
            "--complaints 要一个整数，不是 'many'",
            "--complaints needs a whole number, not 'many'",
        ),
        ("split-cost --amount 1 --cost x", "--cost 不能是 'x'，可选：", "--cost cannot be 'x'; choose from "),
    ],
)
def test_what_was_not_understood_is_said_in_both_languages(
    call: str, zh: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        main(call.split())
    said = capsys.readouterr().err.splitlines()
    assert done.value.code == 2
    assert said[0].startswith(f"没有看懂：{zh}")
    assert said[1].startswith(f"Not understood: {en}")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": "en_GB"}, "en"),
    ],
)
def test_output_follows_the_terminal(environment: dict[str, str], language: str) -> None:
    assert _language_of_terminal(environment) == language


def test_a_database_without_tables_is_refused_with_the_remedy(tmp_path: Path) -> None:
    done = huiyin("search", "漏油", data=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("数据库还缺")
    assert done.stderr.endswith("请先运行：bin/huiyin migrate\n")
    assert done.stderr.count("\n") == 1


def test_the_web_server_refuses_an_old_database(tmp_path: Path) -> None:
    done = huiyin("serve", "--port", "1", "--language", "en", data=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("The database lacks")
    assert done.stderr.endswith("run first: bin/huiyin migrate\n")


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    copy_migrated(tmp_path / "huiyin.sqlite3")  # what ``huiyin migrate`` makes of an empty folder
    second = huiyin("migrate", "--language", "en", data=tmp_path)
    assert (second.returncode, second.stdout) == (0, "The database is up to date (0 migrations applied).\n")
    assert huiyin("search", "漏油", data=tmp_path).stderr == ""


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    nowhere = f"postgresql://nobody@/nothing?host={tmp_path}"
    done = huiyin("search", "x", "--language", "en", data=tmp_path, DATABASE_URL=nowhere)
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ")
    assert done.stderr.count("\n") == 1

"""``huiyin import``."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from huiyin.channels.imports import command
from huiyin.channels.models import ImportRun
from huiyin.customers.models import Customer
from huiyin.journal.models import Entry
from tests.channels.conftest import NOW, ImportDesk, csv

GOOD = csv([["编号", "客户名称"], ["C-1", "海川机电"], ["C-2", "长兴机械"]])


def call(folder: Path, content: bytes, kind: str = "customers", *, dry_run: bool = False, **more: Any) -> int:
    (folder / "list.csv").write_bytes(content)
    given = {"person": None, "json": False, "language": "zh"} | more
    return command(Namespace(kind=kind, file=folder / "list.csv", dry_run=dry_run, at=NOW, **given))


def test_a_clean_file_is_imported(desk: ImportDesk, tmp_path: Path, capsys: Any) -> None:
    assert call(tmp_path, GOOD, person="song") == 0

    assert capsys.readouterr().out == f"已导入 2 行（第 {ImportRun.objects.get().pk} 批）\n"
    assert list(Customer.objects.order_by("id").values_list("code", "opened_by__username")) == [
        ("C-1", "song"),
        ("C-2", "song"),
    ]
    assert Entry.objects.exclude(kind="procedure").values_list("actor_name", flat=True)[0] == "宋建国"


def test_a_dry_run_writes_nothing(desk: ImportDesk, tmp_path: Path, capsys: Any) -> None:
    assert call(tmp_path, GOOD, dry_run=True) == 0

    assert (capsys.readouterr().out, Customer.objects.count()) == ("2 行都没有问题，未写入\n", 0)


def test_faults_are_listed_and_nothing_is_written(desk: ImportDesk, tmp_path: Path, capsys: Any) -> None:
    assert call(tmp_path, csv([["编号", "客户名称"], ["C-1", "海川机电"], ["C-1", ""]])) == 1

    assert capsys.readouterr().out == (
        "第 3 行 客户名称: 不能为空\n第 3 行 客户编号 C-1: 与第 2 行重复\n2 处有误，一行也没有导入\n"
    )
    assert Customer.objects.count() == 0


def test_results_come_as_json_too(desk: ImportDesk, tmp_path: Path, capsys: Any) -> None:
    assert call(tmp_path, GOOD, json=True) == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["state"], said["rows"], said["faults"], said["columns"]) == (
        "done",
        2,
        0,
        {"code": 0, "name": 1},
    )


def test_nothing_is_imported_in_the_name_of_nobody(desk: ImportDesk, tmp_path: Path, capsys: Any) -> None:
    assert call(tmp_path, GOOD, person="snog") == 1

    assert (capsys.readouterr().err, Customer.objects.count()) == ("没有用户“snog”\n", 0)


def test_unknown_kinds_and_files_are_refused(desk: ImportDesk, tmp_path: Path, capsys: Any) -> None:
    assert call(tmp_path, GOOD, "clients") == 1
    there_is_none = Namespace(
        kind="customers", file=tmp_path / "none.csv", dry_run=False, at=NOW, language="en", json=False
    )
    assert command(there_is_none) == 1
    assert call(tmp_path, b"") == 1

    assert capsys.readouterr().err.splitlines() == [
        "不能导入“clients”，可以导入：customers, contacts, deliveries, complaints",
        f"There is no such file: {tmp_path / 'none.csv'}",
        "表里没有内容",
    ]

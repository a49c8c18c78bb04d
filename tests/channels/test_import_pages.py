"""The import pages as people use them: upload, match, check, start, follow, undo."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from huiyin.channels.imports.tasks import run_import
from huiyin.channels.models import ImportRun
from huiyin.channels.spreadsheets import read
from huiyin.customers.models import Customer
from tests.channels.conftest import ImportDesk, csv, xlsx

GOOD = csv(
    [
        ["编号", "客户名称", "备注"],
        ["C-1", "海川机电", "<script>alert(1)</script>"],
        ["C-2", "长兴机械", "=1+1"],
    ]
)
BAD = csv([["编号", "客户名称", "质保月数"], ["C-1", "海川机电", "很久"], ["C-1", "", "<b>"]])


@pytest.fixture
def song(desk: ImportDesk, client: Client) -> Client:
    client.force_login(desk.factory.song)
    return client


def upload(client: Client, content: bytes, name: str = "名单.csv", kind: str = "customers") -> Any:
    return client.post("/imports/", {"kind": kind, "file": SimpleUploadedFile(name, content)})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def work() -> list[str]:
    """Do what the worker would do."""
    waiting = DBTaskResult.objects.filter(status="READY").order_by("enqueued_at")
    done = []
    for task in waiting:
        done.append(run_import.func(*task.args_kwargs["args"]))
        DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL")
    return done


def test_song_imports_a_list_and_takes_it_back(song: Client) -> None:
    went = upload(song, GOOD)
    run = ImportRun.objects.get()
    url = f"/imports/{run.pk}"
    assert (went.status_code, went["Location"], run.state, run.columns) == (
        302,
        url,
        "uploaded",
        {"code": 0, "name": 1, "remark": 2},
    )

    assert (
        song.post(
            f"{url}/columns", {"header_row": "1", "column_0": "code", "column_1": "name", "column_2": ""}
        ).status_code
        == 302
    )
    page = text(song.get(url))
    assert ["导入 2 行" in page, "海川机电" in page] == [True, True]

    song.post(f"{url}/start")
    song.post(f"{url}/start")
    assert "正在检查" in text(song.get(url))
    assert "正在检查" in text(song.get(f"{url}/progress"))
    assert work() == ["done"]
    assert song.get(f"{url}/progress", headers={"HX-Request": "true"})["HX-Redirect"] == url
    assert list(Customer.objects.order_by("id").values_list("code", "remark")) == [("C-1", ""), ("C-2", "")]

    assert "2 行已全部导入" in text(song.get(url))
    assert song.post(f"{url}/undo").status_code == 302
    assert (Customer.objects.count(), "这一批已撤销" in text(song.get(url))) == (0, True)
    assert song.post(f"{url}/undo").status_code == 409


def test_what_is_wrong_stands_in_place_and_can_be_downloaded(song: Client, tmp_path: Any) -> None:
    upload(song, BAD)
    run = ImportRun.objects.get()
    song.post(
        f"/imports/{run.pk}/columns",
        {"header_row": "1", "column_0": "code", "column_1": "name", "column_2": "warranty_months"},
    )

    page = text(song.get(f"/imports/{run.pk}"))
    assert ["4 处有误" in page, "与第 2 行重复" in page, "&lt;b&gt;" in page, "<b>很" in page] == [
        True,
        True,
        True,
        False,
    ]
    assert song.post(f"/imports/{run.pk}/start").status_code == 302
    assert (work(), Customer.objects.count()) == ([], 0)

    book = tmp_path / "book.xlsx"
    book.write_bytes(song.get(f"/imports/{run.pk}/faults.xlsx").content)
    _, rows = read(book, ".xlsx")
    assert list(rows) == [
        ["行号", "问题", "编号", "客户名称", "质保月数"],
        ["2", "质保月数 很久: 不是数字", "C-1", "海川机电", "很久"],
        ["3", "客户名称 : 不能为空; 质保月数 <b>: 不是数字; 客户编号 C-1: 与第 2 行重复", "C-1", "", "<b>"],
    ]
    assert song.get(f"/imports/{run.pk}/faults.csv")["Content-Type"] == "text/csv; charset=utf-8"
    assert song.get(f"/imports/{run.pk}/faults.exe").status_code == 404


def test_one_field_cannot_stand_in_two_columns(song: Client) -> None:
    upload(song, GOOD)
    run = ImportRun.objects.get()

    answer = song.post(
        f"/imports/{run.pk}/columns",
        {"header_row": "1", "column_0": "name", "column_1": "name", "column_2": ""},
    )

    assert (answer.status_code, "“客户名称”已经指给另一列" in text(answer)) == (422, True)


def test_what_is_no_sheet_is_refused_on_the_form(song: Client) -> None:
    answer = upload(song, b"\x89PNG\r\n\x1a\n\xff\x00", "picture.png")

    assert (answer.status_code, "文字编码不是 UTF-8" in text(answer), ImportRun.objects.count()) == (
        422,
        True,
        0,
    )


def test_names_of_files_cannot_leave_their_folder(song: Client) -> None:
    upload(song, GOOD, "../../../etc/名单.csv")

    assert ImportRun.objects.get().file_name == "名单.csv"


def test_those_who_may_not_import_see_no_runs_and_no_form(song: Client, desk: ImportDesk) -> None:
    upload(song, GOOD)
    run = ImportRun.objects.get()
    mei = Client()
    mei.force_login(desk.factory.mei)

    assert upload(mei, GOOD).status_code == 422
    assert [mei.get(f"/imports/{run.pk}{end}").status_code for end in ("", "/progress", "/faults.csv")] == [404] * 3
    assert [mei.post(f"/imports/{run.pk}{end}").status_code for end in ("/columns", "/start", "/undo")] == [404] * 3
    page = text(mei.get("/imports/"))
    assert ["您现在不能导入" in page, "名单.csv" in page] == [True, False]
    assert ImportRun.objects.count() == 1


def test_an_empty_sheet_is_understood_when_filled_in(song: Client, tmp_path: Any) -> None:
    for kind in ("customers", "contacts", "deliveries", "complaints"):
        (tmp_path / "blank.xlsx").write_bytes(song.get(f"/imports/sheets/{kind}.xlsx").content)
        _, rows = read(tmp_path / "blank.xlsx", ".xlsx")
        head = next(iter(rows))
        upload(song, xlsx([head]), f"{kind}.xlsx", kind)
        run = ImportRun.objects.latest("id")
        assert (kind, sorted(run.columns.values())) == (kind, list(range(len(head))))


def test_every_state_of_a_run_opens_in_english(song: Client, desk: ImportDesk) -> None:
    desk.factory.song.language = "en"
    desk.factory.song.save()
    upload(song, GOOD)
    run = ImportRun.objects.get()

    for state in ("uploaded", "faulty", "ready", "waiting", "done", "failed", "undone"):
        ImportRun.objects.filter(pk=run.pk).update(state=state)
        assert (state, song.get(f"/imports/{run.pk}").status_code) == (state, 200)
    assert "Runs so far" in text(song.get("/imports/"))


@pytest.mark.parametrize(("rows", "warns"), [(5000, True), (4999, False)])
def test_a_large_run_warns_that_others_wait(song: Client, rows: int, warns: bool) -> None:
    upload(song, GOOD)
    run = ImportRun.objects.get()
    ImportRun.objects.filter(pk=run.pk).update(state="ready", rows=rows)

    page = text(song.get(f"/imports/{run.pk}"))

    assert ("写入约需 3 秒" in page) is (warns and connection.vendor == "sqlite")


def test_a_file_beyond_the_limit_is_refused(song: Client, settings: Any) -> None:
    settings.UPLOAD_MEGABYTES = 1

    answer = upload(song, b"x" * (1024 * 1024 + 1))

    assert (answer.status_code, "文件超过 1 MB" in text(answer), ImportRun.objects.count()) == (422, True, 0)


def test_a_run_that_went_wrong_is_started_again(song: Client) -> None:
    upload(song, GOOD)
    run = ImportRun.objects.get()
    url = f"/imports/{run.pk}"
    song.post(f"{url}/columns", {"header_row": "1", "column_0": "code", "column_1": "name", "column_2": ""})
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.FAILED)
    assert song.post(f"{url}/start").status_code == 302
    assert (work(), Customer.objects.count()) == (["done"], 2)

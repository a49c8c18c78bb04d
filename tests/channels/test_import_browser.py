"""An import in a real browser, with the worker's part done beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from huiyin.channels.imports import runs
from huiyin.channels.models import ImportRun
from huiyin.customers.models import Customer
from tests.cast import factory
from tests.channels.conftest import xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_sheet_is_uploaded_matched_checked_and_followed(
    open_page: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    company = factory("base")
    sheet = tmp_path / "客户一览表.xlsx"
    sheet.write_bytes(xlsx([["编号", "客户名称", "备忘"], ["C-1", "海川机电", "x"], ["C-2", "长兴机械", "y"]]))

    page = open_page(company.song, "/imports/")
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="上传并核对").click()
    page.locator("select[name=column_2]").select_option(label="备注")
    page.get_by_role("button", name="检查每一行").click()
    page.get_by_role("button", name="导入 2 行").click()
    page.get_by_text("正在检查，等待写入").wait_for()
    runs.execute(ImportRun.objects.get())

    page.get_by_text("2 行已全部导入").wait_for()
    assert list(Customer.objects.order_by("id").values_list("code", "remark")) == [("C-1", "x"), ("C-2", "y")]
    page.get_by_role("button", name="撤销这一批").click()
    page.get_by_role("dialog").get_by_role("button", name="继续").click()
    page.get_by_text("这一批已撤销").first.wait_for()
    assert Customer.objects.count() == 0

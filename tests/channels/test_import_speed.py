"""How long 50,000 rows take; figures are printed, never asserted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from time import perf_counter, process_time
from typing import Any

import pytest

from huiyin.channels.imports import runs
from huiyin.channels.imports.undo import undo
from huiyin.channels.models import ImportRun
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.queries import find_customers
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from tests.cast import at
from tests.channels.conftest import ImportDesk, xlsx

ROWS = 50_000
PLACES = [
    "宁波",
    "杭州",
    "苏州",
    "无锡",
    "常州",
    "台州",
    "温州",
    "青岛",
    "重庆",
    "成都",
    "武汉",
    "长沙",
    "佛山",
    "东莞",
    "厦门",
]
HEARTS = [
    "海川",
    "长兴",
    "正泰",
    "双环",
    "华盛",
    "金诚",
    "宏达",
    "瑞丰",
    "天成",
    "重华",
    "永乐",
    "新源",
    "东升",
    "恒力",
    "三和",
    "明达",
]
TRADES = ["机电", "精密机械", "轴承", "电器", "传动", "液压", "重工", "阀门", "汽车零部件", "模具"]
SURNAMES = "王李张刘陈杨赵黄周吴单曾解仇任"


def customers() -> list[list[object]]:
    random = Random(7)
    rows: list[list[object]] = [["客户编号", "客户名称", "等级", "电话", "地址", "联系人", "手机", "职务", "备注"]]
    for n in range(ROWS):
        place, heart, trade = random.choice(PLACES), random.choice(HEARTS), random.choice(TRADES)
        rows.append(
            [
                f"C-{n:06}",
                f"{place}{heart}{trade}第{n}有限公司",
                random.choice("ABC"),
                f"0{random.randint(10**9, 10**10)}",
                f"{place}市工业园{random.randint(1, 900)}号",
                f"{random.choice(SURNAMES)}{random.choice(HEARTS)}",
                f"13{random.randint(10**8, 10**9 - 1)}",
                "品质主管",
                f"老客户，往来 {random.randint(1, 30)} 年",
            ]
        )
    return rows


@contextmanager
def timed(what: str) -> Iterator[None]:
    wall, cpu = perf_counter(), process_time()
    yield
    sys.stderr.write(f"\n{what}: {perf_counter() - wall:.2f} s, {process_time() - cpu:.2f} s of CPU")


@contextmanager
def lock_timed(what: str) -> Iterator[None]:
    """How long the transaction that writes keeps others from writing on SQLite: the whole of it, without the commit."""
    finish, held = runs._finish, []

    def timed_finish(*args: Any) -> bool:
        began = perf_counter()
        done = finish(*args)
        held.append(perf_counter() - began)
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_finish", timed_finish)
        yield
    sys.stderr.write(f"\n{what}: others wait {held[0]:.2f} s")


@pytest.mark.long
def test_fifty_thousand_rows_come_in_and_go_again(desk: ImportDesk) -> None:
    book = xlsx(customers())
    with timed("upload and check"):
        desk.check("customers", book)
    with timed("customers: upload, check, check again, write"), lock_timed("customers"):
        run = desk.bring_in("customers", book)
    assert (
        run.rows,
        Customer.objects.count(),
        ContactPerson.objects.count(),
        Entry.objects.exclude(kind="procedure").count(),
    ) == (
        ROWS,
        ROWS,
        ROWS,
        ROWS,
    )

    head = ["客户编号", "型号", "批号", "发货日期", "数量"]
    deliveries = xlsx([head, *([f"C-{n:06}", "HY-40", f"B{n}", "2026-03-01", 12] for n in range(ROWS))])
    with timed("deliveries: upload, check, check again, write"), lock_timed("deliveries"):
        goods = desk.bring_in("deliveries", deliveries)
    assert Delivery.objects.count() == ROWS

    people = xlsx([["客户编号", "姓名", "手机"], *([f"C-{n:06}", f"张{n}", "13800001111"] for n in range(ROWS))])
    with timed("contact people: upload, check, check again, write"), lock_timed("contact people"):
        more = desk.bring_in("contacts", people)

    mei = desk.person("mei")
    for typed in ("hcjd", "宁波海川", "13", "8888", "轴承第4", "C-0499"):
        with timed(f"find {typed}"):
            assert len(find_customers(mei, typed)) == 10

    with timed("journal verified"):
        assert verify().fault is None
    with timed("contact people undone"):
        undo(more, actor=desk.factory.song, at=at("2026-11-17 09:00"))
    with timed("deliveries undone"):
        undo(goods, actor=desk.factory.song, at=at("2026-11-17 09:00"))
    with timed("customers undone"):
        undone = undo(run, actor=desk.factory.song, at=at("2026-11-17 09:00"))
    assert (undone.state, Customer.objects.count()) == (ImportRun.UNDONE, 0)

"""What stands on the sheets of the demonstration that people sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Facts = Mapping[str, Any]
"""Facts by field: a person by their log-in or another's, a day or moment as so many working days from then."""


@dataclass(frozen=True)
class SignedSheet:
    """A sheet: the step that opens it, who takes it, what it says, what its signers say, and what is done then.

    ``until``: how far such sheets have come.
    """

    opens: str
    by: Sequence[str]
    facts: Facts
    opinion: str
    refusal: str
    change: Facts = field(default_factory=dict)
    rows: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    rows_then: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    then: Sequence[tuple[str, Facts]] = ()
    until: Sequence[str] = ("done", "signed", "again", "returned", "waiting")


SHEETS: Mapping[str, SignedSheet] = {
    "visitor": SignedSheet(
        opens="request",
        by=("reception",),
        facts={
            "visitors": "周厂长、李工、采购吴经理",
            "companions": "宋建国、陶立群",
            "arrives": 6.0,
            "until": 7.0,
            "topic": "看新线试产，谈明年订单",
            "needs": ["lodging", "travel"],
        },
        opinion="同意接待，午餐安排在厂内",
        refusal="请写明由谁陪同，三位的住宿分别怎么订",
        change={"topic": "看新线试产，谈明年订单和包装改进"},
        then=[("arrange", {"lodging": "海川宾馆三间，一晚", "travel": "管理部派车接站"})],
    ),
    "service-order": SignedSheet(
        opens="request",
        by=("reception",),
        facts={
            "work": ["replace", "adjust"],
            "demand": "主轴异响，到场更换导向套并调整间隙",
            "place": "顾客二车间 3 号线",
            "wanted_on": 1.0,
            "goes": ("field-service", "reception"),
        },
        rows={
            "items": [
                {"sort": "part", "name": "导向套 HY-40", "count": "4"},
                {"sort": "tool", "name": "扭力扳手", "count": "1"},
            ]
        },
        opinion="同意，旧件带回分析",
        refusal="约定日期与排产冲突，请与顾客改期",
        change={"place": "顾客二车间 5 号线"},
        rows_then={
            "items": [
                {"used": "3", "back": "1"},
                {"back": "1"},
            ]
        },
        then=[
            ("carry_out", {"course": "更换导向套三只，调整间隙", "result": "试运行一小时无异响", "done_on": 0.0}),
            ("close", {"filed_note": "旧件已交质检科"}),
        ],
    ),
    "reward": SignedSheet(
        opens="propose",
        by=("reception-head", "management"),
        facts={
            "sort": "reward",
            "person": ("reception",),
            "grounds": "夜间水管爆裂，一刻钟内联系到维修并一直陪同客户",
            "measures": ["praise", "bonus"],
            "amount": "300",
        },
        opinion="同意，在月会上表彰",
        refusal="事实还要核对，这次不批",
        change={"amount": "500"},
        then=[("carry_out", {"carried_out_on": 0.0, "carried_out_note": "奖金已随当月发放"})],
    ),
    "article": SignedSheet(
        opens="draft",
        by=("reception",),
        facts={
            "heading": "面板显示 E07",
            "question": "热水器面板显示 E07，不出热水",
            "answer_text": "关进水阀并断电两分钟，再开机；仍显示的请报修",
            "keywords": "E07 没热水 报警",
        },
        opinion="可以发布",
        refusal="断电多久要写清楚",
        until=("done", "returned", "waiting"),
    ),
}

"""The tables of the report as they are edited: which rows stand in each, in which form, how its boxes are laid out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.improvement.models import Action
from huiyin.improvement.report import row_forms as forms
from huiyin.improvement.report.row_form import RowChoices, RowForm
from huiyin.kernel.text import Text, t

Lines = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReportTable:
    """One table of one discipline.

    ``kind`` is that of its rows, ``lines`` are the boxes of one row, ``headed`` says that their labels stand once above
    the table. ``fixed`` are columns that every row of this table has alike and ``picks`` tells its rows among those of
    the kind. A table that does not ``grow`` shows rows made elsewhere.
    """

    key: str
    section: str
    kind: str
    form: type[RowForm]
    title: Text
    add: Text
    lines: Lines
    headed: bool = False
    fixed: Mapping[str, Any] = field(default_factory=dict)
    picks: Callable[[Any], bool] = lambda _: True
    grows: bool = True
    about: Text | None = None

    def rows(self, everything: Any) -> list[Any]:
        """The rows of this table among all that is on the case."""
        return [row for row in everything.of(self.kind) if self.picks(row)]

    def filled(self, row: Any, row_choices: RowChoices, data: Any = None) -> RowForm:
        """The form of a row, or of a new one; ``data`` is what was sent."""
        return self.form(data, row=row, row_choices=row_choices, auto_id=f"{self.key}-{row.pk if row else 'new'}-%s")


def _measures(measure: str) -> Callable[[Any], bool]:
    return lambda row: row.measure == measure


_DONE: Lines = (("text", "proof"), ("responsible", "department", "planned_on", "done_on"))
ALL = (
    ReportTable(
        "member",
        "D1",
        "member",
        forms.MemberForm,
        t("成员", "Members"),
        t("添加成员", "Add a member"),
        (("person", "role", "task"), ("contact", "joined_on", "left_on")),
    ),
    ReportTable(
        "contrast",
        "D2",
        "contrast",
        forms.ContrastForm,
        t("是 / 不是", "Is / is not"),
        t("添加一行", "Add a line"),
        (("question", "is_so", "is_not", "difference", "change"),),
        headed=True,
        about=t(
            "问题在哪里有、在哪里没有；差异和变化指向原因。",
            "Where the problem is and where it is not; what differs and what changed points to the cause.",
        ),
    ),
    ReportTable(
        "containment",
        "D3",
        "containment",
        forms.ContainmentForm,
        t("可疑品按地点清点", "Suspect goods by location"),
        t("添加地点", "Add a location"),
        (
            (
                "location",
                "place",
                "batch",
                "suspect",
                "inspected",
                "ok",
                "ng",
                "reworked",
                "scrapped",
                "returned",
                "held",
            ),
            ("method", "responsible", "done_on"),
        ),
        headed=True,
        about=t(
            "可疑 = 已检 + 未检；已检 = 合格 + 不合格；不合格 = 返工 + 报废 + 退回 + 隔离。",
            "Suspect = inspected + remaining; inspected = OK + NG; NG = reworked + scrapped + returned + held.",
        ),
    ),
    ReportTable(
        "interim",
        "D3",
        "action",
        forms.MeasureForm,
        t("遏制措施", "Containment actions"),
        t("添加措施", "Add an action"),
        _DONE,
        fixed={"measure": Action.INTERIM},
        picks=_measures(Action.INTERIM),
    ),
    ReportTable("cause", "D4", "cause", forms.CauseForm, t("为什么树", "Tree of whys"), t("添加", "Add"), ()),
    ReportTable(
        "candidate",
        "D5",
        "action",
        forms.CandidateForm,
        t("候选措施与选择", "Candidates and choice"),
        t("添加候选措施", "Add a candidate"),
        (("text", "cause"), ("pros", "cons", "chosen")),
        fixed={"measure": Action.CORRECTIVE},
        picks=_measures(Action.CORRECTIVE),
        about=t(
            "每个根本原因至少一项选用的措施；同一原因的其他办法也写下来比较。",
            "At least one chosen action for each root cause; write down the other ways too and weigh them.",
        ),
    ),
    ReportTable(
        "implementation",
        "D6",
        "action",
        forms.ImplementationForm,
        t("选用措施的实施", "Chosen actions put into practice"),
        t("在 D5 选用", "Chosen in D5"),
        (("responsible", "department", "planned_on", "done_on"), ("cut_in_batch", "cut_in_on", "proof")),
        picks=lambda row: row.measure == Action.CORRECTIVE and row.chosen,
        grows=False,
        about=t(
            "在 D5 选用的措施列在这里：谁、何时、从哪一批或哪一天起切换。",
            "What was chosen in D5: who, by when, and from which batch or day it cuts in.",
        ),
    ),
    ReportTable(
        "preventive",
        "D7",
        "action",
        forms.MeasureForm,
        t("预防措施", "Preventive actions"),
        t("添加措施", "Add an action"),
        _DONE,
        fixed={"measure": Action.PREVENTIVE},
        picks=_measures(Action.PREVENTIVE),
    ),
    ReportTable(
        "document",
        "D7",
        "document",
        forms.DocumentForm,
        t("文件更新", "Documents brought up to date"),
        t("添加文件", "Add a document"),
        (("document", "number", "before", "after"), ("change", "waiver"), ("responsible", "planned_on", "done_on")),
    ),
    ReportTable(
        "deployment",
        "D7",
        "deployment",
        forms.DeploymentForm,
        t("横向展开", "Deployment to others"),
        t("添加对象", "Add a line, product or site"),
        (("scope", "name", "applies"), ("action", "reason"), ("responsible", "planned_on", "done_on")),
    ),
    ReportTable(
        "cost",
        "D8",
        "cost",
        forms.CostForm,
        t("质量损失", "Cost of poor quality"),
        t("添加费用", "Add a cost"),
        (("cost", "note", "planned", "actual", "recover_from"),),
        headed=True,
    ),
)
BY_KEY = {sheet.key: sheet for sheet in ALL}
ADDS_WHY = ReportTable(
    "why", "D4", "cause", forms.WhyForm, t("为什么", "Why"), t("追问", "Ask why"), (("text", "bone"),)
)
"""The form by which a why is added; its rows are those of the tree."""


def of_section(key: str) -> list[ReportTable]:
    """The tables of a discipline in the order in which they are filled in, the tree apart."""
    return [sheet for sheet in ALL if sheet.section == key and sheet.key != "cause"]

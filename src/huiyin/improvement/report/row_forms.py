"""The small forms of the report's rows, one for each table of each discipline."""

from __future__ import annotations

from typing import Any

from huiyin.improvement.forms.fields import ColleagueField, colleague, decided
from huiyin.improvement.report.row_form import RowForm
from huiyin.improvement.report.sections import BONES, LEGS, QUESTIONS
from huiyin.kernel.text import Text, t
from huiyin.ui import forms

YES, NO, OPEN = t("是", "Yes"), t("否", "No"), t("未定", "Open")


def quantity(label: Text) -> forms.Number:
    """A number of pieces that may not be known yet."""
    return forms.Number(label=label, required=False, decimals=3, least=0)


class MemberForm(RowForm):
    person = ColleagueField(
        label=t("成员", "Member"),
        required=True,
        outsiders=True,
        help=t("外部人员直接写姓名", "Somebody from outside: write the name"),
    )
    role = forms.Choice(label=t("角色", "Role"))
    task = forms.TextInput(label=t("分工", "Task"), required=False)
    contact = forms.TextInput(label=t("联系方式", "How to reach them"), required=False, max_length=120)
    joined_on = forms.Day(label=t("加入", "Joined"), required=False)
    left_on = forms.Day(label=t("离开", "Left"), required=False)
    catalogues = {"role": "team_role"}

    def standing(self, row: Any) -> dict[str, Any]:
        """As in every row; somebody from outside stands by name."""
        return {**super().standing(row), "person": colleague(row.person, row.name)}

    def values(self) -> dict[str, Any]:
        """A colleague, or the name of somebody from outside."""
        found = super().values()
        outsider = isinstance(found["person"], str)
        return {
            **found,
            "person": None if outsider else found["person"],
            "name": found["person"] if outsider else "",
        }


class ContrastForm(RowForm):
    question = forms.Choice(label=t("问题", "Question"), options=list(QUESTIONS.items()))
    is_so = forms.TextField(label=t("是", "Is"), required=False, rows=2)
    is_not = forms.TextField(label=t("不是（本可能是）", "Is not, though it could be"), required=False, rows=2)
    difference = forms.TextField(label=t("差异", "What differs"), required=False, rows=2)
    change = forms.TextField(label=t("变化", "What changed"), required=False, rows=2)


class ContainmentForm(RowForm):
    location = forms.Choice(label=t("地点", "Location"))
    place = forms.TextInput(label=t("具体位置", "Where exactly"), required=False, max_length=120)
    batch = forms.TextInput(label=t("批次", "Batch"), required=False, max_length=60)
    suspect = quantity(t("可疑", "Suspect"))
    inspected = quantity(t("已检", "Inspected"))
    ok = quantity(t("合格", "OK"))
    ng = quantity(t("不合格", "NG"))
    reworked = quantity(t("返工", "Reworked"))
    scrapped = quantity(t("报废", "Scrapped"))
    returned = quantity(t("退回", "Returned"))
    held = quantity(t("隔离", "Held"))
    method = forms.TextInput(label=t("检查方法", "How it is checked"), required=False)
    responsible = forms.TextInput(label=t("负责人", "Responsible"), required=False, max_length=80)
    done_on = forms.Day(label=t("完成", "Done"), required=False)
    catalogues = {"location": "containment_location"}


class CauseForm(RowForm):
    """A why as it stands in the tree: its words, its bone, whether it is a root, and how that was shown."""

    text = forms.TextField(label=t("原因", "Cause"), rows=1)
    bone = forms.Choice(label=t("鱼骨", "Bone"), required=False)
    is_root = forms.YesNo(label=t("根本原因", "Root cause"))
    ruled_out = forms.YesNo(label=t("已排除", "Ruled out"))
    evidence = forms.TextField(label=t("证据", "Evidence"), required=False, rows=2)
    method = forms.TextField(label=t("验证方法", "How it is verified"), required=False, rows=2)
    when_on = forms.TextField(label=t("加上原因：现象出现", "Cause on: the problem appears"), required=False, rows=2)
    when_off = forms.TextField(label=t("去掉原因：现象消失", "Cause off: the problem is gone"), required=False, rows=2)
    result = forms.Segments(
        label=t("开/关验证", "On/off test"),
        required=False,
        options=[
            ("", t("未做", "Not done")),
            ("passed", t("证实", "Confirmed")),
            ("failed", t("未证实", "Not confirmed")),
        ],
    )
    verified_on = forms.Day(label=t("验证日期", "Tested on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_choices("bone", [("", t("—", "—")), *BONES.items()])

    def standing(self, row: Any) -> dict[str, Any]:
        """As in every row; a proof of words that were changed since counts no longer."""
        standing = super().standing(row)
        return {**standing, "result": row.result if row.verified_text == row.text else ""}

    def values(self) -> dict[str, Any]:
        """Words written anew are not the ones that were tested."""
        found = super().values()
        anew = self.row is not None and found["text"] != self.row.text
        if anew and found["result"] == self.row.result:
            found["result"] = ""
        return found


class WhyForm(RowForm):
    """A new why under another, or at the top of a leg."""

    text = forms.TextField(label=t("为什么？", "Why?"), rows=1)
    bone = forms.Choice(label=t("鱼骨", "Bone"), required=False)
    leg = forms.Choice(label=t("方面", "Leg"), options=list(LEGS.items()))
    parent = forms.Hidden(max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_choices("bone", [("", t("—", "—")), *BONES.items()])

    def values(self) -> dict[str, Any]:
        """The new row; under another why it belongs to that one's leg."""
        found = super().values()
        parent = self.row_choices.causes.get(found["parent"] or "")
        return {**found, "parent": parent, "leg": parent.leg if parent else found["leg"]}


class MeasureForm(RowForm):
    """An action that contains or prevents: what, who, by when, done when, shown how."""

    text = forms.TextField(label=t("措施", "Action"), rows=2)
    responsible = ColleagueField(label=t("负责人", "Responsible"))
    department = forms.Choice(label=t("部门", "Department"), required=False)
    planned_on = forms.Day(label=t("计划", "Planned"), required=False)
    done_on = forms.Day(label=t("完成", "Done"), required=False)
    proof = forms.TextField(label=t("完成的证据", "Proof"), required=False, rows=1)


class CandidateForm(RowForm):
    text = forms.TextField(label=t("候选措施", "Candidate"), rows=2)
    cause = forms.Choice(label=t("针对的根本原因", "Root cause it removes"), required=False)
    pros = forms.TextField(label=t("优点", "For"), required=False, rows=2)
    cons = forms.TextField(label=t("缺点与副作用", "Against, side effects"), required=False, rows=2)
    chosen = decided(t("是否选用", "Chosen"), t("选用", "Chosen"), t("不选", "Not chosen"), OPEN)
    questions = ("chosen",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roots = self.row_choices.root_causes
        standing = self.row_choices.causes.get(str(self.row.cause_id)) if self.row is not None else None
        if standing is not None and str(standing.pk) not in dict(roots):
            roots = [*roots, (str(standing.pk), standing.text[:40])]
        self.add_choices("cause", roots)


class ImplementationForm(RowForm):
    """How a chosen action is put into practice; its words are those of D5."""

    responsible = ColleagueField(label=t("负责人", "Responsible"))
    department = forms.Choice(label=t("部门", "Department"), required=False)
    planned_on = forms.Day(label=t("计划", "Planned"), required=False)
    done_on = forms.Day(label=t("完成", "Done"), required=False)
    cut_in_batch = forms.TextInput(label=t("切换批次", "Cut-in batch"), required=False, max_length=60)
    cut_in_on = forms.Day(label=t("切换日期", "Cut-in date"), required=False)
    proof = forms.TextField(label=t("实施证据", "Proof"), required=False, rows=2)


class DocumentForm(RowForm):
    document = forms.Choice(label=t("文件", "Document"))
    number = forms.TextInput(label=t("编号", "Number"), required=False, max_length=60)
    before = forms.TextInput(label=t("原版本", "Before"), required=False, max_length=120)
    after = forms.TextInput(label=t("新版本", "After"), required=False, max_length=120)
    change = forms.TextField(label=t("改了什么", "What changed"), required=False, rows=2)
    waiver = forms.TextField(label=t("不改的理由", "Why it stays as it is"), required=False, rows=2)
    responsible = ColleagueField(label=t("负责人", "Responsible"))
    planned_on = forms.Day(label=t("计划", "Planned"), required=False)
    done_on = forms.Day(label=t("完成", "Done"), required=False)
    catalogues = {"document": "document"}


class DeploymentForm(RowForm):
    scope = forms.Choice(label=t("范围", "Scope"))
    name = forms.TextInput(label=t("产线、产品或场所", "Line, product or site"), max_length=120)
    applies = decided(t("是否适用", "Does it apply"), t("适用", "Applies"), t("不适用", "Does not"), OPEN)
    reason = forms.TextField(label=t("理由", "Reason"), required=False, rows=2)
    action = forms.TextField(label=t("做什么", "What is done there"), required=False, rows=2)
    responsible = ColleagueField(label=t("负责人", "Responsible"))
    planned_on = forms.Day(label=t("计划", "Planned"), required=False)
    done_on = forms.Day(label=t("完成", "Done"), required=False)
    catalogues = {"scope": "deployment_scope"}
    questions = ("applies",)


class CostForm(RowForm):
    cost = forms.Choice(label=t("费用", "Cost"))
    note = forms.TextInput(label=t("说明", "Note"), required=False)
    planned = forms.Amount(label=t("预计", "Planned"), required=False)
    actual = forms.Amount(label=t("实际", "Actual"), required=False)
    recover_from = forms.TextInput(label=t("向谁追偿", "Recover from"), required=False, max_length=120)
    catalogues = {"cost": "cost"}

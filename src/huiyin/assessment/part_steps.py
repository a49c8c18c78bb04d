"""The steps of what stands on a sheet: of charges and rewards, and of the sums that departments divide.

What is said in time-lines and notices never tells the amounts of single people.
"""

from __future__ import annotations

from huiyin.assessment import forms
from huiyin.assessment.actions import appeals, dividing, rewards
from huiyin.assessment.steps import TEMPLATE, extra_context
from huiyin.kernel.text import t
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import StepPage, StepType, WithinStep

# Appeals and their decisions are alike against charges and against what departments have to divide.
APPEAL = StepPage("appeal", form=forms.AssessmentReasonForm, action=appeals.appeal, button="plain")
UPHOLD = StepPage("confirmation", form=forms.AssessmentReasonForm, action=appeals.uphold)
REDUCE = StepPage("reduction", form=forms.ReduceForm, action=appeals.reduce, button="plain")
WAIVE = StepPage("waiver", form=forms.AssessmentReasonForm, action=appeals.waive, button="plain")

CHARGE_STEPS = StepPages(
    "charge",
    "charge_step",
    template=TEMPLATE,
    extra_context=extra_context,
    steps=(
        StepType(
            "count",
            event="counted",
            label=t("计入", "Count"),
            happened=t("已计入", "Counted"),
            sentence=t("{actor}计入一项考核", "{actor} counted a charge"),
            page=WithinStep("assessment.compile", ("assessment.recount", "allotment.split")),
        ),
        StepType(
            "propose",
            event="proposed",
            label=t("提议", "Propose"),
            happened=t("已提议", "Proposed"),
            sentence=t("提议奖励{who}", "A reward for {who} was proposed"),
            page=WithinStep("assessment.propose_reward"),
        ),
        StepType(
            "approve",
            event="approved",
            label=t("同意奖励", "Approve the reward"),
            happened=t("奖励已同意", "Reward approved"),
            sentence=t("{actor}同意奖励{who}", "{actor} approved the reward for {who}"),
            page=StepPage("approval", form=forms.PlainForm, action=rewards.approve),
        ),
        StepType(
            "decline",
            event="declined",
            label=t("不同意奖励", "Decline the reward"),
            happened=t("奖励未同意", "Reward declined"),
            sentence=t("{actor}没有同意奖励{who}：{reason}", "{actor} declined the reward for {who}: {reason}"),
            page=StepPage("decline", form=forms.AssessmentReasonForm, action=rewards.decline, button="plain"),
        ),
        StepType(
            "post",
            event="posted",
            label=t("记账", "Book"),
            happened=t("已记账", "Booked"),
            sentence=t(
                "考核统计 {number} 的一项已记账，请查看：{what}",
                "A charge of {number} is booked; see what it says: {what}",
            ),
            page=WithinStep("assessment.hand_over", ("allotment.split",)),
        ),
        StepType(
            "appeal",
            event="appealed",
            label=t("申诉", "Appeal"),
            happened=t("已申诉", "Appealed"),
            sentence=t("{actor}对一项考核提出申诉：{what}", "{actor} appealed against a charge: {what}"),
            page=APPEAL,
        ),
        StepType(
            "uphold",
            event="upheld",
            label=t("维持考核", "Uphold"),
            happened=t("维持考核", "Upheld"),
            sentence=t("{actor}决定维持考核：{reason}", "{actor} upheld the charge: {reason}"),
            page=UPHOLD,
        ),
        StepType(
            "reduce",
            event="reduced",
            label=t("减少金额", "Reduce"),
            happened=t("已减少", "Reduced"),
            sentence=t("{actor}决定减少考核金额：{reason}", "{actor} reduced the charge: {reason}"),
            page=REDUCE,
        ),
        StepType(
            "waive",
            event="waived",
            label=t("免予考核", "Waive"),
            happened=t("已免予考核", "Waived"),
            sentence=t("{actor}决定免予考核：{reason}", "{actor} waived the charge: {reason}"),
            page=WAIVE,
        ),
    ),
)
ALLOTMENT_STEPS = StepPages(
    "allotment",
    "allotment_step",
    template=TEMPLATE,
    extra_context=extra_context,
    steps=(
        StepType(
            "reckon",
            event="reckoned",
            label=t("核算", "Reckon"),
            happened=t("已核算", "Reckoned"),
            sentence=t("{department}应承担的费用已核算", "What {department} bears is reckoned"),
            page=WithinStep("assessment.add_costs", ("assessment.compile", "assessment.recount")),
        ),
        StepType(
            "open",
            event="opened",
            label=t("下达分解", "Open for division"),
            happened=t("已下达分解", "Opened for division"),
            sentence=t("{department}须把应承担的费用分解到人", "{department} has to divide what it bears"),
            page=WithinStep("assessment.hand_over"),
        ),
        StepType(
            "split",
            event="split",
            label=t("分解到人", "Divide among people"),
            happened=t("已分解到人", "Divided"),
            sentence=t(
                "{department}已分解到人（{people} 人），报质量部",
                "{department} has divided its sum (people: {people}); quality is told",
            ),
            page=StepPage("division", form=forms.SplitForm, action=dividing.split, template="assessment/split.html"),
        ),
        StepType(
            "appeal",
            event="appealed",
            label=t("申诉", "Appeal"),
            happened=t("部门已申诉", "Appealed by the department"),
            sentence=t(
                "{actor}对部门的分担提出申诉：{what}", "{actor} appealed against what the department bears: {what}"
            ),
            page=APPEAL,
        ),
        StepType(
            "uphold",
            event="upheld",
            label=t("维持分担", "Uphold"),
            happened=t("维持分担", "Upheld"),
            sentence=t("{actor}决定维持部门的分担：{reason}", "{actor} upheld what the department bears: {reason}"),
            page=UPHOLD,
        ),
        StepType(
            "reduce",
            event="reduced",
            label=t("减少金额", "Reduce"),
            happened=t("已减少", "Reduced"),
            sentence=t("{actor}决定减少部门的分担：{reason}", "{actor} reduced what the department bears: {reason}"),
            page=REDUCE,
        ),
        StepType(
            "waive",
            event="waived",
            label=t("免予分担", "Waive"),
            happened=t("已免予分担", "Waived"),
            sentence=t("{actor}决定免予部门的分担：{reason}", "{actor} waived what the department bears: {reason}"),
            page=WAIVE,
        ),
    ),
)

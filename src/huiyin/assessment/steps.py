"""The steps of a week's assessment sheet: words, event and sentence, page, form and action of each stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.assessment import forms
from huiyin.assessment.actions import making, rewards, signing
from huiyin.kernel.text import t
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType

TEMPLATE = "assessment/step.html"


def extra_context(request: Any, sheet: Any, part: Any, step: StepType) -> Mapping[str, Any]:
    """What the template shows beside the form: the sheet, and of a charge or a department's sum what was said of it."""
    return {
        "sheet": sheet,
        "allotment": part,
        "rest": part.amount if step.verb == "split" else None,
        "appeals": list(part.appeals.select_related("by", "decided_by").order_by("id")) if part else [],
    }


STEPS = StepPages(
    "assessment",
    "assessment_step",
    template=TEMPLATE,
    extra_context=extra_context,
    steps=(
        StepType(
            "compile",
            event="compiled",
            label=t("统计一周", "Compile a week"),
            happened=t("已统计", "Compiled"),
            sentence=t(
                "{actor}统计了{week}：{cases} 项反馈，{fines} 项迟误",
                "{actor} compiled {week}: cases {cases}, late {fines}",
            ),
            page=OtherPage("assessment_new"),
            meaning={"tells_period": True},
        ),
        StepType(
            "recount",
            event="recounted",
            label=t("重新统计", "Count again"),
            happened=t("已重新统计", "Counted again"),
            sentence=t(
                "{actor}重新统计：{cases} 项反馈，{fines} 项迟误",
                "{actor} counted again: cases {cases}, late {fines}",
            ),
            page=StepPage("recount", form=forms.PlainForm, action=making.recount, button="plain"),
        ),
        StepType(
            "send",
            event="sent",
            label=t("发给物流", "Send to logistics"),
            happened=t("已发物流", "Sent to logistics"),
            sentence=t("{actor}发给物流填写运费和损失", "{actor} sent it to logistics for freight and losses"),
            page=StepPage("sending", form=forms.PlainForm, action=making.send),
        ),
        StepType(
            "add_costs",
            event="costs_added",
            label=t("填写运费和损失", "Enter freight and losses"),
            happened=t("运费和损失已填", "Freight and losses entered"),
            sentence=t(
                "{actor}填写了运费 {freight}、损失 {loss}", "{actor} entered freight {freight} and losses {loss}"
            ),
            page=StepPage(
                "costs", form=forms.CostsForm, action=making.add_costs, button="plain", template="assessment/costs.html"
            ),
        ),
        StepType(
            "return_to_quality",
            event="returned",
            label=t("送回质量部", "Return to quality"),
            happened=t("已送回质量部", "Returned to quality"),
            sentence=t(
                "{actor}送回质量部：运费 {freight}，损失 {loss}",
                "{actor} returned it to quality: freight {freight}, losses {loss}",
            ),
            page=StepPage("return", form=forms.PlainForm, action=making.return_to_quality),
        ),
        StepType(
            "propose_reward",
            event="reward_proposed",
            label=t("提议奖励", "Propose a reward"),
            happened=t("已提议奖励", "Reward proposed"),
            sentence=t("{actor}提议奖励{who}：{reason}", "{actor} proposed a reward for {who}: {reason}"),
            page=StepPage("reward", form=forms.RewardForm, action=rewards.propose, button="plain"),
        ),
        StepType(
            "sign_quality",
            event="quality_signed",
            label=t("质量部长签字", "Sign for quality"),
            happened=t("质量部长已签字", "Signed for quality"),
            sentence=t("{actor}代表质量部签字", "{actor} signed for quality"),
            page=StepPage("quality-signature", form=forms.SheetSignatureForm, action=signing.sign_quality),
        ),
        StepType(
            "send_back",
            event="sent_back",
            label=t("退回重核", "Send back"),
            happened=t("已退回重核", "Sent back"),
            sentence=t("{actor}退回重核：{reason}", "{actor} sent it back: {reason}"),
            page=StepPage("second-look", form=forms.AssessmentReasonForm, action=signing.send_back, button="plain"),
        ),
        StepType(
            "sign_management",
            event="management_signed",
            label=t("总经理签字", "Sign for management"),
            happened=t("总经理已签字", "Signed for management"),
            sentence=t("{actor}代表总经理签字", "{actor} signed for the management"),
            page=StepPage("management-signature", form=forms.SheetSignatureForm, action=signing.sign_management),
        ),
        StepType(
            "hand_over",
            event="handed_over",
            label=t("交财务", "Hand over to finance"),
            happened=t("已交财务", "Handed over to finance"),
            sentence=t(
                "{actor}交财务：考核 {charged}，奖励 {rewarded}",
                "{actor} handed it over to finance: charged {charged}, rewarded {rewarded}",
            ),
            page=StepPage("hand-over", form=forms.PlainForm, action=signing.hand_over),
        ),
        StepType(
            "carry_out",
            event="carried_out",
            label=t("财务执行", "Carry out"),
            happened=t("财务已执行", "Carried out"),
            sentence=t("{actor}已执行：{note}", "{actor} carried it out: {note}"),
            page=StepPage("execution", form=forms.CarryOutForm, action=signing.carry_out),
        ),
        StepType(
            "withdraw",
            event="withdrawn",
            label=t("作废", "Withdraw"),
            happened=t("已作废", "Withdrawn"),
            sentence=t("{actor}作废了统计表：{reason}", "{actor} withdrew the sheet: {reason}"),
            page=StepPage("withdrawal", form=forms.AssessmentReasonForm, action=making.withdraw, button="danger"),
            meaning={"tells_period": True},
        ),
    ),
)

"""The steps of a request to a supplier: words, event and sentence, page, form and action of each stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.improvement.suppliers import actions, forms
from huiyin.kernel.text import t
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType


def _extra_context(request: Any, record: Any, part: Any, step: StepType) -> Mapping[str, Any]:
    return {"scar": record, "answer": actions.last_answer(record)}


STEPS = StepPages(
    "scar",
    "scar_step",
    template="suppliers/step.html",
    extra_context=_extra_context,
    steps=(
        StepType(
            "open",
            event="opened",
            label=t("拟定供方整改", "Draft a supplier request"),
            happened=t("已拟定", "Drafted"),
            sentence=t(
                "{actor}拟定了对{supplier}的整改要求：{model}", "{actor} drafted a request to {supplier}: {model}"
            ),
            page=OtherPage("scar_new"),
        ),
        StepType(
            "change",
            event="changed",
            label=t("更正内容", "Correct the request"),
            happened=t("已更正", "Corrected"),
            sentence=t("{actor}更正了整改要求", "{actor} corrected the request"),
            page=OtherPage("scar_facts"),
        ),
        StepType(
            "issue",
            event="issued",
            label=t("发给供方", "Send to the supplier"),
            happened=t("已发给供方", "Sent to the supplier"),
            sentence=t(
                "{actor}发给{supplier}，{answer_due} 前答复，链接有效至 {link_until}",
                "{actor} sent it to {supplier}, answer by {answer_due}, link valid until {link_until}",
            ),
            page=StepPage("issue", form=forms.IssueForm, action=actions.issue),
            meaning={"promises": True},
        ),
        StepType(
            "renew_link",
            event="link_renewed",
            label=t("换新链接", "Make a new link"),
            happened=t("链接已换新", "New link made"),
            sentence=t(
                "{actor}换了新链接，旧链接作废，新链接有效至 {link_until}",
                "{actor} made a new link, the old one is dead; valid until {link_until}",
            ),
            page=StepPage("link", form=forms.IssueForm, action=actions.renew_link, button="plain"),
        ),
        StepType(
            "extend",
            event="extended",
            label=t("延长答复期限", "Extend the time to answer"),
            happened=t("答复期限已延长", "Time to answer extended"),
            sentence=t(
                "{actor}把答复期限从 {before} 延到 {answer_due}：{extend_reason}",
                "{actor} extended the time to answer from {before} to {answer_due}: {extend_reason}",
            ),
            page=StepPage("extension", form=forms.ExtendForm, action=actions.extend, button="plain"),
            meaning={"promises": True},
        ),
        StepType(
            "answer",
            event="answered",
            label=t("登记供方答复", "Enter the supplier's answer"),
            happened=t("供方已答复", "Supplier answered"),
            sentence=t(
                "供方 {who} {how}答复（第 {round} 次）：{action}",
                "The supplier's {who} answered {how} (answer {round}): {action}",
            ),
            page=StepPage(
                "answer",
                form=forms.EnterAnswerForm,
                action=actions.answer,
                button="plain",
                template="suppliers/entered.html",
            ),
        ),
        StepType(
            "accept",
            event="accepted",
            label=t("接受答复", "Accept the answer"),
            happened=t("答复已接受", "Answer accepted"),
            sentence=t(
                "{actor}接受了供方答复，{effect_due} 前验证效果。{words}",
                "{actor} accepted the answer; effect to be checked by {effect_due}. {words}",
            ),
            page=StepPage("acceptance", form=forms.AcceptAnswerForm, action=actions.accept),
            meaning={"promises": True},
        ),
        StepType(
            "return",
            event="returned",
            label=t("退回答复", "Return the answer"),
            happened=t("答复已退回", "Answer returned"),
            sentence=t(
                "{actor}退回了供方答复，{answer_due} 前重新答复：{reason}",
                "{actor} returned the answer, a new one by {answer_due}: {reason}",
            ),
            page=StepPage("return", form=forms.NewAnswerForm, action=actions.return_answer, button="plain"),
            meaning={"promises": True},
        ),
        StepType(
            "verify",
            event="verified",
            label=t("整改有效", "Confirm the effect"),
            happened=t("整改有效", "Effect confirmed"),
            sentence=t("{actor}确认整改有效：{result}", "{actor} confirmed the effect: {result}"),
            page=StepPage("effect", form=forms.EffectResultForm, action=actions.verify),
        ),
        StepType(
            "fail",
            event="failed",
            label=t("整改无效，再改", "Not effective, once more"),
            happened=t("整改无效", "Not effective"),
            sentence=t(
                "{actor}判定整改无效，{answer_due} 前重新答复：{reason}",
                "{actor} found it not effective, a new answer by {answer_due}: {reason}",
            ),
            page=StepPage("failure", form=forms.NewAnswerForm, action=actions.fail, button="plain"),
            meaning={"promises": True},
        ),
        StepType(
            "close",
            event="closed",
            label=t("结案", "Close"),
            happened=t("已结案", "Closed"),
            sentence=t("{actor}结案：{words}", "{actor} closed it: {words}"),
            page=StepPage("closure", form=forms.ScarNoteForm, action=actions.close),
        ),
        StepType(
            "cancel",
            event="cancelled",
            label=t("撤销", "Cancel"),
            happened=t("已撤销", "Cancelled"),
            sentence=t("{actor}撤销了整改要求：{reason}", "{actor} cancelled the request: {reason}"),
            page=StepPage("cancellation", form=forms.ScarReasonForm, action=actions.cancel, button="danger"),
        ),
    ),
)
SHOWS_LINK = frozenset({"issue", "link"})
"""Nouns of the steps that end on the page that shows the new link once."""

"""Every step page of complaints: who walks through it, from where, with what, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from huiyin.complaints.actions import ending, intake, ownership, remedies
from huiyin.complaints.actions.values import PromiseInput, RemedyInput
from huiyin.records.files.files import attach
from tests.cast import at
from tests.complaints.step_walk import StepWalk
from tests.records.office import picture, upload
from tests.story import Story


def _chapter(name: str) -> Callable[[Story], Any]:
    return lambda story: story.until(name)


def _asked(story: Story) -> None:
    intake.ask_customer(story.complaint, "请发照片", context=story.context("mei"))


def _requested(story: Story) -> None:
    story.until("judged")
    wanted = RemedyInput("compensation", amount=Decimal("3000"))
    remedies.request(story.complaint, wanted, context=story.context("mei"))


def _promised(story: Story) -> None:
    made = PromiseInput("给出初步答复", at("2026-11-17 12:00"))
    intake.promise(story.complaint, made, context=story.context("mei"))


def _offered(story: Story) -> None:
    ownership.offer_transfer(story.complaint, story.works.lin, "休假", context=story.context("mei"))


def _proven(story: Story) -> None:
    story.until("verified")
    attach(story.complaint, upload("证据.png", picture()), actor=story.works.lin, at=story.now)


def _merged(story: Story) -> None:
    other = story.works.complaint(when="2026-11-16 09:05")
    ending.merge(story.complaint, other, context=story.context("mei"))


JUDGED = {"cause_kind": "quality", "content": "product", "nature": "valid-fault", "severity": "function"}

COMPLAINT_WALKS = (
    StepWalk(
        "ask_customer",
        "question",
        "mei",
        _chapter("registered"),
        "asking",
        "complaint.customer_asked",
        {"question": "请发照片"},
        "zong",
        "这一步由首问责任人、质量部、客服部办理",
    ),
    StepWalk(
        "record_reply",
        "reply",
        "mei",
        _asked,
        "registered",
        "complaint.customer_replied",
        {"reply": "照片已发"},
        "zong",
        "这一步由首问责任人、质量部、客服部办理",
    ),
    StepWalk(
        "verify",
        "verification",
        "mei",
        _chapter("registered"),
        "verified",
        "complaint.verified",
        {"findings": "与客户核对过型号和数量"},
        "lin",
        "这一步由首问责任人、客服部办理",
    ),
    StepWalk(
        "forward",
        "forwarding",
        "mei",
        _chapter("verified"),
        "forwarded",
        "complaint.forwarded",
        {"remark": "请尽快"},
        "lin",
        "这一步由首问责任人、营销支持科办理",
        pack="feedback",
    ),
    StepWalk(
        "judge",
        "judgement",
        "lin",
        _chapter("verified"),
        "judged",
        "complaint.judged",
        JUDGED,
        "zong",
        "这一步由质量部、客服部办理",
    ),
    StepWalk(
        "assign",
        "assignment",
        "lin",
        _chapter("judged"),
        "handling",
        "complaint.assigned",
        {"departments": ["production"], "question": "查压装工位"},
        "zong",
        "这一步由质量部、客服部办理",
    ),
    StepWalk(
        "settle",
        "settlement",
        "lin",
        _chapter("judged"),
        "concluded",
        "complaint.settled",
        {"statement": "当场换了标签", "verdict": "justified"},
        "zong",
        "这一步由质量部、客服部办理",
    ),
    StepWalk(
        "conclude",
        "conclusion",
        "lin",
        _chapter("approved_tasks"),
        "concluded",
        "complaint.concluded",
        {"verdict": "justified", "reason": "实物确认", "statement": "工装划伤"},
        "zong",
        "这一步由首问责任人、质量部、客服部办理",
    ),
    StepWalk(
        "conclude_finally",
        "final-conclusion",
        "lin",
        _chapter("approved_tasks"),
        "decided",
        "complaint.concluded_finally",
        {"verdict": "not-justified", "reason": "实物确认", "statement": "工装划伤", "within_service_period": "no"},
        "zong",
        "这一步由质量部办理",
        pack="communication",
    ),
    StepWalk(
        "approve_verdict",
        "verdict-approval",
        "qian",
        _chapter("concluded"),
        "concluded",
        "complaint.verdict_approved",
        {"note": "同意"},
        "mei",
        "这一步由总经理室、质量部负责人办理",
    ),
    StepWalk(
        "return_verdict",
        "verdict-return",
        "qian",
        _chapter("concluded"),
        "handling",
        "complaint.verdict_returned",
        {"reason": "依据不足"},
        "mei",
        "这一步由总经理室、质量部负责人办理",
    ),
    StepWalk(
        "grant_remedy",
        "remedy",
        "song",
        _chapter("judged"),
        "judged",
        "complaint.remedy_granted",
        {"remedy": "compensation", "amount": "800"},
        "lin",
        "这一步由任一部门负责人、总经理室、客服部办理",
    ),
    StepWalk(
        "request_remedy",
        "remedy-request",
        "mei",
        _chapter("judged"),
        "judged",
        "complaint.remedy_requested",
        {"remedy": "compensation", "amount": "3000"},
        "zong",
        "这一步由售后服务部、首问责任人、质量部、客服部办理",
    ),
    StepWalk(
        "approve_remedy",
        "remedy-approval",
        "zong",
        _requested,
        "judged",
        "complaint.remedy_approved",
        {"note": "同意赔偿"},
        "lin",
        "这一步由任一部门负责人、总经理室办理",
    ),
    StepWalk(
        "deny_remedy",
        "remedy-denial",
        "zong",
        _requested,
        "judged",
        "complaint.remedy_denied",
        {"note": "先看 8D"},
        "lin",
        "这一步由任一部门负责人、总经理室办理",
    ),
    StepWalk(
        "promise",
        "promise",
        "mei",
        _chapter("registered"),
        "registered",
        "complaint.promised",
        {"text": "明早回电", "promised_at": "2026-11-17T09:00"},
        "zong",
        "这一步由售后服务部、首问责任人、客服部办理",
    ),
    StepWalk(
        "keep_promise",
        "promise-kept",
        "mei",
        _promised,
        "registered",
        "complaint.promise_kept",
        {"note": "已回电"},
        "zong",
        "这一步由售后服务部、首问责任人、客服部办理",
    ),
    StepWalk(
        "answer",
        "answer",
        "mei",
        _chapter("decided"),
        "answered",
        "complaint.answered",
        {"answer_text": "已换工装", "channel": "telephone"},
        "lin",
        "这一步由首问责任人、客服部办理",
    ),
    StepWalk(
        "accept",
        "acceptance",
        "mei",
        _chapter("answered"),
        "accepted",
        "complaint.accepted",
        {"who": "周厂长", "words": "可以"},
        "lin",
        "这一步由首问责任人、客服部办理",
    ),
    StepWalk(
        "refuse",
        "refusal",
        "mei",
        _chapter("answered"),
        "handling",
        "complaint.refused",
        {"who": "周厂长", "refusal_reason": "还在漏"},
        "lin",
        "这一步由首问责任人、客服部办理",
    ),
    StepWalk(
        "attempt_call",
        "call-attempt",
        "song",
        _chapter("accepted"),
        "accepted",
        "complaint.call_attempted",
        {"words": "占线"},
        "lin",
        "这一步由办公室、客服部办理",
    ),
    StepWalk(
        "call_back",
        "call-back",
        "song",
        _chapter("accepted"),
        "called_back",
        "complaint.called_back",
        {"satisfaction": "satisfied", "words": "很快"},
        "lin",
        "这一步由办公室、客服部办理",
    ),
    StepWalk(
        "close",
        "closure",
        "mei",
        _chapter("called_back"),
        "closed",
        "complaint.closed",
        {"closing_note": "客户满意"},
        "lin",
        "这一步由首问责任人、客服部办理",
    ),
    StepWalk(
        "reject",
        "rejection",
        "qian",
        _proven,
        "rejected",
        "complaint.rejected",
        {"reason": "not-our-product", "reject_reason": "铭牌不是本公司的"},
        "lin",
        "这一步由总经理室、质量部负责人、客服部负责人办理",
    ),
    StepWalk(
        "withdraw",
        "withdrawal",
        "mei",
        _chapter("verified"),
        "withdrawn",
        "complaint.withdrawn",
        {"withdraw_reason": "自己装错了"},
        "lin",
        "这一步由首问责任人、客服部办理",
    ),
    StepWalk(
        "unmerge",
        "merger-undone",
        "mei",
        _merged,
        "registered",
        "complaint.unmerged",
        {},
        "zong",
        "这一步由首问责任人、质量部、客服部办理",
    ),
    StepWalk(
        "reopen",
        "reopening",
        "lin",
        _chapter("closed"),
        "handling",
        "complaint.reopened",
        {"reopen_reason": "又漏了"},
        "bai",
        "这一步由总经理室、质量部、客服部办理",
    ),
    StepWalk(
        "offer_transfer",
        "transfer",
        "mei",
        _chapter("registered"),
        "registered",
        "complaint.transfer_offered",
        {"reason": "休假"},
        "lin",
        "这一步由首问责任人、客服部负责人办理",
    ),
    StepWalk(
        "accept_transfer",
        "transfer-acceptance",
        "lin",
        _offered,
        "registered",
        "complaint.transferred",
        {},
        "mei",
        "移交给了别人",
    ),
    StepWalk(
        "decline_transfer",
        "transfer-decline",
        "lin",
        _offered,
        "registered",
        "complaint.transfer_declined",
        {"reason": "我也休假"},
        "mei",
        "移交给了别人",
    ),
)

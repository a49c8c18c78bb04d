"""The steps from intake to the feedback sheet: registering, completing, asking the customer, verifying, forwarding."""

from __future__ import annotations

from huiyin.complaints.actions import intake
from huiyin.complaints.forms import steps as forms
from huiyin.kernel.text import t
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType

INTAKE: tuple[StepType, ...] = (
    StepType(
        "register",
        event="registered",
        label=t("登记", "Register"),
        happened=t("已登记", "Registered"),
        sentence=t(
            "{actor}登记了{customer}的投诉：{problem}", "{actor} registered the complaint of {customer}: {problem}"
        ),
        page=OtherPage("complaint_new"),
        checked_after_form=("has_customer", "has_problem", "has_product", "has_defect_quantity", "has_demand"),
        meaning={"reports": True},
    ),
    StepType(
        "supplement",
        event="supplemented",
        label=t("补充更正", "Supplement"),
        happened=t("已补充更正", "Supplemented"),
        sentence=t("{actor}补充更正了资料", "{actor} corrected the facts"),
        page=OtherPage("complaint_supplement"),
        meaning={"reports": True},
    ),
    StepType(
        "ask_customer",
        event="customer_asked",
        label=t("请客户补充", "Ask the customer"),
        happened=t("已请客户补充", "Customer asked"),
        sentence=t("{actor}请客户补充：{question}", "{actor} asked the customer: {question}"),
        page=StepPage("question", form=forms.QuestionForm, action=intake.ask_customer, button="plain"),
    ),
    StepType(
        "record_reply",
        event="customer_replied",
        label=t("记录客户回复", "Record the reply"),
        happened=t("客户已回复", "Customer replied"),
        sentence=t("{actor}记录了客户的回复：{reply}", "{actor} recorded the customer's reply: {reply}"),
        page=StepPage("reply", form=forms.ReplyForm, action=intake.record_reply),
    ),
    StepType(
        "verify",
        event="verified",
        label=t("核实", "Verify"),
        happened=t("已核实", "Verified"),
        sentence=t("{actor}核实完毕：{findings}", "{actor} verified it: {findings}"),
        page=StepPage("verification", form=forms.VerifyForm, action=intake.verify),
        checked_after_form=("has_product", "has_defect_quantity", "quantities_add_up"),
    ),
    StepType(
        "forward",
        event="forwarded",
        label=t("传递反馈单", "Forward the sheet"),
        happened=t("反馈单已传递", "Sheet forwarded"),
        sentence=t("{actor}把反馈单传给了有关部门（{remark}）", "{actor} forwarded the feedback sheet ({remark})"),
        page=StepPage("forwarding", form=forms.ForwardForm, action=intake.forward),
    ),
)

"""The guards, fields, catalogues and layouts of complaints that packs may choose from; the steps stand in ``steps``."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary
from huiyin.procedure.held_back import HeldUntil, until, until_parts

COMPLAINT_GUARDS: tuple[tuple[str, Text, Text], ...] = (
    (
        "has_customer",
        t("客户已确定", "The customer is known"),
        t("请先确定客户", "Say who the customer is first"),
    ),
    (
        "has_problem",
        t("问题已写明", "The problem is described"),
        t("请先写明问题", "Describe the problem first"),
    ),
    (
        "has_product",
        t("产品已写明", "The product is named"),
        t("请先写明产品型号", "Name the product model first"),
    ),
    (
        "has_defect_quantity",
        t("不良数量已填写", "The defective quantity is given"),
        t("请先填写不良数量", "Give the defective quantity first"),
    ),
    (
        "quantities_add_up",
        t("各项数量相符", "The quantities add up"),
        t("各项数量对不上，请核对", "The quantities do not add up; check them"),
    ),
    (
        "has_demand",
        t("客户要求已记录", "A demand is recorded"),
        t("请先记录客户的要求", "Record what the customer demands first"),
    ),
    (
        "demands_decided",
        t("客户的每项要求都已满足、说明理由或转为申请", "Each demand is granted, refused with reason or requested"),
        t("客户的要求还没有说明怎样处理", "What becomes of the demands is not said yet"),
    ),
    (
        "has_photo_or_sample",
        t("有照片或样品", "There is a photograph or a sample"),
        t("请先附上照片或登记样品", "Attach a photograph or enter a sample first"),
    ),
    (
        "is_judged",
        t("已判定类别", "The complaint is judged"),
        t("请先判定投诉的类别", "Judge the complaint first"),
    ),
    (
        "has_responsible_department",
        t("责任部门已确定", "A responsible department is named"),
        t("请先确定责任部门", "Name a responsible department first"),
    ),
    (
        "has_task",
        t("已有部门任务", "There is a department task"),
        t("请先给部门分派任务", "Assign a task to a department first"),
    ),
    (
        "tasks_answered",
        t("各部门答复均已通过或取消", "Every task is approved or cancelled"),
        t("还有部门的答复没有审核通过", "Some department's answer is not approved yet"),
    ),
    (
        "measures_verified",
        t("各项措施均已验证", "Every measure is verified"),
        t("还有措施的效果没有验证", "Some measure's effect is not verified yet"),
    ),
    ("has_verdict", t("已有结论", "There is a verdict"), t("请先作出结论", "Give a verdict first")),
    (
        "verdict_approved",
        t("结论已批准", "The verdict is approved"),
        t("结论还没有批准", "The verdict is not approved yet"),
    ),
    (
        "has_answer",
        t("已有答复内容", "There is an answer"),
        t("请先写好给客户的答复", "Write the answer to the customer first"),
    ),
    (
        "no_open_remedy_request",
        t("没有待批的补救申请", "No remedy request waits"),
        t("还有补救申请没有批复", "A remedy request is not decided yet"),
    ),
    (
        "no_open_promise",
        t("没有未兑现的承诺", "No promise is open"),
        t("还有对客户的承诺没有兑现", "A promise to the customer is not kept yet"),
    ),
    (
        "customer_accepted",
        t("客户已接受", "The customer accepted"),
        t("客户还没有接受答复", "The customer has not accepted the answer yet"),
    ),
    (
        "is_called_back",
        t("已回访", "The customer was called back"),
        t("请先回访客户", "Call the customer back first"),
    ),
    (
        "has_satisfaction",
        t("已记录满意度", "Satisfaction is recorded"),
        t("请先记录客户的满意度", "Record the customer's satisfaction first"),
    ),
    (
        "evidence_attached",
        t("已附证据", "Evidence is attached"),
        t("请先附上证据", "Attach the evidence first"),
    ),
    (
        "approver_differs",
        t("批准人不是提出人", "The approver is not the proposer"),
        t("批准须由提出人以外的人作出", "Somebody other than the proposer must approve"),
    ),
    (
        "caller_differs",
        t("回访人不是处理人", "The caller is not the handler"),
        t("回访须由处理人以外的人进行", "Somebody other than the handler must call back"),
    ),
    (
        "no_transfer_open",
        t("没有待接收的移交", "No transfer is open"),
        t("还有移交没有接收", "A transfer is not taken up yet"),
    ),
)

TASK_GUARDS: tuple[tuple[str, Text, Text], ...] = (
    ("has_cause", t("原因已写明", "The cause is given"), t("请先写明原因", "Give the cause first")),
    ("has_measure", t("已有措施", "There is a measure"), t("请先写明措施", "Give a measure first")),
    (
        "every_measure_planned",
        t("每项措施有人有期限", "Every measure has a person and a date"),
        t("还有措施没有负责人或期限", "Some measure has no person or no date"),
    ),
    (
        "every_measure_done",
        t("每项措施均已完成", "Every measure is done"),
        t("还有措施没有完成", "Some measure is not done yet"),
    ),
    (
        "checker_differs",
        t("验证人不是措施负责人", "The checker is not the measure's owner"),
        t("验证须由措施负责人以外的人进行", "Somebody other than the measure's owner must verify"),
    ),
)

HOLDS_BACK: dict[str, tuple[HeldUntil, ...]] = {
    "tasks_answered": (until_parts("task", "approved", "carried_out", "verified", "cancelled"),),
    "measures_verified": (until_parts("task", "verified", "cancelled", "declined"),),
    "verdict_approved": (until("complaint.verdict_approved"),),
    "no_open_remedy_request": (until("complaint.remedy_approved", "complaint.remedy_denied"),),
    "no_open_promise": (until("complaint.promise_kept"),),
    "no_transfer_open": (until("complaint.transferred", "complaint.transfer_declined"),),
    "has_answer": (until("complaint.answered"),),
    "customer_accepted": (until("complaint.accepted"),),
    "is_called_back": (until("complaint.called_back"),),
}
for _name, _label, _refusal in COMPLAINT_GUARDS:
    _held = HOLDS_BACK.get(_name, ())
    vocabulary.guard(_name, kind="complaint", label=_label, refusal=_refusal, holds_back=_held)
for _name, _label, _refusal in TASK_GUARDS:
    vocabulary.guard(_name, kind="task", label=_label, refusal=_refusal)

COMPLAINT_FIELDS: tuple[tuple[str, Text, str | None], ...] = (
    ("customer", t("客户", "Customer"), None),
    ("contact_person", t("联系人", "Contact person"), None),
    ("channel", t("来源渠道", "Channel"), "channel"),
    ("stage", t("沟通阶段", "Stage"), "stage"),
    ("model", t("型号规格", "Model"), None),
    ("drawing_revision", t("图纸版本", "Drawing revision"), None),
    ("order_number", t("订单编号", "Order number"), None),
    ("serial", t("机号", "Serial number"), None),
    ("batch", t("批次号", "Batch"), None),
    ("ship_date", t("发货日期", "Ship date"), None),
    ("problem", t("问题描述", "Problem"), None),
    ("shipped_quantity", t("发货数量", "Shipped quantity"), None),
    ("complained_quantity", t("投诉数量", "Complained quantity"), None),
    ("verified_quantity", t("核实数量", "Verified quantity"), None),
    ("defect_quantity", t("不良数量", "Defective quantity"), None),
    ("detection", t("发现环节", "Point of detection"), "detection"),
    ("defect", t("不良现象", "Defect"), "defect"),
    ("sample", t("样品", "Sample"), None),
    ("severity", t("严重程度", "Severity"), "severity"),
    ("content", t("投诉内容", "Content"), "content"),
    ("nature", t("投诉性质", "Nature"), "nature"),
    ("cause_kind", t("异常类别", "Kind of cause"), "cause_kind"),
    ("findings", t("核实情况", "Findings"), None),
    ("statement", t("处理说明", "Statement"), None),
    ("verdict", t("结论", "Verdict"), "verdict"),
    ("verdict_reason", t("结论依据", "Reason of the verdict"), None),
    ("answer_text", t("答复内容", "Answer"), None),
    ("refusal_reason", t("客户不接受的原因", "Why the customer refuses"), None),
    ("satisfaction", t("满意度", "Satisfaction"), "satisfaction"),
    ("closing_note", t("结案说明", "Closing note"), None),
    ("reject_reason", t("不成立的理由", "Reason of rejection"), None),
    ("withdraw_reason", t("撤回原因", "Reason of withdrawal"), None),
    ("reopen_reason", t("重新打开的原因", "Reason of reopening"), None),
    ("has_case", t("已为此立案", "A case explains it"), None),
)
for _name, _label, _catalogue in COMPLAINT_FIELDS:
    vocabulary.field("complaint", _name, label=_label, catalogue=_catalogue)

CATALOGUES: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("content", t("投诉内容", "Content of complaints"), ()),
    ("nature", t("投诉性质", "Nature of complaints"), ()),
    ("cause_kind", t("异常类别", "Kind of cause"), ("quality", "non-quality")),
    ("severity", t("严重程度", "Severity"), ()),
    ("demand", t("客户要求", "Demands"), ()),
    ("remedy", t("补救方式", "Remedies"), ()),
    ("defect", t("缺陷", "Defects"), ()),
    ("detection", t("发现环节", "Points of detection"), ()),
    ("satisfaction", t("满意度", "Satisfaction"), ()),
    ("verdict", t("结论", "Verdicts"), ()),
    ("pause", t("暂停原因", "Reasons to pause"), ()),
    ("decline", t("谢绝任务的理由", "Reasons to decline a task"), ()),
    ("refuse", t("客户不接受的原因", "Reasons of refusal"), ()),
    ("reject", t("不成立的理由", "Reasons of rejection"), ()),
)
for _name, _label, _only in CATALOGUES:
    vocabulary.catalogue(_name, label=_label, only=_only)

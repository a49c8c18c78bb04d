"""Guards, fields, catalogues and layouts of problem cases that a pack may choose from; steps stand in ``steps.py``."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary
from huiyin.procedure.held_back import until

GUARDS: tuple[tuple[str, Text, Text], ...] = (
    (
        "is_decided",
        t("已判定需做什么", "What is needed is decided"),
        t(
            "请先判定是否需要原因分析、纠正预防措施和效果确认",
            "Decide first whether cause analysis, action and proof of effect are needed",
        ),
    ),
    (
        "action_needed",
        t("需要采取措施", "Action is needed"),
        t("已判定不需要采取措施，作简要说明即可", "It was decided that no action is needed; a short statement will do"),
    ),
    (
        "has_department",
        t("责任部门已确定", "A responsible department is named"),
        t("请先确定责任部门", "Name the responsible department first"),
    ),
    (
        "team_named",
        t("小组有组长和至少一名成员", "The team has a leader and one more member"),
        t("小组需要一名组长和至少一名其他成员", "The team needs a leader and at least one other member"),
    ),
    (
        "problem_described",
        t("问题已描述", "The problem is described"),
        t("请先写清问题描述", "Describe the problem first"),
    ),
    (
        "containment_adds_up",
        t("遏制数量相符且无剩余", "Containment adds up and nothing is left uninspected"),
        t("请先完成遏制，或说明为什么不需要", "Finish the containment first, or say why none is needed"),
    ),
    (
        "containment_agrees",
        t("遏制数量没有自相矛盾", "No place of containment contradicts itself"),
        t("有遏制地点的数量自相矛盾", "Some place of containment contradicts itself"),
    ),
    (
        "every_place_checked",
        t("每个遏制地点都已查过", "Every place of containment is checked"),
        t("还有遏制地点没有登记", "Some place of containment is not entered yet"),
    ),
    (
        "has_root_causes",
        t("已有根本原因", "The root causes are named"),
        t("请先标出根本原因", "Mark the root causes first"),
    ),
    (
        "causes_proven",
        t("根本原因均已验证", "Every root cause is proven"),
        t("还有根本原因没有验证", "Some root cause is not proven yet"),
    ),
    (
        "cause_sought_anew",
        t("新一轮重新查过原因", "In a new round the cause was sought anew"),
        t(
            "措施无效或重新立案之后，还没有写过原因：请写出这一轮查明的原因，或说明原因为什么不变",
            "Nothing was written on the cause since the actions failed or the case was reopened: "
            "write what was found in this round, or say why the cause stays the same",
        ),
    ),
    (
        "has_chosen_action",
        t("每个根本原因都选定了措施", "An action is chosen for each root cause"),
        t("请先选定纠正措施", "Choose corrective actions first"),
    ),
    (
        "actions_planned",
        t("选定的措施有人有期限", "Each chosen action has a person and a date"),
        t("还有措施没有负责人或期限", "Some action has no person or no date"),
    ),
    (
        "actions_done",
        t("选定的措施均已实施", "Each chosen action is carried out"),
        t("还有措施没有实施", "Some action is not carried out yet"),
    ),
    (
        "effects_planned",
        t("效果验证已计划", "An effect check is planned"),
        t("请先计划效果验证", "Plan an effect check first"),
    ),
    ("effect_proven", t("效果已证实", "The effect is proven"), t("效果还没有证实", "The effect is not proven yet")),
    (
        "checker_differs",
        t("验证人不是负责人", "The checker is not an owner"),
        t("效果须由负责人以外的人验证", "Somebody other than the owner must check the effect"),
    ),
    (
        "documents_settled",
        t("文件更新均已了结", "Every document is settled"),
        t("还有文件没有更新或说明免改理由", "Some document is neither revised nor waived"),
    ),
    (
        "deployment_settled",
        t("横向展开均已了结", "Every deployment is settled"),
        t("还有横向展开没有完成或说明理由", "Some deployment is neither done nor set aside"),
    ),
    (
        "submissions_decided",
        t("客户对提交均已答复", "The customer decided on every submission"),
        t("客户对提交的报告还没有答复", "The customer has not decided on a submission yet"),
    ),
    (
        "customer_content",
        t("客户认可了最近一次提交", "The customer accepted the last submission"),
        t("客户还没有认可报告", "The customer has not accepted the report yet"),
    ),
    (
        "approver_differs",
        t("批准人不是负责人", "The approver is not the owner"),
        t("批准须由负责人以外的人作出", "Somebody other than the owner must approve"),
    ),
    (
        "may_refer",
        t("可以引用该报告", "That report may be referred to"),
        t("不能引用该报告", "That report cannot be referred to"),
    ),
    (
        "nothing_lost",
        t("没有造成损失", "No loss came about"),
        t("已造成损失，不能走简易处理", "A loss came about, so simplified handling is closed"),
    ),
)
HOLDS_BACK = {"submissions_decided": (until("problem.submission_decided"),)}
for _name, _label, _refusal in GUARDS:
    _held = HOLDS_BACK.get(_name, ())
    vocabulary.guard(_name, kind="problem", label=_label, refusal=_refusal, holds_back=_held)

FIELDS: tuple[tuple[str, Text, str | None], ...] = (
    ("title", t("题目", "Title"), None),
    ("path", t("办理方式", "Path"), "path"),
    ("customer", t("客户", "Customer"), None),
    ("customer_reference", t("客户编号", "Customer's reference"), None),
    ("model", t("型号规格", "Model"), None),
    ("batch", t("批次号", "Batch"), None),
    ("defect", t("不良现象", "Defect"), "defect"),
    ("severity", t("严重程度", "Severity"), "severity"),
    ("noticed_on", t("发现日期", "Noticed on"), None),
    ("deadline_class", t("报告期限要求", "Deadlines the customer asks for"), "deadline_class"),
    ("department", t("责任部门", "Responsible department"), None),
    ("champion", t("倡导者", "Champion"), None),
    ("needs_cause", t("需要原因分析", "Cause analysis needed"), None),
    ("needs_action", t("需要纠正和预防措施", "Corrective or preventive action needed"), None),
    ("needs_effect", t("需要效果确认", "Confirmation of effect needed"), None),
    ("decision_reason", t("判定理由", "Reason of the decision"), None),
    ("statement", t("处理说明", "Short statement"), None),
    ("return_reason", t("退回原因", "Reason of return"), None),
    ("cancel_reason", t("撤销原因", "Reason of cancelling"), None),
    ("reopen_reason", t("重新立案的原因", "Reason of reopening"), None),
    ("decision", t("客户意见", "Customer's decision"), "submission_decision"),
    ("verdict", t("效果结论", "Verdict on the effect"), None),
)
for _name, _label, _catalogue in FIELDS:
    vocabulary.field("problem", _name, label=_label, catalogue=_catalogue)

CATALOGUES: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("path", t("办理方式", "Paths of a problem case"), ("8d", "statement", "capa")),
    ("team_role", t("小组职责", "Roles in a team"), ()),
    ("containment_location", t("遏制地点", "Places of containment"), ()),
    ("document", t("受影响文件", "Documents a cause reaches"), ()),
    ("deployment_scope", t("横向展开范围", "Scopes of deployment"), ()),
    ("cost", t("质量损失", "Costs of poor quality"), ()),
    ("deadline_class", t("报告期限要求", "Deadlines customers ask for"), ()),
    ("submission_decision", t("客户意见", "Customer's decisions"), ("accepted", "conditional", "rejected")),
)
for _name, _label, _only in CATALOGUES:
    vocabulary.catalogue(_name, label=_label, only=_only)

"""The words of assessment that a pack may choose from; declarations only."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary

vocabulary.kind("assessment", label=t("考核统计", "Assessment"))
vocabulary.kind("charge", label=t("考核项", "Charge"), part_of="assessment")
vocabulary.kind("allotment", label=t("部门分解", "Allotment"), part_of="assessment")

VERBS: tuple[tuple[str, str, Text, Text], ...] = (
    ("assessment.compile", "compiled", t("统计一周", "Compile a week"), t("已统计", "Compiled")),
    ("assessment.recount", "recounted", t("重新统计", "Count again"), t("已重新统计", "Counted again")),
    ("assessment.send", "sent", t("发给物流", "Send to logistics"), t("已发物流", "Sent to logistics")),
    (
        "assessment.add_costs",
        "costs_added",
        t("填写运费和损失", "Enter freight and losses"),
        t("运费和损失已填", "Freight and losses entered"),
    ),
    (
        "assessment.return_to_quality",
        "returned",
        t("送回质量部", "Return to quality"),
        t("已送回质量部", "Returned to quality"),
    ),
    (
        "assessment.propose_reward",
        "reward_proposed",
        t("提议奖励", "Propose a reward"),
        t("已提议奖励", "Reward proposed"),
    ),
    (
        "assessment.sign_quality",
        "quality_signed",
        t("质量部长签字", "Sign for quality"),
        t("质量部长已签字", "Signed for quality"),
    ),
    ("assessment.send_back", "sent_back", t("退回重核", "Send back"), t("已退回重核", "Sent back")),
    (
        "assessment.sign_management",
        "management_signed",
        t("总经理签字", "Sign for management"),
        t("总经理已签字", "Signed for management"),
    ),
    (
        "assessment.hand_over",
        "handed_over",
        t("交财务", "Hand over to finance"),
        t("已交财务", "Handed over to finance"),
    ),
    ("assessment.carry_out", "carried_out", t("财务执行", "Carry out"), t("财务已执行", "Carried out")),
    ("assessment.withdraw", "withdrawn", t("作废", "Withdraw"), t("已作废", "Withdrawn")),
    ("charge.count", "counted", t("计入", "Count"), t("已计入", "Counted")),
    ("charge.propose", "proposed", t("提议", "Propose"), t("已提议", "Proposed")),
    ("charge.approve", "approved", t("同意奖励", "Approve the reward"), t("奖励已同意", "Reward approved")),
    ("charge.decline", "declined", t("不同意奖励", "Decline the reward"), t("奖励未同意", "Reward declined")),
    ("charge.post", "posted", t("记账", "Book"), t("已记账", "Booked")),
    ("charge.appeal", "appealed", t("申诉", "Appeal"), t("已申诉", "Appealed")),
    ("charge.uphold", "upheld", t("维持考核", "Uphold"), t("维持考核", "Upheld")),
    ("charge.reduce", "reduced", t("减少金额", "Reduce"), t("已减少", "Reduced")),
    ("charge.waive", "waived", t("免予考核", "Waive"), t("已免予考核", "Waived")),
    ("allotment.reckon", "reckoned", t("核算", "Reckon"), t("已核算", "Reckoned")),
    ("allotment.open", "opened", t("下达分解", "Open for division"), t("已下达分解", "Opened for division")),
    ("allotment.split", "split", t("分解到人", "Divide among people"), t("已分解到人", "Divided")),
    ("allotment.appeal", "appealed", t("申诉", "Appeal"), t("部门已申诉", "Appealed by the department")),
    ("allotment.uphold", "upheld", t("维持分担", "Uphold"), t("维持分担", "Upheld")),
    ("allotment.reduce", "reduced", t("减少金额", "Reduce"), t("已减少", "Reduced")),
    ("allotment.waive", "waived", t("免予分担", "Waive"), t("已免予分担", "Waived")),
)

TELLING = {"assessment.compile", "assessment.withdraw"}  # the week they speak of

for _key, _event, _label, _happened in VERBS:
    vocabulary.verb(
        _key,
        event=f"{_key.partition('.')[0]}.{_event}",
        label=_label,
        happened=_happened,
        tells_period=_key in TELLING,
    )

GUARDS: tuple[tuple[str, str, Text, Text], ...] = (
    (
        "assessment",
        "every_cost_entered",
        t("每项的运费和损失都已填写", "Freight and losses of every case are entered"),
        t(
            "还有案件没有填写运费和损失，没有发生的请填 0",
            "Some case has no freight and loss yet; enter 0 where there was none",
        ),
    ),
    (
        "assessment",
        "payers_named",
        t("每项考核都有承担人", "Every charge names a person"),
        t(
            "还有部门没有负责人，考核项没有承担人；请先任命，再重新统计",
            "Some department has no head, so a charge names nobody; appoint one and count again",
        ),
    ),
    (
        "assessment",
        "rewards_decided",
        t("奖励提议都已批复", "Every proposed reward is decided"),
        t("还有奖励提议没有批复", "Some proposed reward is not decided yet"),
    ),
    (
        "assessment",
        "signers_differ",
        t("两个签字人不是同一人", "The two signers are different people"),
        t("两处签字须由不同的人作出", "The two signatures must be of different people"),
    ),
    (
        "assessment",
        "everything_divided",
        t("各部门都已分解到人", "Every department has divided its sum"),
        t("还有部门没有分解到人", "Some department has not divided its sum yet"),
    ),
    (
        "assessment",
        "no_open_appeal",
        t("没有未决的申诉", "No appeal is open"),
        t("还有申诉没有决定", "An appeal is not decided yet"),
    ),
    (
        "charge",
        "decider_differs",
        t("决定人不是当事人", "The decider is not concerned"),
        t("不能决定自己的事", "Nobody decides on their own matter"),
    ),
    (
        "allotment",
        "decider_differs",
        t("决定人不是该部门负责人", "The decider does not head the department"),
        t("不能决定自己部门的事", "Nobody decides on what their own department bears"),
    ),
)
for _kind, _name, _label, _refusal in GUARDS:
    vocabulary.guard(_name, kind=_kind, label=_label, refusal=_refusal)

vocabulary.layout("assessment-sheet", label=t("考核统计表", "Assessment sheet"), kinds=["assessment"])

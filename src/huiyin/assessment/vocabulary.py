"""The guards and the printed sheet of assessment that a pack may choose from; its steps stand in ``steps.py``."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary
from huiyin.procedure.held_back import HeldUntil, until_parts

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
CHARGE_STATES = ("proposed", "counted", "posted", "appealed", "upheld", "reduced", "waived", "declined")
ALLOTMENT_STATES = ("reckoned", "opened", "split", "appealed", "upheld", "reduced", "waived")
HOLDS_BACK: dict[str, tuple[HeldUntil, ...]] = {
    "rewards_decided": (until_parts("charge", *(one for one in CHARGE_STATES if one != "proposed")),),
    "everything_divided": (until_parts("allotment", "split", "waived"),),
    "no_open_appeal": (
        until_parts("charge", *(one for one in CHARGE_STATES if one != "appealed")),
        until_parts("allotment", *(one for one in ALLOTMENT_STATES if one != "appealed")),
    ),
}
for _kind, _name, _label, _refusal in GUARDS:
    _held = HOLDS_BACK.get(_name, ()) if _kind == "assessment" else ()
    vocabulary.guard(_name, kind=_kind, label=_label, refusal=_refusal, holds_back=_held)

"""What kinds of charges, sums and bookings are called, by the keys they are stored under."""

from __future__ import annotations

from huiyin.kernel.text import t

CHARGE_DESCRIPTIONS = {
    "fine": t("迟误考核", "a fine for lateness"),
    "freight": t("运费分担", "a share of freight"),
    "loss": t("损失分担", "a share of losses"),
    "borne": t("承担的损失", "losses borne"),
    "reward": t("奖励", "a reward"),
}
"""Charges in notices and in the time-line, where their amounts are not told."""

TO_DIVIDE = {"freight": t("运费", "Freight"), "loss": t("损失", "Losses")}
"""The sums that departments divide."""

BOOKINGS = {
    "charge": t("考核记账", "Charged"),
    "reward": t("奖励记账", "Rewarded"),
    "allot": t("部门待分解", "To be divided"),
    "split": t("分解到人", "Divided"),
    "reversal": t("申诉冲回", "Booked back after an appeal"),
    "payroll": t("交工资执行", "Handed to payroll"),
}
"""Bookings of the ledger."""

DECISIONS = {
    "": t("待决定", "Not decided yet"),
    "upheld": t("维持", "Upheld"),
    "reduced": t("减少", "Reduced"),
    "waived": t("免予承担", "Waived"),
}
"""What was decided on an appeal."""

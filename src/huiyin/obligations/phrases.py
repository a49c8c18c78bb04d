"""Sentences of the obligations' own events."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t

phrase(
    "obligation.escalated",
    t("“{what}”{state}，已提醒：{told}", "“{what}” {state}; told: {told}"),
)

"""Sentences of the obligations' own events."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t

phrase("occasion.came", t("{period}的“{what}”从此应办", "“{what}” is owed for {period}"))
phrase("occasion.fulfilled", t("{actor}办了“{what}”", "{actor} did it: “{what}”"))
phrase("occasion.cancelled", t("“{what}”不再应办", "“{what}” is owed no more"))
phrase("occasion.reopened", t("办好的已作废，“{what}”重新应办", "What was done is void: “{what}” is owed again"))
phrase(
    "obligation.escalated",
    t("“{what}”{state}，已提醒：{told}", "“{what}” {state}; told: {told}"),
)

"""Sentences of the obligations' own events."""

from huiyin.journal.phrases import register_sentence
from huiyin.kernel.text import t

register_sentence("occasion.came", t("{period}的“{what}”从此应办", "“{what}” is owed for {period}"))
register_sentence("occasion.fulfilled", t("{actor}办了“{what}”", "{actor} did it: “{what}”"))
register_sentence("occasion.cancelled", t("“{what}”不再应办", "“{what}” is owed no more"))
register_sentence(
    "occasion.reopened", t("办好的已作废，“{what}”重新应办", "What was done is void: “{what}” is owed again")
)
register_sentence(
    "obligation.escalated",
    t("“{what}”{state}，已提醒：{told}", "“{what}” {state}; told: {told}"),
)

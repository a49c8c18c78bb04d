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
register_sentence("occasion.released", t("“{what}”免除：{reason}", "“{what}” is released: {reason}"))
register_sentence("obligation.fulfilled", t("“{what}”由 {by_number} 办理", "“{what}” was done by {by_number}"))
register_sentence(
    "obligation.cancelled", t("“{what}”因 {by_number} 不再应办", "“{what}” is owed no more because of {by_number}")
)
register_sentence(
    "obligation.brought_forward",
    t("“{what}”提前：原定 {was}，现为 {due_at}。{why}", "“{what}” is brought forward from {was} to {due_at}. {why}"),
)
register_sentence(
    "obligation.put_off",
    t("“{what}”延后：原定 {was}，现为 {due_at}。{why}", "“{what}” is put off from {was} to {due_at}. {why}"),
)
register_sentence(
    "obligation.called_for",
    t("“{what}”从此应办，{due_at} 到期。{why}", "“{what}” is owed from now, by {due_at}. {why}"),
)
register_sentence("obligation.released", t("“{what}”不再应办。{why}", "“{what}” is owed no more. {why}"))
register_sentence(
    "obligation.reckoned",
    t(
        "“{what}”重新推算：原定 {was}，现为 {due_at}。{why}",
        "“{what}” is reckoned anew: {due_at} instead of {was}. {why}",
    ),
)
register_sentence(
    "obligation.handed_over", t("“{what}”改由 {to} 承担。{why}", "“{what}” is owed by {to} from now on. {why}")
)
register_sentence(
    "obligation.promise_stands",
    t(
        "“{what}”约定的 {due_at} 不变，现在落在{day}。{why}",
        "“{what}” stays promised for {due_at}, which now is {day}. {why}",
    ),
)
register_sentence("site-day.entered", t("{actor} 登记 {day}：{what}", "{actor} entered {day}: {what}"))
register_sentence("site-day.removed", t("{actor} 撤下 {day}：{what}", "{actor} removed {day}: {what}"))

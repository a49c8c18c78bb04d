"""One sentence per event of requests to suppliers, as the time-line and the notices say it."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t
from huiyin.records.relations.relations import declare

for _event, _zh, _en in (
    ("scar.opened", "{actor}拟定了对{supplier}的整改要求：{model}", "{actor} drafted a request to {supplier}: {model}"),
    ("scar.changed", "{actor}更正了整改要求", "{actor} corrected the request"),
    (
        "scar.issued",
        "{actor}发给{supplier}，{answer_due} 前答复，链接有效至 {link_until}",
        "{actor} sent it to {supplier}, answer by {answer_due}, link valid until {link_until}",
    ),
    (
        "scar.link_renewed",
        "{actor}换了新链接，旧链接作废，新链接有效至 {link_until}",
        "{actor} made a new link, the old one is dead; valid until {link_until}",
    ),
    (
        "scar.extended",
        "{actor}把答复期限从 {before} 延到 {answer_due}：{extend_reason}",
        "{actor} extended the time to answer from {before} to {answer_due}: {extend_reason}",
    ),
    (
        "scar.answered",
        "供方 {who} {how}答复（第 {round} 次）：{action}",
        "The supplier's {who} answered {how} (answer {round}): {action}",
    ),
    (
        "scar.accepted",
        "{actor}接受了供方答复，{effect_due} 前验证效果。{words}",
        "{actor} accepted the answer; effect to be checked by {effect_due}. {words}",
    ),
    (
        "scar.returned",
        "{actor}退回了供方答复，{answer_due} 前重新答复：{reason}",
        "{actor} returned the answer, a new one by {answer_due}: {reason}",
    ),
    ("scar.verified", "{actor}确认整改有效：{result}", "{actor} confirmed the effect: {result}"),
    (
        "scar.failed",
        "{actor}判定整改无效，{answer_due} 前重新答复：{reason}",
        "{actor} found it not effective, a new answer by {answer_due}: {reason}",
    ),
    ("scar.closed", "{actor}结案：{words}", "{actor} closed it: {words}"),
    ("scar.cancelled", "{actor}撤销了整改要求：{reason}", "{actor} cancelled the request: {reason}"),
):
    phrase(_event, t(_zh, _en))

SERVES = "scar-for"
declare(
    SERVES,
    here=t("为此要求供方整改", "The supplier corrects for"),
    there=t("供方整改", "Supplier corrective action"),
)
BY_LINK = t("通过链接", "through the link")
BY_US = t("的答复由我方代录，", "in another way, entered by us,")

"""One sentence per event of contacts, as the time-line and the notices say it."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t

for _event, _zh, _en in (
    (
        "contact.registered",
        "{actor}登记了{who}的{channel}：{topic}",
        "{actor} registered a contact with {who} ({channel}): {topic}",
    ),
    ("contact.supplemented", "{actor}补充更正了资料", "{actor} corrected the facts"),
    ("contact.converted", "{actor}把它转为{what} {into}", "{actor} turned it into {what} {into}"),
    ("contact.reverted", "{actor}撤销了“{was}”：{reason}", "{actor} took back “{was}”: {reason}"),
    ("contact.filed", "{actor}归档：{filed_as}。{analysis}", "{actor} filed it: {filed_as}. {analysis}"),
    ("contact.set_aside", "收到{who}的{mark}，直接归档：{topic}", "{mark} from {who}, filed at once: {topic}"),
):
    phrase(_event, t(_zh, _en))

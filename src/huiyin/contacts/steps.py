"""The steps of a contact: words, event and sentence, page, form and action of each stand together."""

from __future__ import annotations

from huiyin.contacts import actions
from huiyin.contacts.forms import FileForm, RevertForm
from huiyin.kernel.text import t
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import NoPage, OtherPage, StepPage, StepType

STEPS = StepPages(
    "contact",
    "contact_step",
    template="contacts/step.html",
    steps=(
        StepType(
            "register",
            event="registered",
            label=t("登记", "Register"),
            happened=t("已登记", "Registered"),
            sentence=t(
                "{actor}登记了{who}的{channel}：{topic}", "{actor} registered a contact with {who} ({channel}): {topic}"
            ),
            page=OtherPage("contact_new"),
            meaning={"promises": True, "reports": True},
        ),
        StepType(
            "convert",
            event="converted",
            label=t("转为投诉", "Convert"),
            happened=t("已转出", "Converted"),
            sentence=t("{actor}把它转为{what} {into}", "{actor} turned it into {what} {into}"),
            page=OtherPage("complaint_new"),
        ),
        StepType(
            "revert",
            event="reverted",
            label=t("撤销转出", "Revert"),
            happened=t("转出已撤销", "Reverted"),
            sentence=t("{actor}撤销了“{was}”：{reason}", "{actor} took back “{was}”: {reason}"),
            page=StepPage("reversal", form=RevertForm, action=actions.revert, button="plain"),
            meaning={"undoes": ("contact.converted", "contact.filed"), "takes_up": ("contact.registered",)},
        ),
        StepType(
            "file",
            event="filed",
            label=t("归档", "File"),
            happened=t("已归档", "Filed"),
            sentence=t("{actor}归档：{filed_as}。{analysis}", "{actor} filed it: {filed_as}. {analysis}"),
            page=StepPage("filing", form=FileForm, action=actions.file),
        ),
        StepType(
            "set_aside",
            event="set_aside",
            label=t("自动邮件归档", "File an automatic mail"),
            happened=t("自动邮件已归档", "Automatic mail filed"),
            sentence=t("收到{who}的{mark}，直接归档：{topic}", "{mark} from {who}, filed at once: {topic}"),
            page=NoPage("the mailbox files automatic mail as it comes in; a person files by contact.file"),
        ),
        StepType(
            "supplement",
            event="supplemented",
            label=t("补充更正", "Correct"),
            happened=t("已补充更正", "Corrected"),
            sentence=t("{actor}补充更正了资料", "{actor} corrected the facts"),
            page=OtherPage("contact_supplement"),
            meaning={"reports": True},
        ),
    ),
)

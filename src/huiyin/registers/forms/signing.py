"""The forms by which people sign, refuse, pass on and take back, and the pages of a record's steps of approval."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from huiyin.kernel.approval import ENDS, RETURN
from huiyin.kernel.text import Text, t
from huiyin.records.steps.pages import RecordForm
from huiyin.records.steps.step_types import NoPage, StepPage
from huiyin.registers import actions
from huiyin.registers.approvals.rounds import approvals_of, levels_of
from huiyin.registers.approvals.signers import barred_from
from huiyin.registers.forms.plain import AnotherPersonForm, ReasonForm
from huiyin.registers.kinds import DataKind
from huiyin.ui import forms

BY_SIGNERS = ("approve", "send_back", "turn_down", "ask_again")
TEMPLATE = "registers/step.html"


def approval_page(kind: DataKind, verb: str) -> StepPage | NoPage | None:
    """The page of a step that an approval brings; None for other steps."""
    for one in approvals_of(kind.procedure, kind.key):
        if verb == one.verb("withdraw"):
            return StepPage(
                verb, form=ReasonForm, action=partial(actions.end, verb=verb), button="plain", template=TEMPLATE
            )
        if verb in [one.verb(name) for name in BY_SIGNERS]:
            return NoPage("It follows from what the signers do.")
    return None


class SignForm(RecordForm):
    """Agree and sign, with an opinion or without."""

    opinion = forms.TextField(label=t("意见", "Opinion"), rows=3, required=False, max_length=2000)


class RefuseForm(RecordForm):
    """Why not, and where it goes."""

    reason = forms.TextField(label=t("理由", "Reason"), rows=3, max_length=2000)
    to = forms.Choice(label=t("退回到", "Return it to"), required=False)
    straight = forms.YesNo(
        label=t("改好后直接回到这一级", "Come straight back to this level"),
        help=t(
            "不勾选，中间各级重新签署；内容改动的，一律从第一级重新签署",
            "Otherwise the levels between sign again; where the content changes, all levels do",
        ),
        required=False,
    )

    def prepare(self) -> None:
        """The author, and the levels before, where this level may return to them; nothing where there is no choice."""
        levels = levels_of(self.procedure, self.part.round.approval)
        mine = next(one for one in levels if one.key == self.part.level)
        before = [one for one in levels[: levels.index(mine)] if one.key not in self.part.round.skipped]
        if mine.refusal == ENDS or not before:
            del self.fields["straight"]
        if mine.refusal == ENDS or not before or RETURN not in mine.may:
            del self.fields["to"]
            return
        author: tuple[str, Text] = ("", t("提交人", "Whoever submitted it"))
        self.add_choices("to", [author, *((one.key, one.label) for one in before)])

    def values(self) -> dict[str, Any]:
        """The reason, and where to."""
        given = self.cleaned_data
        return {"reason": given["reason"], "to": given.get("to", ""), "straight": bool(given.get("straight"))}


class AnotherSignerForm(AnotherPersonForm):
    """Who is asked instead, or beside."""

    to = forms.Choice(label=t("请谁签署", "Who is asked"))

    def left_out(self) -> Collection[int | None]:
        """The reader, and whoever may not sign."""
        return [self.person.pk, *barred_from(self.record, self.part.round.approval, self.procedure)]


class TakeBackForm(RecordForm):
    """Why a signature is taken back."""

    reason = forms.TextField(label=t("原因", "Reason"), rows=2, max_length=500)

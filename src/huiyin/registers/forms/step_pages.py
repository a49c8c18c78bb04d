"""The pages on which the steps of a declared kind are taken, made from what the procedure says of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from huiyin.kernel.bounded import BoundedCache
from huiyin.kernel.text import Text
from huiyin.procedure import versions
from huiyin.procedure.entries import StepEntry
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import NoPage, OtherPage, StepPage, StepType
from huiyin.registers import actions
from huiyin.registers.forms.forms import DeclaredFactForm, DeclaredStepForm, FormsOfKind
from huiyin.registers.forms.plain import AnswerRowForm, HandOverForm, PassRowForm, ReasonForm
from huiyin.registers.forms.signing import approval_page
from huiyin.registers.kinds import CORRECT, HAND_OVER, MOST_KINDS, REOPEN, VOID, DataKind, kind_of
from huiyin.registers.rows import tasks

TEMPLATE = "registers/step.html"
_made: BoundedCache[tuple[str, str], KindSteps] = BoundedCache(MOST_KINDS)


class KindSteps:
    """The forms and step pages of one declared kind under one version."""

    def __init__(self, kind: DataKind) -> None:
        self.kind = kind
        self.forms = FormsOfKind(kind)
        self.pages = StepPages(
            kind.key,
            "register_step",
            tuple(map(self._step, kind.steps)),
            extra_context=_extra_context,
            names_kind=True,
        )

    def form_of(self, verb: str) -> Any:
        """The form by which a record is opened, or with ``correct`` corrected."""
        return self.forms.of(DeclaredFactForm, verb)

    def _step(self, step: StepEntry) -> StepType:
        return as_type(step, self._page(step))

    def _page(self, step: StepEntry) -> StepPage | OtherPage | NoPage:
        if not step.from_:
            return NoPage("It opens a record; lists and the pages of other records lead to it.")
        if step.follows:
            return NoPage("It follows from the step of another record.")
        of_approval = approval_page(self.kind, step.verb)
        if of_approval is not None:
            return of_approval
        if step.verb == CORRECT:
            return OtherPage("register_facts")
        if step.verb == HAND_OVER:
            return StepPage(HAND_OVER, form=HandOverForm, action=actions.hand_over, button="plain", template=TEMPLATE)
        if step.verb in (VOID, REOPEN) and self.kind.asks_reason(step.verb) and not self.kind.asked_by(step.verb):
            return StepPage(
                step.verb,
                form=ReasonForm,
                action=partial(actions.end, verb=step.verb),
                button="danger" if step.verb == VOID else "plain",
                template=TEMPLATE,
            )
        button = "danger" if step.ends else "plain" if step.aside else "primary"
        act = partial(actions.take, verb=step.verb)
        return StepPage(
            step.verb, form=self.forms.of(DeclaredStepForm, step.verb), action=act, button=button, template=TEMPLATE
        )


def _extra_context(request: Any, record: Any, part: Any, step: StepType) -> Mapping[str, Any]:
    return {"kind": kind_of(versions.procedure_of(record.procedure_id), record.kind)}


def as_type(step: StepEntry, page: StepPage | OtherPage | NoPage) -> StepType:
    """A step of the procedure with the page on which it is taken."""
    name = step.event.partition(".")[2]
    said = step.said or Text(step.label.zh, step.label.en)
    return StepType(step.verb, event=name, label=step.label, happened=step.label, sentence=said, page=page)


class RowSteps:
    """The step pages of the rows of one child table."""

    def __init__(self, kind: DataKind) -> None:
        pages = {
            "answer": StepPage("answer", form=AnswerRowForm, action=tasks.answer, template="registers/row_step.html"),
            "drop": StepPage(
                "drop", form=ReasonForm, action=tasks.drop, button="danger", template="registers/row_step.html"
            ),
            "pass_on": StepPage(
                "pass-on",
                form=PassRowForm,
                action=tasks.pass_on,
                button="plain",
                template="registers/row_step.html",
            ),
        }
        steps = (as_type(step, pages[step.verb]) for step in kind.steps if step.verb in pages)
        self.pages = StepPages(kind.key, "register_row_step", tuple(steps), names_kind=True)


def steps_of(kind: DataKind) -> KindSteps:
    """The step pages of a kind under its version, made once."""
    asked = (kind.procedure.digest, kind.key)
    found = _made.get(asked)
    return found if found is not None else _made.keep(asked, KindSteps(kind))


def row_steps_of(kind: DataKind) -> RowSteps:
    """The step pages of the rows of a child table."""
    return RowSteps(kind)

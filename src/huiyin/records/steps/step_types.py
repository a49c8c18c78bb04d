"""The steps of a kind of record, each declared once: its words, its event and sentence, its page, form and action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from huiyin.journal.phrases import register_sentence
from huiyin.kernel.text import Text
from huiyin.procedure import vocabulary
from huiyin.records.steps import conditions
from huiyin.ui.forms import StepForm

TakeStep = Callable[..., Any]
"""``action(record_or_part, *, context, **values)`` with the values that the form gives by the
names of its parameters.
"""


@dataclass(frozen=True, slots=True)
class StepPage:
    """The page on which a step is taken: the noun in its address, its form, and the action that takes the form's
    values.

    ``button`` is how it is offered: ``primary`` leads on, ``plain`` goes beside, ``danger`` ends.
    """

    noun: str
    _: KW_ONLY
    form: type[StepForm]
    action: TakeStep
    button: str = "primary"
    template: str = ""


@dataclass(frozen=True, slots=True)
class OtherPage:
    """The step is taken on a page of another make, at the address of this name.

    ``offered`` is False where the address takes more than the record's number, so that the record's own page leads
    there.
    """

    url: str
    offered: bool = True


@dataclass(frozen=True, slots=True)
class WithinStep:
    """The step is taken by the form of another step (``complaint.assign`` assigns each task), or of several."""

    step: str
    or_steps: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """Every step by whose form it is taken."""
        return (self.step, *self.or_steps)


@dataclass(frozen=True, slots=True)
class NoPage:
    """Nobody takes the step by hand; why not."""

    reason: str


@dataclass(frozen=True, slots=True)
class StepType:
    """A step that packs may place in a kind's table.

    ``event`` is written into the journal without the kind (``verified``); ``happened`` names it in lists of events,
    ``sentence`` tells it in the time-line, its places naming the payload. ``checked_after_form`` are guards that the
    form itself satisfies, so that they are judged after it, not before. ``meaning`` is what the event means beyond its
    label (``promises``, ``reports``, ``undoes`` … of ``vocabulary.Event``). ``when_void``: the sentence that refuses
    the step on a part whose record is void; without one it may be taken then too. ``passes_on``: whose place another
    takes by it (``owner``).
    """

    verb: str
    _: KW_ONLY
    event: str
    label: Text
    happened: Text
    sentence: Text
    page: StepPage | OtherPage | WithinStep | NoPage
    checked_after_form: tuple[str, ...] = ()
    meaning: Mapping[str, Any] = field(default_factory=dict)
    when_void: Text | None = None
    passes_on: str = ""

    def register(self, kind: str) -> None:
        """Tell the vocabulary of packs, the journal's sentences and the conditions of steps."""
        event = f"{kind}.{self.event}"
        vocabulary.verb(
            f"{kind}.{self.verb}",
            event=event,
            label=self.label,
            happened=self.happened,
            within=self.page.steps if isinstance(self.page, WithinStep) else (),
            ends=isinstance(self.page, StepPage) and self.page.button == "danger",
            never_when_void=self.when_void is not None,
            passes_on=self.passes_on,
            **self.meaning,
        )
        register_sentence(event, self.sentence)
        if self.checked_after_form:
            conditions.check_after_form(f"{kind}.{self.verb}", *self.checked_after_form)
        if self.when_void is not None:
            conditions.refuse_when_void(f"{kind}.{self.verb}", self.when_void)


@dataclass(frozen=True, slots=True)
class EventType:
    """Something that happens to a record beside its steps (an import, a file of a part): its words and its sentence."""

    event: str
    label: Text
    sentence: Text
    meaning: Mapping[str, Any] = field(default_factory=dict)

    def register(self, kind: str) -> None:
        """Tell the vocabulary of packs and the journal's sentences."""
        vocabulary.declare_event(f"{kind}.{self.event}", label=self.label, **self.meaning)
        register_sentence(f"{kind}.{self.event}", self.sentence)

"""What stands beside a form in which somebody's matter is entered: rooms above add it, lower ones do not know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure


@dataclass(frozen=True, slots=True)
class IntakePanel:
    """A panel beside the form: it asks ``url`` again with the words of ``fields`` as they are typed.

    Until something is typed ``title`` and ``hint`` stand there.
    """

    key: str
    url: str
    fields: tuple[str, ...]
    title: Text
    hint: Text


PanelFor = Callable[[Person, Procedure, tuple[str, ...]], IntakePanel | None]
_panels: list[PanelFor] = []


def register_panel(panel: PanelFor) -> None:
    """``panel(person, procedure, fields)`` gives what stands beside forms that ask a matter in these fields, or None
    where there is nothing for this person under this procedure.
    """
    _panels.append(panel)


def panels_for(person: Person, procedure: Procedure, fields: Sequence[str]) -> list[IntakePanel]:
    """The panels beside a form that asks a matter in ``fields``; none where it asks no matter."""
    if not fields:
        return []
    found = (panel(person, procedure, tuple(fields)) for panel in _panels)
    return [panel for panel in found if panel is not None]

"""A kind of record, declared once by its room: what the rest of the house knows of it is told from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from huiyin.journal import kinds as tables
from huiyin.journal import record_urls
from huiyin.journal.record_urls import Saying
from huiyin.kernel.text import Text
from huiyin.procedure import generic_guards, part_roles, vocabulary
from huiyin.procedure.part_roles import PartRole
from huiyin.records import access
from huiyin.records.access import Sight
from huiyin.records.files import files
from huiyin.records.lists.listing import ListPage
from huiyin.records.models import Part, Record, RecordPart
from huiyin.records.print.printed_sheets import PrintedSheet
from huiyin.records.relations import related_actions, relations
from huiyin.records.relations.related_actions import RelatedAction
from huiyin.records.search import search
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import EventType, StepType


class Aspect(Protocol):
    """What a kind is to one of the higher rooms (to a customer's card, to the calendar):
    that room says how it is taken up.
    """

    def register(self, kind: RecordKind) -> None:
        """Called once, with the kind that has this aspect."""


@dataclass(frozen=True, kw_only=True)
class PartKind:
    """A kind of part: its table; where its rows take steps of their own, what packs call it and its steps.

    ``roles`` are those whom its rows name, as packs may mean them: who takes a step, who owes.
    """

    model: type[Part]
    name: Text | None = None
    steps: StepPages | None = None
    events: Sequence[EventType] = ()
    roles: Sequence[PartRole] = ()

    def register(self, kind: str) -> None:
        """Tell the journal its table, and the vocabulary its words and roles."""
        key = self.model.part_kind
        tables.register_part(key, self.model)
        if self.name is not None:
            vocabulary.kind(key, label=self.name, part_of=kind)
        for role in self.roles:
            part_roles.declare(key, role)
        words: list[StepType | EventType] = [*(self.steps.steps if self.steps else ()), *self.events]
        for word in words:
            word.register(key)


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """Everything about one kind of record that the rest of the house must know.

    Nothing here may be left out by forgetting it: what a kind does not have, it says so (``related=()``). ``path`` is
    where its pages lie, ``name`` what people call one record; ``number_words`` and ``subject_words`` put keys into
    words. ``lists`` are its list pages, the first the one that shows the records themselves. ``sheets`` are those that
    a record is printed on, ``opened_from`` from the pages of which other kinds a record is opened, ``relations`` the
    words of its ties to those for which it was made. ``stored_digests`` names the files that its rows need beside
    attachments. ``aspects`` are what higher rooms want. ``is_case`` is False of files, which are kept and not worked
    on.
    """

    model: type[Record]
    name: Text
    path: str
    sight: Sight[Any]
    steps: StepPages
    parts: Sequence[PartKind]
    lists: Sequence[ListPage]
    sheets: Sequence[PrintedSheet]
    opened_from: Mapping[str, RelatedAction]
    aspects: Sequence[Aspect]
    has_own_fields: bool
    is_case: bool = True
    events: Sequence[EventType] = ()
    relations: Mapping[str, tuple[Text, Text | None]] = field(default_factory=dict)
    number_words: Saying | None = None
    subject_words: Saying | None = None
    stored_digests: Callable[[], Iterable[str]] | None = None

    @property
    def key(self) -> str:
        """The name of the kind in packs, addresses of the interface and the journal."""
        return self.model.kind

    def register(self) -> None:
        """Tell every registry of the lower rooms."""
        if self.key in declared:
            raise ImproperlyConfigured(f"the kind {self.key} is declared twice")
        declared[self.key] = self
        tables.register_record(self.key, self.model)
        record_urls.register(self.key, self.path, self.name, number=self.number_words, subject=self.subject_words)
        access.register_access(self.key, self.sight.find)
        search.register_visibility(self.key, self.sight.ids_for)
        self._register_words()
        for sheet in self.sheets:
            sheet.register(self.key)
        for kind, opening in self.opened_from.items():
            related_actions.register_related_action(kind, opening)
        for relation, (here, there) in self.relations.items():
            relations.declare_relation(relation, here=here, there=there)
            relations.declare_made_for(self.key, relation)
        if self.stored_digests is not None:
            files.register_references(self.stored_digests)
        for aspect in self.aspects:
            aspect.register(self)

    def _register_words(self) -> None:
        vocabulary.kind(
            self.key,
            label=self.name,
            has_own_fields=self.has_own_fields,
            opens_from=tuple(self.opened_from),
            is_case=self.is_case,
        )
        words: list[StepType | EventType] = [*self.steps.steps, *self.events]
        for word in words:
            word.register(self.key)
        for part in self.parts:
            part.register(self.key)

    def step_types(self) -> Iterable[tuple[str, StepType]]:
        """Every step of the kind and of its parts, under the kind that takes it."""
        yield from ((self.key, step) for step in self.steps.steps)
        for part in self.parts:
            yield from ((part.model.part_kind, step) for step in (part.steps.steps if part.steps else ()))


declared: dict[str, RecordKind] = {}
"""Every kind of record, by its key, in the order of the rooms."""


def omissions() -> list[str]:
    """What rooms forgot to declare, one sentence each: tables of no kind, columns of roles, guards without code.

    Empty in a sound house.
    """
    records = {kind.model for kind in declared.values()}
    parts = {part.model for kind in declared.values() for part in kind.parts}
    found = []
    for model in apps.get_models():
        if issubclass(model, Record) and model not in records and not model.is_of_packs:
            found.append(f"{model.__module__}.{model.__name__} is a record of no declared kind: add a RecordKind")
        if (
            issubclass(model, Part)
            and not issubclass(model, RecordPart)
            and model not in parts | tables.declared_models()
        ):
            found.append(f"{model.__module__}.{model.__name__} is a part of no declared kind: add it to a RecordKind")
    found += [lack for kind in declared.values() for part in kind.parts for lack in _columns_lacking(part)]
    found += [
        f"guard {name} of {kind} has no code: write it in the room's guards.py"
        for kind, name in vocabulary.guards_without_check()
    ]
    found += [f"the generic guard {name} has no code" for name in generic_guards.without_check()]
    return found


def _columns_lacking(part: PartKind) -> list[str]:
    has = {field.name for field in part.model._meta.get_fields()}
    return [
        f"role {part.model.part_kind}.{role.name} is read from {column}, which {part.model.__name__} does not have"
        for role in part.roles
        for column in role.columns
        if column not in has
    ]

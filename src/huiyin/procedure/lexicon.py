"""Every word that one procedure may use: those of the product, and those that its own kinds of record declare."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Protocol

from huiyin.kernel.text import Text, t
from huiyin.procedure import part_roles, vocabulary, words
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.generic_guards import field_of_guard
from huiyin.procedure.kind_entries import FieldEntry, FunctionEntry, KindEntry
from huiyin.procedure.offline_completion import SHEETS
from huiyin.procedure.part_roles import PartRole, RoleHolder
from huiyin.procedure.vocabulary import (
    DeclaredCatalogue,
    DeclaredField,
    DeclaredKind,
    DeclaredLayout,
    Event,
    Guard,
    Verb,
)

FIELD = "field:"
"""Before the name of a field that holds whom a selector means: ``field:visitor``."""
FORM_LAYOUT = "form"
"""The layout in which a declared kind is printed when its form names none."""
GIVEN = "given"
"""The event by which a row that is a task comes to the person responsible."""
TASK_GIVEN = t("{actor} 交办给 {who}：{what}", "{actor} gave {who} the task: {what}")
BY_FORM = ("is", "filled", "rows", "checked", "within", "apart", "covered", "managed")
"""Generic guards that a step's form may satisfy, when it asks what they speak of."""
NAMING = ("person", "department", "opinion")
"""Types of fields that name somebody."""


class Declaring(Protocol):
    """What of a procedure, or of a pack being read, declares words."""

    def kind_entries(self) -> Iterable[KindEntry]: ...

    def field_entries(self) -> Iterable[FieldEntry]: ...

    def step_entries(self) -> Iterable[StepEntry]: ...

    def function_entries(self) -> Iterable[FunctionEntry]: ...


@dataclass(frozen=True)
class Vocabulary:
    """The words of one procedure; ``PRODUCT`` holds those that every procedure has.

    ``named`` are the fields of each declared kind that name a person or a department, ``after_form`` the generic
    guards of each step that its own form may satisfy.
    """

    kinds: Mapping[str, DeclaredKind]
    verbs: Mapping[str, Verb]
    events: Mapping[str, Event]
    guards: Mapping[tuple[str, str], Guard]
    fields: Mapping[tuple[str, str], DeclaredField]
    catalogues: Mapping[str, DeclaredCatalogue]
    layouts: Mapping[str, DeclaredLayout]
    functions: Mapping[str, Text]
    roles: Mapping[str, PartRole]
    declared: Mapping[str, KindEntry] = field(default_factory=dict)
    named: Mapping[str, Mapping[str, FieldEntry]] = field(default_factory=dict)
    sentences: Mapping[str, Text] = field(default_factory=dict)
    after_form: Mapping[str, frozenset[str]] = field(default_factory=dict)

    # ---- kinds, verbs, events, fields

    def verb_of(self, kind: str, name: str) -> Verb | None:
        """The verb ``name`` of ``kind``, if there is one."""
        return self.verbs.get(f"{kind}.{name}")

    def event_of(self, step: str) -> str:
        """The event that the step ``kind.verb`` writes; KeyError for an unknown one."""
        return self.verbs[step].event

    def verbs_writing(self, event: str) -> tuple[Verb, ...]:
        """Verbs that write ``event``."""
        return tuple(self._writers.get(event, ()))

    @cached_property
    def _writers(self) -> dict[str, list[Verb]]:
        found: dict[str, list[Verb]] = {}
        for verb in self.verbs.values():
            found.setdefault(verb.event, []).append(verb)
        return found

    def undone_by(self, event: str) -> tuple[str, ...]:
        """The events that this one takes back."""
        return self.events[event].undoes if event in self.events else ()

    def tells_period(self, event: str) -> bool:
        """Whether the event says which period it speaks of."""
        return event in self.events and self.events[event].tells_period

    @cached_property
    def period_events(self) -> frozenset[str]:
        """Events that say which period they speak of."""
        return frozenset(key for key, event in self.events.items() if event.tells_period)

    @cached_property
    def reporting(self) -> frozenset[str]:
        """Events by which somebody reports something."""
        return frozenset(key for key, event in self.events.items() if event.reports)

    def field_of(self, kind: str, name: str) -> DeclaredField | None:
        """The built-in field ``name`` of ``kind``; of a part also the fields of the record it belongs to."""
        found = self.fields.get((kind, name))
        if found is None and (known := self.kinds.get(kind)) and known.part_of:
            return self.field_of(known.part_of, name)
        return found

    def chain_of(self, kind: str) -> str:
        """The kind of record on whose chain something of ``kind`` is journaled."""
        known = self.kinds.get(kind)
        return known.part_of if known and known.part_of else kind

    # ---- whom selectors mean

    def step_roles(self) -> dict[str, Text]:
        """Who may take a step, besides a function and ``<function>.head``: on any record, and as its parts name."""
        return {**words.BY, **{word: role.label for word, role in self.roles.items() if role.takes_steps}}

    def owner_roles(self) -> dict[str, Text]:
        """Who owes, is owed or is told, besides a function: on any record, and as its parts name them."""
        return {**words.OWNERS, **{word: role.label for word, role in self.roles.items()}}

    def naming_fields(self, kind: str) -> list[str]:
        """``field:<name>`` for each field of a declared kind, or of the record its rows belong to, that names whom."""
        return [
            f"{FIELD}{name}" for of in dict.fromkeys((kind, self.chain_of(kind))) for name in self.named.get(of, ())
        ]

    def by_words(self, kind: str) -> tuple[str, ...]:
        """Every word a step's ``by`` may hold."""
        heads = (f"{function}.head" for function in self.functions)
        return (*self.functions, *self.step_roles(), *heads, *self.naming_fields(kind))

    def owner_words(self, kind: str) -> tuple[str, ...]:
        """Every word an obligation's ``owner`` and ``owed_to`` and a step's ``tells`` may hold."""
        return (*self.owner_roles(), *self._by_function(), *self.naming_fields(kind))

    def ladder_words(self) -> tuple[str, ...]:
        """Every word a rung's ``to`` may hold."""
        return (*words.LADDER, *self.functions, *(f"function:{function}" for function in self.functions))

    def authority_words(self) -> tuple[str, ...]:
        """Every word an authority level's ``who`` may hold."""
        return (*self.functions, "head", *(f"{function}.head" for function in self.functions))

    def visibility_words(self) -> tuple[str, ...]:
        """Every word a list of ``[visibility]`` may hold."""
        return (*self.functions, words.ANYONE)

    def function_in(self, word: str) -> str | None:
        """The function a selector names (``quality``, ``quality.head``, ``head:quality``); None when it names none."""
        return words.function_in(word, self.functions)

    def _by_function(self) -> Iterator[str]:
        for prefix in ("function", "head"):
            yield from (f"{prefix}:{function}" for function in self.functions)

    def kind_of_part(self, word: str) -> str | None:
        """The kind of part a selector speaks of (``task.department`` → ``task``), or None when of none."""
        kind, dot, _ = word.partition(".")
        known = self.kinds.get(kind) if dot else None
        return kind if known and known.part_of else None

    def field_in(self, word: str, kind: str) -> FieldEntry | None:
        """The field that a selector ``field:<name>`` means on a kind of record."""
        if not word.startswith(FIELD):
            return None
        name = word.removeprefix(FIELD)
        for of in (kind, self.chain_of(kind)):
            if name in self.named.get(of, {}):
                return self.named[of][name]
        return None


PRODUCT = Vocabulary(
    kinds=vocabulary.KINDS,
    verbs=vocabulary.VERBS,
    events=vocabulary.EVENTS,
    guards=vocabulary.GUARDS,
    fields=vocabulary.FIELDS,
    catalogues=vocabulary.CATALOGUES,
    layouts=vocabulary.LAYOUTS,
    functions=vocabulary.FUNCTIONS,
    roles=part_roles.PART_ROLES,
)
"""The words of the product alone."""


def vocabulary_of(said: Declaring) -> Vocabulary:
    """The words of a procedure or of a pack being read: the product's, and those its kinds and functions declare."""
    declared = {kind.key: kind for kind in said.kind_entries()}
    functions = {one.key: one.label for one in said.function_entries()}
    product = PRODUCT.__dict__ | {"declared": declared}
    product = {name: product[name] for name in Vocabulary.__dataclass_fields__ if name in product}
    every = list(said.field_entries())
    by_kind: dict[str, list[FieldEntry]] = {}
    for each in every:
        by_kind.setdefault(each.kind, []).append(each)
    after_form = {
        step.key: _after_form(step, _asked_by(step, by_kind.get(step.kind, ()), declared))
        for step in said.step_entries()
        if step.guards
    }
    product["after_form"] = {key: found for key, found in after_form.items() if found}
    if not declared:
        return Vocabulary(**product | {"functions": MappingProxyType({**PRODUCT.functions, **functions})})
    steps = [step for step in said.step_entries() if step.kind in declared]
    fields = [each for each in every if each.kind in declared]
    layout = DeclaredLayout(FORM_LAYOUT, t("按字段排的表单", "The form, field by field"), tuple(declared))
    own: dict[str, Mapping[str, Any]] = {
        "kinds": {key: DeclaredKind(key, kind.label, kind.part_of, True) for key, kind in declared.items()},
        "verbs": {step.key: Verb(step.key, step.event, step.label) for step in steps},
        "events": _events(steps, declared),
        "layouts": {FORM_LAYOUT: layout},
        "functions": functions,
        "roles": _roles(declared.values()),
    }
    for name, more in own.items():
        product[name] = MappingProxyType({**product[name], **more})
    named: dict[str, dict[str, FieldEntry]] = {}
    for each in fields:
        if each.type in NAMING:
            named.setdefault(each.kind, {})[each.name] = each
    sentences = {step.event: step.said for step in steps if step.said is not None}
    sentences |= {f"{kind.key}.{GIVEN}": TASK_GIVEN for kind in declared.values() if kind.rows == "task"}
    return Vocabulary(**product | {"named": named, "sentences": sentences})


def _after_form(step: StepEntry, asked: Container[str]) -> frozenset[str]:
    """The generic guards that the step's own form may satisfy: they speak of something that it asks."""
    found = set()
    for written in step.guards:
        name, _, argument = written.partition(":")
        field = field_of_guard(written) or argument.rpartition(".")[2]
        if name == "balance" or (name in BY_FORM and field in asked):
            found.add(written)
    return frozenset(found)


def _asked_by(step: StepEntry, own: Iterable[FieldEntry], declared: Container[str]) -> set[str]:
    """The fields of its kind that the form of a step asks: of the product's own kinds what the step requires; before
    such a record is opened nothing is known of it.
    """
    if step.kind in declared:
        return {each.name for each in own if each.is_asked(step.verb, opens=not step.from_)}
    if not step.from_:
        return {name for guard in step.guards if (name := field_of_guard(guard))}
    return {*step.requires, *(each.name for each in own if step.verb in each.required_for)}


def _events(steps: Iterable[StepEntry], declared: Mapping[str, KindEntry]) -> dict[str, Event]:
    found: dict[str, Event] = {
        f"{kind.key}.{GIVEN}": Event(
            f"{kind.key}.{GIVEN}", t("{row}：已交办", "{row}: given to somebody", row=kind.label), promises=True
        )
        for kind in declared.values()
        if kind.rows == "task"
    }
    for step in steps:
        kind = declared[step.kind]
        found.setdefault(
            step.event,
            Event(
                step.event,
                step.label,
                promises=bool(step.promises),
                tells_period=kind.period is not None,
                reports=step.reports,
                undoes=tuple(f"{step.kind}.{event}" for event in step.undoes),
            ),
        )
    return found


def _roles(kinds: Iterable[KindEntry]) -> dict[str, PartRole]:
    """Task rows name whose they are, places to sign who is asked; others of a declared kind name nobody."""
    found: dict[str, PartRole] = {}
    for kind in kinds:
        if kind.rows == "task":
            found[f"{kind.key}.owner"] = PartRole(
                name="owner",
                holder=RoleHolder.PERSON,
                label=t("“{row}”的负责人", "the person responsible for the {row}", row=kind.label),
                person="owner",
                department=None,
            )
        elif kind.rows == "signers":
            label = t("请来签署的人", "whoever is asked to sign")
            found[f"{kind.key}.signer"] = PartRole(name="signer", holder=RoleHolder.AS_ASKED, label=label)
        elif kind.rows == SHEETS:
            label = t("填写人部门的负责人", "the head of its author's department")
            found[f"{kind.key}.decider"] = PartRole(name="decider", holder=RoleHolder.HEAD, label=label)
    return found

"""The procedure as everything else reads it: one unchangeable value with its look-ups."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from huiyin.kernel.steptable import StepTable, Transition
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.procedure import vocabulary
from huiyin.procedure.calendars import work_calendars
from huiyin.procedure.content import digest_of, without_gone
from huiyin.procedure.duty_entries import ObligationRule, PauseRule
from huiyin.procedure.duty_events import DutyReach, by_event, reach_of
from huiyin.procedure.entries import (
    Authority,
    AuthorityLevel,
    Calendar,
    CalendarDay,
    CatalogueEntry,
    Clause,
    DepartmentCalendar,
    DepartmentEntry,
    EvidenceEntry,
    FormEntry,
    Header,
    Noun,
    Numbering,
    OptionEntry,
    PackEntry,
    PackText,
    Sharing,
    State,
    StepEntry,
    Words,
    Zone,
)
from huiyin.procedure.kind_entries import (
    ApprovalEntry,
    ApprovalLevel,
    BalanceEntry,
    EffectEntry,
    Example,
    FieldEntry,
    FunctionEntry,
    GroupEntry,
    KindEntry,
    Target,
)
from huiyin.procedure.lexicon import FIELD, Vocabulary, vocabulary_of
from huiyin.procedure.sections import KEYLESS, SECTIONS
from huiyin.procedure.words import ANYONE, LADDER, UNLIMITED, function_in


class UnknownKey(KeyError):
    """The procedure has no entry of this key."""

    def __init__(self, procedure: str, section: str, key: str) -> None:
        super().__init__(f"procedure {procedure!r} has no {section} {key!r}")


class Procedure(PackEntry):
    """A company's written procedure as data; made by ``loader.load_pack`` or from a stored version's content."""

    key: str
    version: str
    title: PackText
    timezone: Zone
    currency: str
    extends: str | None = None
    calendar: Calendar
    calendar_days: tuple[CalendarDay, ...] = ()
    department_calendars: tuple[DepartmentCalendar, ...] = ()
    departments: tuple[DepartmentEntry, ...] = ()
    forms: tuple[FormEntry, ...] = ()
    nouns: tuple[Noun, ...] = ()
    numbering: tuple[Numbering, ...] = ()
    catalogues: tuple[CatalogueEntry, ...] = ()
    states: tuple[State, ...] = ()
    steps: tuple[StepEntry, ...] = ()
    fields: tuple[FieldEntry, ...] = ()
    obligations: tuple[ObligationRule, ...] = ()
    pauses: tuple[PauseRule, ...] = ()
    authority: tuple[Authority, ...] = ()
    sharings: tuple[Sharing, ...] = ()
    visibility: dict[str, Words] = Field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    evidence: tuple[EvidenceEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    functions: tuple[FunctionEntry, ...] = ()
    kinds: tuple[KindEntry, ...] = ()
    balances: tuple[BalanceEntry, ...] = ()
    effects: tuple[EffectEntry, ...] = ()
    approvals: tuple[ApprovalEntry, ...] = ()
    levels: tuple[ApprovalLevel, ...] = ()
    targets: tuple[Target, ...] = ()
    examples: tuple[Example, ...] = ()

    @classmethod
    def assemble(
        cls,
        header: Header,
        calendar: Calendar,
        visibility: Mapping[str, Words],
        sections: Mapping[str, Iterable[PackEntry]],
    ) -> Procedure:
        """The procedure from checked entries by section name."""
        values: dict[str, Any] = {**dict(header), "calendar": calendar, "visibility": dict(visibility)}
        values |= {SECTIONS[name][0]: tuple(entries) for name, entries in sections.items()}
        return cls.model_construct(**values)

    def to_json(self) -> dict[str, Any]:
        """The procedure as plain data for storing.

        What has its usual value is left out, so that what the product learns later leaves stored versions their digest.
        """
        return self.model_dump(mode="json", exclude_defaults=True)

    def described(self) -> dict[str, Any]:
        """The procedure as plain data with everything that has its usual value too."""
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, content: Mapping[str, Any] | str | bytes) -> Procedure:
        """The procedure from stored content; words no longer declared do no harm here."""
        stored = json.loads(content) if isinstance(content, str | bytes) else content
        return cls.model_validate(without_gone(stored))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical content; equal procedures have equal digests."""
        return digest_of(self.to_json())

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return self.timezone

    # ---- words

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word of this procedure: the product's and those of its own kinds."""
        return vocabulary_of(self)

    def kind_entries(self) -> tuple[KindEntry, ...]:
        """The kinds it declares."""
        return self.kinds

    def field_entries(self) -> tuple[FieldEntry, ...]:
        """The fields it declares."""
        return self.fields

    def step_entries(self) -> tuple[StepEntry, ...]:
        """Its steps."""
        return self.steps

    def function_entries(self) -> tuple[FunctionEntry, ...]:
        """The functions it adds."""
        return self.functions

    # ---- departments, time

    def department(self, key: str) -> DepartmentEntry:
        """The department ``key``; UnknownKey."""
        return self._found("department", key)

    def departments_with(self, function: str) -> tuple[DepartmentEntry, ...]:
        """The departments that hold ``function``, in the pack's order."""
        return tuple(each for each in self.departments if function in each.functions)

    def calendar_for(self, department_key: str | None) -> WorkCalendar:
        """The working time of a department, or of the company when it has none of its own or is not known."""
        return self._calendars.get(department_key, self._calendars[None])

    @cached_property
    def _calendars(self) -> dict[str | None, WorkCalendar]:
        return work_calendars(self.calendar, self.calendar_days, self.department_calendars, self.timezone)

    # ---- states and steps

    def step_table(self, kind: str) -> StepTable:
        """The step table of a kind of record; an empty one when the pack has none."""
        return self._tables.get(kind) or StepTable((), ())

    def state(self, kind: str, key: str) -> State:
        """The state ``key`` (as the record holds it) of a kind; UnknownKey."""
        return self._found("state", f"{kind}.{key}")

    def phase(self, kind: str, key: str) -> str:
        """The phase a state counts as."""
        return self.state(kind, key).phase

    def states_of(self, kind: str) -> tuple[State, ...]:
        """The states of a kind in the pack's order."""
        return tuple(state for state in self.states if state.kind == kind)

    def step(self, key: str) -> StepEntry | None:
        """The step ``kind.verb``, or None when the pack does not have it."""
        return self._index["step"].get(key)

    def step_label(self, key: str) -> Text | None:
        """What the company calls the step ``kind.verb``."""
        step = self._index["step"].get(key)
        return step.label if step else None

    def step_clause(self, key: str) -> str:
        """The clause under which the step is taken; empty when none is named."""
        step = self._index["step"].get(key)
        return step.clause if step else ""

    def step_recipients(self, key: str) -> Words:
        """Who is told when the step is taken."""
        step = self._index["step"].get(key)
        return step.tells if step else ()

    def event_clause(self, event: str) -> str:
        """The clause of the step that writes ``event``."""
        step = self._step_of_event.get(event)
        return step.clause if step else ""

    def event_recipients(self, event: str) -> Words:
        """Who is told of ``event`` by the step that writes it."""
        step = self._step_of_event.get(event)
        return step.tells if step else ()

    @cached_property
    def _tables(self) -> dict[str, StepTable]:
        kinds = dict.fromkeys([*(state.kind for state in self.states), *(step.kind for step in self.steps)])
        return {kind: self._table(kind) for kind in kinds}

    def _table(self, kind: str) -> StepTable:
        states = self.states_of(kind)
        final = [state.name for state in states if state.phase in vocabulary.LAST_PHASES]
        rows = [self._transition(step) for step in self.steps if step.kind == kind]
        return StepTable([state.name for state in states], rows, final=final)

    def _transition(self, step: StepEntry) -> Transition:
        required = (each.name for each in self.fields if each.kind == step.kind and step.verb in each.required_for)
        return Transition(
            verb=step.verb,
            origins=frozenset(step.from_) or frozenset({None}),
            to=step.to,
            by=frozenset(step.by),
            guards=step.guards,
            requires=tuple(dict.fromkeys([*step.requires, *required])),
        )

    @cached_property
    def _step_of_event(self) -> dict[str, StepEntry]:
        verbs = self.vocabulary.verbs
        return {verbs[each.key].event: each for each in self.steps if each.key in verbs}

    # ---- fields, catalogues, numbers, forms

    def fields_of(self, kind: str) -> tuple[FieldEntry, ...]:
        """The company's own fields of a kind."""
        return tuple(each for each in self.fields if each.kind == kind)

    def field_label(self, subject: Any, name: str) -> Text:
        """What a field is called; ``subject`` is a kind, or a record or part that tells its kind."""
        kind = subject if isinstance(subject, str) else getattr(subject, "part_kind", None) or subject.kind
        own = self._index["field"].get(f"{kind}.{name}")
        built_in = self.vocabulary.field_of(kind, name)
        return own.label if own else built_in.label if built_in else t(name, name)

    def catalogue(self, key: str) -> tuple[OptionEntry, ...]:
        """The options of a catalogue in the pack's order; none when the pack leaves it out."""
        return found.options if (found := self._index["catalogue"].get(key)) else ()

    def option(self, catalogue: str, key: str) -> OptionEntry | None:
        """One option, or None when the catalogue does not have it."""
        return self._options.get((catalogue, key))

    def numbering_for(self, key: str) -> Numbering:
        """How a kind is numbered; UnknownKey."""
        return self._found("numbering", key)

    def form(self, key: str) -> FormEntry:
        """The form ``key``; UnknownKey."""
        return self._found("form", key)

    def forms_of(self, kind: str) -> tuple[FormEntry, ...]:
        """The forms that show a kind of record."""
        return tuple(form for form in self.forms if form.record == kind)

    # ---- obligations

    def rule(self, key: str) -> ObligationRule:
        """The obligation rule ``key``; UnknownKey."""
        return self._found("obligation", key)

    def target(self, key: str) -> Target:
        """The target ``key``; UnknownKey."""
        return self._found("target", key)

    def rules_opened_by(self, event: str) -> tuple[ObligationRule, ...]:
        """The rules that an event opens."""
        return self._opened.get(event, ())

    def rules_ended_by(self, event: str) -> Mapping[str, str]:
        """The keys of the rules whose obligations an event ends, each with the column that says how."""
        return self._ended.get(event, {})

    @cached_property
    def reach(self) -> DutyReach:
        """How far its events and facts reach beyond the record to which they belong."""
        return reach_of(self.obligations, self.vocabulary)

    # ---- people

    def _field_named(self, word: str) -> Text | None:
        """What the field is called in which a selector (``field:visitor``) finds whom it means."""
        if not word.startswith(FIELD):
            return None
        name = word.removeprefix(FIELD)
        return next((each.label for each in self.fields if each.name == name), None)

    def limit_of(self, authority_key: str, person_functions: Iterable[str], is_head: bool) -> Decimal | None:
        """The highest amount somebody may decide: None is unlimited, zero when no level speaks of them; UnknownKey."""
        levels, functions = self._found("authority", authority_key).levels, frozenset(person_functions)
        limits = [level.limit for level in levels if _meets(level, functions, is_head)]
        if UNLIMITED in limits:
            return None
        return max((Decimal(limit) for limit in limits), default=Decimal(0))

    def sharing(self, cost: str) -> Sharing | None:
        """How a kind of cost is shared; None where the procedure makes nobody bear it."""
        return next((each for each in self.sharings if each.key == cost), None)

    def sees_all(self, kind: str, functions: Iterable[str]) -> bool:
        """Whether somebody with ``functions`` sees every record of a kind; others see those they take part in."""
        return not {ANYONE, *functions}.isdisjoint(self.visibility.get(kind, ()))

    def role_label(self, word: str) -> Text:
        """Whom a selector means, in the company's words:
        its departments for a function, else the selector's own words.
        """
        function = self.vocabulary.function_in(word)
        if function is None:
            known = dict(LADDER) | self.vocabulary.owner_roles() | self.vocabulary.step_roles()
            return known.get(word) or self._field_named(word) or t(word, word)
        names = [department.name for department in self.departments_with(function)]
        names = names or [self.vocabulary.functions.get(function, t(function, function))]
        holder = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
        if word.startswith("head:") or word.endswith(".head"):
            return t("{holder}负责人", "the head of {holder}", holder=holder)
        return holder

    def clause(self, key: str) -> Clause:
        """The clause ``key``; UnknownKey."""
        return self._found("clause", key)

    # ---- look-ups, each made once

    def _found(self, section: str, key: str) -> Any:
        try:
            return self._index[section][key]
        except KeyError:
            raise UnknownKey(self.key, section, key) from None

    @cached_property
    def _index(self) -> dict[str, dict[str, Any]]:
        named = {
            name: getattr(self, attribute) for name, (attribute, model) in SECTIONS.items() if model not in KEYLESS
        }
        return {name: {entry.key: entry for entry in entries} for name, entries in named.items()}

    @cached_property
    def _options(self) -> dict[tuple[str, str], OptionEntry]:
        return {(each.key, option.key): option for each in self.catalogues for option in each.options}

    @cached_property
    def _opened(self) -> dict[str, tuple[ObligationRule, ...]]:
        return by_event((rule.opens, rule) for rule in self.obligations if rule.opens)

    @cached_property
    def _ended(self) -> dict[str, dict[str, str]]:
        ended: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for rule in self.obligations:
            ways = dict.fromkeys(rule.cancels, "cancelled_at") | dict.fromkeys(rule.puts_off, "put_off")
            ways |= dict.fromkeys(rule.closes, "fulfilled_at")
            for event, column in ways.items():
                ended[event][rule.key] = column
        return dict(ended)


def _meets(level: AuthorityLevel, functions: frozenset[str], is_head: bool) -> bool:
    if level.who == "head":
        return is_head
    return function_in(level.who, functions) in functions and (is_head or not level.who.endswith(".head"))

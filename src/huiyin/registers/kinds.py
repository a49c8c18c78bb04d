"""A declared kind under one version of the procedure: its fields, its rows, what is asked at which step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from huiyin.kernel.bounded import BoundedCache
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.going_back import asks_reason, goes_back
from huiyin.procedure.kind_entries import FieldEntry, KindEntry
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.conditions import opening_refusals

CORRECT, VOID, REOPEN, HAND_OVER = "correct", "void", "reopen", "hand_over"
"""Steps that every declared kind has without its pack writing them."""
UNLISTED_TYPES = ("note", "rows", "file", "photo", "signature")
"""Types of fields that stand in no column of a list."""
MOST_KINDS = 400
_made: BoundedCache[tuple[str, str], DataKind] = BoundedCache(MOST_KINDS)


@dataclass(frozen=True)
class DataKind:
    """What one version of the procedure says of a kind that it declares."""

    entry: KindEntry
    procedure: Procedure

    @property
    def key(self) -> str:
        """The kind's key."""
        return self.entry.key

    @property
    def label(self) -> Text:
        """What one record is called."""
        return self.entry.label

    @property
    def many(self) -> Text:
        """What the list of them is called."""
        return self.entry.many or self.entry.label

    @cached_property
    def fields(self) -> tuple[FieldEntry, ...]:
        """Its fields in the order of the pack."""
        return self.procedure.fields_of(self.key)

    @cached_property
    def steps(self) -> tuple[StepEntry, ...]:
        """Its steps in the order of the pack."""
        return tuple(step for step in self.procedure.steps if step.kind == self.key)

    @cached_property
    def openings(self) -> tuple[StepEntry, ...]:
        """The steps by which people open a record."""
        return tuple(step for step in self.steps if not step.from_ and not step.follows)

    def openings_for(self, person: Person) -> list[StepEntry]:
        """The opening steps that the person may take from the list; those of a period are opened by their duty too."""
        return [step for step in self.openings if not opening_refusals(step.key, person, self.procedure)]

    def field(self, name: str) -> FieldEntry | None:
        """The field of this name."""
        return next((each for each in self.fields if each.name == name), None)

    def asked_by(self, verb: str) -> list[FieldEntry]:
        """The fields that stand on the form of a step, notes among them.

        A field that names no step is asked when a record is opened; a correction asks all that people write.
        """
        if verb == CORRECT:
            return [each for each in self.fields if each.is_written or each.type == "note"]
        opens = verb in {step.verb for step in self.steps if not step.from_}
        return [
            each
            for each in self.fields
            if (each.is_written or each.type == "note") and each.is_asked(verb, opens=opens)
        ]

    def is_required(self, field: FieldEntry, verb: str) -> bool:
        """Whether a step needs the field, as long as it is shown."""
        step = self.procedure.step(f"{self.key}.{verb}")
        return verb in field.required_for or (step is not None and field.name in step.requires)

    def goes_back(self, step: StepEntry) -> bool:
        """Whether a step takes the record back to an earlier state."""
        return goes_back(step, self._state_names)

    def asks_reason(self, verb: str) -> bool:
        """Whether the form of a step asks why, for the journal."""
        step = self.procedure.step(f"{self.key}.{verb}")
        asks_else = any(each.type != "note" for each in self.asked_by(verb))
        return step is not None and asks_reason(step, self._state_names, asks_else=asks_else)

    @cached_property
    def _state_names(self) -> list[str]:
        return [state.name for state in self.procedure.states_of(self.key)]

    @cached_property
    def tables(self) -> tuple[FieldEntry, ...]:
        """The fields that are child tables."""
        return tuple(each for each in self.fields if each.type == "rows")

    def rows(self, field: FieldEntry) -> DataKind:
        """The kind of the rows of a child table."""
        return kind_of(self.procedure, field.of)

    @cached_property
    def subject_fields(self) -> list[FieldEntry]:
        """The fields that stand for a record in lists and notices; the first text of all where the pack names none."""
        named = [each for name in self.entry.subject if (each := self.field(name)) is not None]
        return named or [each for each in self.fields if each.type in ("text", "longtext")][:1]

    @cached_property
    def listable(self) -> list[FieldEntry]:
        """The fields that its list may show."""
        return [each for each in self.fields if each.type not in UNLISTED_TYPES]

    @cached_property
    def columns(self) -> Sequence[FieldEntry]:
        """The fields that its list shows at first; the first few where the pack names none."""
        named = [each for name in self.entry.columns if (each := self.field(name)) is not None]
        return named or self.listable[:5]


def kind_of(procedure: Procedure, key: str) -> DataKind:
    """The kind ``key`` as a procedure declares it; Http404 where it declares none."""
    entry = procedure.vocabulary.declared.get(key)
    if entry is None:
        raise Http404(key)
    asked = (procedure.digest, key)
    found = _made.get(asked)
    return found if found is not None else _made.keep(asked, DataKind(entry, procedure))

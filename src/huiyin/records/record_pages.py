"""The page of a record: what every one of them shows beside its own work,
read once and handed to the shared template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from huiyin.journal.queries import LogLine, timeline
from huiyin.kernel.text import Text
from huiyin.obligations.models import Obligation
from huiyin.obligations.queries import is_owed_by, on_record
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Attachment, Comment, Record, Signature
from huiyin.records.ownfields import custom_facts
from huiyin.records.print.forms import printable_forms
from huiyin.records.queries import comments_on, files_on, signatures_on
from huiyin.records.relations.related_actions import related_actions
from huiyin.records.relations.relations import LinkedRecord, linked_records
from huiyin.records.steps.next_steps import NextSteps, other_steps, step_bar
from huiyin.records.steps.pages import ProcedureLabels, StepAction, StepPages


@dataclass
class RecordPage:
    """What stands on a record's page: time-line, files, comments, signatures, who owes what."""

    request: Any
    record: Record
    procedure: Procedure = field(init=False)

    def __post_init__(self) -> None:
        self.procedure = versions.procedure_of(self.record.procedure_id)

    @cached_property
    def lines(self) -> list[LogLine]:
        """The time-line, newest first."""
        return timeline(self.record.kind, self.record.pk)

    @cached_property
    def events(self) -> set[str]:
        """Everything that ever happened here, by name."""
        return {line.event for line in self.lines}

    @cached_property
    def files(self) -> list[Attachment]:
        """Files that stand here, oldest first."""
        return files_on(self.record.kind, self.record.pk)

    @cached_property
    def comments(self) -> list[Comment]:
        """What colleagues wrote, oldest first."""
        return comments_on(self.record.kind, self.record.pk)

    @cached_property
    def signatures(self) -> list[Signature]:
        """Who signed; read only where somebody did."""
        return signatures_on(self.record.kind, self.record.pk) if self.events & {"record.signed"} else []

    @cached_property
    def ties(self) -> list[LinkedRecord]:
        """Records of other rooms that this one is tied to; asked for only where there can be any."""
        if not type(self.record).ties and not self.events & {"record.linked"}:
            return []
        return linked_records(self.record, self.request.user)

    @cached_property
    def owed(self) -> list[Obligation]:
        """What is and was owed here, by urgency."""
        return on_record(self.record.kind, self.record.pk)

    def context(
        self, pages: StepPages, actions: Sequence[StepAction], coming: NextSteps, *, but: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """For ``records/record.html``; steps in ``but`` have a place of their own on the page."""
        record, request = self.record, self.request
        first = pages.with_form(coming.first.offer.verb) if coming.first else None
        return {
            "record": record,
            "procedure": self.procedure,
            "steps": step_bar(record, self.procedure, events=self.events),
            "state": self.procedure.state(record.kind, record.state),
            "label": ProcedureLabels(self.procedure),
            "next": coming,
            "step": first,
            "form": pages.form(first, request, record) if first else None,
            "others": other_steps(actions, coming, but=but),
            "urgent": next((row for row in self.owed if row.is_open and row.paused_at is None), None),
            "forms": printable_forms(self.procedure, record.kind),
            "owed": self.owed,
            "mine": [row for row in self.owed if row.is_open and is_owed_by(row, request.user)],
            "lines": self.lines,
            "files": self.files,
            "comments": self.comments,
            "ties": self.ties,
            "openings": related_actions(record, request.user, request.procedure),
            "own_facts": custom_facts(record, self.procedure),
            "signatures": self.signatures,
            "roles": SigningRoles(self.procedure, request.user),
        }


class SigningRoles:
    """In which functions the reader may sign, and what they are called under the procedure."""

    def __init__(self, procedure: Procedure, person: Any) -> None:
        self.mine = sorted(person.functions())
        self._procedure = procedure

    def label(self, key: str) -> Text:
        """The words of a function."""
        return self._procedure.vocabulary.functions.get(key) or self._procedure.role_label(key)

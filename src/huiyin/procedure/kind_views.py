"""What a pack says of a declared kind beside its form: its calendar, that it answers questions, that its rows are
shifts, that it tells of leave from duty, where its rows come from.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from huiyin.procedure.base_entry import PackEntry
from huiyin.procedure.shapes import Words
from huiyin.procedure.words import ROW_SOURCES, choice

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
States = Annotated[Words, Field(min_length=1)]


class CalendarView(PackEntry):
    """Which day of a record stands in the calendar, until when, and whose day it is."""

    day: FieldName
    until: FieldName | None = None
    who: FieldName | None = None


class KnowledgeView(PackEntry):
    """That records of the kind answer questions: which fields do, in which states they hold.

    ``beside``: fields of declared kinds (``kind.field``) in which a matter is entered; what fits the words being typed
    there is shown beside the form.
    """

    title: FieldName
    question: FieldName
    answer: FieldName
    family: FieldName | None = None
    keywords: FieldName | None = None
    states: States
    beside: Words = ()


class ShiftView(PackEntry):
    """That rows are shifts of a roster: from when until when, whose, who stands in, who manages on special days.

    ``states``: those of the roster in which its shifts hold.
    """

    starts: FieldName
    ends: FieldName
    who: FieldName
    substitute: FieldName | None = None
    special: FieldName | None = None
    manager: FieldName | None = None
    states: States


class LeaveView(PackEntry):
    """That a record tells of leave from duty: from when until when at most, whose, and who stands in.

    ``states``: those in which the leave holds.
    """

    starts: FieldName
    ends: FieldName
    who: FieldName
    substitute: FieldName
    states: States


class RowSource(PackEntry):
    """Where the rows of a child table come from when the form is opened.

    ``take``: what is taken; ``kinds``: of records of which kinds; ``person``: the field that names whose; ``into``: the
    row's field that says what it is; ``owner``: the field that names who is responsible for a row that names nobody.
    """

    take: Annotated[str, AfterValidator(choice(ROW_SOURCES))]
    kinds: Annotated[Words, Field(min_length=1)]
    person: FieldName
    into: FieldName
    owner: FieldName | None = None

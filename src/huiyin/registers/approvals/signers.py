"""Whom a level of an approval asks on a record, and whom when nobody of them is there: somebody, always."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.obligations.owners import Owner, StaffDirectory
from huiyin.people.models import Department, Person
from huiyin.procedure.computing import is_number
from huiyin.procedure.kind_entries import ApprovalLevel, Condition
from huiyin.procedure.lexicon import FIELD
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import UNLIMITED
from huiyin.registers.models import FormRecord

AUTHORITY = "authority:"


@dataclass(frozen=True)
class Asked:
    """One who is asked: a person, or a department, or only its head."""

    person: Person | None = None
    department: Department | None = None
    heads_only: bool = False

    @property
    def word(self) -> str:
        """The word by which the kernel knows them."""
        if self.person is not None:
            return f"person:{self.person.pk}"
        assert self.department is not None
        return f"{'head' if self.heads_only else 'department'}:{self.department.pk}"

    @classmethod
    def of(cls, word: str) -> Asked:
        """Whom a word of the kernel means."""
        kind, _, pk = word.partition(":")
        if kind == "person":
            person = Person.objects.select_related("department").get(pk=int(pk))
            return cls(person, person.department)
        return cls(None, Department.objects.get(pk=int(pk)), kind == "head")

    @classmethod
    def on(cls, row: Any) -> Asked:
        """Who is asked at a place to sign."""
        return cls(row.person, row.department, row.heads_only)


class AskedOf:
    """The people of a record's levels, as they are now."""

    def __init__(self, record: FormRecord, procedure: Procedure, staff: StaffDirectory | None = None) -> None:
        self.record, self.procedure = record, procedure
        self.staff = staff or StaffDirectory()

    def of(self, level: ApprovalLevel) -> list[Asked]:
        """Whom a level asks; whoever is not there any more, or may not sign, is replaced by the head, a head by the
        management's.
        """
        barred = barred_from(self.record, level.approval, self.procedure)
        found = [one for asked in self._meant_by(level) if (one := self._there(asked, barred)) is not None]
        return list({one.word: one for one in found}.values())

    def why_gone(self, asked: Asked, level: ApprovalLevel, *, by_name: bool) -> Text | None:
        """Why whoever is asked at a place of a level can sign there no more; None where they can.

        ``by_name``: a colleague chose this person. Others are asked by name as heads, and are so no longer when
        somebody else is, or another department has the function.
        """
        person, meant = asked.person, self._meant_by(level)
        if person is not None and not person.is_active and not self._is_followed(person, level):
            return t("{who}的账号已停用", "the account of {who} is closed", who=person.display_name)
        if by_name or (person is not None and any(one.person == person for one in meant)):
            return None
        offices = [*(one.department for one in meant), self.staff.with_function("management")]
        if asked.department in [one for one in offices if one is not None] and self._is_held(asked, level):
            return None
        if person is not None:
            return t("{who}不再负责", "{who} is no longer the head", who=person.display_name)
        who = asked.department.name if asked.department is not None else ""
        return t("{who}不能再签署", "{who} can sign no more", who=who)

    def _is_followed(self, person: Person, level: ApprovalLevel) -> bool:
        """Whether somebody took over from one who has left, and may sign here for them."""
        successor = self.staff.person(person.pk)
        return successor is not None and successor.pk not in barred_from(self.record, level.approval, self.procedure)

    def stand_ins(self, asked: Asked, level: ApprovalLevel) -> Iterator[Asked]:
        """Who may be asked for one who can sign no more: whom the level means now where a department lost its function,
        the head of their department, the management's head, at last anybody of the management.
        """
        barred = barred_from(self.record, level.approval, self.procedure)
        if asked.department not in [one.department for one in self._meant_by(level)]:
            yield from self.of(level)
        yield from self._heads(asked.department, barred)
        management = self.staff.with_function("management")
        if management is not None and self._is_held(Asked(None, management), level):
            yield Asked(None, management)

    def _is_held(self, asked: Asked, level: ApprovalLevel) -> bool:
        """Whether somebody is there who may sign as the head, or for the department, that is asked."""
        if asked.department is None:
            return False
        barred = barred_from(self.record, level.approval, self.procedure)
        heads_only = asked.heads_only or asked.person is not None
        people = [one for one in self.staff.people_of(Owner(asked.department)) if one.is_head or not heads_only]
        return any(one.pk not in barred and asked.person in (None, one) for one in people)

    def _meant_by(self, level: ApprovalLevel) -> list[Asked]:
        return [asked for word in level.who for asked in self._meant(word)]

    def _meant(self, word: str) -> Iterator[Asked]:
        record, staff = self.record, self.staff
        if word.startswith(FIELD):
            yield from self._in_field(word.removeprefix(FIELD))
        elif word.startswith(AUTHORITY):
            yield from self._meant(self._deciding(word.removeprefix(AUTHORITY)))
        elif word == "owner":
            yield Asked(record.owner, record.owner.department if record.owner is not None else None)
        elif word in ("head", "record.head", "record.department"):
            yield Asked(None, staff.by_id(record.department_id), word != "record.department")
        else:
            function, _, post = word.partition(".")
            yield Asked(None, staff.with_function(function), post == "head")

    def _in_field(self, name: str) -> Iterator[Asked]:
        held = self.record.fact(name)
        if not isinstance(held, Mapping):
            return
        if "person" in held:
            person = Person.objects.filter(pk=held["person"]).select_related("department").first()
            yield Asked(person, person.department if person is not None else None)
        elif "department" in held:
            yield Asked(None, self.staff.by_id(held["department"]), heads_only=True)

    def _deciding(self, path: str) -> str:
        """The role of the lowest level of an authority that may decide the amount; of the highest if none is said."""
        key, _, name = path.rpartition(".")
        amount = self.record.fact(name)
        levels = next((one.levels for one in self.procedure.authority if one.key == key), ())
        for level in levels:
            if level.limit == UNLIMITED or (is_number(amount) and Decimal(level.limit) >= Decimal(amount)):
                return level.who
        return levels[-1].who if levels else "management.head"

    def _there(self, asked: Asked, barred: Collection[int]) -> Asked | None:
        """Who is really asked: a single head by name; the head for somebody who has left or may not sign, the
        management for a head.
        """
        if asked.person is not None and asked.person.is_active and asked.person.pk not in barred:
            return asked
        if asked.person is None and asked.department is not None and not asked.heads_only:
            people = self.staff.people_of(Owner(asked.department))
            return asked if any(one.pk not in barred for one in people) else next(self._heads(None, barred), None)
        return next(self._heads(asked.department, barred), None)

    def _heads(self, department: Department | None, barred: Collection[int]) -> Iterator[Asked]:
        for one in (department, self.staff.with_function("management")):
            if one is None:
                continue
            people = self.staff.people_of(Owner(one, heads_only=True))
            heads = [p for p in people if p.is_head and p.pk not in barred]
            if len(heads) == 1:
                yield Asked(heads[0], one)
            elif heads:
                yield Asked(None, one, True)


def barred_from(record: FormRecord, approval: str, procedure: Procedure) -> frozenset[int]:
    """The people who may not sign, as the pack says: who opened the record, is in charge of it, is named in it."""
    entry = next(one for one in procedure.approvals if one.key == approval)
    return frozenset(pk for name in entry.not_by if (pk := _named(record, name)) is not None)


def _named(record: FormRecord, name: str) -> int | None:
    if name in ("opener", "owner"):
        return record.opened_by_id if name == "opener" else record.owner_id
    held = record.fact(name)
    return held.get("person") if isinstance(held, Mapping) else None


def why_skipped(level: ApprovalLevel, record: FormRecord, procedure: Procedure) -> Text:
    """Why a level is not asked: the first of its conditions, in words."""
    condition = level.when[0]
    name = condition.field or (condition.any[0].field if condition.any else "")
    said = procedure.field_label(record, name)
    return t(
        "“{level}”不需要：{field}{how}",
        "{level} is not needed: {field} {how}",
        level=level.label,
        field=said,
        how=_how(condition),
    )


def _how(condition: Condition) -> Text:
    if condition.over is not None:
        return t("不超过 {n}", "is not over {n}", n=condition.over)
    if condition.under is not None:
        return t("不低于 {n}", "is not under {n}", n=condition.under)
    return t("不符合条件", "does not meet its conditions")

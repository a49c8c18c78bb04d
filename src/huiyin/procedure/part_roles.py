"""Whom the parts of records name (``task.head``): declared with their kinds, used in packs as ``by`` and as owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from huiyin.kernel.text import Text


class RoleHolder(Enum):
    """Who has the role: all of the part's department, its head, the person named, or this person else the head.

    ``AS_ASKED``: the person named, else the department's head or anybody of it, as the part's ``heads_only`` says.
    """

    DEPARTMENT = "department"
    HEAD = "head"
    PERSON = "person"
    PERSON_OR_HEAD = "person or head"
    AS_ASKED = "as asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRole:
    """Somebody whom a part names; packs write ``<kind of part>.<name>``.

    ``person`` and ``department`` are foreign keys of the part. Where it has no ``department``, that of the person owes.
    ``takes_steps`` is False where the role may only owe, be owed or be told.
    """

    name: str
    holder: RoleHolder
    label: Text
    person: str = "person"
    department: str | None = "department"
    takes_steps: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """The foreign keys of the part that the role is read from."""
        read = {
            RoleHolder.DEPARTMENT: (self.department,),
            RoleHolder.HEAD: (self.department,),
            RoleHolder.PERSON: (self.person, self.department),
            RoleHolder.PERSON_OR_HEAD: (self.person, self.department),
            RoleHolder.AS_ASKED: (self.person, self.department),
        }
        return tuple(column for column in read[self.holder] if column is not None)

    def person_id_on(self, part: Any) -> int | None:
        """The person whom the part names for this role; None where it names none."""
        return _id_in(part, self.person)

    def department_id_on(self, part: Any) -> int | None:
        """The department that the part names; None where it names none."""
        return _id_in(part, self.department)


def _id_in(part: Any, column: str | None) -> int | None:
    found: int | None = getattr(part, f"{column}_id") if column is not None else None
    return found


_roles: dict[str, PartRole] = {}

PART_ROLES: Mapping[str, PartRole] = MappingProxyType(_roles)
"""Every role of every kind of part, by the word that packs write."""


def declare(part: str, role: PartRole) -> None:
    """Let packs write ``<part>.<name of the role>``; ValueError when it is declared twice with different meanings."""
    word = f"{part}.{role.name}"
    if _roles.setdefault(word, role) != role:
        raise ValueError(f"{word!r} is declared twice with different meanings")

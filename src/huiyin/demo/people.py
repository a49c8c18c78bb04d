"""The staff of the demonstration company, seated in the departments of whatever procedure is in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password

from huiyin.demo.staff import DOMAIN, PASSWORD
from huiyin.demo.texts.staff import NEAREST, STAFF, StaffMember
from huiyin.people.actions import add_person
from huiyin.people.models import Department, Person


def is_staffed() -> bool:
    """Whether the demonstration company's people are on file."""
    return Person.objects.filter(email__endswith=f"@{DOMAIN}").exists()


def seat(departments: Sequence[Department], *, at: datetime) -> None:
    """Put everybody on file; every department that has people of its own has one head."""
    seats = _seats(departments)
    heads = _heads(seats)
    for member, department in seats:
        add_person(
            username=member.username,
            name=member.name,
            password=None,
            at=at,
            name_en=member.name_en,
            department=department,
            is_head=member in heads,
            email=f"{member.username}@{DOMAIN}",
            extra_functions=["auditor"] if member.function == "auditor" and department is None else [],
            is_administrator=member.function == "administrator",
        )
    Person.objects.update(password=make_password(PASSWORD))  # hashed once for all: it is made slow on purpose


def _seats(departments: Sequence[Department]) -> list[tuple[StaffMember, Department | None]]:
    """Each member with a department: of several with the function the emptiest; those signed in as always have one.

    Auditors sit only where nobody does anything else: they judge the others. Administrators stand apart.
    """
    taken: Counter[int] = Counter()
    seats: list[tuple[StaffMember, Department | None]] = []
    for member in STAFF:
        if member.function in ("administrator", "auditor"):
            seats.append((member, next((d for d in departments if d.functions == [member.function]), None)))
            continue
        wanted = (member.function, *(NEAREST[member.function] if member.does else ()))
        holding = next((found for w in wanted if (found := [d for d in departments if w in d.functions])), [])
        if holding:
            department = min(holding, key=lambda d: (taken[d.pk], d.position))
            taken[department.pk] += 1
            seats.append((member, department))
        elif member.does:
            seats.append((member, departments[0] if departments else None))
    return seats


def _heads(seats: Sequence[tuple[StaffMember, Department | None]]) -> list[StaffMember]:
    """One for each department: whoever was hired to head it, else the first of its people; auditors head nobody."""
    heads: dict[int, StaffMember] = {}
    for chosen in (lambda m, d: m.head and m.function in d.functions, lambda m, d: m.function != "auditor"):
        for member, department in seats:
            if department is not None and chosen(member, department):
                heads.setdefault(department.pk, member)
    return list(heads.values())

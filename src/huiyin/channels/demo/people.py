"""The staff of the demonstration company, seated in the departments of whatever procedure is in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password

from huiyin.channels.demo.staff import DOMAIN, NEAREST, PASSWORD, STAFF, Member
from huiyin.people.models import Department, Person


def is_staffed() -> bool:
    """Whether the demonstration company's people are on file."""
    return Person.objects.filter(email__endswith=f"@{DOMAIN}").exists()


def seat(departments: Sequence[Department], *, at: datetime) -> list[Person]:
    """Put everybody on file; every department that has people has one head."""
    password = make_password(PASSWORD)  # once for all: it is made slow on purpose
    seated: dict[int, int] = {}
    headed: set[int] = set()
    people = []
    for member in STAFF:
        department = _place(member, departments, seated)
        if department is None and member.does is None:
            continue  # nobody is hired for what the procedure does not know
        if department is not None:
            seated[department.pk] = seated.get(department.pk, 0) + 1
        is_head = member.head and department is not None and department.pk not in headed
        if is_head and department is not None:
            headed.add(department.pk)
        people.append(
            Person(
                username=member.username, name=member.name, name_en=member.name_en, department=department,
                is_head=is_head, email=f"{member.username}@{DOMAIN}", password=password, joined_at=at,
                extra_functions=["auditor"] if member.function == "auditor" and department is None else [],
                is_administrator=member.function == "administrator",
            )
        )  # fmt: skip
    for department in departments:
        staff = [person for person in people if person.department_id == department.pk]
        if staff and department.pk not in headed:
            staff[0].is_head = True
    for person in people:
        person.save(force_insert=True)
    return people


def _place(member: Member, departments: Iterable[Department], seated: dict[int, int]) -> Department | None:
    """The department for a newcomer: of several with the function the emptiest; None stands apart.

    Auditors sit only where nobody does anything else: they judge the others. Who is to be signed in as always has a
    place, with those nearest to the matter if need be.
    """
    if member.function in ("administrator", "auditor"):
        return next((d for d in departments if d.functions == [member.function]), None)
    for wanted in (member.function, *(NEAREST[member.function] if member.does else ())):
        holding = [d for d in departments if wanted in d.functions]
        if holding:
            return min(holding, key=lambda d: (seated.get(d.pk, 0) if len(holding) > 1 else 0, d.position))
    return next(iter(departments), None) if member.does else None

"""Departments, staff, delegation on leave, saved views."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from huiyin.kernel.text import Text

THEMES = [("auto", "auto"), ("light", "light"), ("dark", "dark")]


class Company(models.Model):
    """The company itself, one row: the name that stands on its printed records."""

    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> Text:
        """The company's name in both languages."""
        return Text(self.name_zh, self.name_en or self.name_zh)


def company_name() -> Text:
    """The company's name; empty until somebody has entered it."""
    row = Company.objects.first()
    return row.name if row else Text("", "")


class Department(models.Model):
    """A department of the company and the functions it holds under the active procedure (ISO 9001 5.3)."""

    key = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    functions: Any = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> Text:
        """The department's name in both languages."""
        return Text(self.name_zh, self.name_en)


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their sign-in name, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username__iexact=username or "")

    def create_person(self, username: str, password: str | None, **fields: Any) -> Person:
        """A new member of staff; without a password the account cannot sign in."""
        person = Person(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A member of staff. What they may do follows from the functions of their department and from their post."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=30, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="staff")
    is_head = models.BooleanField(default=False)
    extra_functions: Any = models.JSONField(default=list, blank=True)
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=7, default="zh-hans")
    theme = models.CharField(max_length=5, choices=THEMES, default="auto")
    unread_notices = models.PositiveIntegerField(default=0)
    joined_at = models.DateTimeField(null=True)

    objects = PersonManager()

    active_version_id: int | None = None  # of the procedure in force; filled by ``backends.load_person``

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> Text:
        """The name as readers of either language know it."""
        return Text(self.name, self.name_en or self.name)

    @cached_property
    def standing_for(self) -> tuple[Person, ...]:
        """The people on leave whom this person deputises for.

        Filled by ``backends.PersonBackend`` for the moment of the request.
        """
        return ()

    @cached_property
    def own_functions(self) -> frozenset[str]:
        """Functions of the department and those given to the person alone."""
        of_department = self.department.functions if self.department and self.department.active else []
        return frozenset([*of_department, *self.extra_functions])

    @cached_property
    def _functions(self) -> frozenset[str]:
        return self.own_functions.union(*(other.own_functions for other in self.standing_for))

    @cached_property
    def standing(self) -> tuple[Any, ...]:
        """Everything rights are decided by: the procedure in force,
        and of the person and those they stand for the post.
        """
        posts = (
            (p.pk, p.department_id, p.is_head, p.is_administrator, p.own_functions) for p in (self, *self.standing_for)
        )
        return (self.active_version_id, *posts)

    def functions(self) -> frozenset[str]:
        """Every function the person may act in now, delegations included."""
        return self._functions

    def holds(self, function: str) -> bool:
        """Whether the person may act in ``function`` now."""
        return function in self._functions

    @cached_property
    def department_ids(self) -> frozenset[int]:
        """Departments the person acts for now: the own one and those of people on leave."""
        ids = [self.department_id, *(other.department_id for other in self.standing_for)]
        return frozenset(i for i in ids if i is not None)

    def is_head_of(self, function: str) -> bool:
        """Whether the person, or somebody on leave they stand for, heads a department holding ``function``."""
        return any(p.is_head and function in p.own_functions for p in (self, *self.standing_for))

    def heads(self, department_id: int | None) -> bool:
        """Whether the person, or somebody on leave they stand for, heads this department."""
        return any(p.is_head and p.department_id == department_id for p in (self, *self.standing_for))

    @property
    def any_head(self) -> bool:
        """Whether the person heads a department, or stands for somebody who does."""
        return any(p.is_head for p in (self, *self.standing_for))


AT_NO_TIME = datetime(9999, 1, 1, tzinfo=UTC)
"""When somebody who has left is back."""


class Delegation(models.Model):
    """Leave with a substitute: the deputy may do what the person may, from the first to the last moment. It ends
    ``AT_NO_TIME`` where the person has left and the deputy takes over.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputising")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="delegation_ends_later"),
            models.CheckConstraint(condition=~models.Q(person=models.F("deputy")), name="delegation_to_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["deputy", "ends_at"], name="delegation_deputy")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.deputy_id}"


class SavedView(models.Model):
    """A list as somebody wants to see it again: filters, columns and order of one list page; shared with all or own."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    list_key = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "list_key", "name"], name="saved_view_once"),
        ]

    def __str__(self) -> str:
        return self.name

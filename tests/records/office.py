"""What tests of this room share: people as a request sees them, uploads, pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huiyin.people.backends import load_person
from huiyin.people.models import Person
from tests.cast import at

NOW = at("2026-11-20 10:00")


def seen(person: Person) -> Person:
    """The person as a request loads them: with department, delegations and active procedure."""
    loaded = load_person(person.pk, at=NOW)
    assert loaded is not None
    return loaded


def browser_of(person: Person) -> Client:
    """A browser signed in as the person."""
    client = Client()
    client.force_login(person, backend="huiyin.people.backends.PersonBackend")
    return client


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content)


def picture(form: str = "PNG", size: tuple[int, int] = (40, 20), colour: Any = (200, 30, 30), **options: Any) -> bytes:
    """A small picture's bytes."""
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, form, **options)
    return made.getvalue()

"""A factory whose procedure declares kinds of its own, with a customer to visit."""

from __future__ import annotations

from pathlib import Path

from huiyin.customers.actions import register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import CustomerFacts
from tests.cast import Factory

PACK = str(Path(__file__).parent / "packs" / "works")


def a_customer(works: Factory, name: str = "宁波海川机电", **facts: str) -> Customer:
    """A customer in the file, with a telephone."""
    return register_customer(
        CustomerFacts(name=name, telephone="0574-88881234", **facts),
        procedure_id=works.version,
        context=works.context("mei", "2026-11-16 08:30"),
    )

"""A repairer with an order, and their telephone: what it sends, as the page's script would."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.registers.actions import FormInput, open_record
from huiyin.registers.models import FormRecord
from tests.cast import Factory

HOME = "/registers/offline/"
WORK = {
    "outcome": "fixed",
    "result": "更换角阀，试压不漏",
    "told": "yes",
    "opinion": "师傅很准时",
    "content": "satisfied",
    "customer_signature": "周敏",
    **{f"checks-{place}-verdict": "pass" for place in range(5)},
}
"""What a repairer writes on the form that finishes a repair."""
ITEMS = ("safety", "equipment", "procedure", "trial", "tidy")


def an_order(works: Factory, repairer: str = "peng", when: str = "2026-11-16 09:30") -> FormRecord:
    """A repair order that mei sent the repairer."""
    person = works.people[repairer]
    facts = {
        "caller": "周女士",
        "telephone": "13900001111",
        "place": "3 号楼 1202",
        "matter": "厨房水管漏水",
        "visit_on": "2026-11-17",
        "window": "morning",
        "visit_by": "2026-11-17T02:00:00+00:00",
        "repairer": {"person": person.pk, "name": person.name, "name_en": person.name_en},
    }
    context = works.context("mei", when)
    return open_record("repair", "order", FormInput(facts), procedure_id=works.version, context=context)


def new_order(repairer: int) -> dict[str, Any]:
    """What somebody writes on the form by which a repair order is opened."""
    return {
        "caller": "周女士",
        "telephone": "13900001111",
        "place": "3 号楼 1202",
        "matter": "厨房水管漏水",
        "visit_on": "2026-11-17",
        "window": "morning",
        "visit_by": "2026-11-17T10:00",
        "repairer": str(repairer),
    }


@dataclass
class Telephone:
    """What a telephone has taken along, and how it sends; ``client`` is the session it has."""

    client: Client
    person: int
    orders: dict[str, Any] = field(default_factory=dict)

    def take_along(self) -> dict[str, Any]:
        """Ask for the person's open records."""
        said = self.client.get(f"{HOME}orders").json()
        self.orders = {one["number"]: one for one in (*said["orders"], *said["openings"])}
        return self.orders

    def sheet(self, number: str, verb: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
        """What a sheet of this order says, as the form of the step was filled in."""
        order = self.orders[number]
        step = next(one for one in order["steps"] if one["verb"] == verb)
        written = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
        if verb == "finish":
            written |= {f"checks-{place}-item": [item] for place, item in enumerate(ITEMS)}
        return {
            "person": self.person,
            "kind": order["kind"],
            "number": "" if number.startswith("+") else number,
            "verb": verb,
            "ticket": order["ticket"],
            "stated_at": "2026-11-17T01:20:00.000Z",
            "values": written,
            "base": step["base"],
            "after": [],
            "files": [],
        } | more

    def send(self, content: dict[str, Any], sheet: str = "") -> Any:
        """Send a sheet; gives what the server answers."""
        text = json.dumps(content)
        body = {"id": sheet or str(uuid4()), "digest": hashlib.sha256(text.encode()).hexdigest(), "content": text}
        return self.client.post(f"{HOME}sheets", json.dumps(body), content_type="application/json")

    def send_file(self, data: bytes, name: str = "photo.png") -> Any:
        """Send a file ahead."""
        return self.client.post(f"{HOME}files", {"file": SimpleUploadedFile(name, data)})

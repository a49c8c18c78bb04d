"""The people of one small factory, the same in every test, and shorthand to act as one of them at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.complaints.actions.intake import register
from huiyin.complaints.actions.values import ComplaintFacts, DemandInput
from huiyin.complaints.models import Complaint
from huiyin.people.backends import load_person
from huiyin.people.models import Department, Person
from huiyin.procedure.loader import load_pack
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import Signer, adopt
from huiyin.records.steps.context import StepContext

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = "2026-11-16 12:00"
"""The moment at which most tests of whole companies stand."""
PASSWORD = "factory-gate-7"

# username → name, the function whose first department they belong to, head or not
STAFF = {
    "mei": ("王晓梅", "reception", False),
    "song": ("宋建国", "reception", True),
    "lin": ("林志远", "quality", False),
    "qian": ("钱卫东", "quality", True),
    "tao": ("陶工", "technical", True),
    "peng": ("彭师傅", "production", False),
    "shen": ("沈主任", "production", True),
    "cai": ("蔡采购", "purchasing", True),
    "ku": ("库长青", "warehouse", True),
    "fang": ("方会计", "finance", True),
    "bai": ("白办公", "office", True),
    "zong": ("总经理赵", "management", True),
}


def at(text: str) -> datetime:
    """A moment written in site time: ``at("2026-11-16 09:00")``."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def day(text: str) -> date:
    """A calendar day: ``day("2026-11-16")``."""
    return date.fromisoformat(text)


@cache
def pack(key: str) -> Procedure:
    """A built-in pack, loaded once."""
    return load_pack(key)


@dataclass
class Factory:
    """A company working by one pack, with its people."""

    procedure: Procedure
    version: int
    people: dict[str, Person]

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def context(self, name: str, when: str, **how: Any) -> StepContext:
        """As ``name`` at ``when``; a fresh person, as a request would load them."""
        found = load_person(self.people[name].pk, at=at(when))
        assert found is not None, f"{name} is not active"
        return StepContext(found, at(when), **how)

    def complaint(self, name: str = "mei", when: str = "2026-11-16 09:00", **facts: Any) -> Complaint:
        """A complaint registered by ``name``, with enough facts for every pack."""
        demands = facts.pop("demands", [DemandInput(self.procedure.catalogue("demand")[0].key)])
        promise = facts.pop("promise", None)
        given: dict[str, Any] = {
            "received_at": at(when),
            "channel": self.procedure.catalogue("channel")[0].key,
            "problem": "接头处漏油",
            "caller_name": "周厂长",
            "caller_phone": "13900001111",
            "model": "HY-40",
            "batch": "B2611",
            "serial": "S-77",
            "order_number": "D-9",
            "defect_quantity": 3,
            "complained_quantity": 10,
            "shipped_quantity": 100,
            "sample": "漏油接头一件",
            "ship_date": day("2026-10-10"),
            "extra": {f.name: "X1" for f in self.procedure.fields_of("complaint") if f.type in ("text", "longtext")},
        } | facts
        if "severity" in self.procedure.step_table("complaint").transition(None, "register").requires:
            given.setdefault("severity", "function")
        return register(
            ComplaintFacts(**given),
            procedure_id=self.version,
            demands=demands,
            promise=promise,
            context=self.context(name, when),
        )


def factory(key: str = "feedback", when: str = "2026-01-05 08:00") -> Factory:
    """Adopt a pack and staff its departments."""
    procedure = pack(key)
    version = adopt(
        procedure,
        drafted_by=Signer("钱卫东"),
        reviewed_by=Signer("白办公"),
        approved_by=Signer("总经理赵"),
        at=at(when),
    )
    people = {}
    for username, (name, function, head) in STAFF.items():
        department = next((d for d in Department.objects.filter(active=True) if function in d.functions), None)
        if department is None:
            continue
        people[username] = Person.objects.create_person(username, None, name=name, department=department, is_head=head)
    people["root"] = Person.objects.create_person("root", None, name="管理员", is_administrator=True)
    return Factory(procedure, version.pk, people)

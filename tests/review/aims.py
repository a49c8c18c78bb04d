"""The company of the pack ``aims``: its trips, and how its targets stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from huiyin.customers.models import Customer
from huiyin.kernel.periods import Period
from huiyin.obligations.models import Notice
from huiyin.procedure.loader import load_pack
from huiyin.procedure.versions import Signer, adopt
from huiyin.registers.actions import FormInput, open_record, take
from huiyin.registers.models import FormRecord
from huiyin.review.measuring import known_targets, turns_of
from huiyin.review.targets import Standing, TargetTurn
from tests.cast import Factory, at

AIMS = Path(__file__).parent / "packs" / "aims"


def go(works: Factory, when: str, about: Customer | None = None, version: int = 0, **facts: str) -> FormRecord:
    """Somebody sets out on a trip."""
    return open_record(
        "trip",
        "go",
        FormInput(facts),
        procedure_id=version or works.version,
        context=works.context("mei", when),
        about=about,
    )


def back(works: Factory, trip: FormRecord, when: str) -> None:
    take(trip, "return", FormInput(), context=works.context("mei", when))


def turn(key: str, period: str, when: str) -> TargetTurn:
    """A target in a period, as it stands at a moment."""
    (known,) = known_targets(at(when), [key])
    (found,) = turns_of([(known, Period.parse(period))], at=at(when))
    return found


def stands(key: str, period: str, when: str) -> tuple[str, Standing]:
    found = turn(key, period, when)
    return found.figure.written, found.standing


def changed(folder: Path, version: str, *changes: tuple[str, str]) -> Any:
    """The procedure with some words changed, as another version."""
    text = (AIMS / "pack.toml").read_text("utf-8").replace('version = "1.0"', f'version = "{version}"')
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    target = folder / version / "aims"
    target.mkdir(parents=True)
    (target / "pack.toml").write_text(text, "utf-8")
    return load_pack(target)


def put_into_force(procedure: Any, when: str) -> int:
    signers = {"drafted_by": Signer("钱卫东"), "reviewed_by": Signer("白办公"), "approved_by": Signer("总经理赵")}
    return adopt(procedure, **signers, at=at(when)).pk


def notices(works: Factory, name: str) -> list[str]:
    return list(Notice.objects.filter(person=works.people[name]).order_by("id").values_list("text_zh", flat=True))

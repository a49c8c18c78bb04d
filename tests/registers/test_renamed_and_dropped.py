"""A newer version renames a field or drops a kind: what is open stays in lists, exports, groups and telephones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from huiyin.people.backends import load_person
from huiyin.people.models import Department, Person
from huiyin.procedure.loader import BUILT_IN, load_pack
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.versions import Signer, adopt
from huiyin.records.steps.context import StepContext
from huiyin.registers.actions import FormInput, open_record
from huiyin.registers.models import FormRecord, PackKind
from tests.cast import at
from tests.desk import Desk, stopped

FOREIGN = Path(__file__).parent.parent / "procedure" / "packs" / "foreign"
pytestmark = pytest.mark.django_db
Adopt = Callable[..., ProcedureVersion]


@pytest.fixture
def adopting(tmp_path: Path) -> Adopt:
    """Bring the foreign pack into force with its visitors' book written anew."""
    shutil.copytree(BUILT_IN / "base", tmp_path / "base")
    shutil.copytree(FOREIGN, tmp_path / "foreign")

    def brought(version: str, visitors: str | None, when: str) -> ProcedureVersion:
        head = tmp_path / "foreign" / "pack.toml"
        said = (FOREIGN / "pack.toml").read_text("utf-8").replace('"3.1"', f'"{version}"')
        head.write_text(said if visitors is not None else said.partition("[[clause]]")[0], "utf-8")
        book = tmp_path / "foreign" / "visitors.toml"
        book.unlink() if visitors is None else book.write_text(visitors, "utf-8")
        signers = [Signer(name) for name in ("起草", "审核", "批准")]
        procedure = load_pack(tmp_path / "foreign", (tmp_path,))
        return adopt(procedure, drafted_by=signers[0], reviewed_by=signers[1], approved_by=signers[2], at=at(when))

    return brought


def book(**changed: str) -> str:
    text = (FOREIGN / "visitors.toml").read_text("utf-8")
    for old, new in changed.items():
        text = text.replace(f'"guest.{old}"', f'"guest.{new}"\nwas = "{old}"')
    text = text.replace('required_for = ["come"]', 'required_for = ["come"]\nindexed = true')
    return text.replace('key = "guest"\n', 'key = "guest"\noffline = true\n')


def a_guest(version: ProcedureVersion, **facts: str) -> tuple[FormRecord, Desk]:
    department = next(one for one in Department.objects.filter(active=True) if "reception" in one.functions)
    Person.objects.get_or_create(username="porter", defaults={"name": "门卫", "department": department})
    person = load_person(Person.objects.get(username="porter").pk, at=at("2026-11-16 09:00"))
    assert person is not None
    context = StepContext(person, at("2026-11-16 09:00"))
    client = Client()
    client.force_login(person, backend="huiyin.people.backends.PersonBackend")
    return open_record("guest", "come", FormInput(facts), procedure_id=version.pk, context=context), Desk(
        client, person
    )


def test_a_renamed_field_keeps_its_column_in_lists_and_exports(adopting: Adopt) -> None:
    first = adopting("3.1", book(), "2026-11-01 08:00")
    before, desk = a_guest(first, who="省质检院 王工")
    second = adopting("3.2", book(who="caller"), "2026-11-16 08:30")
    after, _ = a_guest(second, caller="市计量院 李工")
    slots = PackKind.objects.get(key="guest").slots
    assert slots["who"] == slots["caller"]
    with stopped("2026-11-16 10:00"):
        page = desk.get("/registers/guest/").text
        sent = desk.post("/registers/guest/", {"do": "export", "format": "csv"})
    assert "省质检院 王工" in page
    assert "市计量院 李工" in page
    lines = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()
    assert {line.split(",")[0]: line.split(",")[1] for line in lines[1:]} == {
        after.number: "市计量院 李工",
        before.number: "省质检院 王工",
    }


def test_a_dropped_kind_stays_in_sight_as_long_as_something_is_open(adopting: Adopt) -> None:
    guest, desk = a_guest(adopting("3.1", book(), "2026-11-01 08:00"), who="省质检院 王工")
    adopting("3.2", None, "2026-11-16 08:30")
    with stopped("2026-11-16 10:00"):
        assert "/registers/guest/" in desk.get("/registers/").links
        listed = desk.get("/registers/guest/")
        assert guest.number in listed.text
        assert "/registers/guest/new/come" not in listed.links
        along = desk.client.get("/registers/offline/orders").json()
    assert ([one["number"] for one in along["orders"]], along["openings"]) == ([guest.number], [])
    FormRecord.objects.filter(pk=guest.pk).update(phase="closed", state="left")
    with stopped("2026-11-16 10:00"):
        assert "/registers/guest/" not in desk.get("/registers/").links


def test_a_dropped_state_keeps_its_column_as_long_as_somebody_stands_there(adopting: Adopt) -> None:
    guest, desk = a_guest(adopting("3.1", book(), "2026-11-01 08:00"), who="省质检院 王工")
    moved = book().replace("guest.here", "guest.inside").replace('"here"', '"inside"').replace("在厂", "厂内")
    second = adopting("3.2", moved, "2026-11-16 08:30")
    later, _ = a_guest(second, who="市计量院 李工")
    with stopped("2026-11-16 10:00"):
        board = desk.get("/registers/guest/?view=board")
        listed = desk.get("/registers/guest/?state=here")
        new = desk.get("/registers/guest/?state=inside")
    assert {guest.number, later.number} <= set(board.text.split())
    assert "/registers/guest/?state=here" in board.links
    assert (guest.number in listed.text, later.number in listed.text) == (True, False)
    assert (guest.number in new.text, later.number in new.text) == (False, True)
    FormRecord.objects.filter(pk=guest.pk).update(phase="closed", state="left")
    with stopped("2026-11-16 10:00"):
        assert "/registers/guest/?state=here" not in desk.get("/registers/guest/?view=board").links

"""``huiyin demo`` itself: what it refuses, and what a wish larger than can be played brings."""

from __future__ import annotations

import pytest

from huiyin.complaints.models import Complaint
from huiyin.demo import commands
from huiyin.demo.commands import MOST_PLAYED, divided
from huiyin.people.models import Person
from huiyin.procedure import versions
from tests.cast import pack
from tests.demo.made import AT, wish

pytestmark = pytest.mark.django_db


def test_a_company_with_data_of_its_own_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Person.objects.create_person("boss", None, name="老板")
    assert commands.command(wish(language="zh")) == 1
    assert "已有公司的数据" in capsys.readouterr().out
    assert Complaint.objects.count() == 0


def test_the_procedure_in_force_cannot_be_demonstrated_by_another(capsys: pytest.CaptureFixture[str]) -> None:
    signer = versions.Signer
    versions.adopt(pack("base"), drafted_by=signer("甲"), reviewed_by=signer("乙"), approved_by=signer("丙"), at=AT)
    assert commands.command(wish(pack="feedback")) == 1
    assert "The procedure in force is base" in capsys.readouterr().out
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize(
    ("wanted", "played", "imported"),
    [(0, 1, 0), (8, 8, 0), (MOST_PLAYED, MOST_PLAYED, 0), (MOST_PLAYED + 700, MOST_PLAYED, 700)],
)
def test_what_a_wish_exceeds_comes_in_from_old_registers(wanted: int, played: int, imported: int) -> None:
    assert divided(wanted) == (played, imported)

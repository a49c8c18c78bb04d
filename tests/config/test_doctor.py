"""``huiyin doctor`` on a healthy installation and on sick ones."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from huiyin.config import doctor, health

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def alive(db: Any) -> Any:
    """A worker that ticked a moment ago."""
    health.beat(at=NOON)
    yield
    health.heartbeat_file().unlink(missing_ok=True)


def level(key: str, *, at: datetime = NOON) -> str:
    """The worst level of one look."""
    return max((f.level for f in doctor.examine(at=at) if f.key == key), key=["well", "warning", "fault"].index)


def test_a_fresh_installation_is_well() -> None:
    assert [f.text.show("en") for f in doctor.examine(at=NOON) if f.level != "well" and f.key != "disk"] == []


def test_a_key_that_others_can_read_is_a_fault(settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path
    tmp_path.chmod(0o700)
    key = tmp_path / "django.key"
    key.write_text("secret")
    key.chmod(0o600)
    assert level("keys") == "well"
    key.chmod(0o644)
    assert level("keys") == "fault"


def test_a_worker_that_stopped_is_a_fault() -> None:
    assert level("worker", at=NOON + timedelta(minutes=5)) == "fault"


def test_a_worker_that_never_ran_is_a_warning() -> None:
    health.heartbeat_file().unlink()
    assert level("worker") == "warning"


def test_a_data_folder_that_is_gone_is_a_fault(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "gone"
    found = list(doctor._data_folder())
    assert [f.level for f in found] == ["fault"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-06-01", "well"), ("2026-11-20", "warning"), ("2027-01-01", "fault")],
)
def test_the_end_of_the_holiday_table_is_announced(day: str, expected: str) -> None:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    assert [f.level for f in doctor._holidays(moment)] == [expected]


def test_json_carries_every_finding(capsys: pytest.CaptureFixture[str]) -> None:
    code = doctor.command(Namespace(at=NOON, json=True, language="en"))
    rows = json.loads(capsys.readouterr().out)
    assert code == 0
    keys = {"data-folder", "keys", "disk", "fonts", "migrations", "worker", "seals", "holidays", "files"}
    assert keys - {row["key"] for row in rows} == set()


def test_a_fault_is_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    late = NOON + timedelta(minutes=5)
    assert doctor.command(Namespace(at=late, json=False, language="zh")) == 1
    assert "故障  后台工人已停 5 分钟" in capsys.readouterr().out

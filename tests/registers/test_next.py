"""What the page of a declared record says comes next: whom it waits for by name, and what the reader owes or may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.obligations.models import Obligation
from huiyin.registers.models import FormRecord
from tests.desk import Desk, Office
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage(str(Path(__file__).parent / "packs" / "letters"))
office = desks("2026-11-16 09:00")


def drafted(office: Office) -> str:
    """A letter that Mei drafted; its address."""
    assert office.desk("mei").send("/registers/letter/new/draft", heading="停机通知").status_code == 302
    return f"/registers/letter/{FormRecord.objects.latest('pk').number}"


def next_part(desk: Desk, here: str) -> str:
    """What stands between the bar of states and who owes what."""
    text = desk.get(here).text
    return text[text.index("下一步") : text.index("谁欠着什么")]


def test_whoever_may_do_something_is_not_told_that_nothing_waits_for_them(office: Office) -> None:
    here = drafted(office)
    assert next_part(office.desk("mei"), here).startswith("下一步 现在等的是： 审核")
    assert "修改" in next_part(office.desk("mei"), here)
    assert next_part(office.desk("bai"), here).startswith("下一步 现在不等您办，等的是： 审核")


def test_what_the_reader_owes_on_the_record_comes_before_what_waits_for_others(office: Office) -> None:
    here = drafted(office)
    rule = Obligation.objects.get(rule="letter-check")
    Obligation.objects.filter(pk=rule.pk).update(owner_person=office.works.mei, owner_department=None)
    said = next_part(office.desk("mei"), here)
    assert said.startswith("下一步 您在这里还欠： 审核行文")
    assert "此外在等： 审核" in said
    assert "不等您办" not in said

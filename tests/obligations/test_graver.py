"""A complaint judged graver than it was registered: its answer comes forward, and management hears sooner."""

from __future__ import annotations

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Notice, Obligation
from tests.cast import Factory
from tests.stage import stage
from tests.story import told

pytestmark = pytest.mark.django_db
works = stage("base")


def test_judged_as_safety_the_answer_comes_forward_and_so_does_its_ladder(works: Factory) -> None:
    story = told(works, "verified", severity="function")
    first = Obligation.objects.get(OPEN, rule="answer")
    story.judge(severity="safety")
    assert not Obligation.objects.filter(OPEN, rule="answer").exists()
    now = Obligation.objects.get(OPEN, rule="answer-grave")
    assert now.due_at < first.due_at
    assert now.original_due_at == first.due_at
    assert now.base_at == first.base_at
    entry = Entry.objects.get(event="obligation.brought_forward", particulars__rule="answer-grave")
    assert "原定 2026-11-23 09:00，现为 2026-11-18 09:00。因为“严重程度”有变。" in sentence(entry, "zh")
    assert "from 2026-11-23 09:00 to 2026-11-18 09:00. Because this changed: Severity." in sentence(entry, "en")

    sweep(at=story.now)
    rungs = Entry.objects.filter(event="obligation.escalated", particulars__obligation=now.pk).order_by("id")
    assert [(one.particulars["rung"], one.at) for one in rungs] == [("management", story.now)]
    assert Notice.objects.filter(person=works.zong, entry_id__in=[one.pk for one in rungs]).count() == 1
    sweep(at=now.due_at)
    assert [one.particulars["rung"] for one in rungs.all()] == ["management", "management"]
    assert verify().code == 0

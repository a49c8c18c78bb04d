"""Facts that a company's own pack wants of its records:
asked, kept, corrected and shown, of every kind that has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from huiyin.complaints.models import Complaint
from huiyin.contacts.arrival import receive
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ParsedMail
from huiyin.customers.models import Customer
from huiyin.improvement.models import Problem
from huiyin.journal.models import Entry
from huiyin.procedure import vocabulary
from huiyin.records.files.files import StoredBytes
from huiyin.returns.models import Replacement, StockTake
from tests.cast import Factory, at, factory
from tests.desk import Office, ParsedPage
from tests.stage import desks

pytestmark = pytest.mark.django_db

FIELD = """
[[field]]
key = "{kind}.mould"
type = "text"
label = {{ zh = "模具号", en = "Mould" }}
required_for = ["{verb}"]

[[field]]
key = "{kind}.shift"
type = "choice"
catalogue = "unit"
label = {{ zh = "班别", en = "Shift" }}

[[field]]
key = "{kind}.weighed"
type = "number"
label = {{ zh = "称重", en = "Weight" }}

[[field]]
key = "{kind}.by_night"
type = "yesno"
label = {{ zh = "夜班", en = "By night" }}

[[field]]
key = "{kind}.story"
type = "longtext"
label = {{ zh = "经过", en = "Story" }}
"""
OWN = {"mould": "M-7", "shift": "piece", "weighed": "2.50", "by_night": "no", "story": "接班时发现"}
KEPT = {"mould": "M-7", "shift": "piece", "weighed": "2.5", "by_night": "no", "story": "接班时发现"}


@dataclass(frozen=True)
class Asked:
    """Where one kind is opened and corrected, as whom, and what else its form wants."""

    model: Any
    verb: str
    who: str
    new: str
    correct: str
    values: dict[str, str] = field(default_factory=dict)


KINDS = {
    "complaint": Asked(
        Complaint,
        "register",
        "mei",
        "/complaints/new",
        "/complaints/{n}/facts",
        {"caller_name": "周厂长", "problem": "漏油", "severity": "function"},
    ),
    "contact": Asked(
        Contact, "register", "mei", "/contacts/new", "/contacts/{n}/facts", {"caller_name": "周厂长", "text": "漏油"}
    ),
    "customer": Asked(Customer, "register", "mei", "/customers/new", "/customers/{n}/facts", {"name": "周厂"}),
    "problem": Asked(
        Problem, "open", "lin", "/problems/new", "/problems/{n}/facts", {"title": "漏油", "severity": "function"}
    ),
    "replacement": Asked(
        Replacement,
        "request",
        "mei",
        "/replacements/new",
        "/replacements/{n}/facts",
        {"customer": "周厂", "reason": "漏油", "way_0": "resupply", "model_0": "HY-40", "quantity_0": "3"},
    ),
    "stock-take": Asked(
        StockTake,
        "open",
        "lin",
        "/stock-takes/new",
        "",
        {"customer": "周厂", "material": "密封圈", "claim": "少三件", "claimed": "3"},
    ),
}


@pytest.fixture(scope="module")
def works(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Factory]:
    folder: Path = tmp_path_factory.mktemp("packs") / "own"
    folder.mkdir()
    (folder / "pack.toml").write_text(
        '[pack]\nkey = "own"\nextends = "base"\nversion = "1"\ntitle = { zh = "自有", en = "Own" }\n', "utf-8"
    )
    wanted = "".join(FIELD.format(kind=kind, verb=asked.verb) for kind, asked in KINDS.items())
    wanted += '\n[[field]]\nkey = "problem.line"\ntype = "text"\nlabel = { zh = "产线", en = "Line" }\n'
    wanted += 'required_for = ["settle"]\n'
    wanted += '\n[[field]]\nkey = "problem.stopped"\ntype = "yesno"\nlabel = { zh = "停线", en = "Line stopped" }\n'
    wanted += 'required_for = ["settle"]\n'
    (folder / "fields.toml").write_text(wanted, "utf-8")
    with django_db_blocker.unblock(), transaction.atomic():
        yield factory(str(folder))
        transaction.set_rollback(True)


office = desks()


def test_every_kind_with_fields_is_tried_here() -> None:
    assert sorted(KINDS) == sorted(key for key, kind in vocabulary.KINDS.items() if kind.has_own_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_asked_kept_shown_and_corrected(office: Office, kind: str) -> None:
    asked = KINDS[kind]
    desk = office.desk(asked.who)
    answer = desk.send(asked.new, **asked.values, **{**OWN, "mould": ""})
    assert answer.status_code == 422, "the field that opening requires was not asked for"
    answer = desk.send(asked.new, **asked.values, **OWN)
    assert answer.status_code == 302, ParsedPage(answer).text[-3000:]
    record = asked.model.objects.latest("id")
    assert {name: record.extra[name] for name in KEPT} == KEPT
    page = desk.get(answer.url).text
    for label, value in (
        ("模具号", "M-7"),
        ("班别", "件"),
        ("称重", "2.5"),
        ("夜班", "否"),
        ("经过", "接班时发现"),
    ):
        assert f"{label} {value}" in page, (label, page)
    if asked.correct:
        path = asked.correct.format(n=record.number)
        assert desk.send(path, weighed="", story="", mould="M-8").status_code == 302
        record.refresh_from_db()
        own = {name: record.extra.get(name) for name in KEPT}
        assert own == {"mould": "M-8", "shift": "piece", "weighed": None, "by_night": "no", "story": None}


@pytest.mark.parametrize("kind", KINDS)
def test_a_yes_or_no_that_nobody_answered_is_neither(office: Office, kind: str) -> None:
    asked = KINDS[kind]
    desk = office.desk(asked.who)
    answer = desk.send(asked.new, **asked.values, **{**OWN, "by_night": ""})
    record = asked.model.objects.latest("id")
    assert (answer.status_code, "by_night" in record.extra, record.fact("by_night")) == (302, False, None)
    assert "夜班" not in desk.get(answer.url).text
    if asked.correct:
        path = asked.correct.format(n=record.number)
        for said, kept in (("yes", "yes"), ("no", "no"), ("", None)):
            assert desk.send(path, by_night=said).status_code == 302
            record.refresh_from_db()
            assert (record.extra.get("by_night"), record.fact("by_night")) == (kept, kept)


@pytest.mark.parametrize(("ticked", "said", "shown"), [(True, "yes", True), (False, None, False)])
def test_of_the_box_of_earlier_versions_only_the_tick_is_an_answer(
    office: Office, *, ticked: bool, said: str | None, shown: bool
) -> None:
    desk = office.desk("mei")
    here = desk.send("/complaints/new", **KINDS["complaint"].values, **{**OWN, "by_night": ""}).url
    complaint = Complaint.objects.get()
    Complaint.objects.update(extra={**complaint.extra, "by_night": ticked})
    complaint.refresh_from_db()
    assert complaint.fact("by_night") == said
    assert ("夜班 是" in desk.get(here).text, "夜班 否" in desk.get(here).text) == (shown, False)
    path = f"/complaints/{complaint.number}/facts"
    assert desk.get(path).form(path).values.get("by_night") == [said or ""]
    assert desk.send(path, mould="M-8").status_code == 302
    complaint.refresh_from_db()
    changes = Entry.objects.filter(event="complaint.supplemented").latest("id").changes
    assert (complaint.extra.get("by_night"), changes) == (said, {"mould": ["M-7", "M-8"]})


def test_a_step_that_needs_a_yes_or_no_is_refused_until_it_has_one(office: Office) -> None:
    desk = office.desk("lin")
    desk.send("/problems/new", **KINDS["problem"].values, mould="M-7")
    here = f"/problems/{Problem.objects.get().number}"
    desk.send(f"{here}/decision", needs_cause="no", needs_action="no", needs_effect="no", reason="属正常")
    page = desk.get(f"{here}/settlement").form(f"{here}/settlement")
    assert (page.names.count("stopped"), page.values.get("stopped")) == (2, None), "an answer stood there beforehand"
    refused = desk.send(f"{here}/settlement", statement="已说明", line="三号线")
    assert (refused.status_code, "请选择停线" in ParsedPage(refused).text) == (422, True)
    assert desk.send(f"{here}/settlement", statement="已说明", line="三号线", stopped="no").status_code == 302
    assert Problem.objects.get().extra["stopped"] == "no"


def test_a_step_asks_for_what_it_requires_and_nobody_filled(office: Office) -> None:
    desk = office.desk("lin")
    desk.send("/problems/new", **KINDS["problem"].values, mould="M-7")
    problem = Problem.objects.get()
    here = f"/problems/{problem.number}"
    desk.send(f"{here}/decision", needs_cause="no", needs_action="no", needs_effect="no", reason="属正常")
    assert desk.send(f"{here}/settlement", statement="已说明").status_code == 422
    assert desk.send(f"{here}/settlement", statement="已说明", line="三号线", stopped="no").status_code == 302
    problem.refresh_from_db()
    assert (problem.state, problem.extra["line"], problem.extra["mould"]) == ("settled", "三号线", "M-7")


def test_mail_is_not_turned_away_for_a_field_nobody_could_fill(works: Factory) -> None:
    mail = ParsedMail(subject="漏油", sender="zhou@example.com", sender_name="周厂长", text="漏油")
    made = receive(
        mail, StoredBytes("0" * 64, 1), message_id="1@x", procedure_id=works.version, at=at("2026-11-16 09:00")
    )
    assert (made.state, made.extra) == ("registered", {})

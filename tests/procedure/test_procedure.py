"""The Procedure answers what the rooms ask, and survives being stored."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from huiyin.kernel.steptable import Transition
from huiyin.kernel.text import Text
from huiyin.procedure.content import canonical
from huiyin.procedure.loader import BUILT_IN, PackUnknown, load_pack, packs, search_path
from huiyin.procedure.schema import Procedure, UnknownKey
from tests.procedure.small import SMALL, changed, mistakes_of, write


@pytest.fixture
def small(tmp_path: Path) -> Procedure:
    return load_pack(write(tmp_path / "small", SMALL))


def test_a_stored_procedure_is_the_same_procedure(small: Procedure) -> None:
    stored = json.loads(canonical(small.to_json()))
    assert Procedure.from_json(stored) == small
    assert Procedure.from_json(canonical(stored)) == small
    assert Procedure.from_json(stored).digest == small.digest


@pytest.mark.parametrize("key", packs())
def test_our_own_packs_are_right_and_survive_storing(key: str) -> None:
    procedure = load_pack(key)
    again = Procedure.from_json(json.loads(json.dumps(procedure.to_json())))
    assert (again, again.digest) == (procedure, procedure.digest)


def test_the_digest_is_of_the_meaning_not_of_the_writing(tmp_path: Path, small: Procedure) -> None:
    cut = SMALL.index("[[pause]]")
    folder = write(tmp_path / "again" / "small", "# the same in two files\n" + SMALL[:cut])
    assert load_pack(write(folder, SMALL[cut:], "rest.toml")).digest == small.digest
    other = load_pack(write(tmp_path / "other" / "small", changed('within = "48h"', 'within = "49h"')))
    assert other.digest != small.digest


def test_the_digest_of_a_known_content_never_changes() -> None:
    assert (
        canonical({"b": {"zh": "中", "en": "x"}, "a": [1, None, True]})
        == '{"a":[1,null,true],"b":{"en":"x","zh":"中"}}'.encode()
    )


def test_a_stored_procedure_outlives_words_no_longer_declared(small: Procedure) -> None:
    content = small.to_json()
    content["steps"][0]["key"] = "complaint.once_upon_a_time"
    assert Procedure.from_json(content).step("complaint.once_upon_a_time") is not None


def test_a_key_that_nothing_reads_is_refused_in_a_pack_and_forgotten_in_a_stored_version(
    tmp_path: Path, small: Procedure
) -> None:
    label = 'label = { zh = "产线", en = "Line" }\n'
    found = mistakes_of(write(tmp_path / "marked", changed(label, f"{label}private = true\n")))
    assert "field[complaint.line].private" in [one.key for one in found]
    content = small.to_json()
    content["fields"][0]["private"] = True
    assert Procedure.from_json(content) == small


def test_calendars_of_company_and_departments(small: Procedure) -> None:
    company, quality = small.calendar_for(None), small.calendar_for("quality")
    assert [str(hours) for hours in company.hours(date(2026, 11, 23))] == ["08:00-12:00", "13:30-17:30"]
    assert [str(hours) for hours in quality.hours(date(2026, 11, 23))] == ["20:00-04:00"]
    assert [str(hours) for hours in company.hours(date(2026, 12, 31))] == ["08:00-12:00"]
    assert company.label(date(2026, 12, 31)) == Text("年终盘点", "Year-end stock-take")
    assert company.label(date(2026, 10, 1)).show("en") == "National Day holiday"
    assert small.calendar_for("desk") is company
    assert small.calendar_for("no such department") is company
    assert small.zone == ZoneInfo("Asia/Shanghai")


def test_step_tables(small: Procedure) -> None:
    table = small.step_table("complaint")
    assert (table.states, table.final) == (("registered", "handling", "closed"), {"closed"})
    assert table.verbs_from(None) == ("register",)
    assert table.transition("handling", "assign") == Transition(
        "assign",
        frozenset({"registered", "handling"}),
        "handling",
        frozenset({"reception", "quality.head"}),
        ("has_customer",),
    )
    close = table.transition("handling", "close")
    assert close is not None
    assert close.requires == ("line",)
    assert small.step_table("customer").verbs_from(None) == ()


def test_states_and_steps(small: Procedure) -> None:
    assert (small.state("complaint", "handling").label, small.phase("complaint", "handling")) == (
        Text("处理中", "In hand"),
        "handling",
    )
    assert [state.name for state in small.states_of("task")] == ["assigned", "answered"]
    assert (small.step_label("complaint.assign"), small.step_label("complaint.judge")) == (
        Text("分派", "Assign"),
        None,
    )
    assert (small.step_clause("complaint.assign"), small.step_recipients("complaint.assign")) == (
        "1.1",
        ("head:quality",),
    )
    assert (small.event_clause("complaint.assigned"), small.event_recipients("complaint.assigned")) == (
        "1.1",
        ("head:quality",),
    )
    assert (small.step_clause("complaint.judge"), small.event_recipients("complaint.judged")) == ("", ())


def test_options_fields_forms_numbers(small: Procedure) -> None:
    assert [option.key for option in small.catalogue("severity")] == ["safety", "appearance"]
    assert small.catalogue("verdict") == ()
    found = small.option("severity", "safety")
    assert found is not None
    assert (found.label, small.option("severity", "none")) == (Text("安全", "Safety"), None)
    assert small.field_label("complaint", "line") == Text("产线", "Line")
    assert small.field_label("complaint", "severity") == Text("严重程度", "Severity")
    assert [form.number for form in small.forms_of("complaint")] == ["Q-01"]
    assert small.numbering_for("complaint").compiled.sample() == "202611-001"
    with pytest.raises(UnknownKey, match="procedure 'small' has no numbering 'contact'"):
        small.numbering_for("contact")


def test_rules_by_event(small: Procedure) -> None:
    rule = small.rule("measures")
    assert small.rules_opened_by("task.assigned") == (rule,)
    assert small.rules_ended_by("task.answered") == {rule.key: "fulfilled_at"}
    assert small.rules_ended_by("complaint.closed") == {
        rule.key: "cancelled_at",
        "closure": "fulfilled_at",
    }
    assert small.rules_opened_by("complaint.closed") == ()
    assert (rule.from_, rule.pause, rule.when[0].is_, rule.late and rule.late.fine) == (
        "event",
        False,
        ("safety",),
        "10",
    )


@pytest.mark.parametrize(
    ("functions", "is_head", "limit"),
    [
        ({"warehouse"}, False, Decimal(0)),
        ({"reception"}, False, Decimal(0)),
        ({"reception"}, True, Decimal(1000)),
        ({"management"}, False, None),
    ],
)
def test_limits(small: Procedure, functions: set[str], is_head: bool, limit: Decimal | None) -> None:
    assert small.limit_of("compensation", functions, is_head) == limit


def test_who_sees_all(small: Procedure) -> None:
    assert small.sees_all("complaint", {"quality", "finance"})
    assert not small.sees_all("complaint", {"finance"})
    assert not small.sees_all("contact", {"quality"})


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("quality", Text("质量部", "Quality")),
        ("quality.head", Text("质量部负责人", "the head of Quality")),
        ("head:reception", Text("客服科负责人", "the head of Service desk")),
        ("function:finance", Text("财务", "Finance")),
        ("owner", Text("首问责任人", "the first-contact owner of the record")),
    ],
)
def test_whom_a_selector_means(small: Procedure, word: str, label: Text) -> None:
    said = small.role_label(word)
    assert Text(said.show("zh"), said.show("en")) == label


def test_packs_are_found_by_key_by_path_and_own_before_built_in(tmp_path: Path) -> None:
    own = write(tmp_path / "packs" / "base", SMALL.replace('key = "small"', 'key = "base"')).parent
    assert packs(search_path(own))[0] == "base"
    assert load_pack("base", search_path(own)).title.en == "Small procedure"
    assert load_pack("base").title.en != "Small procedure"
    assert load_pack(str(own / "base")).title.en == "Small procedure"
    with pytest.raises(PackUnknown) as unknown:
        load_pack("bas", search_path(own))
    assert (unknown.value.key, unknown.value.known) == ("bas", packs())
    for outside in ("../base", "", "base\0", str(BUILT_IN)):
        with pytest.raises(PackUnknown):
            load_pack(outside)


def test_moments_are_those_of_the_site(small: Procedure) -> None:
    at = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)
    assert small.numbering_for("complaint").compiled.period_key(at.astimezone(small.zone)) == "2026-12"

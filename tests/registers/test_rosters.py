"""A duty roster: issued only when its shifts keep apart and leave no gap; who is on duty is read from it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.obligations.owners import Owner, StaffDirectory, resolve
from huiyin.procedure.vocabulary import guard_refusals
from huiyin.records.steps.conditions import GuardContext
from huiyin.registers import rosters
from huiyin.registers.catalogue import slots_of
from huiyin.registers.facts import lay_down
from huiyin.registers.models import FormRecord
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("service-desk")
office = desks("2026-11-29 22:00")
Shift = tuple[str, str, str]
NIGHT: Shift = ("2026-11-29T22:00", "2026-11-30T06:00", "mei")
DAY: Shift = ("2026-11-30T06:00", "2026-11-30T22:00", "lin")
LAST: Shift = ("2026-11-30T22:00", "2026-12-01T06:00", "mei")


def taken(answer: Any) -> None:
    assert answer.status_code == 302, ParsedPage(answer).text[-600:]


def rows(office: Office, *shifts: Shift, **more: str) -> dict[str, str]:
    """The shifts as the form's boxes; ``more`` is said of the first."""
    found = {}
    for place, (starts, ends, who) in enumerate(shifts):
        boxes = {"starts_at": starts, "ends_at": ends, "on_duty": str(office.works.people[who].pk)}
        found |= {f"shifts-{place}-{name}": value for name, value in boxes.items()}
    return found | {f"shifts-0-{name}": value for name, value in more.items()}


def drafted(office: Office, *shifts: Shift, **more: str) -> str:
    """A roster with these shifts; its address."""
    page = "/registers/duty-roster/new/draft"
    taken(office.desk("mei").post(page, {"memo": "月底", "submission": "", **rows(office, *shifts, **more)}))
    return f"/registers/duty-roster/{FormRecord.objects.filter(kind='duty-roster').latest('pk').number}"


def corrected(office: Office, here: str, **boxes: str) -> None:
    """Some boxes of the roster are corrected."""
    taken(office.desk("mei").send(f"{here}/facts", **boxes))


def refusals(office: Office, here: str) -> list[str]:
    """What the page says against issuing the roster, row by row."""
    return re.findall(r">\s*(第 \d+ 行[^<]+?)\s*<", office.desk("song").get(f"{here}/issue").html)


def issued(office: Office, here: str) -> None:
    taken(office.desk("song").send(f"{here}/issue"))


def on_duty(office: Office, when: str, selector: str = "on-duty") -> Owner:
    record = FormRecord.objects.filter(kind="duty-roster").latest("pk")
    return resolve(selector, record=record, part=None, actor=None, staff=StaffDirectory(), at=at(when))


def test_a_roster_without_gap_or_overlap_is_issued(office: Office) -> None:
    here = drafted(office, NIGHT, DAY, LAST)
    assert refusals(office, here) == []
    issued(office, here)
    assert FormRecord.objects.get(kind="duty-roster").state == "issued"


def test_gaps_between_before_and_behind_the_shifts_are_named_on_their_rows(office: Office) -> None:
    late, early = ("2026-11-29T23:00", "2026-11-30T06:00", "mei"), ("2026-11-30T08:00", "2026-11-30T20:00", "lin")
    here = drafted(office, early, late)
    assert refusals(office, here) == [
        "第 2 行之前有空档：11-29 22:00 到 11-29 23:00 无人值班",
        "第 1 行之前有空档：11-30 06:00 到 11-30 08:00 无人值班",
        "第 1 行之后有空档：11-30 20:00 到 12-01 00:00 无人值班",
    ]
    assert office.desk("song").post(f"{here}/issue", {"version": "0"}).status_code != 302
    page = office.desk("mei").get(here).html
    assert page.count('class="row-problem"') == 3


def test_nobody_is_on_two_shifts_at_once_and_a_substitute_counts_for_whom_they_replace(office: Office) -> None:
    twice = ("2026-11-30T20:00", "2026-12-01T04:00", "lin")
    here = drafted(office, NIGHT, DAY, twice)
    overlap = "第 3 行：林志远 的班（11-30 20:00 起）与第 2 行（到 11-30 22:00）重叠"
    assert refusals(office, here) == [overlap]
    lin = str(office.works.lin.pk)
    corrected(office, here, **{"shifts-2-substitute": str(office.works.song.pk)})
    assert refusals(office, here) == []
    corrected(office, here, **{"shifts-2-substitute": lin})
    assert refusals(office, here) == ["第 3 行：替班的就是本人", overlap]


def test_a_shift_past_midnight_is_written_with_the_next_days_time(office: Office) -> None:
    here = drafted(office, ("2026-11-29T22:00", "2026-11-29T06:00", "mei"), DAY, LAST)
    assert refusals(office, here)[0] == (
        "第 1 行：结束（11-29 06:00）不晚于开始（11-29 22:00）；跨零点的班请写次日的时刻"
    )


def test_a_special_day_and_a_public_holiday_need_a_manager(office: Office) -> None:
    here = drafted(office, NIGHT, DAY, LAST, special="yes")
    assert refusals(office, here) == ["第 1 行：11-29 是特殊日子，要有值班管理人员"]
    corrected(office, here, **{"shifts-0-manager": str(office.works.song.pk)})
    issued(office, here)

    office.clock.at("2026-10-01 08:00")
    holiday = drafted(office, ("2026-10-01T08:00", "2026-11-01T00:00", "mei"))
    assert refusals(office, holiday) == ["第 1 行：10-01 是国庆节放假，要有值班管理人员"]


def test_an_issued_roster_is_not_changed_into_one_with_a_gap(office: Office) -> None:
    here = drafted(office, NIGHT, DAY, LAST)
    issued(office, here)
    song = office.desk("song")
    refused = song.send(f"{here}/change", change_reason="调班", **{"shifts-1-ends_at": "2026-11-30T20:00"})
    assert "第 3 行之前有空档：11-30 20:00 到 11-30 22:00 无人值班" in ParsedPage(refused).text
    taken(song.send(f"{here}/change", change_reason="换人", **{"shifts-1-on_duty": str(office.works.song.pk)}))


@pytest.mark.parametrize("guard", ["apart", "covered", "managed"])
def test_a_roster_without_shifts_holds_none_of_the_guards(office: Office, guard: str) -> None:
    here = drafted(office, NIGHT, DAY, LAST)
    record = FormRecord.objects.get(kind="duty-roster")
    situation = GuardContext(record, None, None, at("2026-11-29 22:00"), office.works.procedure)
    assert guard_refusals("duty-roster", f"{guard}:shifts", situation) == []
    record.rows.all().delete()
    said = "“班次”还没有一班写明起止和谁值班"
    assert [str(one) for one in guard_refusals("duty-roster", f"{guard}:shifts", situation)] == [said]
    page = office.desk("song").get(f"{here}/issue").html
    assert page.count(said) == 1


def test_who_is_on_duty_is_read_from_the_issued_roster(office: Office) -> None:
    here = drafted(office, NIGHT, DAY, LAST, substitute=str(office.works.song.pk))
    department = Owner(department=StaffDirectory().with_function("reception"))
    assert on_duty(office, "2026-11-30 10:00") == department
    issued(office, here)
    people = office.works.people
    assert [
        on_duty(office, when).person_id for when in ("2026-11-30 05:59", "2026-11-30 06:00", "2026-12-01 03:00")
    ] == [
        people["song"].pk,
        people["lin"].pk,
        people["mei"].pk,
    ]
    assert on_duty(office, "2026-12-01 06:00") == department
    assert on_duty(office, "2026-11-30 10:00", "actor").person_id == people["lin"].pk
    taken(office.desk("song").send(f"{here}/close"))
    assert on_duty(office, "2026-11-30 10:00") == department


def test_whoever_stands_in_for_somebody_on_leave_is_on_duty(office: Office) -> None:
    people = office.works.people
    issued(office, drafted(office, NIGHT, DAY, LAST))
    office.clock.at("2026-11-30 06:00")
    begun = {"shift": "day", "ends_at": "2026-11-30T22:00", "on_duty": str(people["lin"].pk), "special": "no"}
    taken(office.desk("mei").send("/registers/duty-log/new/begin", **begun))
    here = f"/registers/duty-log/{FormRecord.objects.get(kind='duty-log').number}"
    office.clock.at("2026-11-30 09:00")
    asked = {"leave_from": "2026-11-30T09:30", "leave_reason": "看病", "substitute": str(people["mei"].pk)}
    taken(office.desk("lin").send(f"{here}/ask_leave", **asked))
    assert on_duty(office, "2026-11-30 10:00").person_id == people["lin"].pk
    taken(office.desk("song").send(f"{here}/grant_leave"))
    found = [on_duty(office, f"2026-11-30 {when}").person_id for when in ("09:29", "09:30", "21:59", "22:00")]
    assert found == [people[name].pk for name in ("lin", "mei", "mei", "mei")]
    assert on_duty(office, "2026-11-30 10:00").department == people["mei"].department
    office.clock.at("2026-11-30 12:00")
    taken(office.desk("lin").send(f"{here}/come_back"))
    assert on_duty(office, "2026-11-30 13:00").person_id == people["lin"].pk


def test_of_thousands_of_leaves_only_those_of_the_person_and_day_are_read(works: Factory) -> None:
    """Two years of leave in the books: one query, and nobody else's records are fetched."""
    slots = slots_of("duty-log")
    assert {"on_duty", "leave_from", "ends_at"} <= slots.keys()
    entry = next(one for one in works.procedure.kinds if one.key == "duty-log")
    assert entry.leave is not None
    named = [works.people[name] for name in ("mei", "lin", "song", "tao")]
    FormRecord.objects.bulk_create([leave_of(named[n % 4], n, works) for n in range(2000)])
    with CaptureQueriesContext(connection) as seen:
        found = list(rosters._leaves_of(works.lin.pk, "duty-log", entry.leave, at("2026-02-02 09:00").date()))
    (asked,) = [one["sql"] for one in seen if "registers_formrecord" in one["sql"]]
    assert (len(found), "person" in asked.partition("WHERE")[2]) == (1, True)
    assert rosters._stands_in_for(works.lin.pk, works.procedure, at("2026-02-02 09:30")) == works.mei.pk
    assert rosters._stands_in_for(works.lin.pk, works.procedure, at("2026-02-02 12:30")) == works.lin.pk
    FormRecord.objects.filter(kind="duty-log").update(day1=None, day2=None, day3=None)
    assert rosters._stands_in_for(works.lin.pk, works.procedure, at("2026-02-02 09:30")) == works.mei.pk


def leave_of(person: Any, number: int, works: Factory) -> FormRecord:
    """A forenoon's leave, each a day behind the one before, with somebody who stands in."""
    day = at("2026-01-01 08:00") + timedelta(days=number // 4 * 1)
    record = FormRecord(kind="duty-log", number=f"DL-{number}", procedure_id=works.version, state="on-leave")
    record.opened_at, record.phase = day, "handling"
    lay_down(
        record,
        {
            "on_duty": {"person": person.pk, "name": person.name},
            "leave_from": day.isoformat(),
            "ends_at": (day + timedelta(hours=4)).isoformat(),
            "substitute": {"person": works.mei.pk, "name": works.mei.name},
        },
    )
    return record

"""Rows that come into a child table by themselves: what is open with the one who hands over, linked and refreshed."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.obligations.models import OPEN, Obligation
from huiyin.registers.models import FormRecord, FormRow
from tests.desk import Office, PageForm, ParsedPage
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("service-desk")
office = desks("2026-11-17 05:40")
NEW = "/registers/handover/new/prepare"


def taken(answer: Any) -> None:
    assert answer.status_code == 302, ParsedPage(answer).text[-600:]


def enquiry(office: Office, name: str, question: str) -> FormRecord:
    taken(office.desk(name).send("/registers/enquiry/new/register", caller="周厂长", question=question))
    return FormRecord.objects.filter(kind="enquiry").latest("pk")


def matters(form: PageForm) -> list[list[str]]:
    """What stands in the rows: words, day, record."""
    numbers = sorted(
        {int(name.split("-")[1]) for name in form.names if name.startswith("matters-") and "__" not in name}
    )
    parts = ("what", "due_on", "of_record")
    return [[form.values.get(f"matters-{n}-{part}", [""])[0] for part in parts] for n in numbers]


def prepared(office: Office, **more: str) -> FormRecord:
    given = {"relief": str(office.works.song.pk), "shift_ends": "2026-11-17T06:00", "tidy": "yes", "complete": "yes"}
    given |= {"prepared_at": "2026-11-17T05:40", "major_repair": "no", "leaver_signature": "王晓梅"}
    taken(office.desk("mei").send(NEW, **given, **more))
    return FormRecord.objects.filter(kind="handover").latest("pk")


def test_what_is_open_with_the_one_who_leaves_comes_into_the_sheet(office: Office) -> None:
    mine, theirs = enquiry(office, "mei", "热水器报 E07"), enquiry(office, "lin", "保修几年")
    contact = {"caller": "李工", "sort": "request", "matter": "要图纸", "mine": "yes", "major": "no"}
    taken(office.desk("mei").send("/registers/first-contact/new/register", **contact))
    first = FormRecord.objects.get(kind="first-contact")
    done = enquiry(office, "mei", "已答的")
    taken(office.desk("mei").send(f"/registers/enquiry/{done.number}/answer", answer_text="两年", board="no"))
    page = office.desk("mei").get(NEW)
    rows = matters(page.form(NEW))
    solve = Obligation.objects.get(OPEN, rule="first-solve")
    assert rows == [
        [
            f"{mine.number} · 热水器报 E07 · 一个工作日内正确答复（时限由本程序包设定）",
            "2026-11-17",
            f"enquiry:{mine.pk}",
        ],
        [f"{first.number} · {solve.subject} · {solve.label.zh}", "2026-11-18", f"first-contact:{first.pk}"],
        ["", "", ""],
    ]
    assert [f"/registers/enquiry/{one.number}" in page.links for one in (mine, done, theirs)] == [True, False, False]


def test_what_one_is_in_charge_of_comes_though_others_owe_on_it(office: Office) -> None:
    help_ = {"helps-0-what": "发控制板", "helps-0-owner": str(office.works.ku.pk), "helps-0-due_on": "2026-11-18"}
    taken(office.desk("mei").send("/registers/cooperation/new/ask", need="客户停机", **help_))
    asked = FormRecord.objects.get(kind="cooperation")
    Obligation.objects.filter(OPEN, kind="cooperation", owner_person=office.works.mei).delete()
    rows = matters(office.desk("mei").sheet(NEW))
    assert rows[0] == [f"{asked.number} · {asked.subject}", "", f"cooperation:{asked.pk}"]


def test_nothing_comes_of_records_that_the_reader_may_not_see(office: Office) -> None:
    mine = enquiry(office, "mei", "保修几年")
    asked = {"verb": "prepare", "leaver": str(office.works.mei.pk)}
    pages = [office.desk(name).get("/registers/handover/rows/matters", **asked).html for name in ("song", "peng")]
    assert [mine.number in page for page in pages] == [True, False]


def test_each_row_keeps_its_record_and_is_owed_by_whoever_comes(office: Office) -> None:
    mine = enquiry(office, "mei", "热水器报 E07")
    sheet = prepared(office)
    row = FormRow.objects.get(part_kind="handover-matter")
    assert row.extra["of_record"] == {
        "kind": "enquiry",
        "id": mine.pk,
        "number": mine.number,
        "name": "热水器报 E07",
    }
    owed = Obligation.objects.get(OPEN, rule="handover-matter-answer")
    assert (owed.owner_person, row.owner) == (office.works.song, office.works.song)
    page = office.desk("song").get(f"/registers/handover/{sheet.number}")
    assert f"/registers/enquiry/{mine.number}" in page.links


def test_a_row_that_is_emptied_stays_away_and_one_that_names_somebody_stays_theirs(office: Office) -> None:
    enquiry(office, "mei", "热水器报 E07")
    enquiry(office, "mei", "保修几年")
    prepared(office, **{"matters-0-what": "", "matters-1-owner": str(office.works.lin.pk)})
    row = FormRow.objects.get(part_kind="handover-matter")
    assert (row.owner, row.extra["of_record"]["name"]) == (office.works.lin, "保修几年")


def test_refreshing_keeps_what_was_typed_drops_what_ended_and_brings_what_came(office: Office) -> None:
    mei = office.desk("mei")
    ended = enquiry(office, "mei", "热水器报 E07")
    sent = {name: values[0] for name, values in mei.sheet(NEW).values.items() if name.startswith("matters-")}
    sent |= {"matters-1-what": "钥匙在抽屉", "leaver": str(office.works.mei.pk), "relief": str(office.works.song.pk)}
    taken(mei.send(f"/registers/enquiry/{ended.number}/answer", answer_text="断电", board="no"))
    came = enquiry(office, "mei", "保修几年")
    fragment = mei.client.get("/registers/handover/rows/matters", {**sent, "verb": "prepare"})
    form = ParsedPage(fragment)
    assert "matters-0-what" not in form.html
    assert 'value="钥匙在抽屉"' in form.html
    assert f'name="matters-2-of_record" value="enquiry:{came.pk}"' in form.html.replace('type="hidden" ', "")
    assert office.desk("mei").get("/registers/handover/rows/items", verb="accept").status == 404


def test_a_record_that_one_may_not_see_is_not_kept_as_the_source(office: Office) -> None:
    typed = {"matters-0-what": "看看这个", "matters-0-due_on": "2026-11-18", "matters-0-of_record": "enquiry:999999"}
    prepared(office, **typed)
    row = FormRow.objects.get(part_kind="handover-matter", extra__what="看看这个")
    assert "of_record" not in row.extra


def test_put_right_and_presented_again_the_sheet_has_what_came_meanwhile(office: Office) -> None:
    first = enquiry(office, "mei", "热水器报 E07")
    sheet = prepared(office)
    here = f"/registers/handover/{sheet.number}"
    taken(office.desk("song").send(f"{here}/refuse", refusals=["record"], refusal_reason="记录不清"))
    later = enquiry(office, "mei", "保修几年")
    rows = matters(office.desk("mei").sheet(f"{here}/present"))
    assert [row[2] for row in rows] == [f"enquiry:{first.pk}", f"enquiry:{later.pk}", ""]
    taken(office.desk("mei").send(f"{here}/present", put_right="已补记"))
    kept = FormRow.objects.filter(part_kind="handover-matter").order_by("position")
    assert [row.extra["of_record"]["number"] for row in kept] == [first.number, later.number]

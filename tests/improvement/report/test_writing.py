"""Writing in the report from the browser: each field and row alone, both texts where two were at the same one."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.improvement.models import Cause, Containment, Content, Problem
from huiyin.improvement.queries import load_details
from huiyin.improvement.report.sections import FIELDS, SECTION_OF, SECTIONS
from huiyin.improvement.report.tables import ALL as TABLES
from huiyin.journal.verification import verify
from huiyin.records.models import Attachment
from tests.cast import Factory
from tests.desk import Desk, Office, ParsedPage, stopped
from tests.improvement import cases
from tests.improvement.furnished import large
from tests.records.office import picture, upload
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")
SCRIPT = {"HTTP_HUIYIN_AUTOSAVE": "1"}


@pytest.fixture
def office(works: Factory) -> Any:
    with stopped("2026-11-16 14:05") as clock:
        yield Office(works, clock)


@pytest.fixture
def problem(works: Factory) -> Problem:
    return cases.described(works, cases.case(works))


def saves(desk: Desk, path: str, **values: Any) -> tuple[int, dict[str, Any]]:
    """What the page's script is answered."""
    answer = desk.client.post(path, values, **SCRIPT)  # type: ignore[arg-type]
    return answer.status_code, answer.json()


def test_a_field_saves_itself_and_says_when(office: Office, problem: Problem) -> None:
    lin = office.desk("lin")
    path = f"/problems/{problem.number}/fields/containment"
    status, said = saves(lin, path, text="库存隔离", version="0")
    assert (status, said["version"], said["saved"]) == (200, 1, "14:05")
    assert sorted(said["pieces"]) == ["report-bar", "weak"]
    status, said = saves(lin, path, text="库存隔离，客户处更换", version="1")
    row = Content.objects.get(problem=problem, name="containment")
    assert (status, said["version"], row.text, row.by) == (200, 2, "库存隔离，客户处更换", office.works.lin)
    assert verify().code == 0


def test_two_at_the_same_field_see_both_texts_and_other_fields_go_on(office: Office, problem: Problem) -> None:
    lin, qian = office.desk("lin"), office.desk("qian")
    base = f"/problems/{problem.number}/fields/"
    assert saves(lin, base + "lifted", text="林写的", version="0")[0] == 200
    status, said = saves(qian, base + "lifted", text="钱写的", version="0")
    piece = " ".join(said["piece"].split())
    assert (status, said["version"], said["theirs"]) == (409, 1, {"text": "林写的"})
    assert "林志远 在 14:05 改过这里。" in piece
    assert "林写的" in piece
    assert saves(qian, base + "lessons", text="教训", version="0")[0] == 200
    assert saves(qian, base + "lifted", text="林写的\n钱写的", version="1")[0] == 200
    assert Content.objects.get(problem=problem, name="lifted").text == "林写的\n钱写的"


def test_without_script_the_same_is_a_page(office: Office, problem: Problem) -> None:
    lin, qian = office.desk("lin"), office.desk("qian")
    path = f"/problems/{problem.number}/fields/lifted"
    at_page = f"/problems/{problem.number}/D6"
    answer = lin.send(path, at_page=at_page, text="林写的")
    assert (answer.status_code, answer["Location"]) == (302, f"{at_page}#field-lifted")
    clash = ParsedPage(qian.post(path, {"text": "钱写的", "version": "0"}))
    assert clash.status == 409
    sheet = clash.form(path)
    assert (sheet.values["version"], sheet.values["text"]) == (["1"], ["钱写的"])
    assert "林写的" in clash.text
    assert qian.post(path, {k: v[0] for k, v in sheet.values.items()}).status_code == 302
    assert Content.objects.get(problem=problem, name="lifted").text == "钱写的"


def test_every_text_stands_in_its_own_box_as_it_was_written_last(office: Office, problem: Problem) -> None:
    lin = office.desk("lin")
    for name in FIELDS:
        cases.text(office.works, problem, name, f"写在 {name} 里")
    expected = {
        (SECTION_OF[row.name], row.name): ([f"写在 {row.name} 里"], [str(row.version)])
        for row in Content.objects.filter(problem=problem)
    }
    found = {}
    for section in SECTIONS:
        page = lin.get(f"/problems/{problem.number}/{section.key}")
        for one in section.fields:
            values = page.form(f"/problems/{problem.number}/fields/{one.name}").values
            found[section.key, one.name] = (values["text"], values["version"])
    assert found == expected
    assert len(found) == len(FIELDS)


def test_every_row_stands_in_its_own_boxes_as_it_was_written_last(office: Office) -> None:
    problem = large(office.works, containments=3, causes=6)
    details, lin = load_details(problem), office.desk("lin")
    expected, found = {}, {}
    for section in SECTIONS:
        page = lin.get(f"/problems/{problem.number}/{section.key}")
        for sheet in (one for one in TABLES if one.section == section.key):
            for row in sheet.rows(details):
                columns = [name for name in sheet.form.base_fields if isinstance(getattr(row, name, None), str)]
                values = page.form(f"/problems/{problem.number}/rows/{sheet.key}/{row.pk}").values
                found[sheet.key, row.pk] = {name: values.get(name) for name in ("version", *columns)}
                expected[sheet.key, row.pk] = {name: [str(getattr(row, name))] for name in ("version", *columns)}
    assert found == expected
    assert {key for key, _ in found} == {sheet.key for sheet in TABLES}


def test_who_may_not_write_reads_and_is_told_why(office: Office, problem: Problem) -> None:
    bai = office.desk("bai")
    page = bai.get(f"/problems/{problem.number}/D2")
    if page.status == 404:
        assert bai.post(f"/problems/{problem.number}/fields/what", {"text": "x"}).status_code == 404
    else:
        status, said = saves(bai, f"/problems/{problem.number}/fields/what", text="x", version="1")
        assert (status, len(said["reasons"])) == (422, 1)


def test_containment_is_summed_and_what_does_not_add_up_is_said_at_once(office: Office, problem: Problem) -> None:
    ku = office.desk("lin")
    path = f"/problems/{problem.number}/rows/containment"
    place = office.works.procedure.catalogue("containment_location")[0].key
    status, said = saves(ku, path, location=place, suspect="100", inspected="60")
    row = Containment.objects.get(problem=problem)
    assert (status, said["into"], said["version"]) == (200, "rows-containment", 1)
    assert f'id="item-containment-{row.pk}"' in said["row"]
    sums = " ".join(said["pieces"]["foot-containment"].split())
    assert "<dt>未检</dt><dd>40</dd>" in sums
    own = f"{path}/{row.pk}"
    status, said = saves(ku, own, location=place, suspect="100", inspected="60", ok="50", ng="5", version="1")
    assert (status, said["version"]) == (200, 2)
    marked = said["pieces"][f"marks-containment-{row.pk}"]
    assert (
        "合计 55 件，比已检数量（60 件）少 5 件" in marked,
        "1 行数量自相矛盾" in said["pieces"]["foot-containment"],
    ) == (True, True)
    assert "<dt>可疑数量</dt><dd>0</dd>" in " ".join(said["pieces"]["foot-containment"].split())
    status, said = saves(ku, own, location=place, suspect="-1", inspected="60", version="2")
    assert (status, Containment.objects.get(problem=problem).suspect) == (422, 100)
    values = {
        "location": place,
        "suspect": "100",
        "inspected": "100",
        "ok": "90",
        "ng": "10",
        "scrapped": "10",
        "version": "2",
    }
    status, said = saves(ku, own, **values)
    assert (status, said["version"]) == (200, 3)
    assert "数量相符，没有剩余" in said["pieces"][f"marks-containment-{row.pk}"]


def test_a_row_two_people_changed_shows_both(office: Office, problem: Problem) -> None:
    lin, qian = office.desk("lin"), office.desk("qian")
    path = f"/problems/{problem.number}/rows/document"
    kind = office.works.procedure.catalogue("document")[0].key
    row = cases.row(office.works, problem, "document", document=kind, number="PF-1")
    assert saves(lin, f"{path}/{row.pk}", document=kind, number="PF-2", version="1")[0] == 200
    status, said = saves(qian, f"{path}/{row.pk}", document=kind, number="PF-3", after="A/2", version="1")
    assert (status, said["version"], said["theirs"]["number"], said["theirs"]["after"]) == (
        409,
        2,
        "PF-2",
        "",
    )
    assert ("林志远" in said["piece"], "PF-2" in said["piece"]) == (True, True)


def test_a_why_is_added_under_a_why_and_a_root_is_proven(office: Office, problem: Problem) -> None:
    lin = office.desk("lin")
    base = f"/problems/{problem.number}/rows"
    assert saves(lin, f"{base}/why", text="压缩量不足", leg="occurrence", bone="method")[0] == 200
    top = Cause.objects.get(problem=problem)
    status, said = saves(lin, f"{base}/why", text="沟槽深度超差", leg="escape", parent=str(top.pk))
    under = Cause.objects.get(parent=top)
    assert (status, said["into"], under.leg) == (200, f"whys-{top.pk}", "occurrence")
    assert "fishbone-rib" in said["pieces"]["fishbone"]
    values = {"text": "沟槽深度超差", "is_root": "on", "result": "passed", "version": "1"}
    status, said = saves(lin, f"{base}/cause/{under.pk}", **values)
    assert (status, list(said["errors"])) == (422, ["method"])
    status, said = saves(lin, f"{base}/cause/{under.pk}", **values, method="换件对比", when_on="漏", when_off="不漏")
    under.refresh_from_db()
    assert (status, under.is_proven) == (200, True)
    assert "开/关验证已证实" in said["pieces"][f"marks-cause-{under.pk}"]
    values |= {"text": "沟槽深度超差 0.2 mm", "version": "2", "method": "换件对比"}
    status, said = saves(lin, f"{base}/cause/{under.pk}", **values)
    under.refresh_from_db()
    assert (status, under.result, under.is_proven) == (200, "", False)
    drawn = lin.client.get(f"/problems/{problem.number}/fishbone.svg")
    assert (drawn["Content-Type"], "压缩量不足" in drawn.content.decode()) == ("image/svg+xml", True)


def test_a_refused_row_is_kept_on_the_page_without_script(office: Office, problem: Problem) -> None:
    lin = office.desk("lin")
    answer = lin.post(f"/problems/{problem.number}/rows/deployment", {"name": "ZQ500 装配线", "scope": ""})
    page = ParsedPage(answer)
    sheet = page.form(f"/problems/{problem.number}/rows/deployment")
    assert (page.status, sheet.values["name"]) == (422, ["ZQ500 装配线"])
    assert "请选择范围。" in page.text


def test_without_script_a_row_that_was_saved_leads_back_to_it(office: Office, problem: Problem) -> None:
    lin, works = office.desk("lin"), office.works
    row = cases.row(works, problem, "cause", leg="system", text="点检表缺项")
    answer = lin.post(f"/problems/{problem.number}/rows/cause/{row.pk}", {"text": "点检表没有这一项", "version": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/problems/{problem.number}/D4#item-cause-{row.pk}")
    assert problem.causes.get().text == "点检表没有这一项"


def test_people_are_chosen_by_name_and_strangers_only_on_the_team(office: Office, problem: Problem) -> None:
    lin = office.desk("lin")
    path = f"/problems/{problem.number}/rows"
    found = lin.client.get("/problems/people", {"q": "沈"}).json()["items"]
    assert [(one["key"], one["label"]) for one in found] == [(str(office.works.shen.pk), "沈主任")]
    status, said = saves(lin, f"{path}/preventive", text="培训", responsible="没有的人")
    assert (status, said["errors"]) == (422, {"responsible": "没有叫“没有的人”的同事，请从列表里选"})
    status, _ = saves(lin, f"{path}/preventive", text="培训", responsible="沈主任")
    assert (status, problem.actions.get().responsible) == (200, office.works.shen)
    status, _ = saves(
        lin,
        f"{path}/member",
        person="驻厂代表王工",
        role=office.works.procedure.catalogue("team_role")[0].key,
    )
    assert (status, problem.members.latest("id").name) == (200, "驻厂代表王工")


def test_a_row_is_taken_away_and_a_why_with_whys_is_not(office: Office, problem: Problem) -> None:
    lin, works = office.desk("lin"), office.works
    base = f"/problems/{problem.number}/rows/cause"
    top = cases.row(works, problem, "cause", leg="system", text="点检表缺项")
    under = cases.row(works, problem, "cause", leg="system", text="没有人负责", parent=top)
    answer = lin.post(f"{base}/{top.pk}", {"do": "drop", "version": "1"})
    assert (answer.status_code, Cause.objects.count()) == (409, 2)
    answer = lin.post(f"{base}/{under.pk}", {"do": "drop", "version": "1"})
    assert (answer.status_code, list(Cause.objects.values_list("pk", flat=True))) == (302, [top.pk])
    assert lin.post(f"{base}/{under.pk}", {"text": "x"}).status_code == 404
    assert verify().code == 0


def test_evidence_stands_where_it_was_put(office: Office, problem: Problem) -> None:
    lin = office.desk("lin")
    cause = cases.row(office.works, problem, "cause", leg="system", text="点检表缺项")
    for place, name in (("D3", "隔离.png"), (cause.part_key, "毛刺.png")):
        answer = lin.post(f"/problems/{problem.number}/files/{place}", {"files": upload(name, picture())})
        assert answer.status_code == 302
    assert list(Attachment.objects.order_by("id").values_list("part", "name")) == [
        ("D3", "隔离.png"),
        (cause.part_key, "毛刺.png"),
    ]
    texts = [lin.get(f"/problems/{problem.number}{rest}").text for rest in ("/D3", "/D4", "")]
    assert [("隔离.png" in text, "毛刺.png" in text) for text in texts] == [
        (True, False),
        (False, True),
        (True, True),
    ]
    assert (
        lin.post(f"/problems/{problem.number}/files/cause:999", {"files": upload("x.png", picture())}).status_code
        == 404
    )

"""An 8D in the browser: opened from a complaint, written by two people at once, led to its end."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from huiyin.improvement.models import Cause, Content, Problem
from huiyin.improvement.report.tables import ALL, BY_KEY
from huiyin.journal.verification import verify
from huiyin.ui import forms
from tests.improvement import cases
from tests.improvement.furnished import large
from tests.scenarios.browser.colleagues import BrowserColleague, BrowserStaff, words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "base"
SCREENS = (1440, 768, 390)


def field(page: Page, name: str) -> Locator:
    """The form of one text."""
    return page.locator(f"#field-{name}")


def writes(page: Page, name: str, text: str) -> Locator:
    """Type into a text and leave it; its form."""
    form = field(page, name)
    form.locator("textarea").fill(text)
    form.locator("textarea").blur()
    return form


def says(form: Locator, text: Any) -> None:
    """The form comes to say how the saving went."""
    expect(form.locator("[data-state]").first).to_have_text(text)


def step(staff: BrowserStaff, verb: str) -> str:
    """What the company calls a step of a case."""
    label = staff.works.procedure.step_label(f"problem.{verb}")
    assert label is not None
    return label.show("zh")


def stored(problem: Problem, name: str) -> str:
    return Content.objects.get(problem=problem, name=name).text


def test_two_people_write_at_once_and_clash_on_one_field(staff: BrowserStaff) -> None:
    problem = cases.case(staff.works)
    staff.clock.at("2026-11-16 14:05")
    path = f"/problems/{problem.number}/D2"
    lin, qian = staff("lin", path), staff("qian", path)
    says(writes(lin.page, "what", "O 形圈处渗油"), "已保存 14:05")
    says(writes(qian.page, "where", "主机接头"), "已保存 14:05")
    assert (stored(problem, "what"), stored(problem, "where")) == ("O 形圈处渗油", "主机接头")
    lin.page.complaints.expected.append("409")
    says(writes(qian.page, "statement", "接头渗油"), "已保存 14:05")
    form = writes(lin.page, "statement", "HY-40 接头在 O 形圈处渗油")
    clash = form.locator("[data-conflict]")
    clash.wait_for()
    assert "钱卫东 在 14:05 改过这里。" in words(clash)
    assert words(clash.locator(".clash-text")) == "接头渗油"
    assert form.locator("textarea").input_value() == "HY-40 接头在 O 形圈处渗油"
    says(writes(lin.page, "when", "装机后一周"), "已保存 14:05")
    clash.get_by_role("button", name="两段都留").click()
    says(form, "已保存 14:05")
    assert stored(problem, "statement") == "接头渗油\nHY-40 接头在 O 形圈处渗油"
    assert verify().code == 0


def test_who_leaves_a_clash_unanswered_is_asked_again(staff: BrowserStaff) -> None:
    problem = cases.case(staff.works)
    staff.clock.at("2026-11-16 14:05")
    path = f"/problems/{problem.number}/D2"
    lin, qian = staff("lin", path), staff("qian", path)
    lin.page.complaints.expected.append("409")
    says(writes(qian.page, "statement", "接头渗油"), "已保存 14:05")
    form = writes(lin.page, "statement", "HY-40 渗油")
    form.locator("[data-conflict]").wait_for()
    writes(lin.page, "statement", "HY-40 接头渗油")  # goes on writing, and leaves without an answer
    lin.goes(f"/problems/{problem.number}")
    lin.goes(path)
    form = field(lin.page, "statement")
    form.locator("[data-conflict]").wait_for()
    assert words(form.locator(".clash-text")) == "接头渗油"
    assert form.locator("textarea").input_value() == "HY-40 接头渗油"
    assert stored(problem, "statement") == "接头渗油"
    form.get_by_role("button", name="留下我写的").click()
    says(form, "已保存 14:05")
    assert stored(problem, "statement") == "HY-40 接头渗油"


def test_what_is_typed_without_a_line_is_kept_and_saved_later(staff: BrowserStaff) -> None:
    problem = cases.case(staff.works)
    staff.clock.at("2026-11-16 14:05")
    path = f"/problems/{problem.number}/D0"
    lin = staff("lin", path)
    lin.page.complaints.expected += ["ERR_INTERNET_DISCONNECTED", "Failed to load"]
    lin.page.context.set_offline(True)
    form = writes(lin.page, "symptom", "接头渗油")
    says(form, "没有连上服务器；写的留在本机，连上就保存。")
    lin.page.context.set_offline(False)
    says(form, "已保存 14:05")
    assert stored(problem, "symptom") == "接头渗油"
    lin.page.context.set_offline(True)
    says(writes(lin.page, "emergency", "客户处更换"), "没有连上服务器；写的留在本机，连上就保存。")
    lin.page.context.set_offline(False)
    lin.goes(path)
    says(field(lin.page, "emergency"), re.compile("(已|上次)保存"))  # by the line's return, or by the draft
    assert field(lin.page, "emergency").locator("textarea").input_value() == "客户处更换"
    assert stored(problem, "emergency") == "客户处更换"


def test_a_row_follows_what_others_wrote_in_its_other_boxes(staff: BrowserStaff) -> None:
    problem = cases.case(staff.works)
    kind = staff.works.procedure.catalogue("document")[0].key
    row = cases.row(staff.works, problem, "document", document=kind, number="PF-1")
    path = f"/problems/{problem.number}/D7"
    lin, qian = staff("lin", path), staff("qian", path)
    lin.page.complaints.expected.append("409")
    for colleague, name, text in ((qian, "after", "A/2"), (lin, "number", "PF-2")):
        box = colleague.page.locator(f"#item-document-{row.pk} [name={name}]")
        box.fill(text)
        box.blur()
        expect(colleague.page.locator(f"#item-document-{row.pk} [data-state]")).to_have_class("save-state is-good")
    row.refresh_from_db()
    assert (row.number, row.after) == ("PF-2", "A/2")
    assert lin.page.locator(f"#item-document-{row.pk} [name=after]").input_value() == "A/2"


def test_the_tree_grows_in_place_and_the_fishbone_follows(staff: BrowserStaff) -> None:
    problem = cases.case(staff.works)
    staff.clock.at("2026-11-16 14:05")
    page = staff("lin", f"/problems/{problem.number}/D4").page
    page.locator("#why-occurrence").fill("油封唇口划伤")
    page.locator("#bone-occurrence").select_option(label="机")
    page.locator("#leg-occurrence").get_by_role("button", name="添加原因").click()
    top = page.locator("#whys-occurrence > .why")
    top.wait_for()
    assert page.locator("#fishbone .fishbone-rib text").all_text_contents() == ["油封唇口划伤"]
    top.locator(".why-add > summary").click()
    top.locator(".why-add textarea").fill("导向套有毛刺")
    top.get_by_role("button", name="追问", exact=True).click()
    under = top.locator(".whys > .why")
    under.wait_for()
    under.locator("[name=is_root]").check()
    expect(under.locator(".mark").first).to_have_text("根本原因，还没有开/关验证")
    under.locator(".why-form > .disclosure > summary").first.click()
    under.locator("[name=method]").first.fill("换导向套对比")
    under.locator("label", has_text="证实").first.click()
    expect(under.locator(".mark").first).to_have_text("根本原因，开/关验证已证实")
    cause = Cause.objects.get(problem=problem, parent__isnull=False)
    assert (cause.text, cause.leg, cause.is_proven) == ("导向套有毛刺", "occurrence", True)


def test_a_proven_cause_in_other_words_is_tested_again_on_the_spot(staff: BrowserStaff) -> None:
    problem = cases.case(staff.works)
    row = cases.row(staff.works, problem, "cause", leg="occurrence", text="导向套有毛刺", is_root=True)
    cases.changed(staff.works, row, method="换导向套对比", result="passed")
    page = staff("lin", f"/problems/{problem.number}/D4").page
    why = page.locator(f"#item-cause-{row.pk}")
    why.locator("[name=text]").first.fill("导向套内孔有毛刺")
    why.locator("[name=text]").first.blur()
    expect(why.locator(".mark").first).to_have_text("措辞改过，要重新验证")
    expect(why.get_by_label("未做")).to_be_checked()
    why.locator(".why-form > .disclosure > summary").first.click()
    why.locator("label", has_text="证实").first.click()
    expect(why.locator(".mark").first).to_have_text("根本原因，开/关验证已证实")


@pytest.mark.parametrize("key", [sheet.key for sheet in ALL if sheet.grows and sheet.key != "cause"])
def test_a_row_is_added_to_every_table_and_changed_in_place(staff: BrowserStaff, key: str) -> None:
    problem = cases.case(staff.works)
    sheet = BY_KEY[key]
    page = staff("lin", f"/problems/{problem.number}/{sheet.section}").page
    new = page.locator(f"form.is-new.is-{key}")
    if not new.is_visible():
        page.locator(f"#sheet-{key} .sheet-add > summary").click()
    for name, box in sheet.form.base_fields.items():
        if box.required and name != "version":
            at = new.locator(f"[name={name}]")
            at.select_option(index=1) if at.evaluate("box => box.tagName") == "SELECT" else at.fill("甲")
    new.get_by_role("button").last.click()
    item = page.locator(f"#rows-{key} .sheet-item")
    expect(item).to_have_count(1)
    lines = [name for name, box in sheet.form.base_fields.items() if type(box) in (forms.TextInput, forms.TextField)]
    item.locator(f"[name={lines[-1]}]").fill("乙")
    item.locator(f"[name={lines[-1]}]").blur()
    expect(item.locator("[data-state]").first).to_have_class("save-state is-good")


def test_without_script_every_box_has_its_button(staff: BrowserStaff) -> None:
    problem = cases.case(staff.works)
    lin = BrowserColleague(staff._open(staff.works.lin, f"/problems/{problem.number}/D1", scripts=False), "lin")
    form = field(lin.page, "team_goal")
    form.locator("textarea").fill("五天内找到原因")
    with lin.page.expect_navigation():
        form.get_by_role("button", name="保存").click()
    assert stored(problem, "team_goal") == "五天内找到原因"
    add = lin.page.locator("form.is-new.is-member")
    add.locator("[name=person]").fill("陶工")
    add.locator("[name=role]").select_option(index=1)
    with lin.page.expect_navigation():
        add.get_by_role("button", name="添加成员").click()
    assert problem.members.get().person == staff.works.tao


def test_an_8d_from_a_complaint_to_its_end(staff: BrowserStaff) -> None:
    works = staff.works
    complaint = works.complaint(problem="接头处漏油", model="HY-40", severity="function")
    lin = staff("lin", f"/complaints/{complaint.number}")
    with lin.page.expect_navigation():
        lin.page.get_by_role("link", name="开 8D").first.click()
    assert lin.page.input_value("[name=model]") == "HY-40"
    lin.fills(title="HY-40 接头漏油", severity="功能：影响使用或停线").presses("立案")
    problem = Problem.objects.get()
    assert lin.path() == f"/problems/{problem.number}"
    assert f"/complaints/{complaint.number}" in [a.get_attribute("href") for a in lin.page.locator("#cases a").all()]
    cases.described(works, problem)
    _counts(lin, problem)
    staff.clock.at("2026-11-16 15:00")
    lin.goes(f"/problems/{problem.number}")
    contain = step(staff, "contain")
    assert lin.takes(contain) == f"{contain}：已完成"
    cases.proven_cause(works, problem, "occurrence", "沟槽深度超差 0.2 mm，O 形圈压缩量不足")
    cases.proven_cause(works, problem, "escape", "出厂试压压力低于规定值，漏检")
    lin.goes(f"/problems/{problem.number}")
    lin.takes(step(staff, "analyse"), words="两条线都已证实")
    _chooses(lin, problem)
    lin.goes(f"/problems/{problem.number}")
    lin.takes(step(staff, "choose"), words="夹具最省")
    problem.refresh_from_db()
    assert problem.state == "planned"
    _ends(staff, lin, problem)


def _counts(lin: BrowserColleague, problem: Problem) -> None:
    """Suspect goods at one place, first wrong and marked, then right."""
    page = lin.goes(f"/problems/{problem.number}/D3").page
    add = page.locator("form.is-new.is-containment")
    add.locator("[name=location]").select_option(index=1)
    for name, number in (("suspect", "100"), ("inspected", "100"), ("ok", "90"), ("ng", "5")):
        add.locator(f"[name={name}]").fill(number)
    add.get_by_role("button").click()
    item = page.locator("#rows-containment .sheet-item")
    item.wait_for()
    assert words(item.locator(".mark").first) == "合格数量、不合格数量合计 95 件，比已检数量（100 件）少 5 件"
    for name in ("ng", "scrapped"):
        item.locator(f"[name={name}]").fill("10")
        item.locator(f"[name={name}]").blur()
    expect(item.locator(".mark")).to_have_text("数量相符，没有剩余")


def _chooses(lin: BrowserColleague, problem: Problem) -> None:
    """A chosen action for each root cause, planned in D6."""
    page = lin.goes(f"/problems/{problem.number}/D5").page
    for at in (1, 2):
        add = page.locator("form.is-new.is-candidate")
        if not add.is_visible():
            page.locator("#sheet-candidate .sheet-add > summary").click()
        add.locator("[name=text]").fill(f"防错夹具 {at}")
        add.locator("[name=cause]").select_option(index=at)
        add.locator("label", has_text="选用").first.click()
        add.get_by_role("button").click()
        expect(page.locator("#rows-candidate .sheet-item")).to_have_count(at)
    page = lin.goes(f"/problems/{problem.number}/D6").page
    for item in page.locator("#rows-implementation .sheet-item").all():
        item.locator("[name=responsible]").fill("陶工")
        item.locator("[name=planned_on]").fill("2026-11-25")
        item.locator("[name=planned_on]").blur()
        expect(item.locator("[data-state]")).to_have_class("save-state is-good")


def _ends(staff: BrowserStaff, lin: BrowserColleague, problem: Problem) -> None:
    """Carried out, checked by somebody else, prevented, approved."""
    page = lin.goes(f"/problems/{problem.number}/effect").page
    lin.fills(metric="渗油率", baseline="30%", target="0", starts_on="2026-11-26", ends_on="2026-12-10")
    page.locator("[name=checker]").fill("钱卫东")
    lin.presses(step(staff, "plan_effect"))
    page = lin.goes(f"/problems/{problem.number}/D6").page
    for item in page.locator("#rows-implementation .sheet-item").all():
        for name, written in (("done_on", "2026-11-25"), ("cut_in_batch", "B2613")):
            with page.expect_response(lambda answer: answer.request.method == "POST"):
                item.locator(f"[name={name}]").fill(written)
                item.locator(f"[name={name}]").blur()
            expect(item.locator("[data-state]")).to_have_class("save-state is-good")
    lin.goes(f"/problems/{problem.number}").takes(step(staff, "implement"))
    staff.clock.at("2026-12-10 16:00")
    qian = staff("qian", f"/problems/{problem.number}/effect-check")
    qian.fills(result="0%", verdict="有效").presses(step(staff, "check_effect"))
    lin.goes(f"/problems/{problem.number}").takes(step(staff, "prove"))
    cases.prevented(staff.works, Problem.objects.get())
    staff.clock.at("2026-12-14 09:00")
    qian.goes(f"/problems/{problem.number}").takes(step(staff, "approve"), words="同意结案")
    problem.refresh_from_db()
    assert (problem.state, verify().code) == ("closed", 0)
    assert qian.goes(f"/problems/{problem.number}/D2").page.locator("textarea").count() == 0


def test_a_large_report_fits_every_screen(staff: BrowserStaff) -> None:
    problem = large(staff.works)
    staff.clock.at("2026-11-20 09:00")
    wide = {}
    places = ["", *(f"/D{at}" for at in range(9)), "/effect"]
    lin = staff("lin", "/problems/")
    for rest in places:
        lin.goes(f"/problems/{problem.number}{rest}")
        for width in SCREENS:
            lin.page.set_viewport_size({"width": width, "height": 900})
            wide[rest, width] = lin.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {place: over for place, over in wide.items() if over > 0} == {}
    for rest in os.environ.get("HUIYIN_PLACES", " ").split(","):
        staff.photographs("lin", f"/problems/{problem.number}{rest.strip()}", f"8d{rest.strip().replace('/', '-')}")

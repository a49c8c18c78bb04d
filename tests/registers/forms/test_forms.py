"""Forms of declared kinds: what is asked on conditions, what a record is about, child tables, bad input."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.registers.models import FormRecord, FormRow
from tests.desk import Office, ParsedPage
from tests.registers.everything import OPEN, PACK, drawing
from tests.registers.works import a_customer
from tests.stage import desks, stage

works = stage(PACK)
office = desks()

LEAST = {"title_line": "试压单", "day": "2026-11-18", "sort": "small"}


def sent(office: Office, **values: Any) -> tuple[Any, ParsedPage]:
    """The answer to a form sent as a browser would, and its page; with other fields than the page offers too."""
    desk = office.desk("mei")
    answer = desk.client.post(OPEN, {**desk.sheet(OPEN).values, **LEAST, **values})
    return answer, ParsedPage(answer)


# ---- conditions


def test_what_is_shown_on_a_condition_is_needed_only_then(office: Office) -> None:
    answer, page = sent(office, known="yes")
    assert answer.status_code == 422
    assert "请填写怎么知道的" in page.text
    assert 'data-shown="[{&#34;field&#34;: &#34;known&#34;, &#34;is&#34;: [&#34;yes&#34;]}]"' in page.html
    assert sent(office, known="no")[0].status_code == 302


def test_what_is_hidden_is_gone_with_what_hangs_on_it(office: Office) -> None:
    answer, _ = sent(office, known="no", how="来电", how_who="张三")
    assert answer.status_code == 302
    assert {"how", "how_who"}.isdisjoint(FormRecord.objects.get().extra)


def test_words_of_ones_own_instead_of_an_option(office: Office) -> None:
    answer, page = sent(office, sort="other:", sort_other="")
    assert answer.status_code == 422, page.text[:300]
    assert sent(office, sort="other:", sort_other="怪事")[0].status_code == 302
    assert FormRecord.objects.get().extra["sort"] == "other:怪事"


def test_a_box_of_a_row_is_shown_by_what_the_same_row_says(office: Office) -> None:
    few, many = {"lines-0-what": "软管", "lines-0-many": "2"}, {"lines-1-what": "卡箍", "lines-1-many": "9"}
    answer, page = sent(office, **few, **many)
    assert answer.status_code == 422
    assert page.html.count("请填写</p>") == page.html.count("请填写") == 1
    assert page.html.count('data-cell-shown="[{&#34;field&#34;: &#34;many&#34;, &#34;over&#34;: ') == 3
    assert sent(office, **few, **many, **{"lines-1-why_many": "备货"})[0].status_code == 302
    assert [row.extra.get("why_many") for row in FormRow.objects.order_by("position")] == [None, "备货"]


def test_what_is_hidden_in_a_row_is_no_mistake_and_is_not_kept(office: Office) -> None:
    hidden = {"lines-0-why_many": "备货", "lines-0-spare": "x"}
    assert sent(office, **{"lines-0-what": "软管", "lines-0-many": "5"}, **hidden)[0].status_code == 302
    assert FormRow.objects.get().extra == {"what": "软管", "many": "5"}
    assert sent(office, **{"lines-0-many": "5"}, **hidden)[0].status_code == 422


def test_a_row_that_is_corrected_loses_what_it_no_longer_shows(office: Office) -> None:
    kept = {"lines-0-what": "软管", "lines-0-many": "9", "lines-0-why_many": "备货", "lines-0-spare": "3"}
    sent(office, **kept)
    row = FormRow.objects.get()
    assert (row.extra["why_many"], row.extra["spare"]) == ("备货", "3")
    here = f"/registers/sheet/{FormRecord.objects.get().number}"
    assert office.desk("mei").send(f"{here}/facts", **{"lines-0-many": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.extra == {"what": "软管", "many": "1"}
    assert "备货" not in office.desk("mei").get(here).text


# ---- what it is about


def test_the_customer_is_picked_or_comes_with_the_address(office: Office) -> None:
    customer = a_customer(office.works)
    answer, _ = sent(office, **{"about-customer": customer.name, "about-customer_key": customer.number})
    assert answer.status_code == 302
    record = FormRecord.objects.get()
    assert (record.about_number, record.about_name) == (customer.number, customer.name)
    mei = office.desk("mei")
    page = mei.get(f"{OPEN}?customer={customer.number}")
    assert customer.name in page.text
    assert "about-customer" not in page.html
    assert mei.client.post(OPEN, {**page.form(OPEN).values, **LEAST}).status_code == 302
    assert FormRecord.objects.filter(about_id=customer.pk).count() == 2
    assert mei.client.get(f"{OPEN}?customer=KH99999").status_code == 404
    card = mei.get(f"/customers/{customer.number}")
    assert "SHEET2026-0002" in card.text
    assert f"{OPEN}?customer={customer.number}" in card.links


def test_nobody_known_is_said_on_the_box(office: Office) -> None:
    answer, page = sent(office, **{"about-customer": "没有这家", "about-customer_key": ""})
    assert answer.status_code == 422
    assert "没有找到，请从列表中选择" in page.text
    assert 'value="没有这家"' in page.html


def test_a_correction_may_change_what_it_is_about(office: Office) -> None:
    first, second = a_customer(office.works), a_customer(office.works, "杭州湾阀门")
    sent(office, **{"about-customer": first.name, "about-customer_key": first.number})
    record = FormRecord.objects.get()
    path = f"/registers/sheet/{record.number}/facts"
    changed = office.desk("mei").send(
        path, **{"about-customer": second.name, "about-customer_key": second.number}, title_line="改过"
    )
    assert changed.status_code == 302
    record.refresh_from_db()
    assert (record.about_number, record.extra["title_line"]) == (second.number, "改过")


def test_a_field_named_by_the_record_it_is_opened_from(office: Office) -> None:
    complaint = office.works.complaint(when="2026-11-15 09:00")
    page = office.desk("mei").get(f"{OPEN}?complaint={complaint.number}")
    assert page.form(OPEN).values["case_key"] == [complaint.number]
    answer = office.desk("mei").client.post(OPEN, {**page.form(OPEN).values, **LEAST})
    assert answer.status_code == 302
    assert FormRecord.objects.get().extra["case"]["id"] == complaint.pk


# ---- child tables


def test_rows_survive_a_refusal_and_are_taken_away(office: Office) -> None:
    rows = {"lines-0-what": "软管", "lines-0-many": "x", "lines-7-what": "", "lines-7-many": "3"}
    answer, page = sent(office, **rows)
    assert answer.status_code == 422
    assert "“明细”里有要改的地方" in page.text
    kept = page.form(OPEN).values
    assert (kept["lines-0-many"], kept["lines-7-many"], kept["lines-0-what"]) == (["x"], ["3"], ["软管"])
    assert sent(office, **{"lines-0-what": "软管", "lines-3-what": "卡箍"})[0].status_code == 302
    record = FormRecord.objects.get()
    assert [row.extra["what"] for row in record.rows.filter(part_kind="sheet-line")] == ["软管", "卡箍"]
    path = f"/registers/sheet/{record.number}/facts"
    sheet = office.desk("mei").sheet(path)
    left = {name: value for name, value in sheet.values.items() if not name.startswith("lines-0")}
    assert office.desk("mei").client.post(path, left).status_code == 302
    assert [row.extra["what"] for row in record.rows.filter(part_kind="sheet-line")] == ["卡箍"]


def test_the_id_of_anothers_row_makes_a_new_one(office: Office) -> None:
    sent(office, **{"lines-0-what": "甲"})
    row = FormRow.objects.get(part_kind="sheet-line")
    sent(office, **{"lines-0-pk": str(row.pk), "lines-0-what": "乙"})
    row.refresh_from_db()
    assert row.extra["what"] == "甲"
    assert FormRow.objects.filter(part_kind="sheet-line").count() == 2


BAD: list[dict[str, Any]] = [
    {"lines--1-what": "x", "lines-²-what": "x", "lines-x-what": "x", "lines-": "x"},
    {"lines-0-pk": "-5", "lines-0-what": "x"},
    {"lines-0-pk": "９９９９９９９９９９９９９９９９９９９", "lines-0-what": "x"},
    {"points-0-item": "nothing", "points-0-verdict": "perhaps"},
    {"signed": "陈", "signed_drawn": "data:image/png;base64,%%%"},
    {"signed": "陈", "signed_drawn": "{broken"},
    {"signed": "陈", "signed_drawn": "data:image/png;base64," + "A" * 400_000},
    {"signed": "陈", "signed_drawn": "data:image/png;base64," + "iVBORw0KGgo" + "A" * 400},
    {"signed": "", "signed_drawn": drawing()},
    {"who": "999999"},
    {"who": "x"},
    {"unit_of": "-1"},
    {"took": "一会儿"},
    {"took": "99999999999999999999999"},
    {"span": "2026-13"},
    {"mail": "nobody"},
    {"site": "javascript:alert(1)"},
    {"times": "1e999"},
    {"moment_at": "0000-00-00T00:00"},
    {"day": "2026-02-30"},
    {"clock": "25:61"},
    {"about-customer": "\x00", "about-customer_key": "\x00"},
    {"client": "a\x00b", "client_key": "\x00"},
    {"title_line": "\x00"},
    {"from-customer": "\x00"},
    {"from-complaint": "nothing"},
    {"sort": "nothing"},
    {"known": ["yes", "no"], "how": "x" * 400},
]


@pytest.mark.parametrize("values", BAD, ids=lambda one: "-".join(one)[:40])
def test_bad_input_is_answered(office: Office, values: dict[str, Any]) -> None:
    answer, _ = sent(office, **values)
    assert answer.status_code in (302, 400, 404, 422)


def test_too_many_rows_are_refused(office: Office) -> None:
    many = {f"lines-{n}-what": "x" for n in range(250)}
    answer, page = sent(office, **many)
    assert answer.status_code == 422
    assert "“明细”最多 200 行" in page.text
    flood = {f"lines-{n}-what": "x" for n in range(10_000)}
    assert office.desk("mei").client.post(OPEN, flood).status_code in (400, 413)


def test_a_slash_says_it_does_not_apply(office: Office) -> None:
    assert sent(office, times="／")[0].status_code == 302
    record = FormRecord.objects.get()
    assert record.extra["times"] == "/"
    assert "不适用" in office.desk("mei").get(f"/registers/sheet/{record.number}").text
    assert office.desk("mei").get("/registers/sheet/?cols=number,f_times").status == 200

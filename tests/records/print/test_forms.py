"""The three forms as printed: what they say, on how many pages, in which language."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from huiyin.records.print.engine import render
from huiyin.records.print.sheets import Photo, PrintSheet
from tests.records.print import pdf
from tests.records.print.examples import LONG, complaint, feedback, liaison, photograph

pytestmark = pdf.needs_poppler


def test_complaint_register_says_every_fact() -> None:
    printed = render("complaint-register", complaint())
    expected = [
        "陕西回音精密机械股份有限公司",
        "客户投诉登记表",
        "编号：Q/SX•G4•G09—05",
        "版次：A/0",
        "第1页共2页",
        "第2页共2页",
        "记录编号：202611-017",
        "状态：处理中",
        "客户名称西安秦川重型传动设备有限责任公司",
        "联系人赵志强（设备科）联系电话029-8866 1234",
        "☑电话☐邮件☐信函☐来访☐微信☐在线",
        "产品型号HYJ-280/4P图号版本HY280-00C版",
        "发货数量24台投诉数量4台",
        "核实数量4台不良数量3台",
        LONG,
        "☑现场服务☐补货☑换货☐退货☐索赔☐罚款要求11月25日前恢复开机",
        "☑质量部☐生产部☑采购部☐技术部",
        "李建国2026-11-282026-11-27有效",
        "结论投诉成立：我方质量问题批准人陈董事长2026-11-2210:05",
        "☑接受☐不接受",
        "满意度满意",
        "签名王晓梅",
        "日期2026-11-1809:42",
        "保存期限：3年",
        "程序版本：communication1.0",
        "打印：王晓梅2026-11-2114:30",
        "记录指纹：3fa9c1d2e4b7a690(第17条)",
    ]
    assert pdf.missing(printed, *expected) == []


def test_feedback_sheet_shows_the_demands_as_interim_measures_and_each_department() -> None:
    printed = render("feedback-sheet", feedback())
    expected = [
        "问题反馈分析改善表",
        "临时措施（客户诉求）序号客户诉求要求要求时间完成1派人到现场处理问题",
        "2换货6台，运费到付不接受",
        "生产车间临时在库48台逐台复检",
        "采购临时",
        "技术部临时",
        "预防压装工序列入控制计划，每班首末件检查并记录孙丽2026-12-01",
        "汇总三个部门的措施已汇总，同意回复客户。",
    ]
    assert pdf.missing(printed, *expected) == []


def test_liaison_sheet_fits_one_page() -> None:
    printed = render("liaison-sheet", liaison())
    assert pdf.facts(printed)["Pages"] == "1"
    assert pdf.missing(printed, "内部联络单", "发出部门供销部接收部门质量部", "要求答复2026-11-2009:42（48小时）") == []


@pytest.mark.parametrize(
    ("layout", "sheet", "number"),
    [
        ("complaint-register", complaint(), "2"),
        ("complaint-register", complaint("both"), "2"),
        ("complaint-register", complaint("en"), "2"),
        ("complaint-register", complaint(filled=False), "2"),
        ("feedback-sheet", feedback(), "1"),
        ("liaison-sheet", liaison("en"), "1"),
    ],
)
def test_pages_are_a4_and_as_many_as_the_form_needs(layout: str, sheet: PrintSheet, number: str) -> None:
    told = pdf.facts(render(layout, sheet))
    assert (told["Pages"], told["Page size"]) == (number, "595.276 x 841.89 pts (A4)")


def test_the_file_is_tagged_archivable_and_carries_its_typeface() -> None:
    printed = render("complaint-register", complaint())
    told = pdf.facts(printed)
    assert told["Title"] == "客户投诉登记表 202611-017"
    assert (told["Tagged"], told["JavaScript"], told["Encrypted"]) == ("yes", "no", "no")
    assert b"<pdfaid:part>2</pdfaid:part>" in printed
    assert pdf.fonts(printed) == {"NotoSansSC-Regular": "yes", "NotoSansSC-Bold": "yes"}


def test_an_empty_form_has_every_label_and_no_value() -> None:
    said = pdf.words(render("complaint-register", complaint(filled=False)))
    assert "客户名称联系人联系电话受理时间受理人" in said
    assert "☑" not in said
    assert said.count("☐") == 6 + 5 + 2 + 4 + 6 + 4 + 2
    assert "状态" not in said


def test_both_languages_stand_side_by_side() -> None:
    printed = render("complaint-register", complaint("both"))
    expected = [
        "客户名称Customer",
        "☑电话Telephone",
        "第1页共2页Page1of2",
        "编号Formno.",
        "记录指纹Recordfingerprint",
    ]
    assert pdf.missing(printed, *expected) == []


def test_an_english_form_has_no_chinese_word_of_its_own() -> None:
    sheet = replace(
        complaint("en", filled=False), company=replace(complaint().company, name="Huiyin"), printed_by="Wang"
    )
    said = pdf.words(render("complaint-register", sheet))
    assert re.findall(r"[\u4e00-\u9fff]", said) == []
    assert "Page1of2" in said


def test_a_text_of_many_pages_is_printed_wholly_and_every_page_says_what_it_belongs_to() -> None:
    numbered = "".join(f"第{n}句：{LONG}" for n in range(60))
    printed = pdf.pages(render("liaison-sheet", liaison(content=numbered)))
    assert len(printed) == 5
    heads = [page.startswith("内部联络单202611-017/2编号：Q/SX•G4•G09—06") for page in printed[1:]]
    assert heads == [True] * 4
    assert [n for n in range(60) if f"第{n}句：" not in "".join(printed)] == []


def test_the_head_of_a_table_and_of_its_part_return_on_every_page() -> None:
    printed = pdf.pages(render("feedback-sheet", feedback(times=8)))
    with_rows = [page for page in printed if "周海涛" in page and "每班首末件" in page]
    assert len(with_rows) >= 3
    assert [page for page in with_rows if "类别措施责任人计划完成实际完成验证" not in page] == []


def test_places_to_sign_never_stand_alone_on_a_page() -> None:
    endings = {
        pdf.pages(render("feedback-sheet", replace(sheet, printed_by="")))[-1]
        for sheet in (feedback(times=times) for times in range(1, 10))
    }
    assert [page for page in endings if "汇总" not in page] == []


def test_long_words_part_at_the_border_and_copy_as_one_word() -> None:
    serial = "SN" + "0123456789ABCDEF" * 8
    printed = render("liaison-sheet", liaison(content=f"序列号 {serial}，见 https://example.com/{serial}"))
    assert pdf.missing(printed, serial, f"https://example.com/{serial}") == []
    assert pdf.rightmost(printed) <= (210 - 16) / 25.4 * 72 + 0.1


def test_speed(capsys: pytest.CaptureFixture[str]) -> None:
    photos = tuple(Photo(photograph(words=str(n)), f"照片{n}") for n in range(4))
    render("complaint-register", complaint(photos=photos))
    spent = []
    for n in range(10):
        sheet = replace(complaint(photos=photos), record_number=f"202611-{n:03}")
        begun = time.perf_counter()
        render("complaint-register", sheet)
        spent.append(1000 * (time.perf_counter() - begun))
    with capsys.disabled():
        print(f"\n  two pages with four photos, warm: {sorted(spent)[5]:.0f} ms", end=" ")  # noqa: T201

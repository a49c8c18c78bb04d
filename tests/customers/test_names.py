"""Names in letters, as people type them while on the telephone."""

from __future__ import annotations

import pytest

from huiyin.customers.names import core_name, other_initials, spell_name


@pytest.mark.parametrize(
    ("name", "core", "pinyin", "initials", "whole"),
    [
        ("宁波海川机电有限公司", "海川机电", "haichuanjidian", "hcjd", "nbhcjdyxgs"),
        ("浙江省台州市双环传动股份有限公司", "双环传动", "shuanghuanchuandong", "shcd", "zjstzsshcdgfyxgs"),
        ("重庆长安汽车股份有限公司", "长安汽车", "changanqiche", "caqc", "cqcaqcgfyxgs"),
        ("徐州重型机械有限公司", "重型机械", "zhongxingjixie", "zxjx", "xzzxjxyxgs"),
        ("ABB（中国）有限公司", "ABB", "abb", "a", "azgyxgs"),
        ("Müller & Söhne", "Müller & Söhne", "mullersohne", "ms", "ms"),
    ],
)
def test_a_company_is_spelled_by_what_people_call_it(
    name: str, core: str, pinyin: str, initials: str, whole: str
) -> None:
    words = spell_name(name)

    assert core_name(name) == core
    assert (words.pinyin, words.initials, words.name_initials) == (pinyin, initials, whole)


def test_the_short_name_decides_when_there_is_one() -> None:
    assert spell_name("宁波海川机电有限公司", "海川").initials == "hc"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("单雄信", "shanxiongxin"),
        ("曾志伟", "zengzhiwei"),
        ("解晓东", "xiexiaodong"),
        ("仇英", "qiuying"),
        ("万俟洛", "moqiluo"),
        ("区小姐", "ouxiaojie"),
        ("欧阳修", "ouyangxiu"),
        ("王小明", "wangxiaoming"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, letters: str) -> None:
    assert spell_name(name, person=True).pinyin == letters


def test_characters_of_two_readings_are_found_under_both() -> None:
    assert spell_name("长兴精密机械厂").initials == "cxjmjx"
    assert other_initials("长兴精密机械厂") == ("zxjmjx",)
    assert other_initials("海川机电") == ()

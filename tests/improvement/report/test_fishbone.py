"""The fishbone: every cause on its bone, nothing typed runs, lines break where people break them."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from huiyin.improvement.report.fishbone import FishboneRib, drawing, wrapped

NAMES = {
    "man": "人",
    "machine": "机",
    "material": "料",
    "method": "法",
    "environment": "环",
    "measurement": "测",
}
SVG = "{http://www.w3.org/2000/svg}"


def picture(head: str = "漏油", **ribs: list[FishboneRib]) -> ElementTree.Element:
    """The drawing, read as XML."""
    drawn = drawing(head, {key: (name, ribs.get(key, [])) for key, name in NAMES.items()}, "鱼骨图：" + head)
    return ElementTree.fromstring(str(drawn))  # noqa: S314  (our own drawing)


def said(root: ElementTree.Element, path: str) -> list[str]:
    return ["".join(one.itertext()) for one in root.iterfind(path)]


def test_every_cause_stands_on_its_bone_and_says_how_it_stands() -> None:
    root = picture(
        man=[FishboneRib("首件没有检查", "out")],
        machine=[FishboneRib("导向套毛刺", "root"), FishboneRib("压力偏高")],
        method=[FishboneRib("保压时间短")],
    )
    bones = {
        bone.get("class", "").removeprefix("fishbone-bone is-"): [
            (
                rib.get("class", "").removeprefix("fishbone-rib is-"),
                "".join(rib.find(f"{SVG}text").itertext()),
            )  # type: ignore[union-attr]
            for rib in bone.iterfind(f"{SVG}g")
        ]
        for bone in root.iterfind(f"{SVG}g[@class]")
        if "fishbone-bone" in bone.get("class", "")
    }
    assert bones == {
        "man": [("out", "✕ 首件没有检查")],
        "machine": [("root", "◆ 导向套毛刺"), ("plain", "压力偏高")],
        "material": [],
        "method": [("plain", "保压时间短")],
        "environment": [],
        "measurement": [],
    }
    assert said(root, f".//{SVG}text[@class='fishbone-name']") == list(NAMES.values())
    assert root.get("aria-label") == "鱼骨图：漏油"


def test_what_was_typed_is_words_only() -> None:
    typed = '<script>alert(1)</script> & "引号" <b onclick=x>'
    root = picture(typed, man=[FishboneRib(typed)])
    assert [one.tag for one in root.iter() if one.tag.endswith(("script", "b"))] == []
    assert said(root, f".//{SVG}title") == [typed, typed]


def test_long_causes_are_cut_and_told_whole_in_the_title() -> None:
    long = "第二批减速机在客户装机试运行约四十小时后输出端油封处出现渗漏，油液沿法兰面流到地面"
    root = picture(material=[FishboneRib(long)])
    assert said(root, f".//{SVG}g[@class='fishbone-rib is-plain']/{SVG}title") == [long]
    lines = said(root, f".//{SVG}g[@class='fishbone-rib is-plain']/{SVG}text/{SVG}tspan")
    assert (len(lines), lines[-1][-1]) == (2, "…")


def test_thirty_causes_do_not_lie_on_one_another() -> None:
    root = picture(
        **{key: [FishboneRib(f"原因 {n}，写得长一些好占两行看看会不会相碰") for n in range(8)] for key in NAMES}
    )
    for bone in root.iterfind(f"{SVG}g"):
        rows = [int(one.get("y", "0")) for one in bone.iterfind(f"{SVG}g/{SVG}text/{SVG}tspan")]
        assert all(later - earlier >= 17 for earlier, later in pairwise(rows))
    height = int(root.get("viewBox", "").split()[3])
    assert max(int(one.get("y", "0")) for one in root.iter(f"{SVG}tspan")) < height


def test_no_line_begins_with_a_closing_mark_and_latin_words_stay_whole() -> None:
    assert wrapped("客户装机试运行，渗漏", 13 * 7, 9) == ["客户装机试运行，", "渗漏"]
    assert wrapped("pressure setting", 13 * 6, 9) == ["pressure ", "setting"]
    assert wrapped("", 100, 2) == [""]

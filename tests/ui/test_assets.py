"""Style sheets, scripts and vendored files: joined, listed, legible, small."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import brotli
import pytest

from huiyin.ui import bundle
from tests.ui import shots

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "src" / "huiyin" / "ui"
TOKENS = (UI / "static" / "ui" / "css" / "20-tokens.css").read_text("utf-8")


def declared(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def block_of(selector: str) -> dict[str, str]:
    found = re.search(re.escape(selector) + r" \{(.*?)\n\}", TOKENS, re.S)
    assert found, selector
    return declared(found[1])


LIGHT = block_of(":root")
DARK = block_of(':root[data-theme="dark"]')
SYSTEM_DARK = block_of(':root:not([data-theme="light"])')


def test_the_bundles_are_their_parts() -> None:
    assert not bundle.stale()
    for name, build in bundle.BUNDLES.items():
        assert (bundle.FOLDER / name).read_text("utf-8") == build()


def test_every_style_sheet_and_script_is_in_a_bundle() -> None:
    script = bundle.javascript()
    for part in (bundle.FOLDER / "js").iterdir():
        lines = part.read_text("utf-8").splitlines()
        assert "\n".join(one for one in lines if not one.strip().startswith("//")) in script
    assert not [one for one in script.splitlines() if one.strip().startswith("//")]
    assert bundle.css().startswith("@layer reset, tokens, base, layout, components, utilities;\n")
    assert bundle.css().count("{") == bundle.css().count("}")


def test_vendored_files_are_as_listed() -> None:
    said = subprocess.run([sys.executable, ROOT / "bin" / "vendor"], check=True, capture_output=True, text=True)
    assert said.stdout == "2 vendored files are as listed\n"


def test_dark_by_wish_and_dark_by_choice_are_the_same() -> None:
    assert DARK == SYSTEM_DARK
    assert DARK.keys() == LIGHT.keys()


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3")
        for ground in ("ground", "surface", "sunken", "side", "hover")
    ],
    *[("accent", ground) for ground in ("ground", "surface", "accent-soft", "sunken")],
    *[(tone, ground) for tone in ("good", "warn", "bad") for ground in ("surface", "ground", f"{tone}-soft")],
    *[("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "accent")],
    ("accent", "bad-soft"),
    ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-bad", "bad"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_legible(theme: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    weak = {(a, b): round(contrast(theme[f"--{a}"], theme[f"--{b}"]), 2) for a, b in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_are_visible(theme: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.11: marks of phases and the focus ring at least 3 to 1."""
    marks = [name for name in theme if name.startswith("--phase-") or name == "--ring"]
    weak = {m: round(contrast(theme[m], theme[g]), 2) for m in marks for g in ("--surface", "--ground", "--sunken")}
    assert {mark: ratio for mark, ratio in weak.items() if ratio < 3} == {}


def test_icons_that_templates_name_exist() -> None:
    sprite = (UI / "static" / "ui" / "icons.svg").read_text("utf-8")
    have = set(re.findall(r'<symbol id="([a-z0-9]+)"', sprite))
    templates = [p.read_text("utf-8") for p in (ROOT / "src" / "huiyin").glob("*/templates/**/*.html")]
    named = {name for text in templates for name in re.findall(r'\bicon(?:=|\()"([a-z0-9]+)"', text)}
    scripts = set(re.findall(r'icon\("([a-z]+)"\)', bundle.javascript()))
    assert (named | scripts) - have == set()


def test_a_first_visit_is_small() -> None:
    """Goals: 150 kB with assets, 30 kB a page, compressed; kept far below."""
    assets = sum(
        len(brotli.compress((bundle.FOLDER / n).read_bytes()))
        for n in ("app.css", "app.js", "vendor/htmx.min.js", "icons.svg")
    )
    assert assets < 45_000
    page = shots.page(shots.make_environment(), "list").encode()
    assert len(brotli.compress(page)) < 8_000

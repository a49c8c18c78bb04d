"""The fishbone (人机料法环测) of a problem, drawn from its causes: a picture without script, safe for whatever was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 1120
"""Width of the drawing in its own units."""
COLUMN, LEFT, HEAD_LEFT = 310, 12, 952
LINE, GAP, TITLE = 17, 9, 34
SIZE = 13
WORDS, HEAD_WORDS = 184, 136
"""How wide a cause and the head may be, in the drawing's units."""
LEAST = 120
CLOSING = frozenset("，。；：、！？）》」』”’,.;:!?)]}")
"""What begins no line."""
UPPER = 3


@dataclass(frozen=True, slots=True)
class FishboneRib:
    """One cause on a bone: its words, and how it stands: ``root``, ``out`` (ruled out) or plain (empty)."""

    text: str
    standing: str = ""


MARKS = {"root": "◆ ", "out": "✕ "}


def drawing(head: str, bones: Mapping[str, tuple[str, Sequence[FishboneRib]]], label: str) -> Markup:
    """The whole picture: ``head`` is the problem, ``bones`` are name and ribs by key, the first three above.

    ``label`` is read out. Causes of more than two lines are cut; the whole words stand in the title of each.
    """
    every = list(bones.items())
    above, below = every[:UPPER], every[UPPER:]
    top, bottom = (max([LEAST, *(_height(ribs) for _, (_, ribs) in half)]) for half in (above, below))
    spine = TITLE + top
    whole = spine + bottom + TITLE
    parts = [_spine(spine), _head(head, spine)]
    parts += [_bone(at, key, name, ribs, spine, -top) for at, (key, (name, ribs)) in enumerate(above)]
    parts += [_bone(at, key, name, ribs, spine, bottom) for at, (key, (name, ribs)) in enumerate(below)]
    return Markup(  # noqa: S704  (every text goes through escape)
        f'<svg class="fishbone" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole}" role="img"'
        f' aria-label="{escape(label)}" font-size="{SIZE}" font-family="sans-serif" fill="currentColor"'
        f' stroke-linecap="round">{"".join(parts)}</svg>'
    )


def _height(ribs: Sequence[FishboneRib]) -> int:
    return sum(len(_lines(rib)) * LINE + GAP for rib in ribs) + GAP


def _lines(rib: FishboneRib) -> list[str]:
    return wrapped(MARKS.get(rib.standing, "") + rib.text, WORDS, 2)


def _spine(y: int) -> str:
    return (
        f'<path class="fishbone-spine" d="M{LEFT} {y}H{HEAD_LEFT}" stroke="currentColor" stroke-width="3" fill="none"/>'
    )


def _head(text: str, y: int) -> str:
    lines = wrapped(text, HEAD_WORDS, 6)
    height = len(lines) * LINE + 24
    words = _words(lines, HEAD_LEFT + 79, y - height // 2 + 26, "middle")
    return (
        f'<g class="fishbone-head"><rect x="{HEAD_LEFT}" y="{y - height // 2}" width="158" height="{height}" rx="8"'
        f' fill="none" stroke="currentColor" stroke-width="2"/><title>{escape(text)}</title>{words}</g>'
    )


def _bone(at: int, key: str, name: str, ribs: Sequence[FishboneRib], spine: int, rise: int) -> str:
    """One bone in column ``at``; ``rise`` is how far its end lies from the spine, downwards if positive."""
    start, end = LEFT + at * COLUMN + 206, LEFT + at * COLUMN + 296
    tip = spine + rise
    label = tip - 10 if rise < 0 else tip + 22
    drawn = [
        f'<path d="M{start} {tip}L{end} {spine}" stroke="currentColor" stroke-width="2" fill="none"/>'
        f'<text class="fishbone-name" x="{start}" y="{label}" text-anchor="middle" font-weight="600"'
        f' font-size="15">{escape(name)}</text>'
    ]
    y = (tip if rise < 0 else spine) + GAP
    for rib in ribs:
        lines = _lines(rib)
        height = len(lines) * LINE
        middle = y + height // 2
        meets = round(start + (end - start) * (middle - tip) / (spine - tip))
        colour = {"root": "#b0241d", "out": "#5f6d73"}.get(rib.standing, "currentColor")
        drawn.append(
            f'<g class="fishbone-rib is-{rib.standing or "plain"}" fill="{colour}"><title>{escape(rib.text)}</title>'
            f'<path d="M{meets - 16} {middle}H{meets}" stroke="currentColor" fill="none"/>'
            f"{_words(lines, meets - 22, y + 13, 'end')}</g>"
        )
        y += height + GAP
    return f'<g class="fishbone-bone is-{escape(key)}">{"".join(drawn)}</g>'


def _words(lines: Sequence[str], x: int, y: int, anchor: str) -> str:
    spans = "".join(f'<tspan x="{x}" y="{y + i * LINE}">{escape(line)}</tspan>' for i, line in enumerate(lines))
    return f'<text text-anchor="{anchor}">{spans}</text>'


def wrapped(text: str, width: int, most: int) -> list[str]:
    """``text`` in at most ``most`` lines of ``width`` units, the last one cut with an ellipsis when more follows."""
    lines: list[str] = [""]
    for word in _pieces(" ".join(text.split())):
        if _wide(lines[-1] + word) > width and lines[-1] and word[0] not in CLOSING:
            lines.append(word.lstrip())
        else:
            lines[-1] += word
    if len(lines) > most:
        last = lines[most - 1]
        while last and _wide(last + "…") > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return lines


def _pieces(text: str) -> list[str]:
    """Where a line may break: between Chinese characters, and after each Latin word; overlong words are cut."""
    pieces: list[str] = []
    for one in text:
        wide, last = ord(one) > 0x2E7F, pieces[-1] if pieces else ""
        joins = last and not wide and ord(last[-1]) <= 0x2E7F and not last.endswith(" ") and len(last) < 18
        if joins:
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces


def _wide(text: str) -> float:
    return sum(SIZE if ord(one) > 0x2E7F else SIZE * 0.58 for one in text)

"""Serial numbers as people write them: one below the other, or with commas between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from huiyin.kernel.text import Text, t

BETWEEN = re.compile(r"[\s,，;；、]+")


def read(written: str) -> list[str]:
    """The serial numbers in a text, in the order written."""
    return [one for one in BETWEEN.split(written.strip()) if one]


def one_per_line(written: str) -> str:
    """The same numbers, one a line."""
    return "\n".join(read(written))


def serials_refusal(written: Iterable[str], quantity: Decimal, unit: Text | str) -> list[Text]:
    """Why these numbers cannot stand beside a quantity: one twice, or more numbers than goods."""
    numbers = [number for text in written for number in read(text)]
    twice = [number for number, count in Counter(numbers).items() if count > 1]
    reasons = [t("序列号 {n} 写了两次", "The serial number {n} is written twice", n=number) for number in twice]
    if len(numbers) > quantity:
        reasons.append(
            t(
                "序列号有 {n} 个，多于数量 {q} {unit}",
                "There are {n} serial numbers for {q} {unit}",
                n=len(numbers),
                q=f"{quantity.normalize():f}",
                unit=unit,
            )
        )
    return reasons


def unknown_serials(written: str, known: str) -> list[Text]:
    """Why numbers that come back do not belong to those sent out; nothing where none were noted."""
    expected = set(read(known))
    if not expected:
        return []
    return [
        t("序列号 {n} 不在申请之列", "The serial number {n} is not among those of the request", n=number)
        for number in read(written)
        if number not in expected
    ]

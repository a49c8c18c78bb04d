"""What the demonstration company makes and ships: hoses, fittings, valves, cylinders, pumps and seals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from huiyin.demo.chance import weighted


@dataclass(frozen=True, slots=True)
class ProductFamily:
    """A family of goods: how a model is written, its unit, usual quantities, whether each has a serial number."""

    key: str
    patterns: tuple[str, ...]
    unit: str
    quantities: tuple[int, ...]
    has_serials: bool
    revisions: str = "ABCD"


@dataclass(frozen=True, slots=True)
class ShippedGoods:
    """Goods as they left the works."""

    family: ProductFamily
    model: str
    revision: str
    batch: str
    serial: str
    serial_to: str
    order: str
    day: date
    quantity: Decimal
    unit: str


FAMILIES: tuple[ProductFamily, ...] = (
    ProductFamily(
        "hose",
        ("WS-1SN-{dn}", "WS-2SN-{dn}", "WS-4SP-{dn}×{length}", "WS-R13-{dn}×{length}"),
        "piece",
        (50, 100, 200, 400, 800),
        False,
    ),
    ProductFamily(
        "fitting", ("WSJ-24L-M{thread}", "WSJ-74-M{thread}", "WSJ-ORFS-{dn}"), "piece", (200, 500, 1000, 2000), False
    ),
    ProductFamily(
        "valve",
        ("WSF-4E06-{spool}", "WSF-4E10-{spool}", "WSY-{dn}-31.5", "WSL-10-{spool}"),
        "piece",
        (10, 20, 50, 100),
        True,
    ),
    ProductFamily(
        "cylinder", ("WSG-{bore}/{rod}×{stroke}", "WSG-{bore}/{rod}×{stroke}-E"), "piece", (2, 4, 8, 20, 40), True
    ),
    ProductFamily("pump", ("WSB-F{flow}", "WSB-F{flow}/F{flow2}", "WSP-V{flow}-L"), "machine", (5, 10, 20, 40), True),
    ProductFamily(
        "seal",
        ("WSM-UN-{rod}×{bore}×10", "WSM-TC-{rod}×{bore}×8", "WSM-KIT-{bore}"),
        "set",
        (100, 200, 500, 1000),
        False,
    ),
)
EVERY_MODEL = ("WS-", "WSJ", "WSF", "WSY", "WSL", "WSG", "WSB", "WSP", "WSM")
"""How models of ours begin."""
SHARES = (26, 42, 62, 76, 88, 100)

_PLACES = {
    "dn": ("DN6", "DN10", "DN13", "DN16", "DN19", "DN25", "DN32"),
    "length": ("600", "850", "1200", "1500", "2000"),
    "thread": ("14×1.5", "18×1.5", "22×1.5", "26×1.5", "30×2", "36×2"),
    "spool": ("D24", "E24", "G220", "H24", "J50", "Y24"),
    "bore": ("50", "63", "80", "100", "125"),
    "rod": ("28", "35", "45", "56", "70"),
    "stroke": ("200", "320", "400", "630", "900"),
    "flow": ("16", "25", "32", "40", "50"),
    "flow2": ("10", "16", "20"),
}


def shipped_goods(random: Random, day: date) -> ShippedGoods:
    """Goods shipped on ``day``."""
    family = weighted(random, FAMILIES, SHARES)
    pattern = random.choice(family.patterns)
    model = pattern.format_map(_Parts(random))
    number = random.randrange(1, 9000)
    quantity = random.choice(family.quantities)
    serial = f"{day:%y%m}{number:05}" if family.has_serials else ""
    made = day - timedelta(days=random.randrange(5, 40))
    return ShippedGoods(
        family,
        model,
        random.choice(family.revisions),
        f"{made:%y%m%d}-{random.randrange(1, 9)}",
        serial,
        f"{day:%y%m}{number + quantity - 1:05}" if serial else "",
        f"XS{day:%y%m}-{random.randrange(1, 9999):04}",
        day,
        Decimal(quantity),
        family.unit,
    )


class _Parts(dict[str, str]):
    """Fills a model's places as they are asked for."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.random = random

    def __missing__(self, name: str) -> str:
        return self.random.choice(_PLACES[name])

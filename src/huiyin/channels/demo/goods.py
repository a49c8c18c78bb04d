"""What the demonstration company makes and ships: hoses, fittings, valves, cylinders, pumps and seals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random


@dataclass(frozen=True, slots=True)
class Family:
    """A family of goods: how a model is written, its unit, usual quantities, whether each has a serial number."""

    key: str
    patterns: tuple[str, ...]
    unit: str
    quantities: tuple[int, ...]
    has_serials: bool
    revisions: str = "ABCD"


@dataclass(frozen=True, slots=True)
class Shipment:
    """Goods as they left the works."""

    family: Family
    model: str
    revision: str
    batch: str
    serial: str
    serial_to: str
    order: str
    day: date
    quantity: Decimal
    unit: str


FAMILIES: tuple[Family, ...] = (
    Family(
        "hose",
        ("WS-1SN-{dn}", "WS-2SN-{dn}", "WS-4SP-{dn}×{length}", "WS-R13-{dn}×{length}"),
        "piece",
        (50, 100, 200, 400, 800),
        False,
    ),
    Family(
        "fitting", ("WSJ-24L-M{thread}", "WSJ-74-M{thread}", "WSJ-ORFS-{dn}"), "piece", (200, 500, 1000, 2000), False
    ),
    Family(
        "valve",
        ("WSF-4E06-{spool}", "WSF-4E10-{spool}", "WSY-{dn}-31.5", "WSL-10-{spool}"),
        "piece",
        (10, 20, 50, 100),
        True,
    ),
    Family("cylinder", ("WSG-{bore}/{rod}×{stroke}", "WSG-{bore}/{rod}×{stroke}-E"), "piece", (2, 4, 8, 20, 40), True),
    Family("pump", ("WSB-F{flow}", "WSB-F{flow}/F{flow2}", "WSP-V{flow}-L"), "machine", (5, 10, 20, 40), True),
    Family(
        "seal",
        ("WSM-UN-{rod}×{bore}×10", "WSM-TC-{rod}×{bore}×8", "WSM-KIT-{bore}"),
        "set",
        (100, 200, 500, 1000),
        False,
    ),
)
_SHARES = (26, 42, 62, 76, 88, 100)

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


def shipment(random: Random, day: date) -> Shipment:
    """Goods shipped on ``day``."""
    draw = random.random() * 100
    family = FAMILIES[next(i for i, share in enumerate(_SHARES) if draw < share)]
    pattern = random.choice(family.patterns)
    model = pattern.format_map(_Drawn(random))
    number = random.randrange(1, 9000)
    quantity = random.choice(family.quantities)
    serial = f"{day:%y%m}{number:05}" if family.has_serials else ""
    made = day - timedelta(days=random.randrange(5, 40))
    return Shipment(
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


class _Drawn(dict[str, str]):
    """Fills a model's places as they are asked for."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.random = random

    def __missing__(self, name: str) -> str:
        return self.random.choice(_PLACES[name])

"""An 8D in the browser: opened from a complaint, written by two people at once, led to its end."""

from __future__ import annotations

import pytest

from tests.improvement.furnished import large
from tests.scenarios.browser.colleagues import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "base"


def test_a_large_report_fits_every_screen(staff: Staff) -> None:
    problem = large(staff.works)
    staff.clock.at("2026-11-20 09:00")
    wide = {}
    for rest in ("", *(f"/D{at}" for at in range(9))):
        staff.photographs("lin", f"/problems/{problem.number}{rest}", f"8d{rest.replace('/', '-')}")
        for width in (1440, 768, 390):
            lin = staff("lin", f"/problems/{problem.number}{rest}")
            lin.page.set_viewport_size({"width": width, "height": 900})
            wide[rest, width] = lin.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {place: over for place, over in wide.items() if over > 0} == {}

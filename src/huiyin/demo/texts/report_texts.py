"""What the texts of an 8D report are made of; declarations only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckedPlace:
    """Suspect goods at one place, all inspected: OK, reworked, scrapped and held add up to what was suspect."""

    location: str
    where: str
    ok: int
    reworked: int = 0
    scrapped: int = 0
    held: int = 0
    method: str = ""
    who: str = ""

    def numbers(self) -> dict[str, int]:
        """The columns of a row of containment."""
        ng = self.reworked + self.scrapped + self.held
        all_ = self.ok + ng
        return {
            "suspect": all_,
            "inspected": all_,
            "ok": self.ok,
            "ng": ng,
            "reworked": self.reworked,
            "scrapped": self.scrapped,
            "held": self.held,
        }


@dataclass(frozen=True, slots=True)
class Why:
    """One why: under which other one, in which leg and bone; a root says how it was tested."""

    key: str
    leg: str
    text: str
    under: str = ""
    bone: str = ""
    evidence: str = ""
    is_root: bool = False
    ruled_out: bool = False
    method: str = ""
    on: str = ""
    off: str = ""


@dataclass(frozen=True, slots=True)
class InterimAction:
    """Something done at once, by whom, and what shows it."""

    text: str
    username: str
    proof: str


@dataclass(frozen=True, slots=True)
class CandidateAction:
    """An action weighed against a cause; a chosen one is planned so many days of work ahead."""

    against: str
    text: str
    username: str = ""
    days: float = 4
    pros: str = ""
    cons: str = ""
    chosen: bool = True
    proof: str = ""


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """One problem as the people of the company wrote it down; what stands after the last stretch played is never used."""

    language: str
    title: str
    models: tuple[str, ...]
    defects: tuple[str, ...]
    severity: str
    function: str
    fields: Mapping[str, str]
    team: tuple[tuple[str, str, str], ...]
    contrasts: tuple[tuple[str, str, str, str, str], ...] = ()
    places: tuple[CheckedPlace, ...] = ()
    interim: tuple[InterimAction, ...] = ()
    whys: tuple[Why, ...] = ()
    candidates: tuple[CandidateAction, ...] = ()
    effect: tuple[str, str, str] = ("", "", "")
    documents: tuple[tuple[str, str, str, str, str], ...] = ()
    deployments: tuple[tuple[str, str, bool, str], ...] = ()
    costs: tuple[tuple[str, str, str, str, str], ...] = ()
    proven: tuple[str, str] = ("", "")
    score: int | None = None
    contained: str = ""
    analysed: str = ""
    chosen: str = ""
    implemented: str = ""
    prevented: str = ""
    note: str = ""
    verdict: str = ""
    approved: str = ""

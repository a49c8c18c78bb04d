"""Who may open what, written down: people of every kind, what each of them may see, and every door of the site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.assessment.part_steps import ALLOTMENT_STEPS, CHARGE_STEPS
from huiyin.assessment.steps import STEPS as ASSESSMENT_STEPS
from huiyin.complaints.pages import STEPS, TASK_STEPS
from huiyin.improvement import pages as improvement
from huiyin.improvement.report.sections import SECTIONS
from huiyin.improvement.suppliers import pages as suppliers
from huiyin.returns import pages as returns

PEOPLE = {
    "mei": "takes complaints in (reception)",
    "song": "heads reception",
    "cai": "heads purchasing, which asks suppliers to correct and sees no other record",
    "ke": "is in no department and has nothing to do with any record",
    "peng": "works in production, which has a task on the complaint",
    "tao": "heads engineering, which sees all complaints but neither contacts nor customers",
    "lin": "quality",
    "bai": "keeps the documents (office): oversees, yet sees no record here",
    "zong": "general manager",
    "jian": "auditor",
    "root": "administrator of the system",
}
ADDED = {"ke": [], "bai": ["office"], "jian": ["auditor"]}
"""People beyond those of the cast, with the functions they hold by themselves; bai is in no department here."""

EVERYBODY = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
OVERSEE = {"lin", "zong", "jian", "root"}
SEES = {
    "complaint": frozenset({"mei", "song", "peng", "tao"} | OVERSEE),
    "contact": frozenset({"mei", "song"} | OVERSEE),
    "customer": frozenset({"mei", "song", "peng"} | OVERSEE),
    "problem": frozenset({"mei", "song", "tao"} | OVERSEE),
    "assessment": frozenset({"peng"} | OVERSEE),
    "replacement": frozenset({"mei", "song", "peng", "tao"} | OVERSEE),
    "stock-take": frozenset({"mei", "song"} | OVERSEE),
    "scar": frozenset({"cai"} | OVERSEE),
}
"""Who sees the records of a kind under the pack ``feedback``: by function, or (peng) by the department's task, or by one's own reward."""
OVERSIGHT = frozenset({"bai"} | OVERSEE)
LEDGER = frozenset({"zong", "jian", "root"})
KEEPERS = OVERSIGHT - {"jian"}
IMPORTERS = frozenset({"song", "root"})
ADMINISTRATORS = frozenset({"root"})

SIGN_IN = "302 /accounts/login/"
GONE = "404"
FORBIDDEN = "405"


@dataclass(frozen=True)
class Door:
    """One address: who may open it, what they are answered when they read and when they send an empty form.

    Everybody else signed in is answered 404 (where a method is 405 for all, 405). Strangers are sent to sign in, unless
    ``stranger`` says otherwise. ``but`` are those who may open it and are still refused (409) what is sent.
    """

    path: str
    who: frozenset[str]
    read: str
    send: str
    stranger: tuple[str, str] = (SIGN_IN, SIGN_IN)
    but: frozenset[str] = NOBODY

    def expected(self, name: str) -> tuple[str, str]:
        """The answers to reading and sending for one of the people; "" is somebody not signed in."""
        if not name:
            return self.stranger
        if name in self.who:
            return self.read, "409" if name in self.but else self.send
        return tuple(FORBIDDEN if one == FORBIDDEN else GONE for one in (self.read, self.send))  # type: ignore[return-value]


def _pages(who: frozenset[str], read: str, send: str, paths: Iterable[str]) -> list[Door]:
    return [Door(path, who, read, send) for path in paths]


def _of_record(address: str, send: str = "409") -> list[Door]:
    """What is put on any record (a file, a comment, a signature): those who see the record, refused when empty."""
    doors = [Door(f"/{address}/{kind}/{{{kind}}}", SEES[kind], FORBIDDEN, send) for kind in SEES]
    return [*doors, Door(f"/{address}/complaints/{{complaint}}", NOBODY, FORBIDDEN, GONE)]


def _own(path: str, read: str = "200", send: str = FORBIDDEN) -> list[Door]:
    return [Door(path, EVERYBODY, read, send)]


COMPLAINT, CONTACT, CUSTOMER = SEES["complaint"], SEES["contact"], SEES["customer"]
HOME = ("302 /", "302 /")
C = "complaints/<str:number>"
U = "customers/<str:number>"
P = "problems/<str:number>"
W = "assessments/<str:number>"
R = "replacements/<str:number>"
S = "scars/<str:number>"
T = "stock-takes/<str:number>"

DOORS: dict[str, list[Door]] = {
    # --- public: docs/operations.md, "Without signing in"
    "healthz": [Door("/healthz", EVERYBODY, "503", FORBIDDEN, stranger=("503", FORBIDDEN))],
    "accounts/login/": [Door("/accounts/login/", EVERYBODY, *HOME, stranger=("200", "200"))],
    "accounts/signup/": [Door("/accounts/signup/", EVERYBODY, *HOME, stranger=("200", "200"))],
    "accounts/inactive/": [Door("/accounts/inactive/", EVERYBODY, "200", FORBIDDEN, stranger=("200", FORBIDDEN))],
    "accounts/logout/": [Door("/accounts/logout/", EVERYBODY, "200", "302 /", stranger=HOME)],
    "accounts/2fa/authenticate/": [Door("/accounts/2fa/authenticate/", EVERYBODY, *HOME)],
    # --- one's own account: whoever is signed in
    "accounts/reauthenticate/": _own("/accounts/reauthenticate/", "403", "403"),
    "accounts/password/change/": _own(
        "/accounts/password/change/", "302 /accounts/password/set/", "302 /accounts/password/set/"
    ),
    "accounts/password/set/": _own("/accounts/password/set/", "200", "200"),
    "accounts/2fa/": _own("/accounts/2fa/"),
    "accounts/2fa/reauthenticate/": _own("/accounts/2fa/reauthenticate/", "403", "403"),
    "accounts/2fa/totp/activate/": _own("/accounts/2fa/totp/activate/", "200", "200"),
    "accounts/2fa/totp/deactivate/": _own("/accounts/2fa/totp/deactivate/", GONE, GONE),
    "accounts/2fa/recovery-codes/": _own("/accounts/2fa/recovery-codes/", GONE, FORBIDDEN),
    "accounts/2fa/recovery-codes/generate/": _own("/accounts/2fa/recovery-codes/generate/", "200", "200"),
    "accounts/2fa/recovery-codes/download/": _own("/accounts/2fa/recovery-codes/download/", GONE, GONE),
    "people/me": _own("/people/me", "200", "422"),
    "people/me/leave/<int:pk>/end": [
        Door("/people/me/leave/{leave}/end", frozenset({"mei"}), FORBIDDEN, "302 /people/me")
    ],
    "people/preferences": _own("/people/preferences", FORBIDDEN, "302 /"),
    # --- everybody's pages: each shows what its reader may see (test_sight.py)
    "": _own("/"),
    "obligations/": _own("/obligations/"),
    "notices": _own("/notices"),
    "notices/read": _own("/notices/read", FORBIDDEN, "302 /notices"),
    "search": _own("/search"),
    "search/suggest": _own("/search/suggest"),
    "people/": _own("/people/", "200", "200"),
    "complaints/": _own("/complaints/", "200", GONE),
    "complaints/board": _own("/complaints/board"),
    "complaints/lookup": _own("/complaints/lookup"),
    "complaints/resembling": _own("/complaints/resembling"),
    "contacts/": _own("/contacts/", "200", GONE),
    "customers/": _own("/customers/", "200", GONE),
    "customers/lookup": _own("/customers/lookup"),
    "customers/deliveries/lookup": _own("/customers/deliveries/lookup"),
    "customers/card": _own("/customers/card"),
    # --- opening a record: the page says to whom the procedure does not give it, and refuses what they send
    "complaints/new": _own("/complaints/new", "200", "422"),
    "contacts/new": _own("/contacts/new", "200", "422"),
    "customers/new": _own("/customers/new", "200", "422"),
    # --- a complaint and all that hangs on it: who sees the complaint
    C: _pages(COMPLAINT, "200", FORBIDDEN, ["/complaints/{complaint}"]),
    f"{C}/facts": _pages(COMPLAINT, "200", "422", ["/complaints/{complaint}/facts"]),
    "sheets/<slug:kind>/<str:number>/<str:form>.<slug:suffix>": [
        *_pages(
            COMPLAINT,
            "200",
            FORBIDDEN,
            ["/sheets/complaint/{complaint}/{form}.pdf", "/sheets/complaint/{complaint}/{form}.xlsx"],
        ),
        *_pages(SEES["scar"], "200", FORBIDDEN, ["/sheets/scar/{scar}/scar.pdf"]),
        *_pages(
            SEES["problem"],
            "200",
            FORBIDDEN,
            ["/sheets/problem/{problem}/8d-report.pdf", "/sheets/problem/{problem}/8d-report.xlsx"],
        ),
        *_pages(NOBODY, GONE, FORBIDDEN, ["/sheets/complaint/{complaint}/none.pdf"]),
        *_pages(SEES["assessment"], "200", FORBIDDEN, ["/sheets/assessment/{assessment}/assessment-sheet.pdf"]),
        *_pages(SEES["replacement"], "200", FORBIDDEN, ["/sheets/replacement/{replacement}/replacement-request.pdf"]),
        *_pages(SEES["stock-take"], "200", FORBIDDEN, ["/sheets/stock-take/{stock-take}/stock-take.pdf"]),
    ],
    f"{C}/<str:noun>": [
        *_pages(COMPLAINT, "200", "422", [f"/complaints/{{complaint}}/{noun}" for noun in sorted(STEPS.by_noun)]),
        *_pages(NOBODY, GONE, GONE, ["/complaints/{complaint}/measures"]),
    ],
    f"{C}/tasks/<int:task_id>/<str:noun>": [
        *_pages(
            COMPLAINT,
            "200",
            "422",
            [f"/complaints/{{complaint}}/tasks/{{task}}/{noun}" for noun in sorted(TASK_STEPS.by_noun)],
        ),
        *_pages(NOBODY, GONE, GONE, ["/complaints/{complaint}/tasks/{task}/question"]),
    ],
    "occasions/<str:number>": _pages(frozenset(OVERSEE), "200", FORBIDDEN, ["/occasions/2026-W46"]),
    "obligations/<int:pk>": [
        Door("/obligations/{owed_on_complaint}", COMPLAINT, "200", FORBIDDEN),
        Door("/obligations/{owed_on_contact}", CONTACT, "200", FORBIDDEN),
    ],
    "files/<int:pk>/preview": [
        Door("/files/{picture}/preview", COMPLAINT, "200", FORBIDDEN),
        Door("/files/{contact_file}/preview", CONTACT, "200", FORBIDDEN),
    ],
    "files/<int:pk>/<str:name>": [
        Door("/files/{picture}/x.png", COMPLAINT, "200", FORBIDDEN),
        Door("/files/{contact_file}/x.png", CONTACT, "200", FORBIDDEN),
    ],
    # taken off by who put it there, by heads, by administrators
    "files/<int:pk>/removal": [
        Door(
            "/files/{picture}/removal",
            COMPLAINT,
            FORBIDDEN,
            "302 /complaints/{complaint}",
            but=frozenset({"peng", "lin", "jian"}),
        ),
    ],
    "files/<slug:kind>/<path:number>": _of_record("files"),
    "comments/<slug:kind>/<path:number>": _of_record("comments"),
    "signatures/<slug:kind>/<path:number>": _of_record("signatures"),
    # --- a contact: who sees the contact
    "contacts/<str:number>": _pages(CONTACT, "200", FORBIDDEN, ["/contacts/{contact}"]),
    "contacts/<str:number>/facts": _pages(CONTACT, "200", "422", ["/contacts/{contact}/facts"]),
    "contacts/<str:number>/<str:noun>": _pages(
        CONTACT, "200", "422", ["/contacts/{contact}/filing", "/contacts/{contact}/reversal"]
    ),
    "contacts/<str:number>/original": _pages(CONTACT, "200", FORBIDDEN, ["/contacts/{contact}/original"]),
    # --- a customer's file: who sees the customer
    U: _pages(CUSTOMER, "200", FORBIDDEN, ["/customers/{customer}"]),
    f"{U}/card": _pages(CUSTOMER, "200", FORBIDDEN, ["/customers/{customer}/card"]),
    f"{U}/facts": _pages(CUSTOMER, "200", "422", ["/customers/{customer}/facts"]),
    f"{U}/<str:noun>": _pages(CUSTOMER, "200", "422", ["/customers/{customer}/retirement"]),
    f"{U}/people/new": _pages(CUSTOMER, "200", "422", ["/customers/{customer}/people/new"]),
    f"{U}/people/<int:pk>": _pages(CUSTOMER, "200", "422", ["/customers/{customer}/people/{person}"]),
    f"{U}/deliveries/new": _pages(CUSTOMER, "200", "422", ["/customers/{customer}/deliveries/new"]),
    f"{U}/deliveries/<int:pk>": _pages(CUSTOMER, "200", "422", ["/customers/{customer}/deliveries/{delivery}"]),
    # --- problem cases: who complains of products and who oversees; engineering sees all of them
    "problems/": _own("/problems/", "200", GONE),
    "problems/new": _own("/problems/new", "200", "422"),
    "problems/lookup": _own("/problems/lookup"),
    "problems/people": _own("/problems/people"),
    "problems/resembling": _own("/problems/resembling"),
    P: _pages(SEES["problem"], "200", FORBIDDEN, ["/problems/{problem}"]),
    f"{P}/alike": _pages(SEES["problem"], "200", FORBIDDEN, ["/problems/{problem}/alike"]),
    f"{P}/facts": _pages(SEES["problem"], "200", "422", ["/problems/{problem}/facts"]),
    f"{P}/fishbone.svg": _pages(SEES["problem"], "200", FORBIDDEN, ["/problems/{problem}/fishbone.svg"]),
    f"{P}/exchange.json": _pages(SEES["problem"], "200", FORBIDDEN, ["/problems/{problem}/exchange.json"]),
    f"{P}/<discipline:key>": _pages(
        SEES["problem"], "200", FORBIDDEN, [f"/problems/{{problem}}/{one.key}" for one in SECTIONS]
    ),
    f"{P}/fields/<slug:name>": [
        *_pages(SEES["problem"], FORBIDDEN, "422", ["/problems/{problem}/fields/symptom"]),
        *_pages(NOBODY, FORBIDDEN, GONE, ["/problems/{problem}/fields/none"]),
    ],
    f"{P}/rows/<slug:sheet>": [
        *_pages(
            SEES["problem"], FORBIDDEN, "422", ["/problems/{problem}/rows/why", "/problems/{problem}/rows/document"]
        ),
        *_pages(NOBODY, FORBIDDEN, GONE, ["/problems/{problem}/rows/none", "/problems/{problem}/rows/cause"]),
    ],
    f"{P}/rows/<slug:sheet>/<int:pk>": _pages(
        SEES["problem"], FORBIDDEN, "422", ["/problems/{problem}/rows/cause/{cause}"]
    ),
    f"{P}/files/<str:place>": _pages(
        SEES["problem"], FORBIDDEN, "409", ["/problems/{problem}/files/D3", "/problems/{problem}/files/cause:{cause}"]
    ),
    f"{P}/<str:noun>": [
        *_pages(
            SEES["problem"],
            "200",
            "422",
            [f"/problems/{{problem}}/{noun}" for noun in sorted(improvement.STEPS.by_noun)],
        ),
        *_pages(NOBODY, GONE, GONE, ["/problems/{problem}/none"]),
    ],
    # --- requests to suppliers: who buys and who oversees; the supplier by a living link, anybody else finds nothing there
    "scars/": _own("/scars/", "200", GONE),
    "scars/new": _own("/scars/new", "200", "422"),
    S: _pages(SEES["scar"], "200", FORBIDDEN, ["/scars/{scar}"]),
    f"{S}/facts": _pages(SEES["scar"], "200", "422", ["/scars/{scar}/facts"]),
    f"{S}/<str:noun>": [
        *_pages(SEES["scar"], "200", "422", [f"/scars/{{scar}}/{noun}" for noun in sorted(suppliers.STEPS.by_noun)]),
        *_pages(NOBODY, GONE, GONE, ["/scars/{scar}/none"]),
    ],
    "supplier/<str:secret>": [
        Door("/supplier/{secret}", EVERYBODY, "200", "409", stranger=("200", "302 /supplier/{secret}")),
        Door("/supplier/none", NOBODY, GONE, GONE, stranger=(GONE, GONE)),
    ],
    # --- requests for goods and stock-takes: who ships, signs, pays and oversees; the responsible department (peng) its own requests
    "replacements/": _own("/replacements/", "200", GONE),
    "replacements/new": _own("/replacements/new", "200", "422"),
    "replacements/losses": _own("/replacements/losses", "200", GONE),
    R: _pages(SEES["replacement"], "200", FORBIDDEN, ["/replacements/{replacement}"]),
    f"{R}/facts": _pages(SEES["replacement"], "200", "422", ["/replacements/{replacement}/facts"]),
    f"{R}/<str:noun>": [
        *_pages(
            SEES["replacement"],
            "200",
            "422",
            [f"/replacements/{{replacement}}/{noun}" for noun in sorted(returns.STEPS.by_noun)],
        ),
        *_pages(NOBODY, GONE, GONE, ["/replacements/{replacement}/none"]),
    ],
    **{
        f"{R}/{kind}s/<int:part_id>/<str:noun>": _pages(
            SEES["replacement"],
            "200",
            "422",
            [f"/replacements/{{replacement}}/{kind}s/{{{kind}}}/{noun}" for noun in sorted(pages.by_noun)],
        )
        for kind, pages in returns.PART_STEPS.items()
    },
    "stock-takes/": _own("/stock-takes/", "200", GONE),
    "stock-takes/new": _own("/stock-takes/new", "200", "422"),
    T: _pages(SEES["stock-take"], "200", FORBIDDEN, ["/stock-takes/{stock-take}"]),
    f"{T}/<str:noun>": [
        *_pages(
            SEES["stock-take"],
            "200",
            "422",
            [f"/stock-takes/{{stock-take}}/{noun}" for noun in sorted(returns.TAKE_STEPS.by_noun)],
        ),
        *_pages(NOBODY, GONE, GONE, ["/stock-takes/{stock-take}/none"]),
    ],
    # --- assessment: quality, finance, management and auditors all; others what concerns them (peng: his own reward)
    "assessments/": _own("/assessments/", "200", GONE),
    "assessments/new": _own("/assessments/new", "200", "422"),
    "charges/": _own("/charges/", "200", GONE),
    W: _pages(SEES["assessment"], "200", FORBIDDEN, ["/assessments/{assessment}"]),
    f"{W}/<str:noun>": [
        *_pages(
            SEES["assessment"],
            "200",
            "422",
            [f"/assessments/{{assessment}}/{noun}" for noun in sorted(ASSESSMENT_STEPS.by_noun)],
        ),
        *_pages(NOBODY, GONE, GONE, ["/assessments/{assessment}/none"]),
    ],
    f"{W}/charges/<int:charge_id>": _pages(
        SEES["assessment"], "200", FORBIDDEN, ["/assessments/{assessment}/charges/{charge}"]
    ),
    f"{W}/charges/<int:charge_id>/<str:noun>": _pages(
        SEES["assessment"],
        "200",
        "422",
        [f"/assessments/{{assessment}}/charges/{{charge}}/{noun}" for noun in sorted(CHARGE_STEPS.by_noun)],
    ),
    f"{W}/allotments/<int:allotment_id>/rest": _pages(
        frozenset(OVERSEE), "200", FORBIDDEN, ["/assessments/{assessment}/allotments/{allotment}/rest"]
    ),
    f"{W}/allotments/<int:allotment_id>/<str:noun>": _pages(
        frozenset(OVERSEE),
        "200",
        "422",
        [f"/assessments/{{assessment}}/allotments/{{allotment}}/{noun}" for noun in sorted(ALLOTMENT_STEPS.by_noun)],
    ),
    "ledger/": _pages(LEDGER, "200", GONE, ["/ledger/"]),
    "ledger/balances": _pages(LEDGER, "200", FORBIDDEN, ["/ledger/balances"]),
    # --- imports: heads of reception and quality, administrators
    "imports/": _own("/imports/", "200", "422"),
    "imports/sheets/<str:kind>.xlsx": _pages(
        IMPORTERS, "200", FORBIDDEN, ["/imports/sheets/customers.xlsx", "/imports/sheets/complaints.xlsx"]
    ),
    "imports/<int:pk>": _pages(IMPORTERS, "200", FORBIDDEN, ["/imports/{run}"]),
    "imports/<int:pk>/columns": _pages(IMPORTERS, FORBIDDEN, "422", ["/imports/{run}/columns"]),
    "imports/<int:pk>/start": _pages(IMPORTERS, FORBIDDEN, "302 /imports/{run}", ["/imports/{run}/start"]),
    "imports/<int:pk>/progress": _pages(IMPORTERS, "302 /imports/{run}", FORBIDDEN, ["/imports/{run}/progress"]),
    "imports/<int:pk>/faults.<str:suffix>": _pages(
        IMPORTERS, "200", FORBIDDEN, ["/imports/{faulty}/faults.csv", "/imports/{faulty}/faults.xlsx"]
    ),
    "imports/<int:pk>/undo": _pages(IMPORTERS, FORBIDDEN, "409", ["/imports/{run}/undo"]),
    # --- the procedure: read by those who oversee, written by those who keep it
    "procedure/": _pages(OVERSIGHT, "200", FORBIDDEN, ["/procedure/"]),
    "procedure/versions/<int:pk>": _pages(OVERSIGHT, "200", FORBIDDEN, ["/procedure/versions/{draft}"]),
    "procedure/versions/new": _pages(KEEPERS, "200", "422", ["/procedure/versions/new"]),
    "procedure/versions/<int:pk>/review": [
        Door(
            "/procedure/versions/{draft}/review",
            KEEPERS,
            FORBIDDEN,
            "302 /procedure/versions/{draft}",
            but=frozenset({"lin"}),
        ),
    ],
    "procedure/versions/<int:pk>/approval": _pages(KEEPERS, FORBIDDEN, "409", ["/procedure/versions/{draft}/approval"]),
    "procedure/versions/<int:pk>/return": _pages(KEEPERS, FORBIDDEN, "409", ["/procedure/versions/{draft}/return"]),
    "clauses/": _pages(OVERSIGHT, "200", FORBIDDEN, ["/clauses/"]),
    "clauses/obligations": _pages(OVERSIGHT, "200", FORBIDDEN, ["/clauses/obligations?how=open"]),
    "clauses/<str:key>": _pages(OVERSIGHT, "200", FORBIDDEN, ["/clauses/{clause}"]),
    # --- accounts: administrators
    "people/new": _pages(ADMINISTRATORS, "200", "422", ["/people/new"]),
    "people/<int:pk>": _pages(ADMINISTRATORS, "200", "422", ["/people/{colleague}"]),
}
"""Every address of the site by its pattern. A new one is added here, in the group of those who may open it."""

"""Who may open what, written down: the doors of the whole site.

Those of a kind of record stand in its file in ``kinds``.
"""

from __future__ import annotations

from tests.kinds.matrix import EVERYBODY, FORBIDDEN, GONE, NOBODY, OVERSEE, Door, doors, matrices, own

SEES = {one.kind: one.sees for one in matrices()}
"""Who sees the records of a kind under the pack ``feedback``:
by function, or (peng) by the department's task, or by one's own reward.
"""
OVERSIGHT = frozenset({"bai"}) | OVERSEE
KEEPERS = OVERSIGHT - {"jian"}
IMPORTERS = frozenset({"song", "root"})
ADMINISTRATORS = frozenset({"root"})
HOME = ("302 /", "302 /")


def _of_record(address: str) -> list[Door]:
    """What is put on any record (a file, a comment, a signature): those who see the record, refused when empty."""
    found = [Door(f"/{address}/{kind}/{{{kind}}}", who, FORBIDDEN, "409") for kind, who in SEES.items()]
    return [*found, Door(f"/{address}/complaints/{{complaint}}", NOBODY, FORBIDDEN, GONE)]


def _none(address: str, send: str = GONE) -> list[Door]:
    """A page of a kind that is not there."""
    return [Door(address, NOBODY, GONE, send)]


GENERAL: dict[str, list[Door]] = {
    # --- public: docs/operations.md, "Without signing in"
    "healthz": [Door("/healthz", EVERYBODY, "503", FORBIDDEN, stranger=("503", FORBIDDEN))],
    "accounts/login/": [Door("/accounts/login/", EVERYBODY, *HOME, stranger=("200", "200"))],
    "accounts/signup/": [Door("/accounts/signup/", EVERYBODY, *HOME, stranger=("200", "200"))],
    "accounts/inactive/": [Door("/accounts/inactive/", EVERYBODY, "200", FORBIDDEN, stranger=("200", FORBIDDEN))],
    "accounts/logout/": [Door("/accounts/logout/", EVERYBODY, "200", "302 /", stranger=HOME)],
    "accounts/2fa/authenticate/": [Door("/accounts/2fa/authenticate/", EVERYBODY, *HOME)],
    # --- one's own account: whoever is signed in
    "accounts/reauthenticate/": own("/accounts/reauthenticate/", "403", "403"),
    "accounts/password/change/": own(
        "/accounts/password/change/", "302 /accounts/password/set/", "302 /accounts/password/set/"
    ),
    "accounts/password/set/": own("/accounts/password/set/", "200", "200"),
    "accounts/2fa/": own("/accounts/2fa/"),
    "accounts/2fa/reauthenticate/": own("/accounts/2fa/reauthenticate/", "403", "403"),
    "accounts/2fa/totp/activate/": own("/accounts/2fa/totp/activate/", "200", "200"),
    "accounts/2fa/totp/deactivate/": own("/accounts/2fa/totp/deactivate/", GONE, GONE),
    "accounts/2fa/recovery-codes/": own("/accounts/2fa/recovery-codes/", GONE, FORBIDDEN),
    "accounts/2fa/recovery-codes/generate/": own("/accounts/2fa/recovery-codes/generate/", "200", "200"),
    "accounts/2fa/recovery-codes/download/": own("/accounts/2fa/recovery-codes/download/", GONE, GONE),
    "people/me": own("/people/me", "200", "422"),
    "people/me/leave/<int:pk>/end": [
        Door("/people/me/leave/{leave}/end", frozenset({"mei"}), FORBIDDEN, "302 /people/me")
    ],
    "people/preferences": own("/people/preferences", FORBIDDEN, "302 /"),
    # --- everybody's pages: each shows what its reader may see (doors/test_sight.py)
    "": own("/"),
    "obligations/": own("/obligations/"),
    "notices": own("/notices"),
    "notices/read": own("/notices/read", FORBIDDEN, "302 /notices"),
    "search": own("/search"),
    "search/suggest": own("/search/suggest"),
    "people/": own("/people/", "200", "200"),
    "occasions/<str:number>": doors(OVERSEE, "200", FORBIDDEN, ["/occasions/2026-W46"]),
    "files/<slug:kind>/<path:number>": _of_record("files"),
    "comments/<slug:kind>/<path:number>": _of_record("comments"),
    "signatures/<slug:kind>/<path:number>": _of_record("signatures"),
    # --- imports: heads of reception and quality, administrators
    "imports/": own("/imports/", "200", "422"),
    "imports/sheets/<str:kind>.xlsx": doors(
        IMPORTERS, "200", FORBIDDEN, ["/imports/sheets/customers.xlsx", "/imports/sheets/complaints.xlsx"]
    ),
    "imports/<int:pk>": doors(IMPORTERS, "200", FORBIDDEN, ["/imports/{run}"]),
    "imports/<int:pk>/columns": doors(IMPORTERS, FORBIDDEN, "422", ["/imports/{run}/columns"]),
    "imports/<int:pk>/start": doors(IMPORTERS, FORBIDDEN, "302 /imports/{run}", ["/imports/{run}/start"]),
    "imports/<int:pk>/progress": doors(IMPORTERS, "302 /imports/{run}", FORBIDDEN, ["/imports/{run}/progress"]),
    "imports/<int:pk>/faults.<str:suffix>": doors(
        IMPORTERS, "200", FORBIDDEN, ["/imports/{faulty}/faults.csv", "/imports/{faulty}/faults.xlsx"]
    ),
    "imports/<int:pk>/undo": doors(IMPORTERS, FORBIDDEN, "409", ["/imports/{run}/undo"]),
    # --- the procedure: read by those who oversee, written by those who keep it
    "procedure/": doors(OVERSIGHT, "200", FORBIDDEN, ["/procedure/"]),
    "procedure/versions/<int:pk>": doors(OVERSIGHT, "200", FORBIDDEN, ["/procedure/versions/{draft}"]),
    "procedure/versions/new": doors(KEEPERS, "200", "422", ["/procedure/versions/new"]),
    "procedure/versions/<int:pk>/review": [
        Door(
            "/procedure/versions/{draft}/review",
            KEEPERS,
            FORBIDDEN,
            "302 /procedure/versions/{draft}",
            but=frozenset({"lin"}),
        ),
    ],
    "procedure/versions/<int:pk>/approval": doors(KEEPERS, FORBIDDEN, "409", ["/procedure/versions/{draft}/approval"]),
    "procedure/versions/<int:pk>/return": doors(KEEPERS, FORBIDDEN, "409", ["/procedure/versions/{draft}/return"]),
    "clauses/": doors(OVERSIGHT, "200", FORBIDDEN, ["/clauses/"]),
    "clauses/obligations": doors(OVERSIGHT, "200", FORBIDDEN, ["/clauses/obligations?how=open"]),
    "clauses/targets": doors(OVERSIGHT, "200", FORBIDDEN, ["/clauses/targets"]),
    "clauses/targets/<str:period>/<str:key>": doors(
        OVERSIGHT, "200", FORBIDDEN, ["/clauses/targets/2026-11/measures-in-time"]
    ),
    "clauses/<str:key>": doors(OVERSIGHT, "200", FORBIDDEN, ["/clauses/{clause}"]),
    # --- kinds of the company's own: the procedure here declares none, so there is no such page
    "registers/": own("/registers/"),
    "registers/group/<slug:group>": _none("/registers/group/service", FORBIDDEN),
    "registers/lookup/<slug:kind>": own("/registers/lookup/customer"),
    "registers/<slug:kind>/": _none("/registers/visit/"),
    "registers/<slug:kind>/bulk": _none("/registers/visit/bulk"),
    "registers/<slug:kind>/new": _none("/registers/visit/new"),
    "registers/<slug:kind>/new/<slug:verb>": _none("/registers/visit/new/plan"),
    "registers/<slug:kind>/rows/<slug:field>": _none("/registers/visit/rows/findings", FORBIDDEN),
    "knowledge/": _none("/knowledge/", FORBIDDEN),
    "knowledge/beside": _none("/knowledge/beside", FORBIDDEN),
    "registers/<slug:kind>/<str:number>": _none("/registers/visit/V-1", FORBIDDEN),
    "registers/<slug:kind>/<str:number>/facts": _none("/registers/visit/V-1/facts"),
    "registers/<slug:kind>/<str:number>/<str:noun>": _none("/registers/visit/V-1/report"),
    "registers/<slug:kind>/<str:number>/rows/<int:row_id>/<str:noun>": _none("/registers/visit/V-1/rows/1/answer"),
    "registers/<slug:kind>/<str:number>/signers/<int:signer_id>/<str:noun>": _none(
        "/registers/visit/V-1/signers/1/sign"
    ),
    "registers/<slug:kind>/<str:number>/sheets/<int:sheet_id>/<str:noun>": _none("/registers/visit/V-1/sheets/1/apply"),
    # --- forms without a network: everybody's own records, and nobody reads what is sent
    "registers/offline/": own("/registers/offline/"),
    "registers/offline/worker.js": own("/registers/offline/worker.js"),
    "registers/offline/contact": own("/registers/offline/contact"),
    "registers/offline/orders": own("/registers/offline/orders"),
    "registers/offline/missing": own("/registers/offline/missing", FORBIDDEN, "400"),
    "registers/offline/files": own("/registers/offline/files", FORBIDDEN, "400"),
    "registers/offline/sheets": own("/registers/offline/sheets", FORBIDDEN, "400"),
    # --- accounts: administrators
    "people/new": doors(ADMINISTRATORS, "200", "422", ["/people/new"]),
    "calendar/": doors(ADMINISTRATORS, "200", "422", ["/calendar/"]),
    "calendar/<str:number>": doors(ADMINISTRATORS, "200", "422", ["/calendar/2026-11-18.1"]),
    "calendar/<int:pk>/remove": doors(ADMINISTRATORS, FORBIDDEN, "302 /calendar/", ["/calendar/1/remove"]),
    "people/<int:pk>": doors(ADMINISTRATORS, "200", "422", ["/people/{colleague}"]),
}
"""Addresses that belong to no kind of record. A new one is added here, in the group of those who may open it."""


def _together() -> dict[str, list[Door]]:
    found = {pattern: list(some) for pattern, some in GENERAL.items()}
    for one in matrices():
        for pattern, some in one.doors.items():
            found.setdefault(pattern, []).extend(some)
    return found


DOORS = _together()
"""Every address of the site by its pattern."""

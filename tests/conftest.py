"""What every test has: no network beyond this machine, the browser's fixtures, long forms only when asked for."""

from __future__ import annotations

import ipaddress
import socket
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from django.test import TransactionTestCase

pytest.register_assert_rewrite("tests.browser", "tests.cast", "tests.desk")

from tests.browser import chromium, open_page, site  # noqa: E402 - what it asserts is explained on failure

__all__ = ["chromium", "open_page", "site"]


TESTS = Path(__file__).parent
UNHURRIED = (
    "attacks/*",
    "channels/*",
    "config/*",
    "demo/*",
    "faults/*",
    "records/print/*",
    "scenarios/*",
    "ui/*",
    "*/test_*pages.py",
    "*/test_life.py",
    "*/test_print.py",
    "*/test_scar_*.py",
    "test_queries.py",
    "test_rights.py",
    "test_sight.py",
    "assessment/test_*appeal.py",
    "assessment/test_hand_over.py",
    "assessment/test_reporting.py",
    "assessment/test_split.py",
    "complaints/test_four_packs.py",
    "complaints/test_list.py",
    "customers/test_find.py",
    "improvement/test_containment.py",
    "improvement/test_costs_sheet.py",
    "improvement/test_counts.py",
    "improvement/test_effect.py",
    "improvement/test_exchange.py",
    "improvement/test_gates.py",
    "improvement/test_lint.py",
    "improvement/test_packs.py",
    "journal/test_verify.py",
    "obligations/test_occasions.py",
    "procedure/test_commands.py",
    "assessment/test_costs.py",
    "contacts/test_access.py",
    "contacts/test_sorting.py",
    "customers/test_register.py",
    "improvement/test_submit.py",
    "improvement/test_words.py",
    "improvement/test_writing.py",
    "people/test_departments.py",
    "procedure/test_clauses.py",
    "procedure/test_whole_packs.py",
    "assessment/test_command.py",
    "assessment/test_spending.py",
    "improvement/test_reopen.py",
    "records/test_files.py",
    "records/test_keyset.py",
    "records/test_listing.py",
    "records/test_ownfields.py",
    "records/test_search.py",
    "returns/test_counts.py",
    "returns/test_take_life.py",
)
"""Tests that start processes, print, walk many pages or try thousands of odd values; ``--quick`` leaves them out."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long forms of the fault tests too")
    parser.addoption("--quick", action="store_true", help="leave out what takes its time: " + ", ".join(UNHURRIED))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long forms, and with ``--quick`` the unhurried folders: pytest's closing line counts them."""
    left_out = [item for item in items if _is_left_out(item, config)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _is_left_out(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("long") and not config.getoption("--long"):
        return True
    place = item.path.relative_to(TESTS).as_posix()
    return bool(config.getoption("--quick")) and any(fnmatch(place, pattern) for pattern in UNHURRIED)


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> Any:
    """A test that reaches for the network fails at once and says where it wanted to go."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise AssertionError(f"a test wanted to reach {address}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def the_journal_may_be_emptied() -> Any:
    """A test on real transactions ends by emptying the database, which the journal's own protection would refuse."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied(self: TransactionTestCase) -> None:
        from huiyin.journal.protection import protect, unprotect

        unprotect()
        try:
            empty(self)
        finally:
            protect()

    TransactionTestCase._fixture_teardown = emptied  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = empty  # type: ignore[attr-defined]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

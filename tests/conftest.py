"""What every test has: no network beyond this machine, the browser's fixtures, long forms only when asked for."""

from __future__ import annotations

import gc
import ipaddress
import socket
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TestCase, TransactionTestCase

from tests import durations
from tests.migrated import copy_migrated
from tools.suite import names_the_browser

pytest.register_assert_rewrite("tests.browser", "tests.cast", "tests.desk", "tests.scenarios.browser.service_process")

from tests.browser import chromium, open_page, site  # noqa: E402 - what it asserts is explained on failure

__all__ = ["chromium", "open_page", "site"]


ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long forms of the fault tests too")
    parser.addoption("--quick", action="store_true", help="run only the files that were fast when last measured")
    parser.addoption(
        "--measure", action="store_true", help=f"write down how long each file took: {durations.STORE.name}"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--measure") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(durations.Watch())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With ``--quick`` what is slow is not even loaded."""
    if not config.getoption("--quick") or not collection_path.name.startswith("test_"):
        return None
    return durations.place_of(collection_path) not in durations.quick(durations.known()) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long forms, and under PostgreSQL what another test shows: pytest's closing line counts them."""
    unseen = {item.path for item in items if item.get_closest_marker("browser") and not names_the_browser(item.path)}
    if unseen:  # bin/test would pass them over in silence
        raise pytest.UsageError(f"write pytest.mark.browser out in {', '.join(map(str, sorted(unseen)))}")
    left_out = {item for item in items if _is_left_out(item, config)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _is_left_out(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("long") and not config.getoption("--long"):
        return True
    return not ON_SQLITE and (item.get_closest_marker("sqlite_alone") is not None or not _asks_the_database(item))


def _asks_the_database(item: pytest.Item) -> bool:
    """What asks no database answers alike under both, and has its turn under SQLite."""
    wanted = {"db", "transactional_db", "django_db_setup", "live_server"}
    return item.get_closest_marker("django_db") is not None or not wanted.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded stays to the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """SQLite: the tests' database is there before they begin, a copy of one that was migrated before."""
    if ON_SQLITE:
        copy_migrated(Path(settings.DATABASES["default"]["TEST"]["NAME"]))
    return ON_SQLITE


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
def a_database_is_emptied_where_it_was_filled() -> Any:
    """A test on real transactions ends by emptying the database: Django would empty every table there is and make
    anew what migrating made, which takes longer than most tests.
    """
    teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied(_self: TransactionTestCase) -> None:
        from tests.emptied import empty

        empty()

    TransactionTestCase._fixture_teardown = emptied  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def what_a_file_sets_up_is_checked_once() -> Any:
    """PostgreSQL: references in a company that a file keeps for its tests are checked before the first of them begins.

    Every test ends by checking all references not checked yet. Those of the company would be checked anew at the end
    of each test, for that they were checked is rolled back with what the test did.
    """
    if ON_SQLITE:
        yield
        return
    begin = TestCase._enter_atomics  # type: ignore[attr-defined]

    def checked(cls: type[TestCase]) -> Any:
        if connection.in_atomic_block:
            connection.check_constraints()
        return begin.__func__(cls)

    TestCase._enter_atomics = classmethod(checked)  # type: ignore[attr-defined]
    yield
    TestCase._enter_atomics = begin  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def sentences_are_filled() -> Any:
    """What a step enters into the journal fills every place of its sentence, whatever the kind and whoever takes it:
    a reader is shown no dash, and nothing at all, in place of a particular that is misspelt.
    """
    from huiyin.journal.chain import EntryDraft
    from huiyin.records.steps import stepping
    from tests.phrases import unfilled

    append = stepping.append

    def checked(draft: EntryDraft) -> Any:
        lacking = unfilled(draft.event, draft.particulars)
        assert not lacking, f"the sentence of {draft.event} names {lacking}, which its step does not write"
        return append(draft)

    stepping.append = checked  # type: ignore[assignment]
    yield
    stepping.append = append


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

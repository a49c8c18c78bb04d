"""Steps put together as one: a new database ends as one that took them one by one."""

from __future__ import annotations

import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState

LOADER = MigrationLoader(None, replace_migrations=False)
"""Every migration there is: those that stand for others, and the others too."""


def tables(room: str, step: str) -> dict[str, ModelState]:
    """The tables of ``room`` as they stand after ``step``."""
    state = LOADER.project_state((room, step))
    return {name: model for (label, name), model in state.models.items() if label == room}


@pytest.mark.parametrize(("room", "name"), sorted(LOADER.replacements))
def test_one_step_leaves_what_the_steps_it_stands_for_leave(room: str, name: str) -> None:
    steps = LOADER.replacements[room, name].replaces
    assert steps == sorted(steps)
    assert {label for label, _ in steps} == {room}
    assert tables(room, name) == tables(*steps[-1])

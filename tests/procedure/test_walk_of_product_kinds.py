"""What the walk through complaints, tasks, cases and requests for goods finds in packs that others write."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.procedure.loader import BUILT_IN, load_pack, warnings_of
from tests.procedure.small import changed, mistakes_of, write

HEAD = """
[pack]
key = "foreign"
version = "1.0"
title = { zh = "外来程序", en = "Foreign procedure" }
extends = "base"
"""
LEFT_IN_THIS_PACK = """
[[obligation]]
key = "thanks"
label = { zh = "致谢", en = "Thank the customer" }
opens = "complaint.judged"
closes = ["complaint.answered"]
cancels = ["complaint.withdrawn", "complaint.rejected"]
owner = "record.owner"
within = "1 workday"
"""


def foreign(folder: Path, text: str, head: str = HEAD) -> Path:
    """A pack of another company laid over base."""
    return write(folder / "foreign", head + text)


def said(pack: Path) -> list[tuple[str, str]]:
    """Key and problem of each mistake, in English."""
    return [(one.key, one.problem.show("en")) for one in mistakes_of(pack)]


def warned(pack: Path) -> list[tuple[str, str]]:
    """Key and remedy of each warning, in English."""
    return [(one.key, one.remedy.show("en")) for one in warnings_of(pack)]


def test_a_pack_that_only_changes_a_time_limit_passes(tmp_path: Path) -> None:
    pack = foreign(tmp_path, '[[obligation]]\nkey = "assign"\nwithin = "1 workhour"\n')
    assert (said(pack), warned(pack)) == ([], [])


def test_a_duty_taken_out_leaves_a_state_in_which_nobody_owes(tmp_path: Path) -> None:
    head = HEAD + 'without = ["obligation:call-back"]\n'
    (one,) = mistakes_of(foreign(tmp_path, "", head))
    assert (one.key, one.file) == ("state[complaint.accepted]", "base/states.toml")
    assert one.line == _line_in_base("states.toml", 'key = "complaint.accepted"') - 1
    said_there = "In the state “Accepted by the customer” nobody owes the next step (complaint.called_back)."
    assert one.problem.show("en") == said_there
    assert 'closes = ["complaint.called_back"]' in one.remedy.show("zh")


def test_a_step_taken_out_leaves_its_duty_without_end(tmp_path: Path) -> None:
    head = HEAD + 'without = ["step:complaint.accept_transfer", "step:complaint.decline_transfer"]\n'
    assert ("obligation[transfer-acceptance].closes", "This obligation can never be fulfilled.") in said(
        foreign(tmp_path, "", head)
    )


def test_a_duty_that_a_merged_complaint_leaves_open(tmp_path: Path) -> None:
    (one,) = mistakes_of(foreign(tmp_path, LEFT_IN_THIS_PACK))
    assert (one.key, one.file) == ("obligation[thanks].cancels", "foreign/pack.toml")
    assert one.problem.show("en") == "This is still owed when the record has come to “Merged”."
    assert one.remedy.show("en") == 'Add "complaint.merged" to cancels.'
    assert one.line == (HEAD + LEFT_IN_THIS_PACK).splitlines().index(_cancels(LEFT_IN_THIS_PACK)) + 1


@pytest.mark.parametrize("event", ["complaint.withdrawn", "complaint.rejected"])
def test_a_duty_that_a_void_complaint_leaves_open(tmp_path: Path, event: str) -> None:
    ends = {"complaint.withdrawn", "complaint.rejected", "complaint.merged"} - {event}
    listed = ", ".join(f'"{one}"' for one in sorted(ends))
    text = LEFT_IN_THIS_PACK.replace(_cancels(LEFT_IN_THIS_PACK), f"cancels = [{listed}]")
    (one,) = mistakes_of(foreign(tmp_path, text))
    assert (one.key, one.remedy.show("en")) == ("obligation[thanks].cancels", f'Add "{event}" to cancels.')


def test_a_duty_of_a_task_that_nobody_can_fulfil_on_a_void_complaint(tmp_path: Path) -> None:
    text = '[[obligation]]\nkey = "measures"\ncancels = ["task.declined", "task.cancelled", "complaint.merged"]\n'
    found = said(foreign(tmp_path, text))
    rejected, withdrawn = (
        f"This is still owed when the record has come to “{one}”." for one in ("Rejected", "Withdrawn")
    )
    assert found == [("obligation[measures].cancels", rejected), ("obligation[measures].cancels", withdrawn)]


def test_a_guard_that_waits_for_the_tasks_lets_their_duties_be(tmp_path: Path) -> None:
    """Without it a complaint is closed over tasks that are still owed: they can be done then, so it is only warned."""
    others = '["customer_accepted", "is_called_back", "no_open_remedy_request", "no_open_promise"]'
    text = f'[[step]]\nkey = "complaint.close"\nguards = {others}\n'
    remedy = 'Add "complaint.closed" to cancels, or a guard that waits for it; write outlives = true if it is meant so.'
    returned = ("reassign", "measures", "measures-grave", "redo-measures", "review-measures")
    assert said(foreign(tmp_path, text)) == []
    assert set(warned(foreign(tmp_path, text))) == {(f"obligation[{key}].cancels", remedy) for key in returned}
    text += '[[step]]\nkey = "complaint.conclude"\nguards = ["has_task"]\n'
    never_taken_up = ("task-acceptance", *returned)
    assert set(warned(foreign(tmp_path, text))) == {(f"obligation[{key}].cancels", remedy) for key in never_taken_up}
    text = (
        '[[step]]\nkey = "complaint.close"\nguards = ["no_open_promise", "tasks_answered", "no_open_remedy_request"]\n'
    )
    assert warned(foreign(tmp_path, text)) == []


def test_a_promise_that_closing_does_not_wait_for(tmp_path: Path) -> None:
    guards = '["customer_accepted", "is_called_back", "tasks_answered", "no_open_remedy_request"]'
    found = said(foreign(tmp_path, f'[[step]]\nkey = "complaint.close"\nguards = {guards}\n'))
    assert found == [
        ("obligation[customer-promise].cancels", "This is still owed when the record has come to “Closed”.")
    ]


def test_compensation_that_a_denial_does_not_wait_for(tmp_path: Path) -> None:
    pack = foreign(tmp_path, '[[step]]\nkey = "replacement.deny"\nguards = []\n')
    assert said(pack) == []
    assert {key for key, _ in warned(pack)} == {
        f"obligation[award-{name}].cancels"
        for name in ("decision-head", "decision-management", "decision-above", "promise", "payment")
    }


def test_a_step_of_the_owner_alone_that_nobody_can_take_over(tmp_path: Path) -> None:
    """A complaint can be handed over, a request for goods cannot: somebody else should be able to withdraw it."""
    alone = '[[step]]\nkey = "{}"\nby = ["owner"]\n'
    pack = foreign(tmp_path, alone.format("complaint.withdraw") + alone.format("replacement.withdraw"))
    assert said(pack) == []
    assert warned(pack) == [
        ("step[replacement.withdraw].by", "Add a function or head to by, or a step that hands it over.")
    ]


@pytest.mark.parametrize(
    ("step", "key", "said_of_it"),
    [
        ('key = "complaint.settle"\nto = "handling"', "", ""),
        ('key = "task.decline"\nto = "accepted"', "state[task.declined].key", "No step leads to the state"),
        ('key = "stock-take.settle"\nto = "opened"', "state[stock-take.settled].key", "No step leads to the state"),
    ],
)
def test_a_state_that_is_never_reached(tmp_path: Path, step: str, key: str, said_of_it: str) -> None:
    found = said(foreign(tmp_path, f"[[step]]\n{step}\n"))
    assert [one for one, problem in found if said_of_it and said_of_it in problem] == ([key] if key else [])


def test_a_state_from_which_no_end_is_reached(tmp_path: Path) -> None:
    """A task that is returned for ever: in small procedures, too, every way leads out."""
    circle = changed('from = ["assigned"]\nto = "answered"', 'from = ["assigned"]\nto = "assigned"')
    found = said(write(tmp_path / "small", circle))
    assert ("state[task.assigned].key", "No step leads out of the state “assigned”.") in found


def test_a_version_in_force_keeps_its_duties_though_packs_check_refuses_it(tmp_path: Path) -> None:
    """What was adopted before the walk is read from what was stored, and nothing is refused then."""
    procedure = load_pack("base")
    older = procedure.model_copy(
        update={"obligations": tuple(one for one in procedure.obligations if one.key != "call-back")}
    )
    stored = type(procedure).from_json(older.to_json())
    assert [one.key for one in stored.obligations] == [one.key for one in older.obligations]
    assert stored.digest == older.digest


def _cancels(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("cancels"))


def _line_in_base(file: str, passage: str) -> int:
    return (BUILT_IN / "base" / file).read_text("utf-8").splitlines().index(passage) + 1

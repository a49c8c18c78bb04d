"""Duties whose owner cannot do what is owed, states in which the wrong one owes, ways onward that hang on answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedure.test_never_holds import found

LOAN = """
[pack]
key = "sheets"
version = "1.0"
title = { zh = "表单程序", en = "Sheets" }
extends = "base"

[[kind]]
key = "loan"
label = { zh = "借用单", en = "Loan" }

[[catalogue]]
key = "sizes"
label = { zh = "大小", en = "Sizes" }
options = [{ key = "small", label = { zh = "小", en = "Small" } }, { key = "large", label = { zh = "大", en = "Large" } }]

[[state]]
key = "loan.drafted"
phase = "received"
label = { zh = "草稿", en = "Drafted" }

[[state]]
key = "loan.asked"
phase = "handling"
label = { zh = "已申请", en = "Asked for" }

[[state]]
key = "loan.lent"
phase = "closed"
label = { zh = "已借出", en = "Lent" }

[[step]]
key = "loan.draft"
to = "drafted"
by = ["reception"]
label = { zh = "起草", en = "Draft" }

[[step]]
key = "loan.ask"
from = ["drafted"]
to = "asked"
by = ["owner", "reception"]
label = { zh = "申请", en = "Ask" }

[[step]]
key = "loan.send_back"
from = ["asked"]
to = "drafted"
by = ["quality"]
aside = true
label = { zh = "退回", en = "Send back" }

[[step]]
key = "loan.lend"
from = ["asked"]
to = "lent"
by = ["quality"]
guards = ["is:size=small"]
label = { zh = "借出", en = "Lend" }

[[step]]
key = "loan.lend_large"
from = ["asked"]
to = "lent"
by = ["management"]
guards = ["is:size=large"]
label = { zh = "借出大件", en = "Lend something large" }

[[field]]
key = "loan.size"
type = "choice"
catalogue = "sizes"
required_for = ["draft"]
label = { zh = "大小", en = "Size" }

[[field]]
key = "loan.keeper"
type = "person"
label = { zh = "保管人", en = "Keeper" }

[[obligation]]
key = "ask"
label = { zh = "申请", en = "Ask for it" }
opens = "loan.draft"
closes = ["loan.ask"]
cancels = ["loan.void"]
owner = "record.owner"
within = "1 workday"

[[obligation]]
key = "ask-again"
label = { zh = "改好再申请", en = "Ask for it again" }
opens = "loan.send_back"
closes = ["loan.ask"]
cancels = ["loan.void"]
owner = "record.owner"
within = "1 workday"

[[obligation]]
key = "lend"
label = { zh = "借出", en = "Lend it" }
opens = "loan.ask"
closes = ["loan.lend", "loan.lend_large"]
cancels = ["loan.send_back", "loan.void"]
owner = "function:quality"
within = "1 workday"
when = [{ field = "size", is = ["small"] }]

[[obligation]]
key = "lend-large"
label = { zh = "借出大件", en = "Lend something large" }
opens = "loan.ask"
closes = ["loan.lend", "loan.lend_large"]
cancels = ["loan.send_back", "loan.void"]
owner = "function:management"
within = "1 workday"
when = [{ field = "size", is = ["large"] }]
"""


def without(key: str) -> str:
    """The loans without one of their duties."""
    text, _, rest = LOAN.partition(f'[[obligation]]\nkey = "{key}"')
    return text + "".join(f"[[obligation]]{one}" for one in rest.split("[[obligation]]")[1:])


def test_loans_of_which_each_answer_is_owed_pass(tmp_path: Path) -> None:
    assert found(tmp_path, LOAN) == ([], [])


@pytest.mark.parametrize(("key", "size", "event"), [("lend", "small", "lend"), ("lend-large", "large", "lend_large")])
def test_an_answer_on_which_nobody_owes_the_next_step(tmp_path: Path, key: str, size: str, event: str) -> None:
    said = f"In the state “Asked for” (size = {size}) nobody owes the next step (loan.{event})."
    assert found(tmp_path, without(key)) == ([("state[loan.asked]", said)], [])


def test_a_duty_on_another_answer_does_not_count(tmp_path: Path) -> None:
    text = LOAN.replace('is = ["large"] }]', 'not = ["large"] }]')
    assert [key for key, _ in found(tmp_path, text)[0]] == ["state[loan.asked]"]


def test_an_answer_with_which_no_step_leads_on(tmp_path: Path) -> None:
    text = LOAN.replace('guards = ["is:size=large"]', 'guards = ["is:size=small"]')
    text = text.replace('when = [{ field = "size", is = ["large"] }]', "")
    said = "In the state “Asked for” (size = large) no step leads on."
    assert found(tmp_path, text) == ([], [("state[loan.asked]", said)])


def test_a_record_that_is_sent_back_to_somebody_who_owes_nothing(tmp_path: Path) -> None:
    said = "In the state “Drafted” nobody owes the next step (loan.ask)."
    assert found(tmp_path, without("ask-again")) == ([("state[loan.drafted]", said)], [])
    stays = without("ask-again").replace('cancels = ["loan.send_back", "loan.void"]', 'cancels = ["loan.void"]')
    assert found(tmp_path / "stays", stays) == ([("state[loan.drafted]", said)], [])


def test_what_is_owed_there_by_somebody_else_is_told(tmp_path: Path) -> None:
    """Only the keeper owes that it is asked for again, and nothing says that the keeper may ask."""
    before, owner, behind = LOAN.rpartition('owner = "record.owner"')
    text = before + owner.replace("record.owner", "field:keeper") + behind
    mistakes, warned = found(tmp_path, text)
    assert (mistakes, sorted(warned)) == (
        [],
        [
            (
                "obligation[ask-again].owner",
                "“field:keeper” owes this and may take none of the steps that fulfil it (loan.ask).",
            ),
            (
                "state[loan.drafted]",
                "In the state “Drafted” whoever owes something may not take the next step (loan.ask).",
            ),
        ],
    )
    allowed = text.replace('by = ["owner", "reception"]', 'by = ["owner", "field:keeper"]')
    assert found(tmp_path / "allowed", allowed) == ([], [])


@pytest.mark.parametrize(
    ("owner", "by", "is_told"),
    [
        ("function:warehouse", '["quality"]', True),
        ("function:quality", '["quality.head"]', False),
        ("head:quality", '["head"]', False),
        ("record.owner", '["reception"]', False),
        ("record.owner", '["warehouse"]', True),
        ("actor", '["owner", "reception"]', False),
        ("actor", '["warehouse"]', True),
        ("record.head", '["record.head", "quality"]', False),
        ("record.department", '["reception"]', False),
        ("record.department", '["warehouse"]', True),
        ("field:keeper", '["quality"]', True),
        ("field:keeper", '["anyone"]', False),
        ("customer", '["quality"]', False),
        ("on-duty", '["quality"]', False),
    ],
)
def test_whether_the_owner_of_a_duty_may_do_what_is_owed(tmp_path: Path, owner: str, by: str, is_told: bool) -> None:
    more = f"""
[[step]]
key = "loan.tag"
from = ["drafted", "asked", "lent"]
by = {by}
aside = true
label = {{ zh = "贴标签", en = "Put a tag on it" }}

[[obligation]]
key = "tag"
label = {{ zh = "贴标签", en = "Put a tag on it" }}
opens = "loan.ask"
closes = ["loan.tag"]
cancels = ["loan.void"]
owner = "{owner}"
within = "1 workday"
"""
    mistakes, warned = found(tmp_path, LOAN + more)
    told = f"“{owner}” owes this and may take none of the steps that fulfil it (loan.tag)."
    assert (mistakes, warned) == ([], [("obligation[tag].owner", told)] if is_told else [])

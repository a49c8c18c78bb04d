"""A step that takes a record back asks why, and the time-line tells it; moments stand there as on the site's clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.journal.models import Entry
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.going_back import asks_reason
from huiyin.registers.models import FormRecord
from tests.desk import Desk, Office
from tests.procedure.small import mistakes_of, write
from tests.stage import desks, stage

LETTERS = Path(__file__).parents[1] / "packs" / "letters"
pytestmark = pytest.mark.django_db
works = stage(str(LETTERS))
office = desks("2026-11-16 09:00")
STATES = ["drafted", "checked", "signed"]


def drafted(office: Office, **more: str) -> str:
    """A letter that Mei drafted; its address."""
    answer = office.desk("mei").send("/registers/letter/new/draft", heading="停机通知", **more)
    assert answer.status_code == 302
    return f"/registers/letter/{FormRecord.objects.latest('pk').number}"


def takes(desk: Desk, path: str, **given: str) -> None:
    assert desk.send(path, **given).status_code == 302


def test_a_step_back_is_not_taken_without_a_reason_and_the_time_line_tells_it(office: Office) -> None:
    here, lin = drafted(office), office.desk("lin")
    assert "reason" not in lin.sheet(f"{here}/check").names
    takes(lin, f"{here}/check")
    refused = lin.send(f"{here}/send_back", reason=" ")
    assert (refused.status_code, FormRecord.objects.get().state) == (422, "checked")
    takes(lin, f"{here}/send_back", reason="数字 {不} 对")
    assert Entry.objects.get(event="letter.send_back").particulars["reason"] == "数字 {不} 对"
    assert "林志远：退回拟稿人：数字 {不} 对" in office.desk("mei").get(here).text
    office.works.mei.language = "en"
    office.works.mei.save()
    assert "林志远: Send back to the drafter: 数字 {不} 对" in office.desk("mei").get(here).text


def test_of_many_at_once_the_reason_is_asked_as_of_one(office: Office) -> None:
    here, lin = drafted(office), office.desk("lin")
    takes(lin, f"{here}/check")
    bulk = f"/registers/letter/bulk?step=send_back&pick={FormRecord.objects.get().number}"
    refused = lin.send("/registers/letter/bulk", at_page=bulk, reason=" ")
    assert (refused.status_code, FormRecord.objects.get().state) == (422, "checked")
    assert lin.send("/registers/letter/bulk", at_page=bulk, reason="附件不全").status_code == 200
    assert FormRecord.objects.get().state == "drafted"
    assert Entry.objects.get(event="letter.send_back").particulars["reason"] == "附件不全"


def test_a_sentence_without_a_place_for_the_reason_tells_it_all_the_same(office: Office) -> None:
    here, lin, zong = drafted(office), office.desk("lin"), office.desk("zong")
    takes(lin, f"{here}/check")
    takes(zong, f"{here}/sign")
    takes(zong, f"{here}/unsign", reason="落款不对")
    assert "总经理赵 撤销了签发：落款不对" in zong.get(here).text


def test_a_pack_may_say_that_a_step_back_asks_nothing(office: Office) -> None:
    here, mei = drafted(office), office.desk("mei")
    takes(office.desk("lin"), f"{here}/check")
    takes(office.desk("zong"), f"{here}/sign")
    assert "reason" not in mei.sheet(f"{here}/recall").names
    takes(mei, f"{here}/recall")
    assert FormRecord.objects.get().state == "drafted"


@pytest.mark.parametrize(
    ("origins", "to", "said", "asks_else", "asks"),
    [
        (("checked", "signed"), "drafted", None, False, True),
        (("drafted", "signed"), "checked", None, False, False),
        (("checked",), None, None, False, False),
        ((), "drafted", None, False, False),
        (("checked",), "drafted", None, True, False),
        (("checked",), "drafted", True, True, True),
        (("drafted",), "checked", True, False, True),
        (("checked",), "drafted", False, False, False),
    ],
)
def test_which_steps_ask(
    origins: tuple[str, ...], to: str | None, said: bool | None, asks_else: bool, asks: bool
) -> None:
    words = {"zh": "办", "en": "Do"}
    step = StepEntry.model_validate(
        {"key": "letter.do", "label": words, "by": ["reception"], "from": origins, "to": to, "reason": said}
    )
    assert asks_reason(step, STATES, asks_else=asks_else) is asks


def test_a_sentence_may_name_the_reason_of_a_step_that_asks_it_and_of_no_other(tmp_path: Path) -> None:
    pack = (LETTERS / "pack.toml").read_text("utf-8")
    told = 'said = { zh = "{actor} 退了：{reason}", en = "{actor} sent it back: {reason}" }'
    back = pack.replace('undoes = ["check"]', f'undoes = ["check"]\n{told}')
    assert mistakes_of(write(tmp_path / "letters", back)) == []
    on = pack.replace('label = { zh = "签发", en = "Sign" }', f'label = {{ zh = "签发", en = "Sign" }}\n{told}')
    assert sorted(one.key for one in mistakes_of(write(tmp_path / "letters", on))) == [
        "step[letter.sign].said.en",
        "step[letter.sign].said.zh",
    ]


def test_a_moment_stands_in_the_time_line_as_on_the_clock_of_the_site(office: Office) -> None:
    here = drafted(office, sent_at="2026-11-16T08:30")
    assert "王晓梅 拟稿（2026-11-16 08:30）" in office.desk("mei").get(here).text
    assert Entry.objects.get(event="letter.draft").particulars["sent_at"] == "2026-11-16T00:30:00+00:00"

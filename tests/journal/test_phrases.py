"""Every event that can happen has its sentence in both languages, and no sentence shows its seams."""

from __future__ import annotations

import re
import string

import pytest

from huiyin.complaints.actions import answering, ending, intake, judging, ownership, remedies, tasks
from huiyin.complaints.actions.values import PromiseInput, RemedyInput
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.phrases import _phrases, known_events, sentence
from huiyin.journal.queries import timeline
from huiyin.kernel.text import t
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import Notice
from huiyin.people.models import Person
from huiyin.procedure import vocabulary
from huiyin.records.comments import comment
from huiyin.records.files.files import attach, remove_file
from tests.cast import Factory, at
from tests.records.office import picture, upload
from tests.stage import stage
from tests.story import Story, told

works = stage("base")
OF_THE_FRAME = {"actor", "number"}


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_every_declared_event_has_a_sentence() -> None:
    silent = {e for e in vocabulary.EVENTS if e not in known_events() and e != "obligation.due_changed"}
    assert silent == set()


@pytest.mark.parametrize("event", sorted(known_events()))
def test_both_languages_say_the_same_particulars(event: str) -> None:
    text = _phrases[event]
    assert places(text.zh) == places(text.en)
    assert re.search(r"[一-鿿]", text.zh)
    assert not re.search(r"[一-鿿]", text.en)


def test_what_people_type_is_never_taken_for_a_place() -> None:
    entry = Entry(event="record.commented", actor_name="{number}", particulars={"text": "{actor} {0} %s {{x}}"})
    assert sentence(entry, "zh") == "{number}留言：{actor} {0} %s {{x}}"


def test_a_moment_is_read_in_the_time_of_the_site_and_named_where_there_is_none(works: Factory) -> None:
    said = {"text": "2026-11-23T01:00:00.000000+00:00"}
    entry = Entry(event="record.commented", actor_name="梅", particulars=said, procedure_id=works.version)
    assert sentence(entry, "zh").endswith("：2026-11-23 09:00")
    entry.procedure_id = None
    assert sentence(entry, "zh").endswith("：2026-11-23 01:00 UTC")


@pytest.mark.parametrize(
    ("language", "nobody", "somebody"),
    [
        ("zh", "客户没有接受答复：仍渗油", "客户没有接受答复（李敏）：仍渗油"),
        ("en", "The customer refused the answer: 仍渗油", "The customer (李敏) refused the answer: 仍渗油"),
    ],
)
def test_brackets_around_nothing_are_left_out(language: str, nobody: str, somebody: str) -> None:
    for who, said in (("", nobody), ("李敏", somebody)):
        entry = Entry(event="complaint.refused", particulars={"who": who, "reason": "仍渗油"})
        assert sentence(entry, language) == said


def test_an_unknown_event_is_still_told() -> None:
    assert sentence(Entry(event="complaint.sung", actor_name="王晓梅"), "en") == "王晓梅 complaint.sung"


@pytest.mark.django_db
def test_what_nobody_did_the_system_did(works: Factory) -> None:
    complaint = works.complaint()
    sweep(at=at("2026-11-16 10:40"))
    line = timeline("complaint", complaint.pk)[0]
    assert (line.who.zh, line.text.zh) == ("系统", "“核实客户身份与投诉内容”将到期，已提醒：王晓梅")


def whole_life(works: Factory) -> list[Complaint]:
    """Complaints to which everything happens that can."""
    story = Story(works, promise=PromiseInput("给出答复", at("2026-11-17 12:00")))
    c = story.complaint
    intake.ask_customer(c, "请发照片", context=story.context("mei"))
    intake.record_reply(c, "已发", context=story.context("mei"))
    story.verify()
    comment(c, "客户很急", actor=works.mei, at=story.now)
    file = attach(c, upload("漏油.png", picture()), actor=works.mei, at=story.now)
    remove_file(c, file, actor=works.mei, at=story.now)
    story.judge()
    for act, who in ((remedies.approve, "zong"), (remedies.deny, "zong")):
        row = remedies.request(c, RemedyInput("compensation", amount=3000), context=story.context("mei"))
        act(c, row, "已阅", context=story.context(who))
    remedies.grant(c, RemedyInput("compensation", amount=500), context=story.context("song"))
    one, two, three = story.assign("production", "purchasing", "warehouse")
    tasks.decline(two, "not-ours", "归生产", context=story.context("cai"))
    tasks.cancel(two, "已改派", context=story.context("lin"))
    story.accept_task(one)
    story.answer_task(one)
    tasks.return_answer(one, "太笼统", context=story.context("lin"))
    story.answer_task(one)
    tasks.approve(one, context=story.context("lin"))
    story.carry_out(one)
    tasks.verify(one, "百件无漏", context=story.context("lin"))
    story.finish(three, "ku")
    story.conclude()
    judging.return_verdict(c, "依据不足", context=story.context("qian"))
    for chapter in (
        story.conclude,
        story.approve_verdict,
        story.answer,
        story.refuse,
        story.conclude,
        story.approve_verdict,
        story.answer,
        story.accept,
    ):
        chapter()
    ownership.offer_transfer(c, works.song, "休假", context=story.context("mei"))
    ownership.decline_transfer(c, "也休假", context=story.context("song"))
    ownership.offer_transfer(c, works.song, "休假", context=story.context("mei"))
    ownership.accept_transfer(c, context=story.context("song"))
    answering.attempt_call(c, "占线", context=story.context("song"))
    story.call_back()
    intake.keep_promise(c, c.promises.get(), "已回电", context=story.context("mei"))
    sweep(at=at("2026-12-20 09:00"))
    story.close()
    ending.reopen(c, "又漏了", context=story.context("mei"))
    other, third, settled = works.complaint(), works.complaint(), told(works, "judged")
    ending.merge(other, third, context=works.context("mei", "2026-11-16 10:00"))
    ending.unmerge(other, context=works.context("mei", "2026-11-16 10:10"))
    ending.withdraw(other, "装错了", context=works.context("mei", "2026-11-16 10:20"))
    attach(settled.complaint, upload("铭牌.png", picture()), actor=works.lin, at=settled.now)
    judging.settle(settled.complaint, "换了标签", "justified", context=settled.context("lin"))
    rejected = told(works, "judged")
    attach(rejected.complaint, upload("铭牌.png", picture()), actor=works.lin, at=rejected.now)
    ending.reject(rejected.complaint, "not-our-product", "铭牌不符", context=rejected.context("qian"))
    return [c, other, third, settled.complaint, rejected.complaint]


NOT_IN_THIS_LIFE = {
    "complaint.imported",
    "complaint.forwarded",
    "complaint.supplemented",
    "complaint.demand_refused",
    "complaint.demand_requested",
    "complaint.concluded_finally",
    "record.signed",
    "record.printed",
    "record.exported",
    "record.linked",
    "record.unlinked",
    "record.signer_replaced",
    "obligation.due_changed",
    "obligation.fulfilled",
    "obligation.cancelled",
    "obligation.brought_forward",
    "obligation.put_off",
    "obligation.called_for",
    "obligation.released",
    "obligation.reckoned",
    "obligation.handed_over",
    "obligation.promise_stands",
}


@pytest.mark.django_db
def test_in_a_whole_life_no_sentence_lacks_what_it_should_say(works: Factory) -> None:
    lines = [line for c in whole_life(works) for line in timeline("complaint", c.pk)]
    happened = {line.event for line in lines}
    of_complaints = {e for e in vocabulary.EVENTS if e.split(".")[0] in ("complaint", "task", "record", "obligation")}
    assert of_complaints - happened == NOT_IN_THIS_LIFE
    seams = [(x.event, w) for x in lines for w in (x.text.zh, x.text.en) if "{" in w or "—" in w or "None" in w]
    assert seams == []


def test_a_step_that_does_not_write_what_its_sentence_names_is_found_wherever_it_is_taken(
    works: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    misspelt = t("{actor}已核实，见 {waybil}", "{actor} verified it, see {waybil}")
    monkeypatch.setitem(_phrases, "complaint.verified", misspelt)
    with pytest.raises(AssertionError, match=r"complaint\.verified names \['waybil'\]"):
        Story(works).verify()


def test_english_pages_name_people_in_english_where_they_have_such_a_name(works: Factory) -> None:
    Person.objects.filter(pk=works.mei.pk).update(name_en="Wang Xiaomei")
    story = Story(works)
    story.verify()
    first, second = timeline("complaint", story.complaint.pk)[::-1][:2]
    assert (first.who.show("zh"), first.who.show("en")) == ("王晓梅", "Wang Xiaomei")
    assert first.text.show("en").startswith("Wang Xiaomei ")
    assert first.text.show("zh").startswith("王晓梅")
    assert second.who.show("en") in ("Wang Xiaomei", second.who.show("zh"))


def test_bells_name_people_in_the_readers_language(works: Factory) -> None:
    Person.objects.filter(pk=works.mei.pk).update(name_en="Wang Xiaomei")
    story = told(works, "closed")
    hers = Entry.objects.filter(number=story.complaint.number, actor=works.mei).values("pk")
    said = [(notice.text_zh, notice.text_en) for notice in Notice.objects.filter(entry_id__in=hers)]
    named = [(zh, en) for zh, en in said if "王晓梅" in zh]
    assert named
    assert [en for _, en in said if "王晓梅" in en] == []
    assert [en for _, en in named if "Wang Xiaomei" not in en] == []

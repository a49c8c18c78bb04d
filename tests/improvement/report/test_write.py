"""Several people write at once: a clash is on one field or row, never on the report."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import content, moving
from huiyin.improvement.models import Cause, Content, Problem
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.records.search.search import search
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile
from tests.cast import Factory, day
from tests.improvement import cases
from tests.improvement.cases import NOON, refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def test_a_text_is_written_and_the_journal_keeps_what_stood_there(works: Factory) -> None:
    problem = cases.case(works)
    before = Problem.objects.get(pk=problem.pk).version
    first = content.write(problem, "symptom", "渗油", version=0, context=works.context("lin", NOON))
    second = content.write(problem, "symptom", "接头渗油", version=first.version, context=works.context("qian", NOON))
    assert (second.text, second.version, second.by, Problem.objects.get(pk=problem.pk).version) == (
        "接头渗油",
        2,
        works.qian,
        before,
    )
    entry = Entry.objects.filter(event="problem.written").latest("sequence")
    assert (entry.particulars["before"], entry.particulars["after"]) == ("渗油", "接头渗油")
    assert sentence(entry, "zh") == "钱卫东改写了 D0 的症状"
    assert sentence(entry, "en") == "钱卫东 wrote in D0: Symptom"
    lin = works.context("lin", NOON).actor
    assert lin is not None
    assert [hit.number for hit in search(lin, "接头渗油", kinds=["problem"])] == [problem.number]
    assert verify().code == 0


def test_the_same_field_clashes_and_shows_how_it_stands(works: Factory) -> None:
    problem = cases.case(works)
    content.write(problem, "symptom", "渗油", version=0, context=works.context("lin", NOON))
    with pytest.raises(ChangedMeanwhile) as clash:
        content.write(problem, "symptom", "喷油", version=0, context=works.context("qian", NOON))
    assert (clash.value.current.text, clash.value.current.version) == ("渗油", 1)
    assert Content.objects.get(problem=problem, name="symptom").text == "渗油"


def test_another_field_another_section_and_a_row_do_not_clash(works: Factory) -> None:
    problem, theirs = cases.case(works), None
    theirs = Problem.objects.get(pk=problem.pk)
    content.write(problem, "symptom", "渗油", version=0, context=works.context("lin", NOON))
    content.write(theirs, "emergency", "停发", version=0, context=works.context("qian", NOON))
    content.write(theirs, "lessons", "公差链", version=0, context=works.context("qian", NOON))
    content.put_row(problem, "cost", {"cost": "scrap", "planned": 100}, context=works.context("lin", NOON))
    assert [(c.name, c.version) for c in problem.contents.order_by("id")] == [
        ("symptom", 1),
        ("emergency", 1),
        ("lessons", 1),
    ]


def test_a_row_clashes_alone(works: Factory) -> None:
    problem = cases.case(works)
    one = cases.row(works, problem, "cost", cost="scrap", planned=100)
    other = cases.row(works, problem, "cost", cost="freight", planned=50)
    sent = works.context("lin", NOON)
    content.put_row(problem, "cost", {"actual": 90}, pk=one.pk, version=1, context=sent)
    content.put_row(problem, "cost", {"actual": 40}, pk=other.pk, version=1, context=sent)
    with pytest.raises(ChangedMeanwhile) as clash:
        content.put_row(problem, "cost", {"actual": 80}, pk=one.pk, version=1, context=sent)
    assert (clash.value.current.actual, clash.value.current.version) == (90, 2)
    with pytest.raises(ChangedMeanwhile):
        content.drop_row(problem, "cost", one.pk, version=1, context=sent)
    content.drop_row(problem, "cost", one.pk, version=2, context=sent)
    assert list(problem.costs.values_list("cost", flat=True)) == ["freight"]
    assert refused(lambda: content.drop_row(problem, "cost", one.pk, version=2, context=sent)) == ["这一行已被删去"]
    assert verify().code == 0


def test_the_same_again_is_not_entered(works: Factory) -> None:
    problem = cases.case(works)
    row = content.write(problem, "symptom", "渗油", version=0, context=works.context("lin", NOON))
    content.write(problem, "symptom", " 渗油 ", version=0, context=works.context("qian", NOON))
    cost = cases.row(works, problem, "cost", cost="scrap", planned=100)
    cases.changed(works, cost, planned=100)
    assert Entry.objects.filter(event="problem.written").count() == 2
    assert (Content.objects.get(pk=row.pk).version, problem.costs.get().version) == (1, 1)


def test_a_form_sent_twice_counts_once(works: Factory) -> None:
    from uuid import uuid4

    problem, token = cases.case(works), uuid4()
    sent = works.context("lin", NOON, submission=token)
    content.put_row(problem, "cost", {"cost": "scrap"}, context=sent)
    with pytest.raises(AlreadyDone):
        content.put_row(problem, "cost", {"cost": "scrap"}, context=sent)
    assert problem.costs.count() == 1


def test_who_may_write(works: Factory) -> None:
    problem = cases.case(works, department=works.shen.department)
    write = lambda name: content.write(  # noqa: E731
        problem, "symptom", f"{name}写", version=None, context=works.context(name, NOON)
    )
    assert refused(lambda: write("tao"), "en") == [
        "This step belongs to General Manager's Office, the owner of the case, Quality, "
        "the head of the responsible department, a member of the record's team"
    ]
    assert refused(lambda: write("shen")) == []
    member = cases.row(works, problem, "member", person=works.tao, role="member")
    assert refused(lambda: write("tao")) == []
    cases.changed(works, member, left_on=day("2026-11-16"))
    assert len(refused(lambda: write("tao"))) == 1


def test_a_finished_report_is_locked(works: Factory) -> None:
    problem = cases.through(works, cases.closed)
    said = refused(lambda: content.write(problem, "symptom", "改", version=None, context=works.context("lin", NOON)))
    assert said == ["案例已了结，内容不再改动；需要时请重新立案"]
    waiting = cases.through(works, cases.prevented)
    only_d8 = (
        "The report waits for its approval and only D8 is still written; to change anything else, have it returned"
    )
    assert refused(lambda: cases.row(works, waiting, "document", document="pfmea"), "en") == [only_d8]
    assert refused(lambda: cases.text(works, waiting, "lessons", "改"), "en") == [only_d8]
    cases.text(works, waiting, "recognition", "全组记功一次", when="2026-12-12 10:00")
    assert cases.row(works, waiting, "cost", cost="scrap").version == 1
    moving.return_report(waiting, "补 FMEA", context=works.context("qian", "2026-12-13 09:00"))
    assert waiting.state == "proven"
    assert cases.row(works, waiting, "document", document="pfmea").version == 1


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("member", {"role": "leader"}, ["请选择人员，或写明外部人员姓名"]),
        ("member", {"name": "外部专家", "role": "king"}, ["请从选项中选择"]),
        (
            "member",
            {"name": "外部专家", "role": "expert", "joined_on": day("2026-11-17"), "left_on": day("2026-11-16")},
            ["离组不能早于入组"],
        ),
        ("cause", {"leg": "occurrence", "text": ""}, ["请填写"]),
        ("cause", {"leg": "luck", "text": "运气"}, ["请从选项中选择"]),
        ("cause", {"leg": "escape", "text": "漏检", "result": "passed"}, ["请写明怎么验证的"]),
        ("document", {"document": "novel"}, ["请从选项中选择"]),
        ("deployment", {"scope": "line"}, ["请填写"]),
        ("containment", {"location": "finished", "suspect": -1}, ["可疑数量不能是负数（-1 件）"]),
    ],
)
def test_rows_that_do_not_fit(works: Factory, kind: str, values: dict[str, object], said: list[str]) -> None:
    problem = cases.case(works)
    assert refused(lambda: cases.row(works, problem, kind, **values)) == said
    assert not getattr(problem, f"{kind}s").exists()


def test_who_joins_may_leave_on_the_same_day(works: Factory) -> None:
    problem, today = cases.case(works), day("2026-11-17")
    row = cases.row(works, problem, "member", name="外部专家", role="expert", joined_on=today, left_on=today)
    assert (row.joined_on, row.left_on) == (today, today)


def test_a_measure_is_aimed_at_a_cause_of_its_own_case(works: Factory) -> None:
    problem, other = cases.case(works), cases.case(works, title="另一件")
    cause = cases.row(works, other, "cause", leg="occurrence", text="刀具磨损")
    said = refused(lambda: cases.row(works, problem, "action", measure="corrective", text="换刀", cause=cause))
    assert (said, problem.actions.count()) == (["请选择本案例的原因"], 0)


@pytest.mark.parametrize(("kind", "name"), [("member", "task"), ("containment", "method"), ("cost", "note")])
def test_words_of_a_row_are_as_long_as_their_column_and_no_longer(works: Factory, kind: str, name: str) -> None:
    problem = cases.case(works)
    needed = {
        "member": {"name": "外部专家", "role": "expert"},
        "containment": {"location": "finished"},
        "cost": {"cost": "scrap"},
    }[kind]
    most = content.MODELS[kind]._meta.get_field(name).max_length
    row = cases.row(works, problem, kind, **needed, **{name: "长" * most})
    assert getattr(row, name) == "长" * most
    assert refused(lambda: cases.row(works, problem, kind, **needed, **{name: "长" * (most + 1)})) == [
        f"最多 {most} 个字"
    ]


def test_rows_that_steps_make_are_not_put_by_hand(works: Factory) -> None:
    problem = cases.case(works)
    for kind in ("effect", "submission", "content", "nonsense"):
        with pytest.raises(LookupError):
            cases.row(works, problem, kind)
    with pytest.raises(LookupError):
        cases.row(works, problem, "cause", leg="escape", text="漏检", verified_text="漏检")
    with pytest.raises(LookupError):
        content.write(problem, "novel", "…", version=0, context=works.context("lin", NOON))


def test_the_tree_of_whys_stays_a_tree(works: Factory) -> None:
    problem, other = cases.case(works), cases.case(works)
    top = cases.row(works, problem, "cause", leg="occurrence", text="漏油")
    why = cases.row(works, problem, "cause", leg="occurrence", text="压缩量不足", parent=top)
    escape = cases.row(works, problem, "cause", leg="escape", text="没试压")
    foreign = cases.row(works, other, "cause", leg="occurrence", text="别处")
    same_leg = ["请选择同一条线上的原因"]
    assert refused(lambda: cases.changed(works, why, parent=escape)) == same_leg
    assert refused(lambda: cases.changed(works, why, parent=foreign)) == same_leg
    assert refused(lambda: cases.changed(works, top, parent=why)) == ["原因不能放在自己下面"]

    def drop(cause: Cause) -> None:
        content.drop_row(problem, "cause", cause.pk, version=None, context=works.context("lin", NOON))

    assert refused(lambda: drop(top)) == ["下面还有原因，请先删去它们"]
    cases.row(works, problem, "action", measure="corrective", cause=why, text="改沟槽")
    assert refused(lambda: drop(why)) == ["有措施针对这个原因，请先改动措施"]
    drop(escape)
    assert list(problem.causes.order_by("id")) == [top, why]

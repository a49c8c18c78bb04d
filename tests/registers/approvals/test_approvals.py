"""Requests that pass levels of signatures: countersigned, returned, taken back, passed on, asked again."""

from __future__ import annotations

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.models import Delegation
from huiyin.procedure.kind_entries import ApprovalLevel
from huiyin.records.files.files import attach, remove_file
from huiyin.records.models import Attachment
from huiyin.records.steps.refusals import Refused
from huiyin.registers.actions import FormInput, correct, end, open_record, take
from huiyin.registers.approvals import approvals
from huiyin.registers.approvals.signers import AskedOf
from huiyin.registers.models import ApprovalRound, ApprovalSigner, FormRecord
from tests.cast import Factory, at
from tests.records.office import picture, upload
from tests.registers.works import PACK
from tests.stage import stage

works = stage(PACK)
MORNING = "2026-11-16 09:00"


def drafted(works: Factory, amount: str = "800", reviewer: str = "lin") -> FormRecord:
    person = works.people[reviewer]
    facts = {"what": "换一批密封圈", "amount": amount, "reviewer": {"person": person.pk, "name": person.name}}
    return open_record(
        "request", "draft", FormInput(facts), procedure_id=works.version, context=works.context("mei", MORNING)
    )


def submitted(works: Factory, amount: str = "800", reviewer: str = "lin") -> FormRecord:
    record = drafted(works, amount, reviewer)
    return take(record, "submit", FormInput(), context=works.context("mei", MORNING))


def trial(works: Factory) -> FormRecord:
    context = works.context("mei", MORNING)
    record = open_record("trial", "draft", FormInput({"what": "试一台"}), procedure_id=works.version, context=context)
    return take(record, "submit_release", FormInput(), context=context)


def place(record: FormRecord, name: str, works: Factory) -> ApprovalSigner:
    """Where the person is asked to sign now, by name or for their department."""
    person = works.people[name]
    found = ApprovalSigner.objects.filter(record=record, state="asked").select_related("person", "department")
    for one in found:
        asked = one.person_id == person.pk if one.person_id else one.department_id == person.department_id
        if asked:
            one.record = record
            return one
    raise AssertionError(f"{name} is not asked among {awaited(record)}")


def sign(record: FormRecord, works: Factory, *names: str, when: str = "2026-11-16 10:00") -> FormRecord:
    for name in names:
        approvals.sign(place(record, name, works), f"{name} ok", context=works.context(name, when))
        record.refresh_from_db()
    return record


def awaited(record: FormRecord) -> list[str]:
    rows = ApprovalSigner.objects.filter(record=record, state="asked").select_related("person", "department")
    return [one.person.name if one.person else f"{one.department.name_zh}" for one in rows]


def owed(record: FormRecord) -> list[tuple[str, int | None]]:
    rows = Obligation.objects.filter(OPEN, kind=record.kind, record_id=record.pk).order_by("id")
    return [(row.rule, row.owner_person_id) for row in rows]


def said(record: FormRecord, event: str, language: str = "zh") -> list[str]:
    found = Entry.objects.filter(kind=record.kind, record_id=record.pk, event=event).order_by("id")
    return [sentence(one, language) for one in found]


def clean() -> None:
    assert (verify().code, verify().fault) == (0, None)


pytestmark = pytest.mark.django_db


def test_countersigned_by_all_then_by_two_of_three_and_a_level_that_is_not_needed(works: Factory) -> None:
    record = submitted(works)
    assert (record.state, awaited(record)) == ("in-approval", ["林志远", "陶工"])
    assert owed(record) == [("request-review-sign", works.lin.pk), ("request-review-sign", works.tao.pk)]
    assert said(record, "request.submit") == ["王晓梅 提交会签。“总经理批准”不需要：金额不超过 1000"]
    assert said(record, "request.submit", "en")[0].endswith("Release is not needed: Amount is not over 1000")
    assert said(record, "request-signer.asked")[0] == "审核：请 林志远 签署"

    sign(record, works, "lin")
    assert owed(record) == [("request-review-sign", works.tao.pk)]
    sign(record, works, "tao")
    assert awaited(record) == ["质量部", "沈主任", "蔡采购"]
    assert said(record, "request-signer.sign")[0] == "林志远 签署同意（审核）。lin ok"
    assert said(record, "request-signer.sign", "en")[0] == "林志远 agreed and signed (Review). lin ok"
    sign(record, works, "qian")
    assert record.state == "in-approval"
    sign(record, works, "cai")
    assert (record.state, owed(record)) == ("released", [("request-finish", works.mei.pk)])
    assert said(record, "request.approve") == ["会签通过，最后由 蔡采购 签署"]
    assert said(record, "request-signer.excused") == ["部门会签：不再请 沈主任 签署"]
    fulfilled = Obligation.objects.filter(record_id=record.pk, kind="request", fulfilled_at__isnull=False)
    fulfilled = fulfilled.exclude(rule="request-submit")
    assert (fulfilled.count(), fulfilled.filter(clause="W1").count()) == (4, 4)
    clean()


def test_two_of_three_are_two_different_people(works: Factory) -> None:
    record = sign(submitted(works), works, "lin", "tao", "qian")
    rows = ApprovalSigner.objects.filter(record=record, level="request.cosign")
    assert [one.state for one in rows] == ["signed", "asked", "asked"]
    Delegation.objects.create(
        person=works.shen, deputy=works.qian, starts_at=at("2026-11-16 00:00"), ends_at=at("2026-11-17 00:00")
    )
    with pytest.raises(Refused, match="您已经签过"):
        approvals.sign(place(record, "shen", works), context=works.context("qian", "2026-11-16 10:30"))
    assert sign(record, works, "shen").state == "released"


def test_in_turn_then_either_and_once_is_enough(works: Factory) -> None:
    record = trial(works)
    assert awaited(record) == ["钱卫东"]
    with pytest.raises(AssertionError):
        place(record, "tao", works)
    sign(record, works, "qian")
    assert (awaited(record), owed(record)) == (["陶工"], [("trial-release-line-sign", works.tao.pk)])
    sign(record, works, "tao")
    assert record.state == "released"
    assert said(record, "trial-signer.carried") == ["任一签署：钱卫东 在前面已经签署，不再请签"]
    assert said(record, "trial-signer.carried", "en") == ["Either: 钱卫东 has signed already and is not asked again"]
    clean()


def test_an_added_signer_counts(works: Factory) -> None:
    record = submitted(works)
    context = works.context("lin", "2026-11-16 10:00")
    approvals.add_signer(place(record, "lin", works), works.peng, "懂现场", context=context)
    assert awaited(record) == ["林志远", "陶工", "彭师傅"]
    assert ("request-review-sign", works.peng.pk) in owed(record)
    assert said(record, "request-signer.add_signer") == ["林志远 请 彭师傅 加签（审核）。懂现场"]
    sign(record, works, "lin", "tao")
    assert awaited(record) == ["彭师傅"]
    sign(record, works, "peng")
    assert awaited(record) == ["质量部", "沈主任", "蔡采购"]
    with pytest.raises(Refused, match="已经请此人签署"):
        approvals.add_signer(place(record, "cai", works), works.shen, context=works.context("cai", "2026-11-16 11:00"))
    clean()


def test_returned_to_a_level_and_straight_back(works: Factory) -> None:
    record = sign(submitted(works, "5000"), works, "lin", "tao", "qian", "shen")
    assert awaited(record) == ["总经理赵"]
    context = works.context("zong", "2026-11-16 13:00")
    approvals.refuse(place(record, "zong", works), "再看一遍", "request.review", True, context=context)
    record.refresh_from_db()
    assert (record.state, awaited(record)) == ("in-approval", ["林志远", "陶工"])
    assert said(record, "request-signer.refuse") == ["总经理赵 不同意（总经理批准），退回到“审核”：再看一遍"]
    assert said(record, "request-signer.refuse", "en") == ["总经理赵 refused (Release), returned to Review: 再看一遍"]
    sign(record, works, "lin", "tao", when="2026-11-16 14:00")
    assert awaited(record) == ["总经理赵"]
    sign(record, works, "zong", when="2026-11-16 15:00")
    assert (record.state, owed(record)) == ("released", [("request-finish", works.mei.pk)])
    assert ApprovalSigner.objects.filter(record=record, level="request.cosign").count() == 3
    clean()


def test_returned_to_the_author_unchanged_straight_back_changed_from_the_first_level(works: Factory) -> None:
    for changed in (False, True):
        record = sign(submitted(works), works, "lin", "tao")
        context = works.context("cai", "2026-11-16 13:00")
        approvals.refuse(place(record, "cai", works), "说明不清", "", True, context=context)
        record.refresh_from_db()
        assert (record.state, awaited(record)) == ("drafted", [])
        assert owed(record) == [("request-revise", works.mei.pk)]
        assert said(record, "request.send_back") == ["蔡采购 退回修改：说明不清"]
        mei = works.context("mei", "2026-11-16 14:00")
        if changed:
            correct(record, FormInput({**record.extra, "amount": "900"}), context=mei)
        take(record, "submit", FormInput(), context=mei)
        if changed:
            assert awaited(record) == ["林志远", "陶工"]
            assert "内容有改动，从第一级重新签署" in said(record, "request.submit")[-1]
        else:
            assert awaited(record) == ["质量部", "沈主任", "蔡采购"]
            assert "直接回到“部门会签”" in said(record, "request.submit")[-1]
            assert "straight back to Departments" in said(record, "request.submit", "en")[-1]
    clean()


def test_withdrawn_until_somebody_signed_and_a_signature_taken_back(works: Factory) -> None:
    record = submitted(works)
    mei = works.context("mei", "2026-11-16 10:00")
    end(record, "withdraw", "写错了", context=mei)
    assert (record.state, awaited(record)) == ("drafted", [])
    assert owed(record) == [("request-submit", works.mei.pk)]
    assert said(record, "request.withdraw") == ["王晓梅 撤回了会签：写错了"]
    take(record, "submit", FormInput(), context=mei)
    sign(record, works, "lin")
    with pytest.raises(Refused, match="已经有人签署"):
        end(record, "withdraw", "又错了", context=mei)
    mine = ApprovalSigner.objects.filter(record=record, state="signed").latest("id")
    mine.record = record
    approvals.take_back(mine, "看漏一处", context=works.context("lin", "2026-11-16 10:30"))
    assert awaited(record) == ["林志远", "陶工"]
    assert ("request-review-sign", works.lin.pk) in owed(record)
    sign(record, works, "lin", "tao")
    clean()


def test_passed_on_and_signed_by_a_deputy(works: Factory) -> None:
    record = submitted(works)
    approvals.transfer(place(record, "lin", works), works.peng, "他管", context=works.context("lin", MORNING))
    assert awaited(record) == ["陶工", "彭师傅"]
    assert said(record, "request-signer.transfer", "en") == ["林志远 passed it on to 彭师傅 (Review). 他管"]
    Delegation.objects.create(
        person=works.tao, deputy=works.fang, starts_at=at("2026-11-16 00:00"), ends_at=at("2026-11-17 00:00")
    )
    seat = place(record, "tao", works)
    approvals.sign(seat, "同意", context=works.context("fang", "2026-11-16 10:00"))
    seat.refresh_from_db()
    assert (seat.signed_by, seat.signed_for) == (works.fang, works.tao)
    assert said(record, "request-signer.sign") == ["方会计（代 陶工） 签署同意（审核）。同意"]
    assert said(record, "request-signer.sign", "en") == ["方会计 for 陶工 agreed and signed (Review). 同意"]
    with pytest.raises(Refused):
        approvals.sign(place(record, "peng", works), context=works.context("fang", "2026-11-16 10:00"))
    clean()


def test_what_changes_after_signing_voids_the_round_and_asks_again(works: Factory) -> None:
    record = sign(submitted(works), works, "lin")
    first = ApprovalSigner.objects.get(record=record, state="signed")
    assert first.content == first.round.content
    correct(record, FormInput({**record.extra, "amount": "2000"}), context=works.context("mei", "2026-11-16 11:00"))
    assert (record.state, awaited(record)) == ("in-approval", ["林志远", "陶工"])
    assert [one.standing for one in ApprovalRound.objects.filter(record=record)] == ["void", "running"]
    assert said(record, "request.ask_again") == ["签署的内容有改动，原来的签字作废，重新会签。"]
    assert "no longer hold" in said(record, "request.ask_again", "en")[0]
    sign(record, works, "lin", "tao", "qian", "cai", "zong")
    assert record.state == "released"
    correct(record, FormInput({**record.extra, "what": "别的"}), context=works.context("mei", "2026-11-16 12:00"))
    assert (record.state, awaited(record)) == ("in-approval", ["林志远", "陶工"])
    clean()


def test_files_of_a_field_are_signed_and_those_beside_the_record_are_not(works: Factory) -> None:
    """Nobody takes off a paper that others sign for; what lies beside the record voids nothing."""
    context = works.context("mei", MORNING)
    papers = [upload("图纸.png", picture()), upload("报价.png", picture(size=(30, 30)))]
    receipt = [upload("收据.png", picture(size=(25, 25)))]
    given = FormInput({"what": "试一台"}, files={"papers": papers, "receipt": receipt})
    record = open_record("trial", "draft", given, procedure_id=works.version, context=context)
    take(record, "submit_release", FormInput(), context=context)
    attach(record, upload("旁注.png", picture(size=(20, 20))), actor=works.mei, at=context.at)
    for name in ("旁注.png", "收据.png"):  # the receipt belongs to a field that is filled in later
        remove_file(record, Attachment.objects.get(name=name), actor=works.mei, at=context.at)
    quotation = Attachment.objects.get(name="报价.png")
    with pytest.raises(Refused) as refused:
        remove_file(record, quotation, actor=works.mei, at=context.at)
    assert [said.show("zh") for said in refused.value.reasons] == ["文件已随记录送签，撤回或退回之后才能去掉"]
    take(record, "withdraw_release", FormInput(), context=works.context("mei", "2026-11-16 11:00"))
    record = FormRecord.objects.get(pk=record.pk)
    remove_file(record, quotation, actor=works.mei, at=context.at)
    take(record, "submit_release", FormInput(), context=works.context("mei", "2026-11-16 11:10"))
    assert (record.state, awaited(record)) == ("in-approval", ["钱卫东"])
    assert sign(record, works, "qian", "tao", when="2026-11-16 12:00").state == "released"
    with pytest.raises(Refused):
        remove_file(record, Attachment.objects.get(name="图纸.png"), actor=works.mei, at=context.at)
    clean()


def test_what_may_be_filled_in_later_voids_nothing(works: Factory) -> None:
    record = sign(submitted(works), works, "lin", "tao", "qian", "cai")
    take(record, "finish", FormInput({"paid_on": "2026-11-20"}), context=works.context("mei", "2026-11-16 12:00"))
    assert (record.state, ApprovalRound.objects.get(record=record).standing) == ("done", "approved")
    clean()


def test_a_refusal_ends_it(works: Factory) -> None:
    record = trial(works)
    approvals.transfer(place(record, "qian", works), works.lin, context=works.context("qian", "2026-11-16 09:30"))
    sign(record, works, "lin", "tao")
    context = works.context("fang", "2026-11-16 11:00")
    approvals.refuse(place(record, "fang", works), "没有预算", context=context)
    record.refresh_from_db()
    assert (record.state, record.phase, awaited(record), owed(record)) == ("refused", "void", [], [])
    assert said(record, "trial-signer.refuse") == ["方会计 不同意（任一签署），会签结束：没有预算"]
    assert said(record, "trial.turn_down_release", "en") == ["方会计 refused it: 没有预算"]
    clean()


def test_a_void_record_is_signed_by_nobody(works: Factory) -> None:
    record = submitted(works)
    end(record, "void", "不要了", context=works.context("mei", "2026-11-16 10:00"))
    assert (ApprovalRound.objects.get(record=record).standing, awaited(record), owed(record)) == ("void", [], [])
    clean()


def test_a_level_that_nobody_holds_falls_to_its_head(works: Factory) -> None:
    works.lin.is_active = False
    works.lin.save()
    works.tao.is_active = False
    works.tao.save()
    record = submitted(works)
    assert awaited(record) == ["钱卫东", "总经理赵"]
    for one in (works.qian, works.zong):
        one.is_active = False
        one.save()
    other = drafted(works, reviewer="lin")
    with pytest.raises(Refused, match="没有人可以签署"):
        take(other, "submit", FormInput(), context=works.context("mei", "2026-11-16 10:00"))


@pytest.mark.parametrize(
    ("who", "amount", "asked"),
    [
        ("authority:compensation.amount", "10", "宋建国"),
        ("authority:compensation.amount", "999999999", "总经理室"),
        ("record.head", "10", "宋建国"),
        ("owner", "10", "王晓梅"),
        ("field:reviewer", "10", "林志远"),
        ("quality.head", "10", "钱卫东"),
        ("quality", "10", "质量部"),
    ],
)
def test_whom_a_level_may_ask(works: Factory, who: str, amount: str, asked: str) -> None:
    record = drafted(works, amount)
    label = works.procedure.approvals[0].label
    level = ApprovalLevel(key="request.one", label=label, who=(who,))
    found = AskedOf(record, works.procedure).of(level)
    names = [one.person.name if one.person else one.department.name_zh for one in found if one.department]
    assert names == [asked]

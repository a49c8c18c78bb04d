"""``huiyin demo``: a demonstration company in an empty database."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import timedelta

from django.db import transaction

from huiyin.complaints.models import Complaint
from huiyin.contacts.models import Contact
from huiyin.customers.models import Customer
from huiyin.demo import people
from huiyin.demo.company import DemoCompany, first_moment, last_midnight
from huiyin.demo.schedule import schedule
from huiyin.demo.staff import ACCOUNTS, PASSWORD
from huiyin.demo.texts.staff import STAFF
from huiyin.demo.timeline import Timeline
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.obligations.models import Obligation
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.loader import load_pack
from huiyin.procedure.models import EFFECTIVE, ProcedureVersion
from huiyin.registers.models import FormRecord

PACK = "feedback"
MOST_PLAYED = 300
"""Complaints played step by step; what a larger wish exceeds that by comes in from old registers."""


def command(args: Namespace) -> int:
    """Make the company with ``args.complaints`` complaints from ``args.seed`` up to ``args.at``; nothing twice."""
    if people.is_staffed():
        there = t(
            "演示公司已经有了（{n} 件投诉），没有再添加",
            "The demonstration company is there already ({n} complaints); nothing added",
            n=Complaint.objects.count(),
        )
        _say(there, args.language)
        return 0
    reason = _refusal(args)
    if reason is not None:
        _say(reason, args.language)
        return 1
    with transaction.atomic():  # a company is there as a whole, or not at all
        company = _make(args)
    _greet(company, args.language)
    return 0


def _make(args: Namespace) -> DemoCompany:
    version = _version(args)
    calendar = versions.procedure_of(version).calendar_for(None)
    company = DemoCompany(args.seed, version, last_midnight(args.at, calendar))
    people.seat(list(Department.objects.filter(active=True)), at=company.begins - timedelta(days=1))
    played, before = divided(args.complaints)
    timeline = Timeline(company)
    schedule(timeline, played, before=before)
    timeline.play()
    return company


def divided(complaints: int) -> tuple[int, int]:
    """How many of so many complaints are played, at least one, and how many come in from old registers."""
    played = min(max(complaints, 1), MOST_PLAYED)
    return played, max(complaints - played, 0)


def _version(args: Namespace) -> int:
    """The procedure in force; without one the pack is adopted the day before the records begin."""
    current = ProcedureVersion.objects.filter(state=EFFECTIVE).first()
    if current is not None:
        return current.pk
    procedure = load_pack(args.pack or PACK)
    drafter, reviewer, approver = (
        next(member.name for member in STAFF if member.function == function and member.head)
        for function in ("quality", "office", "management")
    )
    calendar = procedure.calendar_for(None)
    adopted = versions.adopt(
        procedure,
        drafted_by=versions.Signer(drafter),
        reviewed_by=versions.Signer(reviewer),
        approved_by=versions.Signer(approver),
        at=first_moment(last_midnight(args.at, calendar), calendar) - timedelta(days=1),
    )
    return adopted.pk


def _refusal(args: Namespace) -> Text | None:
    """Why this database is not for a demonstration."""
    for model in (Person, Customer, Contact, Complaint):
        if model._default_manager.exists():
            return t(
                "数据库里已有公司的数据，不建演示公司；演示请用空的数据库",
                "The database holds a company's data; a demonstration needs an empty one",
            )
    current = ProcedureVersion.objects.filter(state=EFFECTIVE).first()
    if current is not None and args.pack and args.pack != current.key:
        return t(
            "现行程序是 {current}，不能按 {pack} 演示",
            "The procedure in force is {current}; it cannot be demonstrated by {pack}",
            current=current.key,
            pack=args.pack,
        )
    return None


def _greet(company: DemoCompany, language: str) -> None:
    """What there is now, who can sign in, and the suppliers' links, which nobody can read again later."""
    built = t(
        "演示公司建好了：{customers} 家客户，{contacts} 次联系，{complaints} 件投诉，{obligations} 项责任，{entries} 条流水",
        "The demonstration company is built: {customers} customers, {contacts} contacts, {complaints} complaints, "
        "{obligations} obligations, {entries} entries",
        customers=Customer.objects.count(),
        contacts=Contact.objects.count(),
        complaints=Complaint.objects.count(),
        obligations=Obligation.objects.count(),
        entries=Entry.objects.count(),
    )
    _say(built, language)
    made = set(FormRecord.objects.values_list("kind", flat=True).distinct())
    left_out = [kind.label for kind in company.procedure.kinds if kind.part_of is None and kind.key not in made]
    if left_out:
        said = t(
            "本程序自己的登记表没有演示记录：{kinds}",
            "Of the registers that this procedure declares itself there are no records: {kinds}",
            kinds=Text("、".join(one.zh for one in left_out), ", ".join(one.en for one in left_out)),
        )
        _say(said, language)
    names = ", ".join(member.username for member in ACCOUNTS)
    sign_in = t(
        "登录：{names}；密码都是 {password}",
        "Sign in as {names}; the password is {password} for all",
        names=names,
        password=PASSWORD,
    )
    _say(sign_in, language)
    for link in company.links:
        shown = t("供方答复链接（只显示这一次）：{link}", "A supplier's link, shown this once: {link}", link=link)
        _say(shown, language)


def _say(text: Text, language: str) -> None:
    sys.stdout.write(text.show(language) + "\n")
    sys.stdout.flush()

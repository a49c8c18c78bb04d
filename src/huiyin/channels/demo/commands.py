"""``huiyin demo``: a demonstration company in an empty database."""

from __future__ import annotations

import sys
from argparse import Namespace

from huiyin.channels.demo import building, people, scenes
from huiyin.channels.demo.staff import ACCOUNTS, PASSWORD, STAFF
from huiyin.complaints.models import Complaint
from huiyin.contacts.models import Contact
from huiyin.customers.models import Customer
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.obligations.models import Obligation
from huiyin.people.models import Person
from huiyin.procedure.loader import load_pack
from huiyin.procedure.models import EFFECTIVE, ProcedureVersion
from huiyin.procedure.versions import Signer, adopt

PACK = "feedback"


def command(args: Namespace) -> int:
    """Build the company with ``args.complaints`` complaints from ``args.seed`` up to ``args.at``; nothing twice."""
    language = args.language
    if people.is_staffed():
        _say(
            t(
                "演示公司已经有了（{n} 件投诉），没有再添加",
                "The demonstration company is there already ({n} complaints); nothing added",
                n=Complaint.objects.count(),
            ),
            language,
        )
        return 0
    reason = _refusal(args)
    if reason is not None:
        _say(reason, language)
        return 1
    wanted = building.Wanted(max(args.complaints, 1), args.seed, args.at, _version(args))
    building.build(wanted, tell=_progress(language))
    played = scenes.play(wanted.seed, wanted.version, at=wanted.at)
    _say(
        t(
            "演示公司建好了：{customers} 家客户，{contacts} 次联系，{complaints} 件投诉，{obligations} 项责任，{entries} 条流水",
            "The demonstration company is built: {customers} customers, {contacts} contacts, {complaints} complaints, "
            "{obligations} obligations, {entries} entries",
            customers=Customer.objects.count(),
            contacts=Contact.objects.count(),
            complaints=Complaint.objects.count(),
            obligations=Obligation.objects.count(),
            entries=Entry.objects.count(),
        ),
        language,
    )
    _say(
        t(
            "登录：{names}；密码都是 {password}",
            "Sign in as {names}; the password is {password} for all",
            names=", ".join(account.username for account in ACCOUNTS),
            password=PASSWORD,
        ),
        language,
    )
    for link in played.links:
        _say(
            t(
                "供方答复链接（只显示这一次）：{link}",
                "A supplier's link, shown this once: {link}",
                link=link,
            ),
            language,
        )
    return 0


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


def _version(args: Namespace) -> int:
    """The procedure in force; without one the pack is adopted as of the day from which the records reach."""
    current = ProcedureVersion.objects.filter(state=EFFECTIVE).first()
    if current is not None:
        return current.pk
    procedure = load_pack(args.pack or PACK)
    drafter, reviewer, approver = (
        next(m.name for m in STAFF if m.function == function and m.head)
        for function in ("quality", "office", "management")
    )
    adopted = adopt(
        procedure,
        drafted_by=Signer(drafter),
        reviewed_by=Signer(reviewer),
        approved_by=Signer(approver),
        at=building.begins(args.at, procedure),
    )
    return adopted.pk


def _progress(language: str) -> building.Tell:
    """Says every tenth part of a large number, or nothing."""
    said = 0

    def tell(done: int, of: int) -> None:
        nonlocal said
        if of >= building.MANY and done * 10 // of > said:
            said = done * 10 // of
            _say(t("{done} / {of} 件投诉", "{done} / {of} complaints", done=done, of=of), language)

    return tell


def _say(text: Text, language: str) -> None:
    sys.stdout.write(text.show(language) + "\n")
    sys.stdout.flush()

"""``huiyin person add`` and ``huiyin person password``."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from huiyin.kernel.text import Text, t
from huiyin.people import actions
from huiyin.people.models import Department, Person
from huiyin.people.names import username_fault


def _say(args: Namespace, text: Text) -> None:
    sys.stdout.write(text.show(args.language) + "\n")


def person_add(args: Namespace) -> int:
    """Make an account without a password; ``person password`` sets one."""
    if (fault := username_fault(args.username)) is not None:
        _say(args, fault)
        return 2
    if Person.objects.filter(username__iexact=args.username).exists():
        _say(args, t("用户名 {name} 已有人用", "The user name {name} is taken", name=args.username))
        return 1
    department = Department.objects.filter(key=args.department).first() if args.department else None
    if args.department and department is None:
        known = ", ".join(Department.objects.filter(active=True).values_list("key", flat=True))
        _say(
            args,
            t("没有这个部门，可选：{known}", "No such department; one of: {known}", known=known)
            if known
            else t(
                "还没有部门；先运行 huiyin adopt，让程序生效",
                "There are no departments yet; run huiyin adopt first, which brings a procedure into force",
            ),
        )
        return 2
    actions.add_person(
        username=args.username,
        name=args.name,
        password=None,
        at=args.at,
        department=department,
        is_head=args.head,
        is_administrator=args.administrator,
    )
    _say(args, t("已登记；请用 person password 设定密码", "Added; set a password with: person password"))
    return 0


def person_password(args: Namespace) -> int:
    """Set somebody's password, read from the terminal or from standard input."""
    person = Person.objects.filter(username__iexact=args.username).first()
    if person is None:
        _say(args, t("没有用户 {name}", "There is no user {name}", name=args.username))
        return 1
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        with translation.override("en" if args.language == "en" else "zh-hans"):
            validate_password(password, person)
    except ValidationError as refused:
        sys.stdout.write("\n".join(refused.messages) + "\n")
        return 1
    person.set_password(password)
    person.save(update_fields=["password"])
    _say(args, t("密码已设定", "The password is set"))
    return 0

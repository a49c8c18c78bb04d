"""Leave with a deputy, and accounts."""

from __future__ import annotations

from typing import Any

from huiyin.kernel.text import t
from huiyin.people.models import Department, Person
from huiyin.people.names import username_fault
from huiyin.procedure.vocabulary import FUNCTIONS
from huiyin.ui import forms


class LeaveForm(forms.StepForm):
    """From when to when somebody is away, and who stands in."""

    deputy = forms.Choice(label=t("代理人", "Deputy"))
    starts_at = forms.Moment(label=t("从", "From"))
    ends_at = forms.Moment(label=t("到", "Until"))
    reason = forms.TextInput(label=t("事由", "Reason"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.filter(is_active=True).exclude(pk=person.pk).select_related("department")
        self.add_choices("deputy", [(str(p.pk), p.display_name) for p in others])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end <= start:
            self.refuse_field("ends_at", t("结束须晚于开始", "The end must come after the start"))
        return cleaned


class PersonForm(forms.StepForm):
    """An account: who, which department, head or not."""

    username = forms.TextInput(label=t("用户名", "User name"), max_length=60)
    name = forms.TextInput(label=t("姓名", "Name"), max_length=60)
    name_en = forms.TextInput(label=t("英文名", "Name in English"), required=False, max_length=80)
    department = forms.Choice(label=t("部门", "Department"), required=False)
    is_head = forms.YesNo(label=t("部门负责人", "Head of the department"))
    mobile = forms.TextInput(label=t("手机", "Mobile"), required=False, max_length=30)
    email = forms.TextInput(label=t("电子邮箱", "E-mail"), required=False, kind="email")
    extra_functions = forms.Choices(
        label=t("另外担任的职能", "Functions beside those of the department"),
        required=False,
        help=t("部门已有的职能不必再选；审核员在这里指定", "Not those the department has; auditors are named here"),
    )
    is_administrator = forms.YesNo(label=t("系统管理员", "Administrator"))
    is_active = forms.YesNo(label=t("在用", "Active"), initial=True)
    successor = forms.Choice(
        label=t("停用后由谁接手", "Who takes over when it is closed"),
        required=False,
        help=t(
            "此人欠着的、负责的、等他签的，都由接手人办",
            "Does what this person owes, is in charge of or is asked to sign",
        ),
    )
    password = forms.TextInput(
        label=t("密码", "Password"),
        required=False,
        kind="password",
        autocomplete="new-password",
        help=t("至少十个字符", "Ten characters at least"),
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        departments = [(str(d.pk), d.name) for d in Department.objects.filter(active=True)]
        self.add_choices("department", [("", t("不属任何部门", "None")), *departments])
        self.add_choices("extra_functions", list(FUNCTIONS.items()))
        others = Person.objects.filter(is_active=True).exclude(pk=person.pk if person else 0).order_by("name")
        self.add_choices("successor", [("", t("不指定", "Nobody")), *((str(p.pk), p.display_name) for p in others)])
        if person is not None:
            password: Any = self.fields["password"]
            password.help_text = t("至少十个字符；留空则不改", "Ten characters at least; empty leaves it as it is")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_head") and not cleaned.get("department"):
            self.refuse_field("department", t("负责人须属于一个部门", "A head belongs to a department"))
        return cleaned

    def clean_username(self) -> str:
        """Nobody else has this name, or one that looks like it."""
        name = str(self.cleaned_data["username"])
        fault = None if self.person and self.person.username == name else username_fault(name)
        if fault is not None:
            self.refuse_field("username", fault)
        taken = Person.objects.filter(username__iexact=name).exclude(pk=self.person.pk if self.person else 0)
        if taken.exists():
            self.refuse_field("username", t("这个用户名已有人用", "This user name is taken"))
        return name

    def clean_password(self) -> str:
        """Strong enough, by Django's validators; a new account needs one."""
        from django.contrib.auth.password_validation import validate_password

        password = str(self.cleaned_data["password"] or "")
        if password:
            validate_password(password, self.person)
        elif self.person is None:
            self.refuse_field("password", t("新账号需要密码", "A new account needs a password"))
        return password

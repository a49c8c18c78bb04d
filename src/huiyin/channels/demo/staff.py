"""Who works at the demonstration company; declarations only, so that its sign-ins are known without a database."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.text import Text, t

PASSWORD = "demo-factory-7"  # noqa: S105 - public on purpose: the greeting of bin/up prints it
DOMAIN = "wangshu.example"
"""Addresses of the company's staff end so; no real address does (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as; ``does`` says in a few words what they see and do."""

    username: str
    password: str
    name: Text
    does: Text


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff: the function they are hired for, whether they head their department."""

    username: str
    name: str
    name_en: str
    function: str
    head: bool = False
    does: Text | None = None


STAFF: tuple[Member, ...] = (
    Member(
        "reception",
        "王晓梅",
        "Wang Xiaomei",
        "reception",
        False,
        t("客户受理：登记、核实、答复、回访", "reception: registers, verifies, answers, calls back"),
    ),
    Member(
        "reception-head",
        "宋建国",
        "Song Jianguo",
        "reception",
        True,
        t("客户受理负责人：分派、补救、升级提醒", "head of reception: remedies, escalations"),
    ),
    Member(
        "quality",
        "林志远",
        "Lin Zhiyuan",
        "quality",
        False,
        t("质量：判定、分派、审核、汇总", "quality: judges, assigns, approves, concludes"),
    ),
    Member(
        "quality-head",
        "钱卫东",
        "Qian Weidong",
        "quality",
        True,
        t("质量负责人：批准结论、判不成立", "head of quality: approves verdicts, rejects with evidence"),
    ),
    Member(
        "technical",
        "陶立群",
        "Tao Liqun",
        "technical",
        True,
        t("技术负责人：原因分析", "head of engineering: finds causes"),
    ),
    Member(
        "production",
        "彭大勇",
        "Peng Dayong",
        "production",
        False,
        t("生产：提交原因与措施、落实", "production: answers tasks with causes and measures"),
    ),
    Member("production-head", "沈国平", "Shen Guoping", "production", True, t("生产负责人", "head of production")),
    Member(
        "purchasing",
        "蔡文静",
        "Cai Wenjing",
        "purchasing",
        True,
        t("采购负责人：供方原因", "head of purchasing: causes at suppliers"),
    ),
    Member(
        "warehouse",
        "邱长青",
        "Qiu Changqing",
        "warehouse",
        True,
        t("仓储负责人：短少、错发、破损", "head of the warehouse: short, wrong and damaged goods"),
    ),
    Member(
        "finance",
        "方慧",
        "Fang Hui",
        "finance",
        True,
        t("财务负责人：开票与赔付", "head of finance: invoices and compensation"),
    ),
    Member(
        "management",
        "赵启明",
        "Zhao Qiming",
        "management",
        True,
        t("管理层：大额补救、超期升级、条款证据", "management: large remedies, escalations, clause evidence"),
    ),
    Member(
        "auditor",
        "何谨",
        "He Jin",
        "auditor",
        False,
        t("审核员：只看不改，条款与证据", "auditor: reads everything, changes nothing"),
    ),
    Member("chenyue", "陈悦", "Chen Yue", "reception"),
    Member("zhouqian", "周倩", "Zhou Qian", "reception"),
    Member("liuyang", "刘洋", "Liu Yang", "reception"),
    Member("zhaomin", "赵敏", "Zhao Min", "quality"),
    Member("xukai", "徐凯", "Xu Kai", "quality"),
    Member("guyiming", "顾一鸣", "Gu Yiming", "technical"),
    Member("mazhenhua", "马振华", "Ma Zhenhua", "production"),
    Member("hanbing", "韩冰", "Han Bing", "production"),
    Member("luogang", "罗刚", "Luo Gang", "purchasing"),
    Member("tiantian", "田甜", "Tian Tian", "warehouse", True),
    Member("xiongwei", "熊伟", "Xiong Wei", "warehouse"),
    Member("yelin", "叶琳", "Ye Lin", "finance"),
    Member("shilei", "石磊", "Shi Lei", "field-service", True),
    Member("baixue", "白雪", "Bai Xue", "office", True),
    Member("sunlihua", "孙丽华", "Sun Lihua", "office"),
    Member("luzheng", "卢正", "Lu Zheng", "legal", True),
    Member(
        "admin",
        "系统管理员",
        "Administrator",
        "administrator",
        False,
        t("系统管理员（登录后须先设两步验证）", "administrator (must set up two-factor sign-in first)"),
    ),
)
# Where a procedure has no such department, those nearest to the matter.
NEAREST = {
    "technical": ("quality", "production"),
    "production": ("technical",),
    "purchasing": ("production",),
    "warehouse": ("production", "reception"),
    "finance": ("office", "management"),
    "quality": ("technical",),
    "reception": ("office", "management"),
    "management": ("office",),
}

ACCOUNTS: tuple[Account, ...] = tuple(
    Account(member.username, PASSWORD, Text(member.name, member.name_en), member.does)
    for member in STAFF
    if member.does is not None
)
"""The accounts worth signing in as; every other member of staff has the same password."""


def sign_ins() -> list[dict[str, str]]:
    """The accounts as the greeting of ``bin/up`` prints them."""
    function = {member.username: member.function for member in STAFF}
    return [
        {
            "username": account.username,
            "password": account.password,
            "name": f"{account.name.zh} {account.name.en}",
            "functions": f"{account.does.zh} / {function[account.username]}: {account.does.en.rpartition(': ')[2]}",
        }
        for account in ACCOUNTS
    ]

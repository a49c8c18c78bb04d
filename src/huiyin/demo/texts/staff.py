"""Who works at the demonstration company: sign-in name, name, function, whether they head their department, what they do."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.text import Text, t


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff: the function they are hired for, whether they head their department, what they do in a few words."""

    username: str
    name: str
    name_en: str
    function: str
    head: bool = False
    does: Text | None = None


STAFF: tuple[StaffMember, ...] = (
    StaffMember(
        "reception",
        "王晓梅",
        "Wang Xiaomei",
        "reception",
        False,
        t("客户受理：登记、核实、答复、回访", "reception: registers, verifies, answers, calls back"),
    ),
    StaffMember(
        "reception-head",
        "宋建国",
        "Song Jianguo",
        "reception",
        True,
        t("客户受理负责人：分派、补救、升级提醒", "head of reception: remedies, escalations"),
    ),
    StaffMember(
        "quality",
        "林志远",
        "Lin Zhiyuan",
        "quality",
        False,
        t("质量：判定、分派、审核、汇总", "quality: judges, assigns, approves, concludes"),
    ),
    StaffMember(
        "quality-head",
        "钱卫东",
        "Qian Weidong",
        "quality",
        True,
        t("质量负责人：批准结论、判不成立", "head of quality: approves verdicts, rejects with evidence"),
    ),
    StaffMember(
        "technical",
        "陶立群",
        "Tao Liqun",
        "technical",
        True,
        t("技术负责人：原因分析", "head of engineering: finds causes"),
    ),
    StaffMember(
        "production",
        "彭大勇",
        "Peng Dayong",
        "production",
        False,
        t("生产：提交原因与措施、落实", "production: answers tasks with causes and measures"),
    ),
    StaffMember("production-head", "沈国平", "Shen Guoping", "production", True, t("生产负责人", "head of production")),
    StaffMember(
        "purchasing",
        "蔡文静",
        "Cai Wenjing",
        "purchasing",
        True,
        t("采购负责人：供方原因", "head of purchasing: causes at suppliers"),
    ),
    StaffMember(
        "warehouse",
        "邱长青",
        "Qiu Changqing",
        "warehouse",
        True,
        t("仓储负责人：短少、错发、破损", "head of the warehouse: short, wrong and damaged goods"),
    ),
    StaffMember(
        "finance",
        "方慧",
        "Fang Hui",
        "finance",
        True,
        t("财务负责人：开票与赔付", "head of finance: invoices and compensation"),
    ),
    StaffMember(
        "management",
        "赵启明",
        "Zhao Qiming",
        "management",
        True,
        t("管理层：大额补救、超期升级、条款证据", "management: large remedies, escalations, clause evidence"),
    ),
    StaffMember(
        "auditor",
        "何谨",
        "He Jin",
        "auditor",
        False,
        t("审核员：只看不改，条款与证据", "auditor: reads everything, changes nothing"),
    ),
    StaffMember("chenyue", "陈悦", "Chen Yue", "reception"),
    StaffMember("zhouqian", "周倩", "Zhou Qian", "reception"),
    StaffMember("liuyang", "刘洋", "Liu Yang", "reception"),
    StaffMember("zhaomin", "赵敏", "Zhao Min", "quality"),
    StaffMember("xukai", "徐凯", "Xu Kai", "quality"),
    StaffMember("guyiming", "顾一鸣", "Gu Yiming", "technical"),
    StaffMember("mazhenhua", "马振华", "Ma Zhenhua", "production"),
    StaffMember("hanbing", "韩冰", "Han Bing", "production"),
    StaffMember("luogang", "罗刚", "Luo Gang", "purchasing"),
    StaffMember("tiantian", "田甜", "Tian Tian", "warehouse", True),
    StaffMember("xiongwei", "熊伟", "Xiong Wei", "warehouse"),
    StaffMember("yelin", "叶琳", "Ye Lin", "finance"),
    StaffMember("shilei", "石磊", "Shi Lei", "field-service", True),
    StaffMember("baixue", "白雪", "Bai Xue", "office", True),
    StaffMember("sunlihua", "孙丽华", "Sun Lihua", "office"),
    StaffMember("luzheng", "卢正", "Lu Zheng", "legal", True),
    StaffMember(
        "admin",
        "系统管理员",
        "Administrator",
        "administrator",
        False,
        t("系统管理员（登录后须先设两步验证）", "administrator (must set up two-factor sign-in first)"),
    ),
)
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
"""Where a procedure has no department with a function, those nearest to the matter."""

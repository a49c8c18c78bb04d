"""The structure of the report, for pages, printing, export and lint: the disciplines, and the texts in each."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.text import Text, t


@dataclass(frozen=True, slots=True)
class ReportField:
    """One text of the report; ``name`` is what it is stored under, ``lines`` how high its box stands."""

    name: str
    label: Text
    help: Text | None = None
    lines: int = 2


@dataclass(frozen=True, slots=True)
class Discipline:
    """One discipline: its key, name, texts, and the kinds of rows it holds."""

    key: str
    title: Text
    fields: tuple[ReportField, ...] = ()
    rows: tuple[str, ...] = ()


SECTIONS: tuple[Discipline, ...] = (
    Discipline(
        "D0",
        t("症状与应急", "Symptom and emergency response"),
        (
            ReportField(
                "symptom",
                t("症状", "Symptom"),
                t("客户看到了什么，可测量的事实", "What the customer saw; measurable facts"),
                3,
            ),
            ReportField(
                "emergency",
                t("应急响应", "Emergency response action"),
                t("保护客户的第一反应，何时生效", "The first thing done to protect the customer, and since when"),
            ),
            ReportField("emergency_proof", t("应急措施有效的证据", "Proof that it protects the customer")),
        ),
    ),
    Discipline(
        "D1",
        t("小组", "Team"),
        (ReportField("team_goal", t("小组目标与权限", "Goal and mandate of the team")),),
        ("member",),
    ),
    Discipline(
        "D2",
        t("问题描述", "Problem description"),
        (
            ReportField("what", t("是什么（What）", "What"), lines=2),
            ReportField("where", t("在哪里（Where）", "Where")),
            ReportField("when", t("什么时候（When）", "When")),
            ReportField("who", t("谁发现的（Who）", "Who")),
            ReportField("why", t("为什么是问题（Why）", "Why it is a problem")),
            ReportField("how", t("怎么发现的（How）", "How it was found")),
            ReportField("how_many", t("有多少（How many）", "How many")),
            ReportField(
                "statement",
                t("问题陈述", "Problem statement"),
                t("一句话：什么对象有什么缺陷", "One sentence: which object has which defect"),
            ),
        ),
        ("contrast",),
    ),
    Discipline(
        "D3",
        t("临时遏制", "Interim containment"),
        (
            ReportField("containment", t("遏制措施说明", "Containment")),
            ReportField("containment_proof", t("遏制有效的证据", "Proof that containment holds")),
            ReportField(
                "clean_point",
                t("断点：第一批合格品", "Clean point: the first good batch"),
                t("批号、日期与标识方法", "Batch, date and how it is marked"),
            ),
        ),
        ("containment",),
    ),
    Discipline(
        "D4",
        t("根本原因", "Root causes"),
        (
            ReportField("occurrence", t("发生原因小结", "Why it occurred")),
            ReportField("escape", t("流出原因小结", "Why it escaped")),
            ReportField("system", t("系统原因小结", "Why the system allowed it")),
        ),
        ("cause",),
    ),
    Discipline(
        "D5",
        t("选定纠正措施", "Chosen corrective actions"),
        (ReportField("choice", t("选择理由与副作用评估", "Why these, and what side effects were weighed")),),
        ("action",),
    ),
    Discipline(
        "D6",
        t("实施与效果验证", "Implementation and proof of effect"),
        (
            ReportField("implementation", t("实施情况", "How it was put into practice")),
            ReportField(
                "lifted", t("遏制解除", "Containment lifted"), t("何时、凭什么解除", "When, and on what grounds")
            ),
        ),
        ("effect",),
    ),
    Discipline(
        "D7",
        t("预防再发", "Prevention of recurrence"),
        (
            ReportField("prevention", t("标准化说明", "What became standard")),
            ReportField("lessons", t("经验教训", "Lessons learned")),
        ),
        ("document", "deployment"),
    ),
    Discipline(
        "D8",
        t("结案与认可", "Closure and recognition"),
        (
            ReportField("summary", t("结案小结", "Closing summary")),
            ReportField("recognition", t("对小组的认可", "Recognition of the team")),
        ),
        ("cost", "submission"),
    ),
)

BY_KEY = {section.key: section for section in SECTIONS}
FIELDS = {field.name: field for section in SECTIONS for field in section.fields}
SECTION_OF = {field.name: section.key for section in SECTIONS for field in section.fields}

LEGS: dict[str, Text] = {
    "occurrence": t("发生", "Occurrence"),
    "escape": t("流出", "Escape"),
    "system": t("系统", "System"),
}
BONES: dict[str, Text] = {
    "man": t("人", "Man"),
    "machine": t("机", "Machine"),
    "material": t("料", "Material"),
    "method": t("法", "Method"),
    "environment": t("环", "Environment"),
    "measurement": t("测", "Measurement"),
}
QUESTIONS: dict[str, Text] = {
    "what": t("什么", "What"),
    "where": t("哪里", "Where"),
    "when": t("何时", "When"),
    "how_big": t("程度", "How big"),
}
"""Lines of the is/is-not table."""

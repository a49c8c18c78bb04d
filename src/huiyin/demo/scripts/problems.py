"""Problem cases: 8D reports as far as each goes, and those settled, referred to another or given up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.demo.affected_goods import AffectedGoods, affected_goods
from huiyin.demo.company import StepUnavailable
from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.demo.texts.report_texts import ReportTexts
from huiyin.improvement.actions import content, effects, moving, opening, submitting
from huiyin.improvement.models import Action, Cause, EffectCheck, Problem
from huiyin.improvement.values import EffectPlan, NeedsDecision, ProblemFacts
from huiyin.records.steps.context import StepContext

TEAM = ("quality", "zhaomin", "technical", "production-head", "production", "mazhenhua")


class EightD:
    """One report on its way; each stretch ends where the next begins."""

    def __init__(self, script: Script, texts: ReportTexts) -> None:
        self.script, self.texts = script, texts
        self.goods = affected_goods(script, "problem", texts.language, texts.models, texts.defects)
        self.causes: dict[str, Cause] = {}
        facts = ProblemFacts(
            texts.title,
            customer=self.goods.customer,
            model=self.goods.model,
            batch=self.goods.batch,
            defect=script.option("defect", *texts.defects),
            severity=script.option("severity", texts.severity),
            unit=self.goods.unit,
            noticed_on=script.day(),
            department=script.company.department(texts.function, "production", "quality"),
            owner=script.person("quality"),
            champion=script.person("quality-head"),
        )
        self.problem = _open(script, facts, self.goods)

    def context(self, verb: str, *by: str) -> StepContext:
        """Somebody of the team takes the step."""
        return self.script.context(f"problem.{verb}", self.problem, by=by or TEAM)

    def write(self, *names: str) -> None:
        """Put what the team wrote into these fields of the report."""
        for name in names:
            if name in self.texts.fields:
                words = self._filled(self.texts.fields[name])
                content.write(self.problem, name, words, version=None, context=self.context("write"))

    def _filled(self, words: str) -> str:
        return words.format(model=self.goods.model, batch=self.goods.batch, who=self.goods.who)

    def row(self, kind: str, *by: str, **values: Any) -> Any:
        """A new row."""
        filled = {k: self._filled(v) if isinstance(v, str) else v for k, v in values.items()}
        return content.put_row(self.problem, kind, filled, context=self.context("write", *by))

    def change(self, row: Any, *by: str, **values: Any) -> Any:
        """Other values in a row."""
        sent = self.context("write", *by)
        return content.put_row(self.problem, row.part_kind, values, pk=row.pk, version=row.version, context=sent)

    # ---- the stretches

    def describe(self) -> WorkMinutes:
        """Symptom, team, problem (D0 to D2)."""
        self.write("symptom", "emergency", "emergency_proof")
        yield 35
        for username, role, task in self.texts.team:
            person = self.script.person(username)
            self.row("member", person=person, role=role, task=task, joined_on=self.script.day())
        self.write("team_goal")
        yield 50
        self.write("what", "where", "when", "who", "why", "how", "how_many", "statement")
        for question, is_so, is_not, difference, change in self.texts.contrasts:
            self.row("contrast", question=question, is_so=is_so, is_not=is_not, difference=difference, change=change)
        yield 40

    def contain(self) -> WorkMinutes:
        """The customer is protected (D3)."""
        for place in self.texts.places:
            if place.location in self.script.company.options("containment_location"):
                numbers = {name: Decimal(n) for name, n in place.numbers().items()}
                self.row(
                    "containment",
                    location=place.location,
                    place=place.where,
                    batch=self.goods.batch,
                    method=place.method,
                    responsible=place.who,
                    done_on=self.script.day(),
                    **numbers,
                )
        for one in self.texts.interim:
            self.row(
                "action",
                measure=Action.INTERIM,
                text=one.text,
                responsible=self.script.person(one.username),
                planned_on=self.script.day(),
                done_on=self.script.day(),
                proof=one.proof,
            )
        self.write("containment", "containment_proof", "clean_point")
        yield 30
        if self.script.offers("problem.contain", self.problem):
            moving.contain(self.problem, self.texts.contained, context=self.context("contain"))
        else:  # the procedure first decides what the case needs
            why = "影响产品功能，顾客要求查明原因并防止再发"
            decision = NeedsDecision(True, True, True, why, self.problem.department)
            opening.decide(self.problem, decision, context=self.context("decide"))
        yield 0.5 * DAY

    def analyse(self) -> WorkMinutes:
        """Five whys in each leg, the roots tested on and off (D4)."""
        for why in self.texts.whys:
            parent = self.causes.get(why.under)
            self.causes[why.key] = self.row(
                "cause",
                leg=why.leg,
                parent=parent,
                bone=why.bone,
                text=why.text,
                evidence=why.evidence,
                is_root=why.is_root,
                ruled_out=why.ruled_out,
            )
            yield 18
        yield 0.6 * DAY
        for why in self.texts.whys:
            if why.is_root:
                self.causes[why.key] = self.change(
                    self.causes[why.key], result="passed", method=why.method, when_on=why.on, when_off=why.off
                )
        self.write("occurrence", "escape", "system")
        yield 45
        moving.analyse(self.problem, self.texts.analysed, context=self.context("analyse"))
        yield 0.4 * DAY

    def choose(self) -> WorkMinutes:
        """Candidates weighed, one chosen for each root (D5)."""
        for one in self.texts.candidates:
            self.row(
                "action",
                measure=Action.CORRECTIVE,
                cause=self.causes[one.against],
                text=one.text,
                pros=one.pros,
                cons=one.cons,
                chosen=one.chosen,
                responsible=self.script.person(one.username) if one.chosen else None,
                planned_on=self.script.day(one.days) if one.chosen else None,
            )
        self.write("choice")
        yield 60
        moving.choose(self.problem, self.texts.chosen, context=self.context("choose"))
        yield 25
        if self.script.offers("problem.review_plan", self.problem):
            moving.review_plan(self.problem, "同意", context=self.context("review_plan", "production-head"))
            yield 0.3 * DAY
            moving.approve_plan(self.problem, "同意", context=self.context("approve_plan", "management"))
            yield 0.3 * DAY
        metric, baseline, target = self.texts.effect
        plan = EffectPlan(
            metric,
            baseline,
            target,
            self.script.day(6),
            self.script.day(9),
            self.script.person("quality-head", "xukai"),
        )
        effects.plan_effect(self.problem, plan, context=self.context("plan_effect"))
        yield 3 * DAY

    def implement(self) -> WorkMinutes:
        """What was chosen is in force, each action with its cut-in (D6)."""
        for action in self.problem.actions.filter(chosen=True, done_on=None).order_by("id"):
            proof = next((c.proof for c in self.texts.candidates if c.text == action.text), "")
            self.change(action, done_on=self.script.day(), cut_in_on=self.script.day(1), proof=proof)
            yield 0.4 * DAY
        self.write("implementation")
        moving.implement(self.problem, self.texts.implemented, context=self.context("implement"))
        yield 5 * DAY

    def prove(self) -> WorkMinutes:
        """Somebody who answers for none of it checks the effect, and it is there."""
        check = self.problem.effects.filter(verdict="").order_by("id").last()
        if check is None:
            raise StepUnavailable("no effect is waiting to be checked")
        result, words = self.texts.proven
        sent = self.script.context("problem.check_effect", self.problem, by=("quality-head", "xukai"))
        effects.check_effect(self.problem, check, EffectCheck.PROVEN, result, words, context=sent)
        yield 60
        self.write("lifted")
        moving.prove(self.problem, words, context=self.context("prove"))
        yield 0.5 * DAY

    def prevent(self) -> WorkMinutes:
        """Documents, other lines, lessons (D7)."""
        kinds = self.script.company.options("document")
        for document, number, before, after, change in self.texts.documents:
            if document not in kinds:
                continue
            done = {"after": after, "change": change, "done_on": self.script.day()} if after else {"waiver": change}
            self.row(
                "document",
                document=document,
                number=number,
                before=before,
                responsible=self.script.person("technical"),
                **done,
            )
        for scope, name, applies, words in self.texts.deployments:
            said = {"action": words, "done_on": self.script.day()} if applies else {"reason": words}
            self.row(
                "deployment",
                scope=scope,
                name=name,
                applies=applies,
                responsible=self.script.person("production-head"),
                **said,
            )
        self.write("prevention", "lessons", "summary", "recognition")
        for cost, note, planned, actual, whom in self.texts.costs:
            self.row(
                "cost",
                cost=cost,
                note=note,
                planned=planned,
                actual=actual,
                recover_from=whom,
                currency=self.script.company.procedure.currency,
            )
        yield 70
        moving.prevent(self.problem, self.texts.prevented, context=self.context("prevent"))
        yield 0.4 * DAY

    def submit(self) -> WorkMinutes:
        """The customer gets the report and decides on it."""
        row = submitting.submit(
            self.problem, self.goods.who, "D8", self.texts.note, context=self.context("submit", "quality")
        )
        yield 1.2 * DAY
        accepted = self.script.option("submission_decision", "accepted")
        sent = self.context("decide_submission", "quality")
        submitting.decide_submission(row, accepted, self.texts.score, self.texts.verdict, context=sent)
        yield 0.3 * DAY

    def approve(self) -> WorkMinutes:
        """The head of quality closes it (D8)."""
        sent = self.context("approve", "quality-head")
        moving.approve(self.problem, self.texts.approved, context=sent)
        yield 1


def _open(script: Script, facts: ProblemFacts, goods: AffectedGoods, *by: str) -> Problem:
    sent = script.context("problem.open", by=by or ("quality",))
    return opening.open_problem(facts, procedure_id=script.company.version, cases=goods.cases, context=sent)


STRETCHES = (
    ("described", EightD.describe),
    ("contained", EightD.contain),
    ("analysed", EightD.analyse),
    ("planned", EightD.choose),
    ("implemented", EightD.implement),
    ("proven", EightD.prove),
    ("prevented", EightD.prevent),
    ("submitted", EightD.submit),
    ("approved", EightD.approve),
)


def eight_d(script: Script, texts: ReportTexts, *, until: str) -> WorkMinutes:
    """An 8D report up to the end of the stretch ``until`` (a word of STRETCHES)."""
    report = EightD(script, texts)
    yield 20
    for name, stretch in STRETCHES:
        yield from stretch(report)
        if name == until:
            return


def _label_case(script: Script) -> Problem:
    """A blurred label on a box: opened like any other matter."""
    goods = affected_goods(script, "problem", "zh", ("WS", "WSJ"), ("scratch", "label", "corrosion"))
    facts = ProblemFacts(
        "纸箱标签批号模糊，客户扫码失败",
        path=script.option("path", Problem.LIGHT),
        customer=goods.customer,
        model=goods.model,
        batch=goods.batch,
        defect=script.option("defect", "label", "other"),
        severity=script.option("severity", "none", "appearance"),
        unit=goods.unit,
        noticed_on=script.day(),
        department=script.company.department("warehouse", "quality"),
        owner=script.person("zhaomin", "quality"),
    )
    return _open(script, facts, goods, "zhaomin", "quality")


def statement(script: Script, *, approved: bool) -> WorkMinutes:
    """A matter that needs no report: decided so with the reason, settled with a short statement, mostly approved."""
    problem = _label_case(script)
    yield 45
    why = "只影响外箱标签，产品与批次追溯不受影响，仓库当场已换色带，无须展开原因分析"
    sent = script.context("problem.decide", problem, by=("zhaomin",))
    opening.decide(problem, NeedsDecision(False, False, False, why), context=sent)
    yield 90
    words = (
        "标签打印机色带用尽未及时更换，3 箱标签模糊。已更换色带、重打标签并补寄客户；仓库班前点检增加“打印清晰度”一项。"
    )
    moving.settle(problem, words, context=script.context("problem.settle", problem, by=("zhaomin",)))
    if approved:
        yield 200
        sent = script.context("problem.approve", problem, by=("quality-head",))
        moving.approve(problem, "同意按简要说明结案", context=sent)


def referred(script: Script) -> WorkMinutes:
    """The same goods once more: the case refers to the report that is finished already."""
    other = Problem.objects.filter(path=Problem.FULL, phase="closed").exclude(analysed_at=None).first()
    if other is None:
        raise StepUnavailable("no finished report to refer to")
    facts = ProblemFacts(
        f"{other.title}（同批次另一箱）",
        customer=other.customer,
        model=other.model,
        batch=other.batch,
        defect=other.defect,
        severity=other.severity,
        unit=other.unit,
        noticed_on=script.day(),
        department=other.department,
        owner=script.person("quality"),
    )
    sent = script.context("problem.open", by=("quality",))
    problem = opening.open_problem(facts, procedure_id=script.company.version, context=sent)
    yield 80
    reason = "同一批次、同一模具，原因和措施见原报告"
    opening.refer(problem, other, reason, context=script.context("problem.refer", problem, by=("quality",)))


def given_up(script: Script) -> WorkMinutes:
    """Opened twice for one matter, and cancelled."""
    problem = _label_case(script)
    yield 130
    reason = "与上周的标签问题是同一件事，重复立案"
    moving.cancel(problem, reason, context=script.context("problem.cancel", problem, by=("quality-head",)))

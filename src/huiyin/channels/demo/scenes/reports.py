"""A problem case from its first symptom as far as a tale goes, and one that a short statement settles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.channels.demo.scenes.shapes import Tale
from huiyin.channels.demo.scenes.stage import DAY, Ends, Matter, Scene, Script
from huiyin.improvement.actions import content, effects, moving, opening, submitting
from huiyin.improvement.models import Action, Cause, EffectCheck, Problem
from huiyin.improvement.values import Decision, EffectPlan, ProblemFacts

TEAM = ("quality", "zhaomin", "technical", "production-head", "production", "mazhenhua")
UNTIL = (
    "described",
    "contained",
    "analysed",
    "planned",
    "implemented",
    "proven",
    "prevented",
    "submitted",
    "approved",
)


class Report:
    """One case on its way; each stretch ends where the next begins."""

    def __init__(self, scene: Scene, tale: Tale) -> None:
        self.scene, self.tale = scene, tale
        self.matter: Matter = scene.matter("problem", tale.language, tale.models, tale.defects)
        facts = ProblemFacts(
            tale.title,
            customer=self.matter.customer,
            model=self.matter.model,
            batch=self.matter.batch,
            defect=scene.option("defect", *tale.defects),
            severity=scene.option("severity", tale.severity),
            unit=self.matter.unit,
            noticed_on=scene.day(),
            department=self._department(),
            owner=scene.person("quality"),
            champion=scene.person("quality-head"),
        )
        cases = [self.matter.complaint] if self.matter.complaint is not None else []
        sent = scene.context("problem.open", by=("quality",))
        self.problem: Problem = opening.open_problem(facts, procedure_id=scene.stage.version, cases=cases, context=sent)
        self.causes: dict[str, Cause] = {}

    def _department(self) -> Any:
        return self.scene.stage.department(self.tale.function, "production", "quality")

    def context(self, verb: str, *by: str, but: tuple[Any, ...] = ()) -> Any:
        """Somebody of the team takes the step."""
        return self.scene.context(f"problem.{verb}", self.problem, by=by or TEAM, but=but)

    def write(self, *names: str) -> None:
        """Put the tale's words into these fields of the report."""
        for name in names:
            if name in self.tale.texts:
                sent = self.context("write")
                content.write(self.problem, name, self._filled(self.tale.texts[name]), version=None, context=sent)

    def _filled(self, words: str) -> str:
        return words.format(model=self.matter.model, batch=self.matter.batch, who=self.matter.who)

    def row(self, kind: str, *by: str, **values: Any) -> Any:
        """A new row."""
        filled = {k: self._filled(v) if isinstance(v, str) else v for k, v in values.items()}
        return content.put_row(self.problem, kind, filled, context=self.context("write", *by))

    def change(self, row: Any, *by: str, **values: Any) -> Any:
        """Other values in a row."""
        sent = self.context("write", *by)
        return content.put_row(self.problem, row.part_kind, values, pk=row.pk, version=row.version, context=sent)

    def offers(self, verb: str) -> bool:
        """Whether the procedure has the step where the case stands."""
        table = self.scene.stage.procedure.step_table("problem")
        return table.transition(self.problem.state, verb) is not None

    # ---- the stretches

    def describe(self) -> Script:
        """Symptom, team, problem (D0 to D2)."""
        self.write("symptom", "emergency", "emergency_proof")
        yield 35
        for username, role, task in self.tale.team:
            person = self.scene.person(username)
            self.row("member", person=person, role=role, task=task, joined_on=self.scene.day())
        self.write("team_goal")
        yield 50
        self.write("what", "where", "when", "who", "why", "how", "how_many", "statement")
        for question, is_so, is_not, difference, change in self.tale.contrasts:
            self.row("contrast", question=question, is_so=is_so, is_not=is_not, difference=difference, change=change)
        yield 40

    def contain(self) -> Script:
        """The customer is protected (D3)."""
        for place in self.tale.places:
            known = [option.key for option in self.scene.stage.procedure.catalogue("containment_location")]
            if place.location in known:
                numbers = {name: Decimal(n) for name, n in place.numbers().items()}
                self.row(
                    "containment",
                    location=place.location,
                    place=place.where,
                    batch=self.matter.batch,
                    method=place.method,
                    responsible=place.who,
                    done_on=self.scene.day(),
                    **numbers,
                )
        for one in self.tale.interim:
            self.row(
                "action",
                measure=Action.INTERIM,
                text=one.text,
                responsible=self.scene.person(one.username),
                planned_on=self.scene.day(),
                done_on=self.scene.day(),
                proof=one.proof,
            )
        self.write("containment", "containment_proof", "clean_point")
        yield 30
        if self.offers("contain"):
            moving.contain(self.problem, self.tale.contained, context=self.context("contain"))
        else:  # the procedure first decides what the case needs
            why = "影响产品功能，顾客要求查明原因并防止再发"
            decision = Decision(True, True, True, why, self.problem.department)
            opening.decide(self.problem, decision, context=self.context("decide"))
        yield 0.5 * DAY

    def analyse(self) -> Script:
        """Five whys in each leg, the roots tested on and off (D4)."""
        for why in self.tale.whys:
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
        for why in self.tale.whys:
            if why.is_root:
                self.causes[why.key] = self.change(
                    self.causes[why.key], result="passed", method=why.method, when_on=why.on, when_off=why.off
                )
        self.write("occurrence", "escape", "system")
        yield 45
        moving.analyse(self.problem, self.tale.analysed, context=self.context("analyse"))
        yield 0.4 * DAY

    def choose(self) -> Script:
        """Candidates weighed, one chosen for each root (D5)."""
        for one in self.tale.candidates:
            self.row(
                "action",
                measure=Action.CORRECTIVE,
                cause=self.causes[one.against],
                text=one.text,
                pros=one.pros,
                cons=one.cons,
                chosen=one.chosen,
                responsible=self.scene.person(one.username) if one.chosen else None,
                planned_on=self.scene.day(one.days) if one.chosen else None,
            )
        self.write("choice")
        yield 60
        moving.choose(self.problem, self.tale.chosen, context=self.context("choose"))
        yield 25
        for verb, by in (("review_plan", "production-head"), ("approve_plan", "management")):
            if self.offers(verb):
                getattr(moving, verb)(self.problem, "同意", context=self.context(verb, by))
                yield 0.3 * DAY
        metric, baseline, target = self.tale.effect
        plan = EffectPlan(
            metric, baseline, target, self.scene.day(6), self.scene.day(9), self.scene.person("quality-head", "xukai")
        )
        effects.plan_effect(self.problem, plan, context=self.context("plan_effect"))
        yield 3 * DAY

    def implement(self) -> Script:
        """What was chosen is in force, each action with its cut-in (D6)."""
        for action in self.problem.actions.filter(chosen=True, done_on=None).order_by("id"):
            proof = next((c.proof for c in self.tale.candidates if c.text == action.text), "")
            self.change(action, done_on=self.scene.day(), cut_in_on=self.scene.day(1), proof=proof)
            yield 0.4 * DAY
        self.write("implementation")
        moving.implement(self.problem, self.tale.implemented, context=self.context("implement"))
        yield 5 * DAY

    def prove(self) -> Script:
        """Somebody who answers for none of it checks the effect, and it is there."""
        check = self.problem.effects.filter(verdict="").order_by("id").last()
        if check is None:
            raise Ends
        result, words = self.tale.proven
        sent = self.scene.context("problem.check_effect", self.problem, by=("quality-head", "xukai"))
        effects.check_effect(self.problem, check, EffectCheck.PROVEN, result, words, context=sent)
        yield 60
        self.write("lifted")
        moving.prove(self.problem, words, context=self.context("prove"))
        yield 0.5 * DAY

    def prevent(self) -> Script:
        """Documents, other lines, lessons (D7)."""
        kinds = {option.key for option in self.scene.stage.procedure.catalogue("document")}
        for document, number, before, after, change in self.tale.documents:
            if document not in kinds:
                continue
            done = {"after": after, "change": change, "done_on": self.scene.day()} if after else {"waiver": change}
            self.row(
                "document",
                document=document,
                number=number,
                before=before,
                responsible=self.scene.person("technical"),
                **done,
            )
        for scope, name, applies, words in self.tale.deployments:
            said = {"action": words, "done_on": self.scene.day()} if applies else {"reason": words}
            self.row(
                "deployment",
                scope=scope,
                name=name,
                applies=applies,
                responsible=self.scene.person("production-head"),
                **said,
            )
        self.write("prevention", "lessons", "summary", "recognition")
        for cost, note, planned, actual, whom in self.tale.costs:
            self.row(
                "cost",
                cost=cost,
                note=note,
                planned=planned,
                actual=actual,
                recover_from=whom,
                currency=self.scene.stage.procedure.currency,
            )
        yield 70
        moving.prevent(self.problem, self.tale.prevented, context=self.context("prevent"))
        yield 0.4 * DAY

    def submit(self) -> Script:
        """The customer gets the report and decides on it."""
        row = submitting.submit(
            self.problem, self.matter.who, "D8", self.tale.note, context=self.context("submit", "quality")
        )
        yield 1.2 * DAY
        accepted = self.scene.option("submission_decision", "accepted")
        sent = self.context("decide_submission", "quality")
        submitting.decide_submission(row, accepted, self.tale.score, self.tale.verdict, context=sent)
        yield 0.3 * DAY

    def approve(self) -> Script:
        """The head of quality closes it (D8)."""
        sent = self.context("approve", "quality-head")
        moving.approve(self.problem, self.tale.approved, context=sent)
        yield 1


def report(scene: Scene, tale: Tale, *, until: str) -> Script:
    """Play ``tale`` up to the state ``until`` (a word of UNTIL)."""
    told = Report(scene, tale)
    yield 20
    stretches = (
        told.describe,
        told.contain,
        told.analyse,
        told.choose,
        told.implement,
        told.prove,
        told.prevent,
        told.submit,
        told.approve,
    )
    for stretch in stretches[: UNTIL.index(until) + 1]:
        yield from stretch()


def statement(scene: Scene) -> Script:
    """A matter that needs no report: decided so with the reason, settled with a short statement, approved."""
    matter = scene.matter("problem", "zh", ("WS", "WSJ"), ("scratch", "label", "corrosion"))
    facts = ProblemFacts(
        "纸箱标签批号模糊，客户扫码失败",
        path=scene.option("path", Problem.LIGHT),
        customer=matter.customer,
        model=matter.model,
        batch=matter.batch,
        defect=scene.option("defect", "label", "other"),
        severity=scene.option("severity", "none", "appearance"),
        unit=matter.unit,
        noticed_on=scene.day(),
        department=scene.stage.department("warehouse", "quality"),
        owner=scene.person("zhaomin", "quality"),
    )
    cases = [matter.complaint] if matter.complaint is not None else []
    sent = scene.context("problem.open", by=("zhaomin", "quality"))
    problem = opening.open_problem(facts, procedure_id=scene.stage.version, cases=cases, context=sent)
    yield 45
    why = "只影响外箱标签，产品与批次追溯不受影响，仓库当场已换色带，无须展开原因分析"
    sent = scene.context("problem.decide", problem, by=("zhaomin",))
    opening.decide(problem, Decision(False, False, False, why), context=sent)
    yield 90
    words = (
        "标签打印机色带用尽未及时更换，3 箱标签模糊。已更换色带、重打标签并补寄客户；仓库班前点检增加“打印清晰度”一项。"
    )
    moving.settle(problem, words, context=scene.context("problem.settle", problem, by=("zhaomin",)))
    yield 200
    moving.approve(
        problem, "同意按简要说明结案", context=scene.context("problem.approve", problem, by=("quality-head",))
    )
    yield 1

"""What happens beside a complaint's way: questions to the customer, promises, remedies, hand-overs, corrected facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from huiyin.channels.demo import wording
from huiyin.channels.demo.chance import later
from huiyin.complaints.actions.values import PromiseMade, RemedyWanted
from huiyin.complaints.models import Promise, Remedy
from huiyin.people.models import Person
from huiyin.records.steps.authority import above_limit

if TYPE_CHECKING:
    from huiyin.channels.demo.story import Story

REMEDIES = {
    "resupply": ("resupply", "replace", "spare-parts"),
    "exchange": ("exchange", "replace", "resupply"),
    "return": ("return",),
    "replace": ("replace", "exchange"),
    "spare-parts": ("spare-parts", "resupply"),
    "repair": ("repair", "rework", "on-site"),
    "rework": ("rework", "repair"),
    "on-site": ("on-site",),
    "claim": ("compensation", "claim"),
    "fine": ("fine", "compensation"),
    "price-cut": ("price-cut", "compensation"),
    "refund": ("refund", "price-cut"),
    "apology": ("apology",),
    "correct-documents": ("correct-documents",),
}
"""What is given for what was demanded, by the pack's catalogue."""


class Sidelines:
    """The lines that run beside the way of one story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.rejected_because = ""
        self.is_remedied = False

    def begin(self, at: datetime) -> None:
        """Plan what comes early: the promise kept, a question, a correction, a hand-over."""
        story, random = self.story, self.story.random
        for row in story.live.of(Promise):
            self._keep(row, at)
        if random.random() < 0.06:
            self._put(at, 20 + random.randrange(200), self._supplement)
        if random.random() < 0.13:
            self._put(at, 15 + random.randrange(900), self._ask)
        if random.random() < 0.04:
            self._put(at, 60 + random.randrange(900), self._offer)

    def after(self, verb: str, at: datetime) -> None:
        """Plan what a step of the way brings with it."""
        random = self.story.random
        if verb in ("judge", "conclude", "settle") and not self.is_remedied and random.random() < 0.5:
            self._put(at, 10 + random.randrange(120), self._remedy)
        if verb in ("judge", "refuse") and random.random() < 0.1:
            self._put(at, 5 + random.randrange(60), self._promise)

    def _put(self, at: datetime, minutes: int, act: object) -> None:
        story = self.story
        story.agenda.put(later(story.random, at, minutes, story.choices.calendar), act)  # type: ignore[arg-type]

    # ---- promises

    def first_promise(self, at: datetime) -> PromiseMade | None:
        """What one in five customers is promised when the complaint is taken in."""
        return self._made(at) if self.story.random.random() < 0.2 else None

    def _made(self, at: datetime) -> PromiseMade:
        story = self.story
        minutes = story.random.choice((240, 480, 480, 960, 1440))
        due = story.choices.calendar.after_work(at, minutes).replace(second=0, microsecond=0)
        return PromiseMade(story.say(wording.PROMISES), due)

    def _promise(self, at: datetime) -> None:
        by = self.story.taker("promise", at)
        if by is not None:
            row = self.story.live.promise(self._made(at), context=self.story.context("promise", at, by))
            self._keep(row, at)

    def _keep(self, row: Promise, now: datetime) -> None:
        story = self.story

        def keep(at: datetime) -> None:
            by = self.story.taker("keep_promise", at)
            if by is not None:
                story.live.keep_promise(row, story.say(wording.KEPT), context=story.context("keep_promise", at, by))
                story.go_on(at)

        event = story.choices.event("complaint", "keep_promise")
        story.agenda.put(story.choices.moment(story.live, event, story.random, now, part=row.part_key), keep)

    # ---- the customer, the facts, the owner

    def _supplement(self, at: datetime) -> None:
        story = self.story
        by = self.story.taker("supplement", at)
        if by is None:
            return
        record, facts = story.live.record, story.case.facts
        corrected = replace(
            facts,
            batch=f"{facts.batch[:-1]}{story.random.randrange(1, 9)}",
            severity=record.severity,
            verified_quantity=record.verified_quantity,
            defect_quantity=record.defect_quantity,
            order_number=record.order_number,
            ship_date=record.ship_date,
            shipped_quantity=record.shipped_quantity,
        )
        story.live.supplement(corrected, context=story.context("supplement", at, by))

    def _ask(self, at: datetime) -> None:
        story, random = self.story, self.story.random
        by = self.story.taker("ask_customer", at)
        if by is None:
            return
        story.live.ask_customer(story.say(wording.QUESTIONS), context=story.context("ask_customer", at, by))
        if random.random() < 0.07:  # never answers
            self._put(at, 480 * random.randrange(15, 30), self._give_up)
            return
        event = story.choices.event("complaint", "record_reply")
        story.agenda.put(story.choices.moment(story.live, event, random, at, pace=700), self._reply)

    def _reply(self, at: datetime) -> None:
        story = self.story
        by = self.story.taker("record_reply", at)
        if by is not None:
            story.live.record_reply(story.say(wording.REPLIES), context=story.context("record_reply", at, by))
            story.go_on(at)

    def _give_up(self, at: datetime) -> None:
        story = self.story
        by = self.story.taker("withdraw", at)
        if by is not None and story.live.record.state == "asking":
            story.live.withdraw(story.say(wording.WITHDRAWALS), context=story.context("withdraw", at, by))
            story.agenda.clear()

    def _offer(self, at: datetime) -> None:
        story = self.story
        by = self.story.taker("offer_transfer", at)
        owner = story.live.record.owner_id
        takers = [
            p
            for p in story.choices.desk.staff.people
            if p.department and p.holds("reception") and p.pk not in (owner, by.pk if by else None)
        ]
        if by is None or not takers:
            return
        to = story.random.choice(takers)
        story.live.offer_transfer(to, story.say(wording.HANDOVERS), context=story.context("offer_transfer", at, by))
        event = story.choices.event("complaint", "accept_transfer")
        when = story.choices.moment(story.live, event, story.random, at)
        story.agenda.put(when, lambda moment: self._answer_offer(moment, to))

    def _answer_offer(self, at: datetime, to: Person) -> None:
        story = self.story
        if story.random.random() < 0.8 and story.can("accept_transfer", at, to):
            story.live.accept_transfer(context=story.context("accept_transfer", at, to))
        elif story.can("decline_transfer", at, to):
            story.live.decline_transfer(story.say(wording.TOO_BUSY), context=story.context("decline_transfer", at, to))
        story.go_on(at)

    # ---- remedies

    def _remedy(self, at: datetime) -> None:
        """Grant what was demanded within somebody's limit, or request it."""
        story, random = self.story, self.story.random
        wanted = self._wanted()
        if wanted is None or self.is_remedied:
            return
        by = self.story.taker("grant_remedy", at)
        if by is not None and not above_limit(by, wanted.amount, story.live.desk.procedure) and random.random() < 0.6:
            self.is_remedied = True
            story.live.remedy("grant_remedy", wanted, context=story.context("grant_remedy", at, by))
            return
        by = self.story.taker("request_remedy", at)
        if by is None or self._judge_of(wanted.amount, by.pk) is None:
            return
        self.is_remedied = True
        row = story.live.remedy("request_remedy", wanted, context=story.context("request_remedy", at, by))
        event = story.choices.event("complaint", "approve_remedy")
        when = story.choices.moment(story.live, event, random, at, part=row.part_key)
        story.agenda.put(when, lambda moment: self._decide(moment, row))

    def _wanted(self) -> RemedyWanted | None:
        procedure = self.story.live.desk.procedure
        for demand in self.story.case.demands:
            for key in REMEDIES.get(demand.demand, ()):
                if procedure.option("remedy", key):
                    amount = demand.amount
                    if amount is not None:  # rarely all that was asked for
                        amount = Decimal(int(amount * self.story.random.choice((40, 60, 80, 100)) / 100))
                    return RemedyWanted(key, demand.quantity, amount)
        return None

    def _judge_of(self, amount: Decimal | None, asked_by: int | None) -> Person | None:
        """Somebody whose limit suffices and who did not ask for it."""
        story = self.story
        for _ in range(12):
            person = story.who("approve_remedy", but={asked_by})
            if person is None or not above_limit(person, amount, story.live.desk.procedure):
                return person
        return next(
            (
                p
                for p in story.choices.desk.staff.people
                if p.holds("management") and p.is_head and p.pk != asked_by and story.may("approve_remedy")
            ),
            None,
        )

    def _decide(self, at: datetime, row: Remedy) -> None:
        story = self.story
        if story.live.record.phase in ("closed", "void"):
            return
        verb = "deny_remedy" if story.random.random() < 0.12 else "approve_remedy"
        by = self._judge_of(row.amount, row.asked_by_id)
        if by is None or not story.can(verb, at, by):
            self._put(at, 300, lambda moment: self._decide(moment, row))  # in a state where nobody decides: wait
            return
        story.live.decide_remedy(verb, row, story.say(wording.APPROVALS), context=story.context(verb, at, by))
        story.go_on(at)

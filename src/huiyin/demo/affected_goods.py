"""What a case, a return or a stock-take is about: goods at a customer, and the complaint about them where one fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.complaints.models import Complaint
from huiyin.customers.models import Customer
from huiyin.demo.company import StepUnavailable
from huiyin.demo.script import Script


@dataclass(frozen=True, slots=True)
class AffectedGoods:
    """Goods at a customer, and who speaks for the customer."""

    customer: Customer
    model: str
    batch: str
    unit: str
    who: str
    telephone: str
    complaint: Complaint | None = None

    @property
    def cases(self) -> list[Complaint]:
        """The complaint about them, if there is one."""
        return [self.complaint] if self.complaint is not None else []


def affected_goods(
    script: Script, kind: str, language: str, models: Sequence[str], defects: Sequence[str] = (), *, least: int = 0
) -> AffectedGoods:
    """Goods of these models at a customer who writes in ``language``: complained of (``least`` of them), else shipped.

    No complaint is taken up twice for one ``kind`` of record. StepUnavailable while nothing has been shipped yet.
    """
    company = script.company
    for complaint, draft in reversed(company.complaints):
        fits = complaint.model.startswith(tuple(models)) and (not defects or complaint.defect in defects)
        fits = fits and (complaint.complained_quantity or 0) >= least and draft.language == language
        stands = complaint.phase != "void" and complaint.customer is not None
        if fits and stands and (kind, complaint.pk) not in company.taken_up:
            company.taken_up.add((kind, complaint.pk))
            return _of(complaint.customer, complaint, complaint)
    today = script.day()
    shipped = [
        (customer.row, delivery)
        for customer in company.customers
        if customer.language == language
        for delivery, goods in customer.deliveries
        if goods.day < today
    ]
    fitting = [pair for pair in shipped if pair[1].model.startswith(tuple(models))] or shipped
    if not fitting:
        raise StepUnavailable(f"no goods at a customer who writes {language}")
    return _of(*script.random.choice(fitting), None)


def _of(customer: Any, goods: Any, complaint: Complaint | None) -> AffectedGoods:
    speaks = customer.contact_people.first()
    who, telephone = (speaks.name, speaks.best_telephone) if speaks else (customer.name, customer.telephone)
    return AffectedGoods(customer, goods.model, goods.batch, goods.unit or "piece", who, telephone, complaint)

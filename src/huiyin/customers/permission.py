"""Whether somebody may take a step on a customer's file now; the file's parts follow the step ``change``."""

from __future__ import annotations

from datetime import datetime

from huiyin.customers.models import Customer
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import Situation, refusals


def reasons_against(customer: Customer, verb: str, *, person: Person | None, at: datetime) -> list[Text]:
    """Every reason why ``verb`` may not be taken; empty when it may. An unsaved customer asks for opening one."""
    procedure = versions.procedure_of(customer.procedure_id)
    state = customer.state if customer.pk is not None else None
    transition = procedure.step_table("customer").transition(state, verb)
    if transition is None:
        label = procedure.state("customer", state).label if state else t("新客户", "new")
        return [
            t(
                "客户处于“{state}”，不能这样做",
                "This cannot be done while the customer is “{state}”",
                state=label,
            )
        ]
    return refusals(transition, Situation(customer, None, person, at, procedure), "customer")


def require(customer: Customer, verb: str, *, person: Person | None, at: datetime) -> None:
    """Raises Refused with every reason when ``verb`` may not be taken."""
    reasons = reasons_against(customer, verb, person=person, at=at)
    if reasons:
        raise Refused(reasons)

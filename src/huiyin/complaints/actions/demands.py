"""What becomes of what the customer demands: said with the answer at the latest (ISO 10002 7.7: what was decided)."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.complaints.actions.judging import option
from huiyin.complaints.actions.values import DemandDecision
from huiyin.complaints.models import Complaint, Demand
from huiyin.complaints.queries import was_requested
from huiyin.kernel.text import t
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun

EVENTS = {
    Demand.GRANTED: "complaint.demand_granted",
    Demand.REFUSED: "complaint.demand_refused",
    Demand.REQUESTED: "complaint.demand_requested",
}


def outcome_field(demand_id: int) -> str:
    """The field of a form in which the outcome of a demand is chosen."""
    return f"demand_outcome__{demand_id}"


def reason_field(demand_id: int) -> str:
    """The field of a form in which the reason of a refusal is given."""
    return f"demand_reason__{demand_id}"


def decide(run: StepRun, complaint: Complaint, decisions: Sequence[DemandDecision]) -> None:
    """Within a step of the complaint: keep what becomes of these demands; each that changes has its own entry.

    Raises Refused, on the field, for a refusal without a reason and for a request that nobody made.
    """
    rows = {row.pk: row for row in complaint.demands.all()}
    for one in decisions:
        row = rows.get(one.demand_id)
        if row is None:
            raise Refused(
                [t("客户的要求刚被改过，请重新打开页面", "The demands have just been changed; open the page again")]
            )
        reason = one.reason.strip() if one.outcome == Demand.REFUSED else ""
        if one.outcome == Demand.REFUSED and not reason:
            wanted = t("请写明为什么不满足", "Say why it is refused")
            raise Refused(fields={reason_field(row.pk): wanted})
        if one.outcome == Demand.REQUESTED and not was_requested(complaint):
            nothing = t(
                "还没有补救或补货退货的申请，请先提出", "No remedy and no goods are requested yet; do that first"
            )
            raise Refused(fields={outcome_field(row.pk): nothing})
        if (row.outcome, row.outcome_reason) == (one.outcome, reason):
            continue
        row.outcome, row.outcome_reason = one.outcome, reason
        row.decided_by, row.decided_at = run.actor, run.at
        row.save()
        run.touched(row)
        run.event(EVENTS[one.outcome], row, demand=option(run, "demand", row.demand), reason=reason)

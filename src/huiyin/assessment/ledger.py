"""The assessment ledger: double entry, every booking adds up to nothing, nothing is ever changed but booked back.

An amount above zero is owed by the account's holder (a person, a department that has to divide or bear it), one below
zero is owed to them. What is charged stands against the company's assessment income, rewards against rewards paid; when
finance carries a sheet out, people's sums go to payroll and their accounts stand at nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Sum

from huiyin.assessment.models import Allotment, Assessment, Booking, Charge, LedgerAccount, Posting
from huiyin.kernel.money import Money, sum_money
from huiyin.people.models import Department, Person
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import StepRun

Line = tuple[LedgerAccount, Money]


class UnbalancedBooking(ValueError):
    """A booking whose postings do not add up to nothing: a mistake of the program, never of a person."""


def account_of_person(person: Person) -> LedgerAccount:
    """The account of a person, opened when first needed."""
    return _account(f"person:{person.pk}", LedgerAccount.PERSON, person=person)


def account_of_department(department: Department) -> LedgerAccount:
    """What a department still has to divide among its people."""
    return _account(f"department:{department.pk}", LedgerAccount.DEPARTMENT, department=department)


def account_of_losses(department: Department) -> LedgerAccount:
    """What a department bears of losses that are shared among nobody; it stays with the department."""
    return _account(f"losses:{department.pk}", LedgerAccount.LOSSES, department=department)


def company_account(account: str) -> LedgerAccount:
    """One of the company's own accounts: income, rewards, payroll."""
    return _account(account, account)


def _account(key: str, account: str, **holder: Person | Department) -> LedgerAccount:
    found, _ = LedgerAccount.objects.get_or_create(key=key, defaults={"account": account, **holder})
    return found


def book(
    sheet: Assessment,
    booking: str,
    lines: Sequence[Line],
    run: StepRun,
    context: StepContext,
    *,
    charge: Charge | None = None,
    allotment: Allotment | None = None,
    reverses: Booking | None = None,
) -> Booking:
    """Enter one booking; raises Unbalanced when its lines do not add up to nothing. Call within a step."""
    if not lines or sum_money((money for _, money in lines), sheet.currency):
        raise UnbalancedBooking([str(money) for _, money in lines])
    row = Booking.objects.create(
        assessment=sheet,
        booking=booking,
        charge=charge,
        allotment=allotment,
        reverses=reverses,
        by=context.actor,
        at=context.at,
    )
    run.touched(row)
    for account, money in lines:
        run.touched(
            Posting.objects.create(
                booking=row, account=account, amount=money.amount, currency=money.currency, at=context.at
            )
        )
    return row


def book_charge(sheet: Assessment, charge: Charge, run: StepRun, context: StepContext) -> None:
    """A fine or a head's own part is owed by the person, a loss by who bears it; a reward is owed to the person."""
    holder = _holder(charge)
    if charge.is_reward:
        lines = [(company_account(LedgerAccount.REWARDS), charge.money), (holder, -charge.money)]
        book(sheet, "reward", lines, run, context, charge=charge)
    else:
        lines = [(holder, charge.money), (company_account(LedgerAccount.INCOME), -charge.money)]
        book(sheet, "charge", lines, run, context, charge=charge)


def _holder(charge: Charge) -> LedgerAccount:
    """The account of the person charged, or of the department that bears a loss."""
    if charge.is_departments and charge.department is not None:
        return account_of_losses(charge.department)
    assert charge.person is not None, "the sheet is signed only when every charge names a person"
    return account_of_person(charge.person)


def book_allotment(sheet: Assessment, allotment: Allotment, run: StepRun, context: StepContext) -> None:
    """What a department has to divide is owed by the department until it is divided."""
    department = account_of_department(allotment.department)
    income = company_account(LedgerAccount.INCOME)
    lines = [(department, allotment.money), (income, -allotment.money)]
    book(sheet, "allot", lines, run, context, allotment=allotment)


def book_split(
    sheet: Assessment, allotment: Allotment, shares: Iterable[Charge], run: StepRun, context: StepContext
) -> None:
    """The department's sum becomes its people's; one booking for each, so that each can be booked back."""
    department = account_of_department(allotment.department)
    for share in shares:
        assert share.person is not None
        lines = [(account_of_person(share.person), share.money), (department, -share.money)]
        book(sheet, "split", lines, run, context, charge=share)


def book_back(part: Charge | Allotment, less: Money, run: StepRun, context: StepContext) -> None:
    """After an appeal: ``less`` of it is not owed by who bore it; the company's income is smaller by as much."""
    if not less:
        return
    charge, allotment = (part, None) if isinstance(part, Charge) else (None, part)
    holder = _holder(part) if isinstance(part, Charge) else account_of_department(part.department)
    first = part.bookings.filter(reverses=None).order_by("id").first()
    lines = [(company_account(LedgerAccount.INCOME), less), (holder, -less)]
    book(part.assessment, "reversal", lines, run, context, charge=charge, allotment=allotment, reverses=first)


def book_payroll(sheet: Assessment, run: StepRun, context: StepContext) -> None:
    """Every person's sum of the sheet goes to payroll, to be kept back or paid out."""
    postings = Posting.objects.filter(booking__assessment=sheet, account__account=LedgerAccount.PERSON)
    sums = postings.order_by().values("account").annotate(owed=Sum("amount")).order_by("account")
    accounts = {account.pk: account for account in LedgerAccount.objects.filter(pk__in=[s["account"] for s in sums])}
    payroll = company_account(LedgerAccount.PAYROLL)
    for one in sums:
        owed = Money(one["owed"], sheet.currency)
        if owed:
            book(sheet, "payroll", [(payroll, owed), (accounts[one["account"]], -owed)], run, context)


def balances() -> list[tuple[LedgerAccount, Decimal, Decimal, Decimal]]:
    """Every account with the sum of its debits, of its credits (both above zero), and its balance; people first."""
    rows = LedgerAccount.objects.select_related("person", "department").order_by("account", "key")
    debits = _sums(Posting.objects.filter(amount__gt=0))
    credits_ = _sums(Posting.objects.filter(amount__lt=0))
    nothing = Decimal("0.00")
    found = []
    for row in rows:
        debit, credit = debits.get(row.pk, nothing), -credits_.get(row.pk, nothing)
        found.append((row, debit, credit, debit - credit))
    order = list(ORDER)
    return sorted(found, key=lambda each: (order.index(each[0].account), each[0].key))


def sums_of(
    rows: Sequence[tuple[LedgerAccount, Decimal, Decimal, Decimal]],
) -> tuple[Decimal, Decimal, Decimal]:
    """All debits, all credits, and their difference, which is nothing."""
    nothing = Decimal("0.00")
    return (
        sum((row[1] for row in rows), nothing),
        sum((row[2] for row in rows), nothing),
        sum((row[3] for row in rows), nothing),
    )


ORDER = (
    LedgerAccount.PERSON,
    LedgerAccount.DEPARTMENT,
    LedgerAccount.LOSSES,
    LedgerAccount.INCOME,
    LedgerAccount.REWARDS,
    LedgerAccount.PAYROLL,
)


def _sums(postings: object) -> dict[int, Decimal]:
    rows = postings.order_by().values("account").annotate(total=Sum("amount"))  # type: ignore[attr-defined]
    return {row["account"]: Decimal(row["total"]).quantize(Decimal("0.01")) for row in rows}

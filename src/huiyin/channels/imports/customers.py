"""Customers from a sheet, each with one contact person if the sheet has columns for them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from huiyin.channels.imports import cells
from huiyin.channels.imports.columns import ImportColumn
from huiyin.channels.imports.importer import ImportContext, Importer, ImportFault, ImportRow, PreparedImport, Tell
from huiyin.channels.imports.writing import NewRecord, portions, ready_to_open
from huiyin.customers.models import ContactPerson, Customer
from huiyin.customers.values import CONTACT, CUSTOMER, ContactPersonFacts, CustomerFacts, code_fault
from huiyin.kernel.numbering import NumberPattern
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Part
from huiyin.records.ownfields import stored_value
from huiyin.records.steps.conditions import opening_refusals
from huiyin.records.steps.numbers import NumberReservation, last_number

PERSON = "contact_"
OWN = "own_"


class CustomerImporter(Importer):
    """One customer in each row; without a code the pack's pattern numbers it."""

    key = "customers"
    label = t("客户", "Customers")
    records = "customer"

    def columns(self, procedure: Procedure) -> tuple[ImportColumn, ...]:
        """The customer's card, then the columns of a contact person."""
        people = people_by_name()
        unknown = t("没有这位人员", "There is no such person")
        several = t("有几位同名，请填用户名", "Several people have this name; write the user name")
        named = CUSTOMER
        card = (
            ImportColumn(
                "code",
                named["code"],
                cells.code(code_fault),
                others=("编号", "客户代码", "客户编码", "代码", "code", "customer no", "id"),
                example="C-1001",
            ),
            ImportColumn(
                "name",
                named["name"],
                cells.line(120),
                True,
                ("名称", "客户", "公司名称", "单位名称", "顾客名称", "客户全称", "company", "customer"),
                "宁波海川机电有限公司",
            ),
            ImportColumn(
                "short_name", named["short_name"], cells.line(60), others=("客户简称", "short"), example="海川机电"
            ),
            ImportColumn("name_en", named["name_en"], cells.line(160), others=("英文名", "english")),
            ImportColumn(
                "tier",
                named["tier"],
                cells.line(4),
                others=("客户等级", "级别", "分级", "grade", "level", "class"),
                example="A",
            ),
            ImportColumn(
                "telephone",
                named["telephone"],
                cells.line(40),
                others=("联系电话", "公司电话", "固定电话", "phone", "tel"),
                example="0574-88881234",
            ),
            ImportColumn("fax", named["fax"], cells.line(40)),
            ImportColumn(
                "address",
                named["address"],
                cells.line(300),
                others=("公司地址", "详细地址", "通讯地址"),
                example="浙江省宁波市北仑区",
            ),
            ImportColumn(
                "enterprise_kind", named["enterprise_kind"], cells.line(60), others=("企业类型", "性质", "type")
            ),
            ImportColumn(
                "main_products", named["main_products"], cells.line(300), others=("主要产品", "产品", "products")
            ),
            ImportColumn(
                "salesperson",
                named["salesperson"],
                cells.one_of(people, unknown, several),
                others=("业务经理", "销售", "销售员", "负责业务员", "sales"),
            ),
            ImportColumn(
                "warranty_months",
                named["warranty_months"],
                cells.count(0, 240),
                others=("质保", "保修月数", "质保期", "warranty"),
            ),
            ImportColumn("remark", named["remark"], cells.words(), others=("说明", "remarks", "note", "notes")),
        )
        return (*card, *own_columns(procedure), *person_columns(procedure, prefix=PERSON))

    def reasons_against(self, person: Person, procedure: Procedure, *, at: datetime) -> list[Text]:
        """Whoever the procedure lets take the step ``customer.import``."""
        return opening_refusals("customer.import", person, procedure)

    def check(self, rows: Sequence[ImportRow]) -> Iterator[ImportFault]:
        """Codes must be free on file and stand once in the sheet."""
        seen: dict[str, int] = {}
        for row in rows:
            code = row.values.get("code")
            if not code:
                continue
            if code in seen:
                yield ImportFault(
                    row.number,
                    "code",
                    code,
                    t("与第 {row} 行重复", "Stands in row {row} already", row=seen[code]),
                )
            seen.setdefault(code, row.number)
        taken = taken_codes(seen)
        for code in sorted(taken, key=lambda each: seen[each]):
            yield ImportFault(
                seen[code],
                "code",
                code,
                t(
                    "已有客户用了这个编号：{name}",
                    "A customer has this code already: {name}",
                    name=taken[code],
                ),
            )
        for row in rows:
            if not row.values.get(f"{PERSON}name") and any(key.startswith(PERSON) for key in row.values):
                yield ImportFault(
                    row.number,
                    f"{PERSON}name",
                    "",
                    t("有联系方式，却没有联系人姓名", "There is a number or address, but no name"),
                )

    def prepare(self, rows: Sequence[ImportRow], origin: ImportContext, tell: Tell) -> PreparedImport:
        """A file for each row."""
        opening = origin.procedure.step_table("customer").target(None, "import")
        phase = origin.procedure.phase("customer", opening)
        own = {row.values["code"] for row in rows if row.values.get("code")}
        count = len(rows) - len(own)
        found, claim = numbers_for("customer", count, origin, lambda few: own.union(taken_codes(few)))
        numbers = iter(found)
        new = []
        for row in rows:
            customer = _customer(row.values)
            customer.code = customer.code or next(numbers)
            customer.number = customer.code
            customer.procedure_id = origin.procedure_id
            customer.state, customer.phase = opening, phase
            customer.opened_at, customer.opened_by = origin.at, origin.actor
            contacts = _contacts(row.values)
            customer.known_people = contacts
            said = {"what": customer.name, "code": customer.code, "row": row.number}
            new.append(NewRecord(customer, contacts, said))
        return ready_to_open(new, owner="customer", event="customer.imported", origin=origin, tell=tell, claim=claim)


def _customer(values: dict[str, Any]) -> Customer:
    customer = Customer()
    own = {key.removeprefix(OWN): stored_value(value) for key, value in values.items() if key.startswith(OWN)}
    CustomerFacts(**_card(values), extra=own).apply_to(customer)
    return customer


def _contacts(values: dict[str, Any]) -> list[Part]:
    """The contact person of a row, if it names one."""
    if not values.get(f"{PERSON}name"):
        return []
    contact = ContactPerson()
    ContactPersonFacts(**_person(values)).apply_to(contact)
    return [contact]


def own_columns(procedure: Procedure) -> tuple[ImportColumn, ...]:
    """The facts that the company's procedure keeps on customers beside the built-in ones."""
    readers: dict[str, cells.Reader] = {
        "longtext": cells.words(),
        "number": cells.number,
        "date": cells.day,
        "yesno": cells.yes_or_no,
    }
    columns = []
    for own in procedure.fields_of("customer"):
        reader = readers.get(own.type, cells.line(300))
        if own.type == "choice":
            reader = cells.choice((o.key, o.label) for o in procedure.catalogue(own.catalogue or ""))
        columns.append(ImportColumn(f"{OWN}{own.name}", own.label, reader, "import" in own.required_for))
    return tuple(columns)


def person_columns(procedure: Procedure, *, prefix: str = "") -> tuple[ImportColumn, ...]:
    """The columns of a contact person; with a prefix they stand beside those of the customer."""
    roles = cells.choice((option.key, option.label) for option in procedure.catalogue("contact_role"))
    named = {"name": t("联系人", "Contact person")} if prefix else {}
    label = {**CONTACT, **named}
    return (
        ImportColumn(
            f"{prefix}name",
            label["name"],
            cells.line(60),
            not prefix,
            ("联系人", "联系人姓名", "姓名", "contact", "contact name"),
            "王建国",
        ),
        ImportColumn(f"{prefix}role", label["role"], roles, others=("联系人职责", "身份", "角色")),
        ImportColumn(
            f"{prefix}post",
            label["post"],
            cells.line(60),
            others=("职位", "岗位", "title", "position"),
            example="品质主管",
        ),
        ImportColumn(
            f"{prefix}mobile",
            label["mobile"],
            cells.line(40),
            others=("手机号", "手机号码", "移动电话", "cell", "mobile phone"),
            example="13800138000",
        ),
        ImportColumn(
            f"{prefix}telephone",
            t("联系人座机", "Contact's telephone") if prefix else label["telephone"],
            cells.line(40),
            others=() if prefix else ("电话", "固定电话", "联系电话", "tel"),
        ),
        ImportColumn(
            f"{prefix}email", label["email"], cells.email, others=("邮箱", "邮件", "电子邮件", "mail", "email address")
        ),
        ImportColumn(f"{prefix}wechat", label["wechat"], cells.line(60), others=("微信号",)),
    )


def _card(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in CustomerFacts.names() if name in values}


def _person(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[f"{PERSON}{name}"] for name in ContactPersonFacts.names() if f"{PERSON}{name}" in values}


def people_by_name() -> dict[str, Person | None]:
    """Active people under user name, name and English name; None where several bear the name."""
    found: dict[str, Person | None] = {}
    for person in Person.objects.filter(is_active=True):
        for name in {person.name, person.name_en} - {""}:
            key = cells.folded(name)
            found[key] = None if key in found else person
    for person in Person.objects.filter(is_active=True):
        found[cells.folded(person.username)] = person
    return found


def taken_codes(codes: Any) -> dict[str, str]:
    """Those of ``codes`` that some customer bears as code or number, with its name."""
    taken: dict[str, str] = {}
    for few in portions(codes, 400):
        rows = Customer.objects.filter(Q(code__in=few) | Q(number__in=few))
        for code, number, name in rows.values_list("code", "number", "name"):
            taken |= {each: name for each in (code, number) if each in few}
    return taken


def numbers_for(
    series: str,
    count: int,
    origin: ImportContext,
    taken: Callable[[list[str]], Container[str]],
    *,
    above: int = 0,
) -> tuple[list[str], NumberReservation]:
    """``count`` numbers of the pack's pattern and the claim they rest on; left out are those ``taken`` by rows with
    numbers of their own, and running numbers up to ``above``."""
    rule = origin.procedure.numbering_for(series)
    pattern = NumberPattern.parse(rule.pattern, restart=rule.restart)
    local = origin.at.astimezone(origin.procedure.zone)
    period = pattern.period_key(local)
    seen = last_number(series, period)
    last = max(seen, above)
    found: list[str] = []
    while len(found) < count:
        wanted = count - len(found)
        numbers = [pattern.render(n, local) for n in range(last + 1, last + wanted + 1)]
        last += wanted
        used = taken(numbers)
        found += [number for number in numbers if number not in used]
    return found, NumberReservation(series, period, seen, last)

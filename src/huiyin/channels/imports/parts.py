"""Contact persons and deliveries from a sheet: rows that belong to customers already on file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from huiyin.channels.imports import cells
from huiyin.channels.imports.columns import ImportColumn
from huiyin.channels.imports.customers import person_columns
from huiyin.channels.imports.importer import ImportContext, Importer, ImportFault, ImportRow, PreparedImport, Tell
from huiyin.channels.imports.writing import portions, ready_to_add
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.queries import with_code_or_name
from huiyin.customers.values import DELIVERY, ContactPersonFacts, DeliveryFacts, RowFacts
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Part
from huiyin.records.search import search
from huiyin.records.steps.conditions import opening_refusals

CUSTOMER_COLUMN = ImportColumn(
    "customer",
    t("客户", "Customer"),
    cells.line(120),
    True,
    (
        "客户编号",
        "客户名称",
        "客户代码",
        "客户全称",
        "公司名称",
        "单位名称",
        "顾客名称",
        "编号",
        "customer code",
        "customer name",
        "company",
    ),
    "C-1001",
)


WordsWith = Callable[[Mapping[int, Sequence[Part]]], Iterable[search.SearchDocument]]


class PartImporter(Importer):
    """Rows that become parts of customers; the customer is named by code or by whole name."""

    records = "customer"
    model: ClassVar[type[ContactPerson] | type[Delivery]]
    facts: ClassVar[type[RowFacts]]

    def reasons_against(self, person: Person, procedure: Procedure, *, at: datetime) -> list[Text]:
        """Whoever the procedure lets take the step ``customer.import``."""
        return opening_refusals("customer.import", person, procedure)

    def check(self, rows: Sequence[ImportRow]) -> Iterator[ImportFault]:
        """Every row's customer must be on file, and be one only."""
        yield from find_customers(rows)

    def prepare(self, rows: Sequence[ImportRow], origin: ImportContext, tell: Tell) -> PreparedImport:
        """The parts, names spelled, for their customers' chains."""
        names = self.facts.names()
        parts: dict[int, list[Part]] = {}
        for row in rows:
            part = self.model()
            self.facts(**{name: row.values[name] for name in names if name in row.values}).apply_to(part)
            part.customer_id = row.values["customer_id"]
            parts.setdefault(part.customer_id, []).append(part)
        return ready_to_add(
            parts,
            model=Customer,
            event="customer.imported",
            said=self.said,
            origin=origin,
            tell=tell,
            words=self.words_with(origin),
        )

    @abstractmethod
    def said(self, parts: Sequence[Part]) -> dict[str, Any]:
        """What the entry of one customer says of its new parts."""

    def words_with(self, origin: ImportContext) -> WordsWith | None:
        """What customers are found under once they have new parts; None when parts are not searched."""
        return None


class ContactImporter(PartImporter):
    """One contact person in each row."""

    key = "contacts"
    label = t("客户联系人", "Contact persons")
    model, facts = ContactPerson, ContactPersonFacts

    def columns(self, procedure: Procedure) -> tuple[ImportColumn, ...]:
        """The customer and what is known of the person."""
        return (CUSTOMER_COLUMN, *person_columns(procedure))

    def said(self, parts: Sequence[Any]) -> dict[str, Any]:
        """Names of the people."""
        names = [part.name for part in parts[:3]]
        return {
            "what": _some(names, len(parts), t("{names}等 {n} 位联系人", "{names} and others, {n} contact persons"))
        }

    def words_with(self, origin: ImportContext) -> WordsWith:
        """Customers are found under their new people."""

        def words(parts: Mapping[int, Sequence[Part]]) -> Iterator[search.SearchDocument]:
            for few in portions(sorted(parts), 500):
                for customer in Customer.objects.filter(pk__in=few).prefetch_related("contact_people"):
                    customer.known_people = [*customer.contact_people.all(), *parts[customer.pk]]
                    yield search.search_document(customer, at=origin.at)

        return words


class DeliveryImporter(PartImporter):
    """One delivery in each row."""

    key = "deliveries"
    label = t("发货记录", "Deliveries")
    model, facts = Delivery, DeliveryFacts

    def columns(self, procedure: Procedure) -> tuple[ImportColumn, ...]:
        """The customer and what was shipped."""
        units = cells.choice((option.key, option.label) for option in procedure.catalogue("unit"))
        named = DELIVERY
        return (
            CUSTOMER_COLUMN,
            ImportColumn(
                "model",
                named["model"],
                cells.line(80),
                True,
                ("型号", "规格型号", "产品型号", "规格", "产品", "物料", "part", "part no", "product"),
                "YX3-132M-4",
            ),
            ImportColumn(
                "drawing_revision",
                named["drawing_revision"],
                cells.line(40),
                others=("图号", "版本", "drawing", "revision"),
            ),
            ImportColumn(
                "batch",
                named["batch"],
                cells.line(60),
                others=("批号", "批次", "生产批号", "lot", "batch no"),
                example="B260301",
            ),
            ImportColumn(
                "serial",
                named["serial"],
                cells.line(80),
                others=("序列号", "出厂编号", "起机号", "serial", "sn", "s/n"),
                example="SN0001",
            ),
            ImportColumn("serial_to", named["serial_to"], cells.line(80), others=("止序列号", "终止机号", "serial to")),
            ImportColumn(
                "order_number",
                named["order_number"],
                cells.line(60),
                others=("订单号", "合同号", "销售订单", "order", "order no", "po"),
            ),
            ImportColumn(
                "ship_date",
                named["ship_date"],
                cells.day,
                others=("发货日", "出货日期", "发运日期", "交货日期", "shipped", "shipping date", "delivery date"),
                example="2026-03-15",
            ),
            ImportColumn(
                "quantity",
                named["quantity"],
                cells.quantity,
                others=("发货数量", "出货数量", "数量pcs", "qty"),
                example="120",
            ),
            ImportColumn("unit", named["unit"], units, others=("计量单位", "uom"), example="件"),
            ImportColumn(
                "warranty_months",
                named["warranty_months"],
                cells.count(0, 240),
                others=("质保", "保修月数", "质保期", "warranty"),
            ),
            ImportColumn(
                "warranty_until", named["warranty_until"], cells.day, others=("质保到期", "保修截止", "保修到期日")
            ),
            ImportColumn("remark", named["remark"], cells.line(300), others=("说明", "remarks", "note")),
        )

    def check(self, rows: Sequence[ImportRow]) -> Iterator[ImportFault]:
        """The customer must be known; a range of serial numbers needs its first; warranty ends after shipment."""
        yield from find_customers(rows)
        for row in rows:
            values = row.values
            if values.get("serial_to") and not values.get("serial"):
                yield ImportFault(
                    row.number,
                    "serial",
                    "",
                    t("有止机号，却没有起始机号", "There is a last serial number but no first"),
                )
            shipped, until = values.get("ship_date"), values.get("warranty_until")
            if shipped and until and until < shipped:
                yield ImportFault(
                    row.number,
                    "warranty_until",
                    until.isoformat(),
                    t("早于发货日期", "It lies before the ship date"),
                )

    def said(self, parts: Sequence[Any]) -> dict[str, Any]:
        """What was delivered."""
        names = [str(part) for part in parts[:3]]
        return {"what": _some(names, len(parts), t("{names}等 {n} 次发货", "{names} and others, {n} deliveries"))}


def find_customers(rows: Sequence[ImportRow], *, required: bool = True) -> Iterator[ImportFault]:
    """Put ``customer_id`` beside the customer named in each row; says which are unknown or ambiguous."""
    known = with_code_or_name(row.values.get("customer", "") for row in rows)
    for row in rows:
        name = row.values.get("customer", "")
        found = known.get(name, [])
        if len({pk for pk, _ in found}) == 1:
            row.values["customer_id"] = found[0][0]
        elif found:
            numbers = "、".join(number for _, number in found[:5])
            yield ImportFault(
                row.number,
                "customer",
                name,
                t(
                    "有几位客户同名，请填编号：{numbers}",
                    "Several customers have this name; write the code: {numbers}",
                    numbers=numbers,
                ),
            )
        elif name or required:
            yield ImportFault(
                row.number,
                "customer",
                name,
                t("没有这位客户，请先建档或导入客户", "No such customer; register or import customers first"),
            )


def _some(names: list[str], count: int, many: Text) -> str | Text:
    return "、".join(names) if count <= len(names) else many.with_values(names="、".join(names), n=count)

"""Facts that a company's procedure keeps on customers beside the built-in ones."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from huiyin.customers.models import Customer
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.people.models import Person
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import Signer, adopt
from tests.cast import at, pack
from tests.channels.conftest import ImportDesk, csv, desk, faults  # noqa: F401

FIELDS = [
    {
        "key": "customer.yearly_amount",
        "type": "number",
        "label": {"zh": "年采购额", "en": "Yearly purchases"},
    },
    {"key": "customer.since", "type": "date", "label": {"zh": "合作起始", "en": "Customer since"}},
    {"key": "customer.exporter", "type": "yesno", "label": {"zh": "出口企业", "en": "Exporter"}},
    {
        "key": "customer.usual_unit",
        "type": "choice",
        "catalogue": "unit",
        "label": {"zh": "常用单位", "en": "Usual unit"},
    },
    {
        "key": "customer.chairman",
        "type": "text",
        "label": {"zh": "负责人", "en": "Head"},
        "required_for": ["register"],
    },
]


@pytest.fixture
def own(desk: ImportDesk) -> ImportDesk:  # noqa: F811
    """The factory under a procedure with fields of its own."""
    fields = tuple(FieldEntry.model_validate(each) for each in FIELDS)
    procedure = pack("base").model_copy(update={"fields": (*pack("base").fields, *fields), "version": "9.9"})
    procedure = Procedure.from_json(procedure.to_json())
    version = adopt(
        procedure,
        drafted_by=Signer("甲"),
        reviewed_by=Signer("乙"),
        approved_by=Signer("丙"),
        at=at("2026-01-06 08:00"),
    )
    desk.factory.procedure, desk.factory.version = procedure, version.pk
    return desk


def test_own_fields_are_asked_kept_shown_and_journaled(own: ImportDesk, client: Client) -> None:
    client.force_login(Person.objects.get(username="mei"))
    typed: dict[str, Any] = {
        "name": "甲厂",
        "yearly_amount": "1,200.50",
        "since": "2019年3月5日",
        "exporter": "no",
        "usual_unit": "piece",
    }

    refused = client.post("/customers/new", typed)
    client.post("/customers/new", {**typed, "chairman": "周厂长"})
    client.post("/customers/KH00001/facts", {**typed, "chairman": "吴厂长", "usual_unit": "", "version": "0"})

    assert (refused.status_code, "请填写负责人" in refused.content.decode()) == (422, True)
    assert Customer.objects.get().extra == {
        "yearly_amount": "1200.5",
        "since": "2019-03-05",
        "exporter": "no",
        "chairman": "吴厂长",
    }
    assert sentence(Entry.objects.order_by("-id")[0], "zh") == "王晓梅更改了客户资料：常用单位、负责人"
    page = client.get("/customers/KH00001").content.decode()
    assert [word in page for word in ("年采购额", "1200.5", "2019-03-05", "吴厂长")] == [True] * 4
    assert verify().fault is None


def test_own_fields_come_from_sheets_too(own: ImportDesk) -> None:
    head = ["客户名称", "年采购额", "合作起始", "出口企业", "常用单位", "负责人"]
    bad = own.check("customers", csv([head, ["甲厂", "很多", "某年", "大概", "打", ""]]), "bad.csv")
    assert [fault[:3] for fault in faults(bad)] == [
        (2, "own_yearly_amount", "很多"),
        (2, "own_since", "某年"),
        (2, "own_exporter", "大概"),
        (2, "own_usual_unit", "打"),
    ]

    own.bring_in("customers", csv([head, ["甲厂", "1200.5", "2019-03-05", "是", "件", "周厂长"]]), "good.csv")

    assert Customer.objects.get().extra == {
        "yearly_amount": "1200.5",
        "since": "2019-03-05",
        "exporter": "yes",
        "usual_unit": "piece",
        "chairman": "周厂长",
    }

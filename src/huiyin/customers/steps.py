"""The steps of a customer's file: words, event and sentence, page, form and action of each stand together."""

from __future__ import annotations

from huiyin.customers import actions
from huiyin.customers.forms import RetireForm
from huiyin.kernel.text import t
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import EventType, OtherPage, StepPage, StepType

STEPS = StepPages(
    "customer",
    "customer_step",
    steps=(
        StepType(
            "register",
            event="registered",
            label=t("建档", "Register"),
            happened=t("已建档", "Registered"),
            sentence=t("{actor}建立了客户档案：{name}", "{actor} opened the file of {name}"),
            page=OtherPage("customer_new"),
        ),
        StepType(
            "change",
            event="changed",
            label=t("更改", "Change"),
            happened=t("已更改", "Changed"),
            sentence=t("{actor}更改了客户资料：{fields}", "{actor} changed the file: {fields}"),
            page=OtherPage("customer_change"),
        ),
        StepType(
            "import",
            event="imported",
            label=t("导入", "Import"),
            happened=t("已导入", "Imported"),
            sentence=t(
                "{actor}从表格导入：{what}（{file}，第 {run} 批）",
                "{actor} imported from a sheet: {what} ({file}, run {run})",
            ),
            page=OtherPage("imports"),
        ),
        StepType(
            "retire",
            event="retired",
            label=t("停用", "Retire"),
            happened=t("已停用", "Retired"),
            sentence=t("{actor}停用了客户：{reason}", "{actor} retired the customer: {reason}"),
            page=StepPage(
                "retirement",
                form=RetireForm,
                action=actions.retire_customer,
                button="danger",
                template="customers/retire.html",
            ),
        ),
    ),
)
EVENTS = (
    EventType(
        "import_undone",
        label=t("导入已撤销", "Import undone"),
        sentence=t("{actor}撤销了第 {run} 批导入：{what}", "{actor} undid import run {run}: {what}"),
    ),
    EventType(
        "contact_added",
        label=t("已添加联系人", "Contact person added"),
        sentence=t("{actor}添加了联系人{name}", "{actor} added the contact person {name}"),
    ),
    EventType(
        "contact_changed",
        label=t("已更改联系人", "Contact person changed"),
        sentence=t("{actor}更改了联系人{name}：{fields}", "{actor} changed the contact person {name}: {fields}"),
    ),
    EventType(
        "delivery_recorded",
        label=t("已登记发货", "Delivery recorded"),
        sentence=t("{actor}登记了发货：{what}", "{actor} recorded a delivery: {what}"),
    ),
    EventType(
        "delivery_changed",
        label=t("已更改发货记录", "Delivery changed"),
        sentence=t("{actor}更改了发货记录 {what}：{fields}", "{actor} changed the delivery {what}: {fields}"),
    ),
)
"""What happens to a file beside its steps: its contact persons and deliveries follow the right to change it."""

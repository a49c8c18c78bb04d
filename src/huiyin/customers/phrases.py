"""One sentence per event of the customer file, as the time-line and the notices say it."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t

for _event, _zh, _en in (
    ("customer.registered", "{actor}建立了客户档案：{name}", "{actor} opened the file of {name}"),
    ("customer.changed", "{actor}更改了客户资料：{fields}", "{actor} changed the file: {fields}"),
    (
        "customer.imported",
        "{actor}从表格导入：{what}（{file}，第 {run} 批）",
        "{actor} imported from a sheet: {what} ({file}, run {run})",
    ),
    ("customer.import_undone", "{actor}撤销了第 {run} 批导入：{what}", "{actor} undid import run {run}: {what}"),
    ("customer.retired", "{actor}停用了客户：{reason}", "{actor} retired the customer: {reason}"),
    ("customer.contact_added", "{actor}添加了联系人{name}", "{actor} added the contact person {name}"),
    (
        "customer.contact_changed",
        "{actor}更改了联系人{name}：{fields}",
        "{actor} changed the contact person {name}: {fields}",
    ),
    ("customer.delivery_recorded", "{actor}登记了发货：{what}", "{actor} recorded a delivery: {what}"),
    (
        "customer.delivery_changed",
        "{actor}更改了发货记录 {what}：{fields}",
        "{actor} changed the delivery {what}: {fields}",
    ),
):
    phrase(_event, t(_zh, _en))

"""The mail that goes with a link, as plain text to copy: both languages, since nobody knows who reads it."""

from __future__ import annotations

from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure

BODY = t(
    """{contact}：您好！

请就下列问题采取纠正措施，并在 {due} 前答复：

编号：{number}
零件/型号：{model}
批次号：{batch}
不良数量：{quantity}
不良描述：{defect}
要求的遏制措施：{containment}

请打开以下链接填写答复，不需要账号；可以先存草稿，以后接着写。链接有效至 {until}，请勿转发给无关的人。
{link}

联系人：{owner}
{company}
""",
    """Dear {contact},

please take corrective action on the following problem and answer by {due}:

Number: {number}
Part or model: {model}
Batch: {batch}
Defective quantity: {quantity}
Defect: {defect}
Containment asked for: {containment}

Open this link to answer; no account is needed, and a draft can be saved and continued later. The link is valid until
{until}. Please pass it on only to those concerned.
{link}

Contact: {owner}
{company}
""",
)
SUBJECT = t("供方纠正措施要求 {number}", "Supplier corrective action request {number}")


def mail(scar: SupplierRequest, link: str, company: Text, procedure: Procedure) -> dict[str, str]:
    """Subject and body."""
    unit = procedure.option("unit", scar.unit)
    said = {}
    for language in ("zh", "en"):
        quantity = (
            f"{scar.quantity.normalize():f} {unit.label.show(language) if unit else ''}".strip()
            if scar.quantity is not None
            else ""
        )
        said[language] = BODY.with_values(
            contact=scar.contact or scar.supplier,
            due=scar.answer_due,
            number=scar.number,
            model=scar.model or "—",
            batch=scar.batch or "—",
            quantity=quantity or "—",
            defect=scar.defect,
            containment=scar.containment or "—",
            until=scar.link_until,
            link=link,
            owner=scar.owner.display_name.show(language) if scar.owner else "",
            company=company.show(language),
        ).show(language)
    subject = SUBJECT.with_values(number=scar.number)
    return {
        "mail_subject": f"{subject.show('zh')} / {subject.show('en')}",
        "mail_body": f"{said['zh']}\n\n{said['en']}",
    }

"""The guard that steps of every kind of record may have: ``is:severity=safety``."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure.conditions import values_of
from huiyin.procedure.describe import answers_said, field_said
from huiyin.procedure.generic_guards import generic_check
from huiyin.records.steps.conditions import GuardContext


@generic_check("is")
def holds_value(situation: GuardContext, argument: str) -> Text | None:
    """The field holds the value: ``is:field=value``. What nobody answered is none."""
    name, _, wanted = argument.partition("=")
    held = values_of(situation.fact(name))
    if wanted in held:
        return None
    procedure, kind = situation.procedure, situation.kind
    field, value = field_said(procedure, kind, name), answers_said(procedure, kind, name, [wanted])
    if not held:
        return t("“{field}”须是“{value}”，还没有填写", "{field} must be “{value}”; it is not said yet").with_values(
            field=field, value=value
        )
    return t("“{field}”须是“{value}”，现在是“{now}”", "{field} must be “{value}”; it is “{now}”").with_values(
        field=field, value=value, now=answers_said(procedure, kind, name, held)
    )

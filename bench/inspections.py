"""Makes some inspections by real steps, for bench.data to copy: planned, reported, of all people, outcomes and costs.

HUIYIN_DATA=folder python -m bench.inspections 60
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

import django

django.setup()

from huiyin.customers.models import Customer  # noqa: E402 - Django first
from huiyin.people.backends import load_person  # noqa: E402
from huiyin.people.models import Person  # noqa: E402
from huiyin.records.steps.context import StepContext  # noqa: E402
from huiyin.registers.actions import FormInput, open_record, take  # noqa: E402
from huiyin.registers.models import FormRecord  # noqa: E402

KIND = "inspection"
OUTCOMES = ("fine", "small", "grave")
STORY = "到现场查看三号机左侧油封，运行两小时后有渗油，已擦净并做标记，约定下周复看；操作工反映换班时曾有异响。"


def main() -> int:
    """As many as the argument says, unless there are some already."""
    count = int(sys.argv[1])
    people = list(Person.objects.filter(is_active=True, department__isnull=False).order_by("pk"))
    customers = list(Customer.objects.order_by("pk"))
    begins = datetime.now(UTC) - timedelta(days=count)
    for serial in range(FormRecord.objects.filter(kind=KIND).count(), count):
        at = begins + timedelta(days=serial, hours=serial % 7)
        actor = load_person(people[serial % len(people)].pk, at=at)
        assert actor is not None
        assert actor.active_version_id is not None
        inspector = people[(serial * 3) % len(people)]
        context = StepContext(actor, at)
        facts = {
            "held_on": (at + timedelta(days=2)).date().isoformat(),
            "inspector": {"person": inspector.pk, "name": inspector.name, "name_en": inspector.name_en},
            "outcome": OUTCOMES[serial % 3],
            "cost": str(100 + serial * 13 % 700),
            "finding": f"{serial % 9} 号机油封渗油",
            "story": STORY,
        }
        about = customers[serial % len(customers)]
        version = actor.active_version_id
        record = open_record(KIND, "plan", FormInput(facts), procedure_id=version, context=context, about=about)
        later = StepContext(actor, at + timedelta(hours=4))
        take(record, "report", FormInput({"outcome": facts["outcome"]}), context=later)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

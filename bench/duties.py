"""What a quarter costs that owes each of 3,000 customers four things, while somebody else writes all the time.

    HUIYIN_DATA=folder python -m bench.duties

Beside an empty folder (or an empty database by DATABASE_URL). Prints how long the worker took to open 12,000
obligations, and how long the longest and the usual save of the other process waited.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import transaction  # noqa: E402

from huiyin.customers.models import Customer  # noqa: E402
from huiyin.obligations.models import Obligation  # noqa: E402
from huiyin.obligations.occasions import open_due_periods  # noqa: E402
from huiyin.people.models import Department, Person  # noqa: E402
from huiyin.procedure.loader import load_pack  # noqa: E402
from huiyin.procedure.versions import Signer, adopt  # noqa: E402

CUSTOMERS = 3_000
PACK = "bench/packs/duties"
ADOPTED, QUARTER = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
PAUSE = 0.02  # between two saves of the other process


def main() -> int:
    """Fill, open, print; as ``write`` be the other process."""
    if sys.argv[1:] == ["write"]:
        return _write()
    call_command("migrate", verbosity=0, interactive=False)
    _fill()
    beside = [sys.executable, "-m", "bench.duties", "write"]
    other = subprocess.Popen(beside, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    other.stdout.readline()
    began, used = time.monotonic(), time.process_time()
    opened = open_due_periods(at=QUARTER)
    took, cpu = time.monotonic() - began, time.process_time() - used
    said, _ = other.communicate("stop\n")
    print(f"opened {opened} ({Obligation.objects.count()} rows) in {took:.1f} s, {cpu:.1f} s of CPU")
    print(said.strip())
    return 0


def _fill() -> None:
    signers = [Signer("起草"), Signer("审核"), Signer("批准")]
    version = adopt(load_pack(PACK), drafted_by=signers[0], reviewed_by=signers[1], approved_by=signers[2], at=ADOPTED)
    departments = list(Department.objects.filter(active=True))
    people = [
        Person.objects.create_person(
            f"seller{n}", None, name=f"业务员{n}", department=departments[n % len(departments)]
        )
        for n in range(20)
    ]
    Customer.objects.bulk_create(
        Customer(
            procedure_id=version.pk,
            number=f"K{n:05}",
            code=f"K{n:05}",
            name=f"客户{n}",
            salesperson=people[n % len(people)],
            state="active",
            phase="received",
            opened_at=ADOPTED,
        )
        for n in range(CUSTOMERS)
    )


def _write() -> int:
    """Save again and again until told to stop; say how long saves took."""
    pk = Person.objects.order_by("pk").values_list("pk", flat=True)[0]
    _save(pk)
    print("ready", flush=True)
    waits: list[float] = []
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        began = time.monotonic()
        _save(pk)
        waits.append(time.monotonic() - began)
    waits.sort()
    usual, long = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    print(
        f"{len(waits)} saves beside: usual {usual * 1000:.0f} ms, 99 % {long * 1000:.0f} ms, longest {waits[-1]:.2f} s"
    )
    return 0


def _save(pk: int) -> None:
    with transaction.atomic():
        Person.objects.filter(pk=pk).update(email=f"{time.monotonic():.3f}@example.cn")


if __name__ == "__main__":
    raise SystemExit(main())

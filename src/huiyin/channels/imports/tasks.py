"""What the worker does for imports."""

from __future__ import annotations

from django_tasks import task

from huiyin.channels.imports.runs import execute
from huiyin.channels.models import ImportRun


@task(queue_name="long")
def run_import(run_id: int) -> str:
    """Write the rows of a run that somebody started; running it twice writes them once."""
    run = ImportRun.objects.select_related("started_by").filter(pk=run_id).first()
    return execute(run).state if run is not None else ""

"""Where the procedure has no knowledge base there is neither page nor panel."""

from __future__ import annotations

import pytest

from tests.desk import Office
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("feedback")
office = desks()


def test_a_procedure_without_articles_has_no_knowledge_base(office: Office) -> None:
    mei = office.desk("mei")
    assert [mei.get(path).status for path in ("/knowledge/", "/knowledge/beside")] == [404, 404]
    page = mei.get("/complaints/new")
    assert (page.status, "/knowledge/" in page.html) == (200, False)

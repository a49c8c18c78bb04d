"""A record's subject on English pages: the heading, the board, what is owed, what is found."""

from __future__ import annotations

import pytest

from tests.desk import Office
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("service-desk")
office = desks()


def test_english_pages_say_an_option_in_english(office: Office) -> None:
    office.clock.at("2026-11-16 22:00")
    given = {"shift": "night", "starts_at": "2026-11-16T22:00", "ends_at": "2026-11-17T06:00", "special": "no"}
    begun = office.desk("mei").send("/registers/duty-log/new/begin", **given)
    reader = office.desk("mei")
    said = {"zh": "王晓梅 · 夜班", "en": "王晓梅 · Night"}
    for language, there, other in (("zh", said["zh"], said["en"]), ("en", said["en"], said["zh"])):
        reader.person.language = language
        reader.person.save(update_fields=["language"])
        for path in (begun["Location"], "/registers/duty-log/?view=board", "/", "/search?q=ZB"):
            text = reader.get(path).text
            assert there in text, (language, path)
            assert other not in text, (language, path)

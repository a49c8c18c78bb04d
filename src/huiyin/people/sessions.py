"""Sessions in the database, read by a compiled query: every page asks for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from huiyin.database.compiled import CompiledQuery

_open = CompiledQuery(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), str, datetime)


class SessionStore(db.SessionStore):
    """Django's own store but for how a row is read."""

    def load(self) -> dict[str, Any]:
        """What stands in the session. Sessions are Django's own affair and expire by its clock."""
        found = _open.first(self.session_key, timezone.now())
        # Django forgets the key of a session that is not there, so that a new one gets another.
        return self.decode(found.session_data) if found is not None else super().load()

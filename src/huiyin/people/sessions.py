"""Sessions in the database, read by a prepared query: every page asks for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from huiyin.people.prepared import Prepared

_open = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), str, datetime)


class SessionStore(db.SessionStore):
    """Django's own store but for how a row is read."""

    def _get_session_from_db(self) -> Any:
        # Sessions are Django's own affair and expire by its clock.
        found = _open.first(self.session_key, timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found

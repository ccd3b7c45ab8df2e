"""Sessions in the database, each with its officer: so they can be listed and ended."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from liuhen.people.models import OfficerSession


class SessionStore(DatabaseSessions):
    @classmethod
    def get_model_class(cls) -> type[OfficerSession]:
        return OfficerSession

    def create_model_instance(self, data: dict[str, Any]) -> OfficerSession:
        row = super().create_model_instance(data)
        assert isinstance(row, OfficerSession)
        officer = data.get(SESSION_KEY)
        row.officer_id = int(officer) if officer else None
        return row

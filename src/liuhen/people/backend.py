"""Who is signed in, read once for each page."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from liuhen.people.models import Officer


class WithAgency(ModelBackend):
    """As Django's own, the bureau in the same query: every page names it."""

    def get_user(self, user_id: Any) -> Officer | None:
        user = Officer.objects.select_related("agency").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

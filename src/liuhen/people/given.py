"""A sign-in that somebody else gave out: for a while it decides nothing that needs two people.

A security administrator resets passwords and lost phones. Whoever resets another's can sign in
as them once, and would be both of the two people. The real one is locked out meanwhile and has
time to say so; other deciders decide at once.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import in_china
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer

WAIT = timedelta(days=3)


class SignInGiven(Refusal):
    code = "people.sign_in_given"
    message = _(
        "您的账号、口令或动态口令由他人设置尚不满三天，{until} 前不能确认、批准或否决须由两人"
        "办理的事项。请到时再办理，或由其他有权人员办理；如非您本人要求重置，请立即告知审计管理员。"
    )


def note(officer: Officer, *, at: datetime) -> None:
    """Somebody else has just given it out; in the caller's transaction."""
    officer.sign_in_given_at = at
    officer.save(update_fields=["sign_in_given_at"])


def check_own(officer: Officer, *, at: datetime) -> None:
    """Refuses: SignInGiven."""
    # As it stands: the officer may have been read before a reset.
    given = Officer.objects.values_list("sign_in_given_at", flat=True).get(pk=officer.pk)
    if given is not None and at < given + WAIT:
        raise SignInGiven(until=f"{in_china(given + WAIT):%Y-%m-%d %H:%M}")

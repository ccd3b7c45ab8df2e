"""Taking back several grants of a request at once: all of them, or none."""

from datetime import timedelta

import pytest
from access_cast import approve, ask, kinds

import factories
from factories import NOON
from liuhen.access import request_errors as errors
from liuhen.access import revoking
from liuhen.access.models import Grant
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(hours=1)


@pytest.fixture
def granted(film):
    """For two films of Li's."""
    made = ask(film, factories.recording("2026-000002"))
    approve(made, "qian")
    return made


def keys(request) -> list[int]:
    return list(request.grants.order_by("pk").values_list("pk", flat=True))


def revoke(request, chosen: list[int], *, by: str = "qian", reason: str = "案件移送") -> None:
    revoking.revoke_all(request, chosen, reason=reason, by=factories.officer(by), at=SOON)


def live() -> int:
    return Grant.objects.filter(revoked_at=None).count()


def test_those_that_are_named_are_taken_back(granted):
    revoke(granted, keys(granted))
    assert live() == 0
    assert kinds(f"request:{granted.number}")[-2:] == [Kind.ACCESS_REVOKED] * 2
    granted.refresh_from_db()
    assert granted.state == "ended"


def test_the_others_hold_on(granted):
    revoke(granted, keys(granted)[:1])
    assert live() == 1
    granted.refresh_from_db()
    assert granted.state == "granted"


@pytest.mark.parametrize("chosen", [[], [999_999]])
def test_nothing_named_is_refused(granted, chosen):
    before = CustodyEvent.objects.count()
    with pytest.raises(errors.NothingToRevoke):
        revoke(granted, chosen)
    assert (live(), CustodyEvent.objects.count()) == (2, before)


def test_another_requests_grant_is_not_taken_back_through_this_one(granted, film):
    other = factories.grant(film, factories.officer("du"))
    with pytest.raises(errors.NothingToRevoke):
        revoke(granted, [other.pk])
    assert live() == 3


@pytest.mark.parametrize(
    ("by", "reason", "refused"),
    [("wang", "误批", errors.NotYoursToRevoke), ("qian", " ", errors.RevokeReasonBlank)],
)
def test_refused_for_one_it_is_refused_for_all(granted, by, reason, refused):
    with pytest.raises(refused):
        revoke(granted, keys(granted), by=by, reason=reason)
    assert live() == 2


def test_no_event_no_change(granted, monkeypatch):
    monkeypatch.setattr("liuhen.access.grants.record", failing)
    with pytest.raises(RuntimeError):
        revoke(granted, keys(granted))
    assert live() == 2


def failing(*_args, **_more) -> None:
    raise RuntimeError("the log is full")

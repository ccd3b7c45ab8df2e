"""调阅回放: what is offered to look back at, and what was seen of what was played."""

from datetime import timedelta

import pytest
from correction_cast import refused, who

import factories
from factories import NOON
from liuhen.access.models import Viewing
from liuhen.custody import log
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.recordings import secrecy
from liuhen.supervision.models import Lookback
from liuhen.supervision.watching import lookbacks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]
LATER = NOON + timedelta(days=1)


def played(n: int = 1, by: str = "fa", **more):
    film = factories.recording(f"2026-{n:06d}", **more)
    facts = {"agency": film.agency, "ground": "playback", "opened_at": NOON}
    Viewing.objects.create(recording=film, viewer=who(by), **facts)
    return film


def enter(film, by: str = "fa", seen: str = "看了全程，无间断", **more) -> Lookback:
    facts = {"is_whole": True, "is_proper": True} | more
    return lookbacks.enter(film, seen=seen, **facts, by=who(by), at=LATER)


@pytest.mark.enforces("review", "inspection", article="neiqiu-health:22")
def test_what_was_seen_is_entered():
    factories.follow("neiqiu-health")
    made = enter(played(), is_whole=False)
    assert (made.is_whole, made.is_proper, made.looked_by) == (False, True, who("fa"))


def test_what_was_not_played_is_not_entered():
    film = factories.recording("2026-000001")
    assert refused(enter, film) == "playback.not_looked_at"


@pytest.mark.parametrize(
    ("by", "seen", "code"),
    [("du", "…", "playback.not_your_post"), ("fa", " ", "playback.seen_unsaid")],
)
def test_a_look_that_cannot_be_is_refused(by, seen, code):
    assert refused(enter, played(by=by), by, seen) == code


def test_nobody_checks_what_they_made():
    film = played(officer=who("fa"))
    assert refused(enter, film) == "playback.own_recording"


def test_marked_ones_are_offered_first_and_none_twice():
    for n in range(2, 6):
        factories.recording(f"2026-{n:06d}")
    factories.recording("2026-000009", state="marked")
    enter(played(1))
    found = [one.number for one in lookbacks.offered(who("fa"), at=LATER)]
    assert (found[0], len(found), "2026-000001" in found) == ("2026-000009", 5, False)
    assert found == [one.number for one in lookbacks.offered(who("fa"), at=LATER)]


def test_the_periods_duty_is_done_by_what_was_looked_at():
    duty = Duty.objects.create(
        agency=factories.agency(), key="playback:month:2026-01-01:-", kind=DutyKind.PLAYBACK,
        pack_id="neiqiu-health", article=22, post="legal_office", started_at=NOON,
        due_at=NOON + timedelta(days=26),
    )  # fmt: skip
    facts = {"by": who("fa"), "at": LATER}
    assert refused(lookbacks.finish, duty, **facts) == "playback.not_looked_at"
    enter(played(), is_proper=False)
    assert lookbacks.owed(who("fa")) == duty
    lookbacks.finish(duty, **facts)
    assert (duty.state, duty.reason) == (DutyState.DONE, "调阅回放资料 1 件，发现问题 1 件。")


def test_no_event_no_entry(monkeypatch):
    film = played()

    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(log, "record", broken)
    with pytest.raises(RuntimeError):
        enter(film)
    assert not Lookback.objects.exists()


def test_of_what_is_secret_nothing_is_told_to_who_may_not_know():
    film = played()
    enter(film)
    secrecy.mark(film, "trade", reason="配方", by=who("zhou"), at=LATER)
    assert lookbacks.visible_to(who("zhao")).count() == 1
    assert lookbacks.visible_to(who("du")).count() == 0

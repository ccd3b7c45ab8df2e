"""Which time is believed, and which disagreements are found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from liuhen.recordings import claims, device_time
from liuhen.recordings.claims import Claim
from liuhen.recordings.models import TimeOrigin

TAKEN_IN = datetime(2026, 1, 5, 8, tzinfo=UTC)
TEN = datetime(2026, 1, 5, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def header(instant: datetime | None) -> Claim:
    return Claim(TimeOrigin.HEADER, "creation_time", "…", instant, False)


def file(instant: datetime) -> Claim:
    return claims.of_file(int(instant.timestamp()) * 10**9)


def codes(*said: Claim, duration: timedelta | None = None) -> list[str]:
    found = claims.disagreements(list(said), at=TAKEN_IN, duration=duration)
    return [code for code, _ in found]


def test_the_name_is_believed_before_the_file_time():
    name, mtime = b"DSJ-A1_000123_20260105100000.mp4", int(TAKEN_IN.timestamp()) * 10**9
    found = device_time.best_at_intake(name, mtime, device_id=None, at=TAKEN_IN)
    assert found == (TEN, TimeOrigin.NAME)


def test_a_clock_that_lost_its_battery_is_not_believed():
    lost = header(datetime(1970, 1, 1, 0, 3, tzinfo=UTC))
    assert claims.believed([lost, file(TEN)], at=TAKEN_IN) == file(TEN)
    assert codes(lost) == ["time_implausible"]


def test_nothing_may_be_believable():
    assert claims.believed([file(TAKEN_IN + timedelta(days=400))], at=TAKEN_IN) is None


def test_a_file_time_names_the_end_of_the_recording():
    assert claims.start_of(file(TEN + 30 * MINUTE), 30 * MINUTE) == TEN


def test_a_start_and_an_end_agree_through_the_duration():
    assert codes(header(TEN), file(TEN + 30 * MINUTE), duration=30 * MINUTE) == []
    assert codes(header(TEN), file(TEN + 30 * MINUTE)) == ["time_of_copy"]


def test_local_time_written_where_utc_belongs_is_a_zone_shift():
    assert codes(header(TEN + timedelta(hours=8)), file(TEN)) == ["time_zone_shift"]


def test_two_minutes_apart_is_agreement():
    assert codes(header(TEN), file(TEN + 2 * MINUTE)) == []
    assert codes(header(TEN), file(TEN - 3 * MINUTE)) == ["time_disagreement"]


def test_a_claim_that_cannot_be_read_is_kept_and_not_compared():
    assert codes(header(None), file(TEN)) == []


def test_each_other_claim_is_compared_with_the_believed_one_only():
    later, latest = header(TEN + 10 * MINUTE), header(TEN + 20 * MINUTE)
    assert codes(header(TEN), later, latest) == ["time_disagreement", "time_disagreement"]


def test_a_copy_keeps_the_computers_time_which_nobody_corrects():
    ahead = timedelta(hours=8, minutes=3)
    copied = replace(file(TEN + 5 * MINUTE - ahead), uncorrected=TEN + 5 * MINUTE)
    assert codes(header(TEN), copied) == ["time_of_copy"]
    at_once = replace(file(TEN - ahead), uncorrected=TEN)
    assert codes(header(TEN), at_once) == []

"""Times as files state them."""

import pytest

from liuhen.engines.media.inside.times import claim


@pytest.mark.parametrize(
    ("text", "local", "minutes"),
    [
        ("2026-01-05T09:30:15+0800", "2026-01-05T09:30:15", 480),
        ("2026-01-05T01:30:15.000000Z", "2026-01-05T01:30:15", 0),
        ("2026:01:05 09:30:15", "2026-01-05T09:30:15", None),
        ("Mon Sep 10 20:52:00 2012", "2012-09-10T20:52:00", None),
    ],
)
def test_a_time_is_read_with_the_zone_it_states(text, local, minutes):
    said = claim("header:date", text)
    assert (said.text, said.local, said.offset_minutes) == (text, local, minutes)


@pytest.mark.parametrize("text", ["2020-08-28", "2020", "0000:00:00 00:00:00", "yesterday"])
def test_what_names_no_moment_is_kept_and_not_read(text):
    said = claim("header:date", text)
    assert (said.text, said.local, said.zone) == (text, None, "unknown")

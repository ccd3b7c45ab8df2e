"""Excerpts: cut without loss by the worker, known by digests of their own."""

import hashlib
from datetime import UTC, datetime

import pytest

from access.extraction_cast import cut_now, dispose_of, film, refused, stretch, take_out
from factories import officer
from liuhen.access import excerpts, packages
from liuhen.access.extraction import items_of
from liuhen.custody import log
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.engines.media import footage
from liuhen.recordings import derived, disposing
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("no_approval")


@pytest.fixture(scope="module")
def clip(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("clip") / "a.mp4"
    at = datetime(2026, 1, 5, tzinfo=UTC)
    footage.make_clip(path, started_at=at, seconds=8, size=(160, 120))
    return path.read_bytes()


def asked(clip: bytes):
    return take_out(pieces=[stretch(film(content=clip, duration_seconds=8))])


def test_until_it_is_cut_there_is_no_package(clip):
    made = asked(clip)
    assert made.state == "cutting"
    refused("extraction.not_ready", lambda: packages.logged(made, by="zhou", at=made.made_at))


def test_cut_it_says_what_it_holds_and_from_which_original(clip):
    made = cut_now(asked(clip))
    [item] = items_of(made)
    content = excerpts.path_of(item).read_bytes()
    assert item.sha256 == hashlib.sha256(content).hexdigest()
    assert item.held_from <= item.asked_from < item.asked_until <= item.held_until < 6
    told = facts_of(CustodyEvent.objects.get(kind="evidence.excerpt_cut"))
    assert (told["sha256"], told["derived_from"]) == (item.sha256, film().sha256)
    assert (made.state, kinds("extraction:ZJ-2026-000001")[-1]) == (
        "ready",
        "evidence.excerpts_ready",
    )


def test_cut_twice_it_is_cut_once(clip):
    made = cut_now(asked(clip))
    before = CustodyEvent.objects.count()
    cut_now(made)
    assert CustodyEvent.objects.count() == before


def test_what_cannot_be_cut_is_said_and_gives_no_package():
    made = cut_now(take_out(pieces=[stretch(film(duration_seconds=8))]))
    assert made.state == "failed"
    refused("extraction.cut_failed", lambda: packages.logged(made, by="zhou", at=made.made_at))


def test_a_lost_or_changed_excerpt_is_given_to_nobody(clip):
    made = cut_now(asked(clip))
    [item] = items_of(made)
    path = excerpts.path_of(item)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(packages.errors.ExcerptLost):
        packages.take(made, by=officer("zhou"), at=made.made_at)


def test_it_goes_with_its_recording_when_that_is_disposed_of(clip):
    made = cut_now(asked(clip))
    [item] = items_of(made)
    disposing.remove_derived(film())
    assert not excerpts.path_of(item).exists()


def test_of_what_was_disposed_meanwhile_nothing_is_cut(clip):
    made = asked(clip)
    dispose_of(film())
    assert cut_now(made).state == "failed"


def test_no_event_no_excerpt(clip, monkeypatch):
    made = asked(clip)

    def down(*args, **kwargs):
        raise LogDown

    with monkeypatch.context() as patched:
        patched.setattr(log, "record", down)
        with pytest.raises(LogDown):
            cut_now(made)
    assert items_of(made)[0].sha256 == ""
    assert cut_now(made).state == "ready"


def test_cut_while_the_recording_is_disposed_of_nothing_of_it_stays(clip, monkeypatch):
    made = asked(clip)
    [item] = items_of(made)
    measure = excerpts.digests_of

    def disposed_meanwhile(path):
        dispose_of(item.recording)
        return measure(path)

    monkeypatch.setattr(excerpts, "digests_of", disposed_meanwhile)
    assert cut_now(made).state == "failed"
    folder = derived.folder(item.recording)
    assert [one.name for one in folder.glob(f"{made.number}*")] == []

"""The log's pages."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

import factories
from liuhen.custody import keys, proofs
from liuhen.custody.models import CustodyEvent
from liuhen.custody.queries import PAGE_SIZE


def indexes(answer) -> list[int]:
    return [event.index for event in answer.context["page"].rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [1, 0]),
        ("subject=recording:2026-000001", [0]),
        ("kind=recording.sealed&actor=zhou", [1, 0]),
        ("actor=nobody", []),
        ("before=1", [0]),
        ("after=0", [1]),
        ("before=x&kind=nonsense", [1, 0]),
    ],
)
def test_events_are_listed_newest_first_and_filtered(as_, asked, found):
    factories.recording("2026-000001")
    factories.recording("2026-000002")
    assert indexes(as_("shen").get(f"/custody/?{asked}")) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("since=2026-01-06", [1]),
        ("until=2026-01-05", [0]),
        ("since=2026-01-05&until=2026-01-06", [1, 0]),
        ("since=2026-01-07", []),
        ("since=x", [1, 0]),
    ],
)
def test_events_of_some_days_are_listed_and_taken_along(as_, asked, found):
    for n, at in enumerate((factories.NOON, factories.NOON + timedelta(days=1)), start=1):
        factories.recording(f"2026-{n:06d}", sealed_at=at)
    browser = as_("shen")
    assert indexes(browser.get(f"/custody/?{asked}")) == found
    answer = browser.get(f"/custody/export/?{asked}")
    rows = load_workbook(io.BytesIO(b"".join(answer))).worksheets[0].iter_rows(min_row=2)
    assert [row[0].value for row in rows] == found


def test_pages_go_older_and_newer_again(as_):
    for n in range(1, PAGE_SIZE + 3):
        factories.recording(f"2026-{n:06d}")
    browser = as_("shen")
    first = browser.get("/custody/")
    second = browser.get("/custody/", {"before": first.context["page"].older})
    assert indexes(second) == [1, 0]
    back = browser.get("/custody/", {"after": second.context["page"].newer})
    assert indexes(back) == indexes(first)


def test_an_event_is_proved_when_it_is_looked_at(as_):
    factories.recording()
    assert as_("shen").get("/custody/0/").context["head"].size == 1


def test_an_event_that_was_altered_is_called_so(as_, monkeypatch):
    factories.recording()
    real = CustodyEvent.from_db.__func__

    def altered(cls, db, names, values):
        event = real(cls, db, names, values)
        event.entry = bytes(event.entry).replace(b"2026-000001", b"2026-000009")
        return event

    monkeypatch.setattr(CustodyEvent, "from_db", classmethod(altered))
    page = as_("shen").get("/custody/0/")
    assert page.context["head"] is None
    assert "日志可能被改动" in page.content.decode()


def test_an_auditor_reads_the_number_without_a_way_to_the_recording(as_):
    factories.recording()
    browser = as_("shen")
    for page in ("/custody/", "/custody/0/"):
        answer = browser.get(page).content.decode()
        assert "recording:2026-000001" in answer
        assert "/recordings/2026-000001" not in answer


def test_an_event_that_never_was_is_not_there(as_):
    factories.recording()
    assert as_("shen").get("/custody/99/").status_code == 404


def test_checkpoint_and_key_are_handed_out_as_they_are(as_):
    factories.recording()
    browser = as_("shen")
    assert browser.get("/custody/checkpoint").content.decode() == proofs.newest_checkpoint().note
    assert browser.get("/custody/key").content.decode().strip() == keys.verifier().vkey

"""The page on which an activity's recordings play in step."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.cases.models import ActivityRecording
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings.models import Mark, MarkKind, MediaKind
from liuhen.regulations.models import Adoption

PAGE = "/activities/HD-2026-000001/player/"


def put(number: str, **more):
    made = factories.recording(number, **more)
    ActivityRecording.objects.create(
        activity=factories.activity(), recording=made, was_proposed=False,
        linked_at=factories.NOON, linked_by=factories.officer("li"),
    )  # fmt: skip
    return made


def told(as_, who: str = "li") -> dict:
    return as_(who).get(PAGE).context["told"]


def test_looking_at_the_page_opens_nothing(as_):
    put("2026-000001")
    as_("li").get(PAGE)
    assert not CustodyEvent.objects.filter(kind=Kind.RECORDING_OPENED).exists()


def test_a_lane_tells_its_device_its_people_and_how_its_clock_was_off(as_):
    off = {"clock_offset_seconds": Decimal(28980), "clock_uncertainty_seconds": Decimal("2.5")}
    put("2026-000001", **off)
    [lane] = told(as_)["lanes"]
    assert (lane["name"], lane["who"]) == ("ZF-001", "李执法")
    assert lane["clock"] == "时钟快 8:03:00 ±2.5秒"


def test_a_hole_is_told_with_its_edges_and_that_nobody_explained_it(as_):
    put("2026-000001", recorded_at=factories.NOON, duration_seconds=600)
    [gap] = told(as_)["gaps"]
    assert not gap["explained"]
    assert gap["end"] - gap["start"] == timedelta(minutes=20) // timedelta(milliseconds=1)


def test_photos_lead_to_their_moment(as_):
    put("2026-000001")
    photo = put("2026-000002", kind=MediaKind.PHOTO, duration_seconds=None)
    page = as_("li").get(PAGE)
    assert page.context["told"]["photos"][0]["number"] == photo.number
    assert 'data-go="' in page.content.decode()


@pytest.mark.parametrize(
    ("pack", "ids"),
    [
        pytest.param(
            "jiaxian-health",
            {"notice/notice", "opening/purpose", "shot/key_objects"},
            marks=[
                pytest.mark.enforces("opening_statement", article="jiaxian-health:8"),
                pytest.mark.enforces("notice", article="jiaxian-health:9"),
                pytest.mark.enforces("shot_list", article="jiaxian-health:10"),
            ],
        ),
        pytest.param(
            "weidong-market",
            {"notice/others", "opening/focus", "shot/questioning"},
            marks=[
                pytest.mark.enforces("opening_statement", article="weidong-market:7"),
                pytest.mark.enforces("notice", article="weidong-market:7"),
                pytest.mark.enforces("shot_list", article="weidong-market:6"),
            ],
        ),
        pytest.param(
            "chengde-safety",
            {"notice/notice", "shot/violation"},
            marks=[
                pytest.mark.enforces("notice", article="chengde-safety:11"),
                pytest.mark.enforces("shot_list", article="chengde-safety:13"),
            ],
        ),
        pytest.param(
            "luohe-livestock",
            {"notice/notice", "shot/original_traces"},
            marks=[
                pytest.mark.enforces("notice", article="luohe-livestock:8"),
                pytest.mark.enforces("shot_list", article="luohe-livestock:10"),
            ],
        ),
    ],
)
def test_each_regulations_points_are_listed_to_be_marked(as_, bureau, pack, ids):
    Adoption.objects.update(pack_id=pack)
    put("2026-000001")
    points = {one["id"] for one in told(as_)["points"]}
    assert ids <= points


def test_a_mark_shows_its_point_in_the_list(as_):
    film = put("2026-000001")
    Mark.objects.create(
        recording=film, kind=MarkKind.SHOT_POINT, code="place", start_seconds=2,
        made_at=factories.NOON, made_by=film.officer,
    )  # fmt: skip
    [mark] = told(as_)["marks"]
    assert (mark["shows"], mark["mayRemove"]) == ("shot/place", True)


def test_leaders_are_offered_no_marks(as_):
    put("2026-000001")
    page = as_("zhao").get(PAGE)
    assert not page.context["told"]["mayMark"]
    assert "data-palette" not in page.content.decode()


def test_without_films_the_page_says_so(as_):
    factories.activity()
    assert "该活动还没有录像或者录音" in as_("li").get(PAGE).content.decode()


def test_anothers_activity_is_not_there(as_):
    put("2026-000001")
    for who in ("colleague", factories.stranger()):
        assert as_(who).get(PAGE).status_code == 404


def test_names_and_notes_cannot_end_the_script(as_):
    film = put("2026-000001", device_no="</script><b>")
    Mark.objects.create(
        recording=film, kind=MarkKind.OTHER, note="</script><script>", start_seconds=2,
        made_at=factories.NOON, made_by=film.officer,
    )  # fmt: skip
    page = as_("li").get(PAGE).content.decode()
    assert "</script><b>" not in page
    assert "</script><script>" not in page


def test_more_recordings_cost_no_more_queries(as_):
    browser = as_("li")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(PAGE)
        return len(asked)

    put("2026-000001")
    put("2026-000002")
    browser.get(PAGE)
    few = cost()
    for n in range(3, 12):
        put(f"2026-{n:06d}", device=factories.device(f"ZF-{n}"), device_no=f"ZF-{n}")
    assert cost() == few


def test_what_is_noted_on_a_recording_one_may_not_open_is_not_told(as_):
    other = factories.officer("other")
    film = put("2026-000001", officer=other)
    Mark.objects.create(
        recording=film, kind=MarkKind.OTHER, start_seconds=1, note="私下交谈",
        made_at=factories.NOON, made_by=other,
    )  # fmt: skip
    found = told(as_)
    assert (len(found["lanes"]), found["marks"]) == (1, [])

"""One recording's page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings import derived
from liuhen.recordings.models import (
    Finding,
    MediaKind,
    Recording,
    RecordingState,
    TimeClaim,
    TimeOrigin,
)

PAGE = "/recordings/2026-000001/"
HTMX = {"HX-Request": "true"}


def opened(as_, **headers):
    """By the custodian, whose request was approved."""
    factories.grant(Recording.objects.get(), factories.officer("zhou"))
    return as_("zhou").post(f"{PAGE}open/", **headers)


def kinds() -> list[str]:
    about = CustodyEvent.objects.filter(subject="recording:2026-000001").order_by("index")
    return list(about.values_list("kind", flat=True))


def body(answer) -> str:
    return answer.content.decode()


def test_digests_name_and_place_are_shown(as_):
    made = factories.recording(original_name="取证/现场.mp4".encode("gbk"))
    page = body(as_("zhou").get(PAGE))
    assert all(text in page for text in (made.sha256, made.sm3, made.vault_key, "取证/现场.mp4"))


def test_looking_at_the_page_opens_nothing(as_):
    factories.recording()
    as_("zhou").get(PAGE)
    assert Kind.RECORDING_OPENED not in kinds()


@pytest.mark.parametrize(
    ("kind", "holds"),
    [(MediaKind.VIDEO, "<video"), (MediaKind.AUDIO, "<audio"), (MediaKind.PHOTO, "photo-stage")],
)
@pytest.mark.enforces("access")
def test_opening_gives_the_player_and_leaves_an_event(as_, kind, holds):
    factories.recording(kind=kind)
    player = body(opened(as_, headers=HTMX))
    assert holds in player
    assert "/original" in player
    assert kinds()[-1] == Kind.RECORDING_OPENED


def test_the_history_shows_the_look_at_once(as_):
    factories.recording()
    history = opened(as_, headers=HTMX).context["history"]
    assert history[-1].event.kind == Kind.RECORDING_OPENED


def test_opening_without_javascript_gives_a_page(as_):
    factories.recording()
    assert "<html" in body(opened(as_))


@pytest.mark.enforces("access")
def test_knowing_of_it_is_not_opening_it(as_):
    factories.recording()
    answer = as_("zhou").post(f"{PAGE}open/", headers=HTMX)
    assert (answer.status_code, kinds()[-1]) == (403, Kind.ACCESS_DENIED)
    assert "/media/" not in body(answer)


def test_a_rendition_is_called_one(as_):
    made = factories.recording(examination={"browser_playable": False})
    derived.rendition(made).parent.mkdir(parents=True)
    derived.rendition(made).write_bytes(b"mp4")
    player = body(opened(as_, headers=HTMX))
    assert "/rendition" in player
    assert "原始文件未作任何改动" in player


def test_what_is_not_examined_yet_asks_again(as_):
    factories.recording(state=RecordingState.SEALED, examination=None)
    assert 'hx-trigger="every 3s"' in body(as_("zhou").get(f"{PAGE}player/"))


def test_what_nothing_plays_is_said_plainly(as_):
    factories.recording(examination={"browser_playable": False})
    page = body(as_("zhou").get(PAGE))
    assert "浏览器无法播放该文件" in page
    assert "stage-play" not in page


@pytest.mark.parametrize("way", ["", "open/", "verify/", "history/", "player/"])
@pytest.mark.enforces("access", "secrecy")
def test_somebody_elses_recording_is_not_there(as_, way):
    factories.recording(officer=factories.officer("other"))
    browser = as_("li")
    ask = browser.post if way in ("open/", "verify/") else browser.get
    assert ask(PAGE + way).status_code == 404
    assert kinds() == [Kind.RECORDING_SEALED]


def test_verifying_proves_and_shows_the_new_event(as_):
    factories.recording(content=b"film")
    answer = as_("zhou").post(f"{PAGE}verify/", headers=HTMX)
    assert answer.context["verdict"].is_intact
    assert 'hx-swap-oob="true"' in body(answer)
    assert kinds()[-1] == Kind.RECORDING_VERIFIED


def test_a_changed_original_is_called_changed(as_, data):
    made = factories.recording(content=b"film")
    (data.vault / made.vault_key).write_bytes(b"fake")
    assert "原始文件已被改动" in body(as_("zhou").post(f"{PAGE}verify/", headers=HTMX))


def test_a_missing_original_is_called_missing(as_):
    factories.recording()
    assert "原始文件缺失" in body(as_("zhou").post(f"{PAGE}verify/"))


def test_the_custodian_says_whose_it_is(as_):
    factories.unassigned("2026-000001")
    wang = factories.officer("wang")
    as_("zhou").post(f"{PAGE}assign/", {"officer": wang.pk})
    assert Recording.objects.get().officer == wang
    assert kinds()[-1] == Kind.RECORDING_ASSIGNED


def test_an_administrator_has_made_no_recording(as_):
    made = factories.unassigned("2026-000001")
    as_("zhou").post(f"{PAGE}assign/", {"officer": factories.officer("sun").pk})
    made.refresh_from_db()
    assert made.officer is None


def test_the_believed_time_is_marked(as_):
    made = factories.recording(recorded_at_origin=TimeOrigin.HEADER)
    told = {"recording": made, "raw": "x", "instant": factories.NOON, "is_zone_known": False}
    for origin in (TimeOrigin.HEADER, TimeOrigin.FILE):
        TimeClaim.objects.create(origin=origin, field="f", **told)
    claims = as_("zhou").get(PAGE).context["claims"]
    assert [(claim.origin, believed) for claim, believed in claims] == [
        (TimeOrigin.HEADER, True),
        (TimeOrigin.FILE, False),
    ]


def test_a_finding_is_explained_and_marked_on_the_timeline(as_):
    made = factories.recording(state=RecordingState.MARKED)
    Finding.objects.create(
        recording=made, code="timestamp_gap", start_seconds=30, end_seconds=36, evidence={}
    )
    assert "这段时间没有录到内容" in body(as_("zhou").get(PAGE))
    [lane] = opened(as_, headers=HTMX).context["told"]["lanes"]
    [found] = lane["segments"][0]["findings"]
    assert (found["title"], found["start"], found["end"]) == ("录制间断", 30, 36)


def test_history_tells_each_event_with_its_proof(as_):
    factories.recording()
    [told] = as_("zhou").get(f"{PAGE}history/").context["history"]
    assert told.event.kind == Kind.RECORDING_SEALED
    assert told.checkpoint_size == told.event.index + 1


def test_more_events_and_findings_cost_no_more_queries(as_):
    made, browser = factories.recording(), as_("li")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(PAGE)
        return len(asked)

    def add(count: int) -> None:
        for _ in range(count):
            browser.post(f"{PAGE}open/")
            Finding.objects.create(recording=made, code="timestamp_gap")

    add(5)
    few = cost()
    add(15)
    assert cost() == few

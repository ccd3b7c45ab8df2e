"""`liuhen policy simulate` and `liuhen policy explain`."""

import json
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

import factories
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.kernel.clock import CHINA
from liuhen.ops.cli import main
from liuhen.people.models import Agency
from liuhen.recordings.models import RecordingState, TimeOrigin
from liuhen.regulations.models import Adoption, Proposal, ProposalState

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=CHINA)
ENDED = datetime(2026, 3, 10, 15, 1, tzinfo=CHINA)
ONE_YEAR = "{rule: exact, period: P1Y, article: 20}"


@pytest.fixture
def bureau(data, monkeypatch) -> Agency:
    """One that follows chengde-safety, with a recording handed in two hours after its end."""
    monkeypatch.setattr("liuhen.ops.boot.start", lambda folder: data)
    monkeypatch.setattr("liuhen.kernel.clock.now", lambda: AT)
    made = factories.agency()
    Adoption.objects.filter(agency=made).update(pack_id="chengde-safety")
    start, sealed = ENDED - timedelta(minutes=1), ENDED + timedelta(hours=2)
    # Its clock was compared: what it claims is its end.
    factories.recording(recorded_at=start, sealed_at=sealed, clock_offset_seconds=0)
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["policy", *arguments])


def answer(*arguments: str) -> tuple[int, dict]:
    done = run(*arguments, "--json")
    return done.exit_code, json.loads(done.stdout)


def test_a_shorter_term_is_tried(bureau):
    status, said = answer("simulate", "--parameter", "retention", "--value", ONE_YEAR)
    assert (status, said["moved"], said["recordings"]) == (0, {"earlier": 1}, 1)
    [example] = said["moved_examples"]
    assert example["before"]["until"] == "2028-03-10T15:01:00+08:00"
    assert example["after"]["until"] == "2027-03-10T15:01:00+08:00"


def test_for_people_it_is_said_in_words(bureau):
    said = run("simulate", "--parameter", "retention", "--value", ONE_YEAR).stdout
    assert "保存期限：1 份到期提前" in said
    assert "2026-000001  2028-03-10 15:01（最低期限） → 2027-03-10 15:01" in said
    assert "行政处罚法第三十六条" in said


def test_nothing_changed_is_said_too(bureau):
    same = "{rule: at_least, period: P2Y, article: 20}"
    assert "没有变化" in run("simulate", "--parameter", "retention", "--value", same).stdout


def test_another_regulation_is_tried_with_its_approvals(bureau):
    status, said = answer("simulate", "--pack", "neiqiu-health")
    assert (status, said["moved"]) == (0, {"no_longer_expires": 1})
    view = next(one for one in said["chains"] if one["kind"] == "view")
    assert view["after"] == [{"posts": ["bureau_head"], "act": "approve"}]
    assert "改为 单位主要负责人批准" in run("simulate", "--pack", "neiqiu-health").stdout


def test_a_value_that_cannot_be_is_said_with_what_would_be_right(bureau):
    status, said = answer("simulate", "--parameter", "retention", "--value", "{article: 20}")
    assert (status, said["refused"]) == (1, "value_invalid")
    assert all(one["right"] for one in said["problems"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--pack", "nowhere"], "policy.no_such_pack"),
        (["--pack", "neiqiu-health", "--agency", "无此单位"], "people.no_such_agency"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(bureau, arguments, code):
    status, said = answer("simulate", *arguments)
    assert (status, said["refused"]) == (1, code)


def test_of_two_bureaus_one_must_be_named(bureau):
    factories.agency("另一县卫健局")
    assert answer("simulate", "--pack", "neiqiu-health")[1]["refused"] == "people.agency_not_said"
    status, said = answer("simulate", "--pack", "neiqiu-health", "--agency", "另一县卫健局")
    assert (status, said["agency"], said["recordings"]) == (0, "另一县卫健局", 0)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--parameter", "retention"],
        ["--value", "{}"],
        ["--pack", "neiqiu-health", "--parameter", "retention", "--value", "{}"],
        ["--pack", "neiqiu-health", "--from", "tomorrow"],
    ],
)
def test_wrong_usage_exits_2(bureau, arguments):
    assert run("simulate", *arguments).exit_code == 2


def test_a_recording_is_explained_by_its_articles(bureau):
    status, said = answer("explain", "2026-000001")
    assert (status, said["pack"]) == (0, "chengde-safety")
    assert said["keeping"]["until"] == "2028-03-10T15:01:00+08:00"
    assert [one["article"] for one in said["keeping"]["grounds"]] == [20]
    handed = said["handover"]
    assert (handed["due_at"], handed["state"]) == ("2026-03-11T00:00:00+08:00", "done")


def test_for_people_the_grounds_stand_below_what_they_ground(bureau):
    said = run("explain", "2026-000001").stdout
    assert "保存至：2028-03-10 15:01（最低期限）\n  第20条　至少保存2年" in said
    assert "移交期限：2026-03-11 00:00" in said
    assert "掌握口径：" in said
    assert "自 2025-01-01 起（制度原文）" in said


def test_a_change_of_the_bureaus_own_is_named_with_its_day(bureau):
    an, qian = factories.officer("an"), factories.officer("qian")
    value = {"article": 20, "rule": "at_least", "period": "P3Y"}
    Proposal.objects.create(
        agency=bureau, parameter="retention", value=value, from_date=date(2026, 2, 1),
        reason="案件较多", state=ProposalState.APPROVED, proposed_by=an, proposed_at=AT,
        decided_by=qian, decided_at=AT,
    )  # fmt: skip
    said = run("explain", "2026-000001").stdout
    assert "保存至：2029-03-10 15:01" in said
    assert "自 2026-02-01 起（本单位调整：案件较多）" in said


def test_the_duty_made_then_speaks_not_todays_rules(bureau):
    film = factories.recording()
    due, said = ENDED + timedelta(hours=1), {"article": 99, "code": "handover_hours",
        "facts": {"clock": "recording_end", "hours": 1}, "reading": None, "see": []}  # fmt: skip
    Duty.objects.create(
        agency=bureau, key="handover:x", kind=DutyKind.HANDOVER, pack_id="own", article=99,
        recording=film, started_at=ENDED, due_at=due, state=DutyState.DONE_LATE,
        closed_at=film.sealed_at, facts={"grounds": [said]},
    )  # fmt: skip
    handed = answer("explain", film.number)[1]["handover"]
    assert (handed["is_duty"], handed["state"]) == (True, "done_late")
    assert [one["article"] for one in handed["grounds"]] == [99]


def test_why_no_handover_is_owed_is_said(bureau):
    Agency.objects.update(set_up_at=ENDED + timedelta(hours=1))
    said = run("explain", "2026-000001").stdout
    assert "移交期限：录制于本单位启用本系统之前，不核算" in said
    factories.recording("2026-000002", recorded_at_origin=TimeOrigin.INTAKE)
    assert "移交期限：录制时间不明" in run("explain", "2026-000002").stdout


def test_what_is_not_examined_yet_is_explained_as_a_guess(bureau):
    film = factories.recording("2026-000002", state=RecordingState.SEALED)
    assert answer("explain", film.number)[1]["is_examined"] is False
    assert "尚未检验，录制时间暂按" in run("explain", film.number).stdout


@pytest.mark.parametrize(
    "value", ["{a: &a [x, x], b: [*a, *a]}", "!!python/name:os.system", "{article:", "{a: 1, a: 2}"]
)
def test_a_value_is_read_as_a_pack_is(bureau, value):
    status, said = answer("simulate", "--parameter", "retention", "--value", value)
    assert (status, said["refused"]) == (1, "value_invalid")
    assert len(said["problems"]) == 1


def test_an_unknown_number_is_refused(bureau):
    status, said = answer("explain", "2026-404404")
    assert (status, said["refused"]) == (1, "recordings.no_such_recording")


def test_a_bureau_without_a_regulation_is_refused(bureau):
    Adoption.objects.all().delete()
    assert answer("explain", "2026-000001")[1]["refused"] == "regulations.none"
    assert answer("simulate", "--pack", "neiqiu-health")[1]["refused"] == "regulations.none"

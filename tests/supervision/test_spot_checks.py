"""Announced before anybody can know what comes out, drawn by the log's own root."""

import subprocess
from datetime import timedelta

import pytest
from spot_cast import (
    DAY,
    LATER,
    activity,
    announced,
    drawn,
    film,
    kinds_of,
    plan,
    refused,
    who,
    work,
)

import factories
from factories import NOON
from liuhen.access.models import Assignment
from liuhen.custody import log, proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint, CustodyEvent
from liuhen.devices.models import Device, DeviceKind
from liuhen.engines.drawing import choosing, frames
from liuhen.engines.policy.values import Sampling
from liuhen.recordings import secrecy
from liuhen.regulations import current
from liuhen.supervision import spot_checks, spot_queries, spot_rules
from liuhen.supervision.models import SpotCheck, SpotItem, SpotState, Stratum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def listed(check: SpotCheck) -> set[str]:
    return {one.item for one in frames.read(bytes(check.frame)).candidates}


def items(check: SpotCheck) -> list[str]:
    return list(check.items.order_by("position").values_list("item", flat=True))


@pytest.mark.enforces("sampling", article="chengde-safety:26")
def test_each_group_gives_its_share_of_what_is_there():
    work(activities=6, loose=4)
    check = drawn(percent=20)
    groups = list(check.items.order_by("position").values_list("group", flat=True))
    assert groups == ["日常检查"] * 2 + ["未归入执法活动"]
    assert check.frame_size == 10


def test_the_announcement_fixes_rule_and_list_before_the_draw():
    work()
    check = announced(percent=30, least=2)
    said = proofs.facts_of(proofs.event_of(f"spot_check:{check.number}", Kind.SPOT_CHECK_ANNOUNCED))
    assert said["frame_sha256"] == frames.digest(bytes(check.frame))
    assert (said["percent"], said["least"], said["frame_size"]) == (30, 2, 10)
    assert not SpotItem.objects.exists()


def test_the_root_is_the_one_the_announcement_made():
    work()
    check = announced()
    event = proofs.event_of(f"spot_check:{check.number}", Kind.SPOT_CHECK_ANNOUNCED)
    film(500)  # the log goes on meanwhile
    spot_checks.draw(check, by=who("du"), at=LATER)
    head = Checkpoint.objects.get(size=event.index + 1)
    assert (check.root, check.checkpoint_size) == (bytes(head.root).hex(), event.index + 1)


def test_anybody_draws_the_same_with_the_printed_commands(tmp_path):
    work(12, 9)
    check = drawn(percent=25, least=2)
    content = bytes(check.frame)
    (tmp_path / "抽查名册.txt").write_bytes(content)
    script = frames.commands(frames.read(content), check.root, "抽查名册.txt")
    said = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert sorted(said.stdout.split()) == sorted(items(check))


def test_whoever_presses_the_button_the_same_is_drawn():
    work()
    check = announced("ban", "du")
    spot_checks.draw(check, by=who("ban"), at=LATER + timedelta(days=1))
    frame = frames.read(bytes(check.frame))
    again = choosing.draw(
        frame.candidates, root_hex=check.root, draw_no=check.number, percent=20, least=0
    )
    assert items(check) == [one.item for one in again]


def test_what_has_no_recording_and_what_belongs_to_nothing_is_drawn_from():
    activity(1)
    film(2)
    activity(3, film(3))
    assert listed(announced()) == {
        "activity:HD-2026-000001", "recording:2026-000002", "activity:HD-2026-000003",
    }  # fmt: skip


def test_other_days_voided_activities_and_window_cameras_are_not_drawn_from():
    film(1)
    activity(1, arrived_at=NOON - timedelta(days=3))
    activity(2, voided_at=NOON, voided_by=who("li"), void_reason="重复登记")
    camera = Device.objects.create(
        agency=factories.agency(), device_no="CK-1", kind=DeviceKind.FIXED_CAMERA,
        registered_at=NOON,
    )  # fmt: skip
    film(2, officer=None, device=camera)
    film(3, recorded_at=NOON + timedelta(days=1))
    assert listed(announced()) == {"recording:2026-000001"}


def test_groups_are_by_whatever_is_asked_together():
    activity(1, officer=who("li"))
    film(1, officer=None, unit=None)
    check = announced(strata=list(Stratum))
    groups = {one.item: one.group for one in frames.read(bytes(check.frame)).candidates}
    assert groups == {
        "activity:HD-2026-000001": "监督一科／李执法（HB-li）／日常检查／2026-01",
        "recording:2026-000001": "科室不详／人员不详／未归入执法活动／2026-01",
    }


def test_what_is_kept_secret_from_who_announces_is_not_in_the_list():
    film(1)
    secrecy.mark(film(2), "trade", reason="配方", by=who("zhou"), at=NOON)
    check = announced()
    assert listed(check) == {"recording:2026-000001"}
    assert not check.has_secrets


def test_a_list_with_secrets_is_for_those_who_see_secrets_alone():
    factories.follow("luohe-livestock")  # silent on sampling: legal office and supervision
    secrecy.mark(film(1), "trade", reason="配方", by=who("zhou"), at=NOON)
    assert refused(announced, "fa", "du", by="fa") == "spot_check.checker_sees_no_secrets"
    check = announced("fa", by="fa")
    assert check.has_secrets
    assert refused(spot_checks.draw, check, by=who("du"), at=LATER) == (
        "spot_check.checker_sees_no_secrets"
    )
    assert spot_queries.visible_to(who("fa")).exists()
    assert not spot_queries.visible_to(who("du")).exists()


@pytest.mark.parametrize(
    ("pack", "posts", "codes"),
    [
        ("chengde-safety", "office_head supervision", "recorded no_gap handled angle conduct"),
        ("jiaxian-health", "office_head", "recorded no_gap handled angle"),
        ("neiqiu-health", "legal_office", "recorded no_gap handled angle"),
        ("weidong-market", "legal_office", "recorded no_gap handled"),
        ("luohe-livestock", "legal_office supervision", "recorded no_gap handled"),
    ],
)
def test_who_checks_and_what_is_asked_comes_from_the_regulation(bureau, pack, posts, codes):
    factories.follow(pack)
    basis = spot_rules.basis_for(bureau, at=NOON)
    assert " ".join(basis.posts) == posts
    assert " ".join(one.code for one in basis.questions) == codes
    assert basis.percent is None


def test_a_ratio_nobody_set_needs_a_reason():
    work()
    assert refused(announced, reason="") == "spot_check.ratio_unset"


def test_a_ratio_the_rules_set_needs_none_another_does(bureau, monkeypatch):
    work()
    rules = current.rules(bureau, DAY)
    rule = rules.get(Sampling).model_copy(update={"percent": 20})
    monkeypatch.setitem(rules.values, "sampling", rule)
    monkeypatch.setattr(current, "rules_if_any", lambda *_: rules)
    assert refused(announced, percent=5, reason="") == "spot_check.other_ratio"
    assert announced(percent=20, reason="").percent == 20


def test_once_more_for_the_same_days_needs_a_reason_and_shows(bureau):
    work()
    first = announced()
    spot_checks.abandon(first, reason="期间填错", by=who("du"), at=LATER)
    again = announced(reason="扩大范围再次抽查")
    assert again.repeats == [first.number]
    assert SpotCheck.objects.get(pk=first.pk).state == SpotState.ABANDONED


def test_a_repeat_without_a_reason_is_refused_where_the_ratio_is_the_rules(bureau, monkeypatch):
    work()
    announced()
    rules = current.rules(bureau, DAY)
    rule = rules.get(Sampling).model_copy(update={"percent": 20})
    monkeypatch.setitem(rules.values, "sampling", rule)
    monkeypatch.setattr(current, "rules_if_any", lambda *_: rules)
    assert refused(announced, reason="") == "spot_check.reason_to_repeat"


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "zhou", "an", "fa"])
def test_who_holds_no_post_of_the_rule_announces_nothing(login):
    work()
    assert refused(announced, by=login) == "spot_check.not_a_checker"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"since": DAY + timedelta(days=1)}, "wrong_days"),
        ({"until": DAY + timedelta(days=1)}, "wrong_days"),
        ({"looks_until": DAY - timedelta(days=1)}, "looking_over"),
        ({"checkers": []}, "no_checkers"),
        ({"since": DAY - timedelta(days=9), "until": DAY - timedelta(days=8)}, "nothing_to_draw"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused(more, code):
    work(2, 0)
    assert refused(announced, **more) == f"spot_check.{code}"


def test_more_than_can_be_checked_is_refused(monkeypatch):
    work(2, 2)
    monkeypatch.setattr(spot_checks, "MOST_DRAWN", 3)
    assert refused(announced, percent=100) == "spot_check.too_many_drawn"


def test_a_list_that_was_changed_is_not_drawn_from():
    work()
    check = announced()
    SpotCheck.objects.filter(pk=check.pk).update(frame=bytes(check.frame) + b"x\ty\n")
    assert refused(spot_checks.draw, check, by=who("du"), at=LATER) == "spot_check.frame_changed"


def test_it_is_drawn_once():
    work()
    check = drawn()
    stale = SpotCheck.objects.get(pk=check.pk)
    assert refused(spot_checks.draw, stale, by=who("du"), at=LATER) == "spot_check.wrong_step"


def test_another_bureaus_is_not_there():
    work()
    check = announced()
    far = factories.stranger("far", "supervision")
    assert refused(spot_checks.draw, check, by=far, at=LATER) == "spot_check.no_such"


def test_each_step_is_an_event():
    work()
    check = drawn()
    spot_checks.abandon(check, reason="检查人员调离", by=who("du"), at=LATER)
    assert kinds_of(check) == [
        "spot_check.announced", "spot_check.drawn", "access.assigned", "spot_check.abandoned",
        "access.assignments_ended",
    ]  # fmt: skip


def test_what_is_abandoned_is_looked_at_no_more():
    work()
    check = drawn()
    assert Assignment.objects.filter(ended_at=None).exists()
    spot_checks.abandon(check, reason="检查人员调离", by=who("du"), at=LATER)
    assert not Assignment.objects.filter(ended_at=None).exists()
    assert refused(spot_checks.abandon, check, reason=" ", by=who("du"), at=LATER) == (
        "spot_check.words_blank"
    )


@pytest.mark.parametrize("step", [announced, drawn])
def test_no_event_no_change(monkeypatch, step):
    work()
    check = announced() if step is drawn else None
    before = CustodyEvent.objects.count(), SpotCheck.objects.count()
    monkeypatch.setattr(log, "record_all", lambda _acts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        spot_checks.draw(check, by=who("du"), at=LATER) if check else announced()
    assert (CustodyEvent.objects.count(), SpotCheck.objects.count()) == before
    assert not SpotItem.objects.exists()


def test_what_would_come_is_told_beforehand():
    work(6, 4)
    prepared = spot_checks.prepare(plan(), by=who("du"), at=NOON)
    assert prepared.quotas == {"日常检查": (6, 2), "未归入执法活动": (4, 1)}
    assert (prepared.drawn, prepared.repeats) == (3, ())


def test_after_its_last_day_nothing_is_drawn_any_more():
    work()
    made = announced()
    late = NOON + timedelta(days=11)
    assert refused(spot_checks.draw, made, by=who("du"), at=late) == "spot_check.looks_ended"

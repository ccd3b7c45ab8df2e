"""A device that is gone: the use ends, somebody answers, and it may turn up again."""

import pytest
from django.utils import translation

import factories
from devices.mending_cast import (
    DAY,
    HOUR,
    NOON,
    closed,
    device,
    events_of,
    finished,
    keeper,
    lost,
    refused,
    report,
    state_of,
    taken_up,
    told,
    used,
)
from liuhen.custody.kinds import Kind
from liuhen.devices import losing
from liuhen.devices.models import CompensationCase, DeviceState, LossReport, RepairTicket
from people.told import LogDown

pytestmark = pytest.mark.usefixtures("bureau")


@pytest.mark.enforces("compensation", "accountability", article="neiqiu-health:12")
def test_the_use_ends_and_its_user_answers():
    checkout, li = used("li", price="1800.00"), factories.officer("li")
    loss = lost(checkout.device, by=li, recordings_in=True)
    checkout.refresh_from_db()
    assert (checkout.returned_at, checkout.received_by, checkout.condition) == (NOON, li, "lost")
    assert (loss.officer, loss.checkout, state_of()) == (li, checkout, DeviceState.LOST)
    case = CompensationCase.objects.get()
    assert (case.officer, case.loss, case.state, case.full_price) == (li, loss, "open", 1800)
    assert events_of() == [Kind.DEVICE_LOST, Kind.COMPENSATION_OPENED]


def test_the_log_says_what_was_told():
    loss = lost(used("li").device, recordings_in=False)
    [said] = told(Kind.DEVICE_LOST)
    assert said == {
        "loss": loss.pk,
        "officer": "HB-li",
        "checkout": loss.checkout_id,
        "missed_at": (NOON - HOUR).isoformat(),
        "story": "执法途中丢失",
        "recordings_in": False,
    }


def test_a_server_clock_that_was_set_back_is_in_nobodys_way():
    checkout = used("li")
    lost(checkout.device, at=checkout.handed_at - HOUR, missed_at=checkout.handed_at)
    assert LossReport.objects.get().checkout.returned_at == checkout.handed_at


@pytest.mark.enforces("accountability", article="chengde-safety:7")
def test_lost_from_the_cupboard_its_keeper_answers():
    lost(device(keeper=keeper()), by=factories.officer("zhou"))
    assert CompensationCase.objects.get().officer == keeper()


def test_where_nobody_had_it_there_is_no_case():
    assert lost().officer is None
    assert not CompensationCase.objects.exists()


def test_lost_at_the_repairers_ends_the_repair():
    ticket = taken_up()
    lost()
    ticket.refresh_from_db()
    assert ticket.state == "given_up"
    assert Kind.REPAIR_GIVEN_UP in events_of()


def test_what_is_kept_speaks_chinese_whoever_reports_it():
    ticket = taken_up()
    with translation.override("en"):
        lost(ticket.device)
    ticket.refresh_from_db()
    assert ticket.outcome == "设备已登记遗失。"


def test_what_was_mended_before_it_was_lost_was_mended():
    ticket = finished()
    lost()
    assert RepairTicket.objects.get(pk=ticket.pk).state == "closed"


def test_a_repair_long_past_stays_as_it_was():
    closed()
    lost()
    assert RepairTicket.objects.get().feedback == "使用正常"


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "cai", "an"])
def test_nobody_else_reports_the_loss(login):
    checkout, other = used(factories.officer("gao")), factories.officer(login)
    assert refused(lost, checkout.device, by=other) == "devices.not_yours_to_report"


def test_another_bureaus_device_is_not_lost_from_here():
    far = factories.stranger("far", "keeper")
    assert refused(lost, device(), by=far) == "devices.not_yours_to_report"


def test_of_two_reports_at_once_one_is_the_loss():
    lost()
    assert refused(lost) == "devices.already_lost"
    assert LossReport.objects.count() == 1


def test_what_is_scrapped_is_not_lost():
    assert refused(lost, device(state=DeviceState.SCRAPPED)) == "devices.device_gone"


def test_no_story_no_loss():
    assert refused(lost, story=" ") == "devices.words_missing"


def test_a_loss_lies_between_the_hand_out_and_now():
    out = used("li").device
    assert refused(lost, out, missed_at=NOON + HOUR) == "devices.in_the_future"
    assert refused(lost, out, missed_at=NOON - DAY) == "devices.missed_before_hand_out"


def test_missed_within_the_minute_of_the_hand_out_is_told_to_the_minute():
    checkout = used("li")
    handed_at = NOON.replace(second=40)
    type(checkout).objects.filter(pk=checkout.pk).update(handed_at=handed_at)
    assert lost(checkout.device, at=NOON + HOUR, missed_at=NOON).missed_at == NOON


def test_found_again_it_is_in_stock_and_the_case_waits_for_a_decision():
    loss = lost(used("li").device)
    losing.found(loss, note="在车座下找到", by=keeper(), at=NOON + DAY)
    assert (loss.found_at, loss.found_note) == (NOON + DAY, "在车座下找到")
    assert (state_of(), CompensationCase.objects.get().state) == (DeviceState.READY, "open")
    assert told(Kind.DEVICE_FOUND) == [{"loss": loss.pk, "note": "在车座下找到"}]


def test_found_it_may_be_lost_again():
    losing.found(lost(), note="找到", by=keeper(), at=NOON)
    assert lost(at=NOON + DAY).found_at is None


def test_it_is_found_once():
    loss = lost()
    losing.found(loss, note="找到", by=keeper(), at=NOON)
    no = refused(losing.found, loss, note="找到", by=keeper(), at=NOON)
    assert no == "devices.already_found"
    assert not losing.may_say_found(loss, keeper())


def test_what_was_scrapped_meanwhile_is_not_put_back_in_stock():
    loss = lost()
    device(state=DeviceState.SCRAPPED)
    no = refused(losing.found, loss, note="找到", by=keeper(), at=NOON)
    assert (no, LossReport.objects.get().found_at) == ("devices.device_gone", None)


@pytest.mark.parametrize(
    ("login", "code"), [("li", "people.not_permitted"), ("far", "devices.no_such_loss")]
)
def test_only_a_keeper_here_says_it_is_found(login, code):
    loss = lost()
    by = factories.stranger("far", "keeper") if login == "far" else factories.officer(login)
    assert refused(losing.found, loss, note="找到", by=by, at=NOON) == code
    assert not losing.may_say_found(loss, by)


def test_found_with_words():
    no = refused(losing.found, lost(), note="", by=keeper(), at=NOON)
    assert no == "devices.words_missing"


def test_no_event_no_loss(log_down):
    checkout = used("li")
    log_down()
    with pytest.raises(LogDown):
        lost(checkout.device)
    checkout.refresh_from_db()
    assert (checkout.returned_at, state_of()) == (None, DeviceState.OUT)
    assert not LossReport.objects.exists()
    assert not CompensationCase.objects.exists()


def test_no_event_nothing_found(log_down):
    loss, by = lost(), keeper()
    log_down()
    with pytest.raises(LogDown):
        losing.found(loss, note="找到", by=by, at=NOON)
    assert (LossReport.objects.get().found_at, state_of()) == (None, DeviceState.LOST)


def test_a_device_in_repair_that_nobody_reported_is_only_lost():
    report(device("B"))
    lost(device("A"))
    assert RepairTicket.objects.get().state == "reported"

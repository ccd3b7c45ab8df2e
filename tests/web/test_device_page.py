"""One device's page: facts, who answers, password, scrapping, what happened to it."""

from datetime import timedelta

import pytest

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import Device, DeviceState
from liuhen.people.roles import Role
from liuhen.web.views import device as page

SECRET = "jlY-8642"


@pytest.fixture
def camera(bureau) -> Device:
    return factories.device()


def kinds(device: Device) -> list[str]:
    rows = CustodyEvent.objects.filter(subject=f"device:{device.device_no}").order_by("index")
    return list(rows.values_list("kind", flat=True))


def url(device: Device, rest: str = "") -> str:
    return f"/devices/{device.pk}/{rest}"


@pytest.mark.enforces("accountability", article="neiqiu-health:9")
def test_it_says_who_answers_and_by_which_article(as_, camera):
    factories.officer("wang")
    charges = {str(one.title): one for one in as_("zhao").get(url(camera)).context["charges"]}
    assert [officer.login for officer in charges["第一责任人"].officers] == ["wang"]
    assert charges["第一责任人"].ground.article == 9
    assert charges["设备管理员"].officers == ()


@pytest.mark.enforces("accountability", article="neiqiu-health:9")
@pytest.mark.enforces("accountability", article="neiqiu-health:12")
def test_whoever_has_it_answers_for_it(as_, camera):
    li, kong = factories.officer("li"), factories.officer("kong")
    camera.checkouts.create(agency=camera.agency, officer=li, handed_at=NOON, handed_by=kong)
    shown = as_(kong).get(url(camera))
    assert shown.context["charges"][-1].officers == (li,)
    assert "现由 李执法 领用" in shown.content.decode()


def test_it_is_put_right(as_, camera):
    said = {
        "kind": "body_camera",
        "maker": "某厂",
        "asset_no": "ZC-1",
        "acquired_date": "2026-01-04",
    }
    answer = as_("kong").post(url(camera, "edit/"), said)
    camera.refresh_from_db()
    assert answer.status_code == 302
    assert (camera.maker, camera.asset.asset_no) == ("某厂", "ZC-1")
    assert kinds(camera) == [Kind.DEVICE_CHANGED]


def test_the_form_shows_what_is_registered_and_changes_nothing_by_itself(as_, camera):
    gone = factories.officer("gone", Role.KEEPER)
    gone.role_holdings.all().delete()
    Device.objects.update(keeper=gone, capacity_bytes=64 * 10**9)
    form = as_("kong").get(url(camera, "edit/")).context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent = {name: getattr(value, "pk", value) for name, value in said.items() if value is not False}
    as_("kong").post(url(camera, "edit/"), sent)
    assert kinds(camera) == []


def test_what_is_refused_is_said_on_the_form(as_, camera):
    answer = as_("kong").post(url(camera, "edit/"), {"kind": "station"})
    assert answer.status_code == 422
    assert "存放地点" in answer.context["form"].non_field_errors()[0]


def test_it_is_scrapped_and_says_so(as_, camera):
    as_("kong").post(url(camera, "scrap/"), {"reason": "主板烧毁"})
    camera.refresh_from_db()
    assert camera.state == DeviceState.SCRAPPED
    shown = as_("kong").get(url(camera))
    assert "主板烧毁" in shown.content.decode()
    assert not shown.context["can_manage"]


def test_what_is_out_is_not_scrapped(as_, camera):
    Device.objects.update(state=DeviceState.OUT)
    answer = as_("kong").post(url(camera, "scrap/"), {"reason": "x"})
    assert "先办理归还" in answer.context["form"].non_field_errors()[0]


@pytest.mark.enforces("devices", article="neiqiu-health:14")
def test_the_password_is_shown_once_to_its_keeper_and_never_kept_by_a_browser(as_, camera):
    as_("zhou").post(url(camera, "password/"), {"password": SECRET})
    answer = as_("kong").post(url(camera, "password/show/"))
    assert SECRET in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert kinds(camera) == [Kind.DEVICE_PASSWORD_SET, Kind.DEVICE_PASSWORD_SHOWN]


@pytest.mark.enforces("devices", article="neiqiu-health:14")
def test_the_password_is_nowhere_else(as_, camera):
    as_("kong").post(url(camera, "password/"), {"password": SECRET})
    browser = as_("kong")
    for address in (url(camera), url(camera, "edit/"), "/devices/", "/devices/labels/"):
        assert SECRET not in browser.get(address).content.decode()
    assert as_("kong").get(url(camera, "password/show/")).status_code == 405


@pytest.mark.parametrize(("login", "status"), [("zhou", 403), ("wang", 403), ("other", 403)])
def test_nobody_but_its_keeper_is_shown_it(as_, camera, login, status):
    as_("kong").post(url(camera, "password/"), {"password": SECRET})
    Device.objects.update(keeper=factories.officer("kong"))
    factories.officer("other", Role.KEEPER)
    answer = as_(login).post(url(camera, "password/show/"))
    assert answer.status_code == status
    assert Kind.DEVICE_PASSWORD_SHOWN not in kinds(camera)


@pytest.mark.parametrize("said", [{}, {"password": SECRET, "forget": "on"}])
def test_a_password_is_set_or_forgotten(as_, camera, said):
    answer = as_("kong").post(url(camera, "password/"), said)
    assert answer.status_code == 422
    assert SECRET not in answer.content.decode()
    assert kinds(camera) == []


def test_a_password_is_forgotten(as_, camera):
    as_("kong").post(url(camera, "password/"), {"password": SECRET})
    as_("kong").post(url(camera, "password/"), {"forget": "on"})
    assert Device.objects.get().sealed_password == ""


def test_another_bureaus_device_of_the_same_number_has_a_history_of_its_own(as_, camera):
    far = factories.stranger("far", Role.KEEPER)
    theirs = far.agency.devices.create(device_no="ZF-001", kind="camera", registered_at=NOON)
    as_(far).post(url(theirs, "edit/"), {"kind": "camera", "maker": "别厂"})
    assert as_("kong").get(url(camera)).context["history"] == []
    assert len(as_(far).get(url(theirs)).context["history"]) == 1


def used(device: Device, times: int) -> None:
    li, kong = factories.officer("li"), factories.officer("kong")
    for n in range(times):
        at = NOON + timedelta(hours=n)
        device.checkouts.create(
            agency=device.agency, officer=li, unit=li.unit, handed_at=at, handed_by=kong,
            returned_at=at, received_by=kong, condition="good",
        )  # fmt: skip
        device.checks.create(checked_at=at, checked_by=kong, items=[], is_passed=True)
        device.clock_readings.create(
            moment="hand_out", method="typed", read_at=at, device_time=at, offset_seconds="-2.500",
            uncertainty_seconds="1", read_by=kong,
        )  # fmt: skip
        device.repair_tickets.create(
            agency=device.agency, state="closed", fault="电池鼓包", reported_at=at, reported_by=kong
        )


def test_the_newest_of_each_are_shown_however_many_there_are(
    as_, camera, django_assert_max_num_queries
):
    browser = as_("kong")
    used(camera, page.NEWEST + 5)
    with django_assert_max_num_queries(36):
        shown = browser.get(url(camera))
    for rows in ("checkouts", "checks", "clock_readings", "repairs"):
        assert len(shown.context[rows]) == page.NEWEST
    assert "慢 2.5秒" in shown.content.decode()

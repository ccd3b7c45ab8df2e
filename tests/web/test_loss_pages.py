"""遗失: the form, the list, found again."""

import pytest

import factories
from devices.mending_cast import device, lost, used
from liuhen.devices.models import CompensationCase, LossReport
from liuhen.duties.rounds import Rounds
from liuhen.kernel.clock import now


def filled(**changes: object) -> dict[str, object]:
    """Missed an hour after the hand-out of `used`."""
    told = {"missed_at": "2026-01-05T11:00", "story": "执法途中丢失", "recordings_in": "no"}
    return told | changes


@pytest.mark.enforces("compensation", "accountability", article="neiqiu-health:12")
def test_a_user_reports_the_loss_and_answers_for_it(as_):
    checkout = used("li")
    browser, way = as_("li"), f"/devices/{checkout.device_id}/loss/"
    assert way in browser.get("/devices/mine/").content.decode()
    answer = browser.post(way, filled())
    loss = LossReport.objects.get()
    assert answer.headers["Location"] == f"/losses/{loss.pk}/"
    assert (loss.recordings_in, loss.officer.login) == (False, "li")
    page = browser.get(f"/losses/{loss.pk}/")
    assert list(page.context["cases"]) == [CompensationCase.objects.get()]


@pytest.mark.parametrize(("said", "kept"), [("yes", True), ("no", False), ("unknown", None)])
def test_not_knowing_is_an_answer(as_, said, kept):
    of = used("li").device
    as_("kong").post(f"/devices/{of.pk}/loss/", filled(recordings_in=said))
    assert LossReport.objects.get().recordings_in is kept


@pytest.mark.parametrize("missing", ["missed_at", "story", "recordings_in"])
def test_everything_must_be_said(as_, missing):
    of = used("li").device
    answer = as_("kong").post(f"/devices/{of.pk}/loss/", filled(**{missing: ""}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [missing])


@pytest.mark.parametrize("missed_at", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_day_no_database_counts_is_said_beside_its_field(as_, missed_at):
    """Of a device nobody has out: there is no hand-out to hold it against."""
    answer = as_("kong").post(f"/devices/{device().pk}/loss/", filled(missed_at=missed_at))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["missed_at"])


def test_missed_before_the_hand_out_is_said_on_the_form(as_):
    of = used("li").device
    form = (
        as_("kong")
        .post(f"/devices/{of.pk}/loss/", filled(missed_at="2026-01-01T00:00"))
        .context["form"]
    )
    assert "早于本次领用" in form.non_field_errors()[0]
    assert form["story"].value() == "执法途中丢失"


def test_a_keeper_says_it_is_found(as_):
    loss = lost(used("li").device)
    browser = as_("kong")
    assert "found_form" in browser.get(f"/losses/{loss.pk}/").context
    browser.post(f"/losses/{loss.pk}/found/", {"note": "车座下"})
    loss.refresh_from_db()
    assert loss.found_note == "车座下"
    assert browser.get(f"/losses/{loss.pk}/").context["found_form"] is None
    case = CompensationCase.objects.get()
    assert "找回" in as_("zhao").get(f"/compensations/{case.pk}/").content.decode()


def test_the_list_tells_what_is_found(as_):
    loss = lost(device("A"))
    lost(device("B"), story="仓库清点不见")
    browser = as_("kong")
    browser.post(f"/losses/{loss.pk}/found/", {"note": "找到"})

    def shown(query: str = "") -> list[str]:
        page = browser.get(f"/losses/{query}").context["page"]
        return [row.device.device_no for row in page]

    assert shown() == ["B", "A"]
    assert (shown("?state=pending"), shown("?state=found")) == (["B"], ["A"])
    assert shown("?words=清点") == ["B"]


def test_supervision_finds_the_loss_from_its_duty(as_):
    loss = lost(used("li").device, recordings_in=None)
    Rounds().go(at=now())
    browser = as_("du")
    duty = next(
        told.duty for told in browser.get("/duties/").context["rows"] if told.duty.kind == "loss"
    )
    page = browser.get(f"/duties/{duty.pk}/").content.decode()
    assert f"/losses/{loss.pk}/" in page
    browser.post(f"/duties/{duty.pk}/complete/", {"note": "已约谈"})
    steps = browser.get(f"/duties/{duty.pk}/").context["steps"]
    assert [step.title for step in steps] == ["起算", "办结应办事项"]


@pytest.mark.parametrize("n", [1, 8])
def test_many_losses_are_listed_at_once(as_, django_assert_max_num_queries, n):
    for number in range(n):
        lost(device(f"Z{number}"))
    browser = as_("kong")
    with django_assert_max_num_queries(18):
        assert len(browser.get("/losses/").context["page"].object_list) == n


def test_another_bureaus_losses_are_not_listed(as_):
    lost()
    page = as_(factories.stranger("far", "keeper")).get("/losses/").context["page"]
    assert page.paginator.count == 0

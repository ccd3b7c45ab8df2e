"""配备申请, from asking to the last device."""

import pytest

import factories
from factories import NOON
from liuhen.devices.models import Device, DeviceRequest

ASKED = {"kind": "body_camera", "quantity": "2", "reason": "新增2人"}


def ask(as_, **more):
    return as_("wang").post("/requests/ask/", ASKED | {"unit": factories.unit().pk} | more)


def device(no: str, **more) -> Device:
    facts = {"agency": factories.agency(), "kind": "body_camera", "registered_at": NOON}
    return Device.objects.create(device_no=no, **facts | more)


def page(as_, login: str = "kong"):
    return as_(login).get(f"/requests/{DeviceRequest.objects.get().pk}/")


def post(as_, what: str, said: dict, login: str = "kong"):
    return as_(login).post(f"/requests/{DeviceRequest.objects.get().pk}/{what}/", said)


@pytest.mark.enforces("equipment", article="neiqiu-health:4")
def test_a_units_head_asks_and_sees_the_first_step(as_):
    factories.officer("wang")
    answer = ask(as_)
    assert answer.headers["Location"] == f"/requests/{DeviceRequest.objects.get().pk}/"
    shown = page(as_, "wang")
    assert [(str(step.title), step.who) for step in shown.context["steps"]] == [
        ("提出配备申请", "王科长")
    ]
    assert shown.context["decide_form"] is None
    assert shown.context["may_withdraw"]


def test_what_is_missing_is_said_beside_its_field(as_):
    factories.officer("wang")
    answer = ask(as_, reason="", quantity="0", unit=factories.unit("监督二科").pk)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"unit", "quantity", "reason"}
    assert not DeviceRequest.objects.exists()


@pytest.mark.enforces("equipment", article="chengde-safety:8")
def test_granted_and_allocated_it_is_fulfilled_step_by_step(as_):
    ask(as_)
    post(as_, "decide", {"decision": "grant", "answer": "同意"})
    for no in "AB":
        post(as_, "allocate", {"devices": [device(no).pk]})
    shown = page(as_)
    assert [str(step.title) for step in shown.context["steps"]] == [
        "提出配备申请", "同意配备", "配发设备", "配发设备",
    ]  # fmt: skip
    assert DeviceRequest.objects.get().state == "fulfilled"
    assert Device.objects.get(device_no="B").unit == factories.unit()


def test_refused_without_a_reason_is_sent_back(as_):
    ask(as_)
    answer = post(as_, "decide", {"decision": "refuse", "answer": ""})
    assert answer.status_code == 422
    assert "须写明理由" in answer.content.decode()
    assert DeviceRequest.objects.get().state == "open"


def test_a_device_that_is_gone_meanwhile_is_said(as_):
    ask(as_)
    post(as_, "decide", {"decision": "grant"})
    answer = post(as_, "allocate", {"devices": [device("A", state="out").pk]})
    assert answer.status_code == 422
    assert "请重新选择" in answer.content.decode()


@pytest.mark.parametrize("pk", ["9" * 30, "-" + "9" * 30, "x", "9223372036854775808"])
def test_a_device_no_database_can_name_is_none_to_choose(as_, pk):
    ask(as_)
    post(as_, "decide", {"decision": "grant"})
    assert post(as_, "allocate", {"devices": [pk]}).status_code == 422


def test_another_units_device_is_named_as_such(as_):
    ask(as_)
    post(as_, "decide", {"decision": "grant"})
    device("A", unit=factories.unit("监督二科"))
    assert "现归 监督二科" in page(as_).content.decode()


def test_without_free_devices_the_page_says_so(as_):
    ask(as_)
    post(as_, "decide", {"decision": "grant"})
    assert "没有可配发的在库设备" in page(as_).content.decode()


def test_who_asked_takes_it_back(as_):
    ask(as_)
    post(as_, "withdraw", {}, "wang")
    assert DeviceRequest.objects.get().state == "withdrawn"
    assert "等待" not in page(as_, "wang").content.decode()


def test_the_list_is_the_units_or_the_bureaus_and_is_filtered(as_):
    ask(as_)
    two = factories.unit("监督二科")
    wu = factories.officer("wu", "unit_head", unit=two)
    facts = {"agency": two.agency, "kind": "camera", "quantity": 1, "asked_at": NOON}
    DeviceRequest.objects.create(unit=two, asked_by=wu, state="refused", **facts)
    browser = as_("kong")
    assert [one.unit.name for one in browser.get("/requests/").context["page"]] == [
        "监督二科", "监督一科",
    ]  # fmt: skip
    assert len(browser.get("/requests/?state=open").context["page"]) == 1
    assert len(browser.get("/requests/?tab=mine").context["page"]) == 0
    assert len(as_("wang").get("/requests/?tab=all").context["page"]) == 1


def test_htmx_gets_the_results_alone(as_):
    headers = {"HX-Request": "true", "HX-Target": "results"}
    answer = as_("kong").get("/requests/", headers=headers).content.decode()
    assert answer.startswith('<section id="results"')
    assert "没有符合条件的配备申请" in answer


def test_many_requests_cost_no_more_queries(as_, django_assert_max_num_queries):
    ask(as_)
    facts = {"agency": factories.agency(), "unit": factories.unit(), "asked_at": NOON}
    for _ in range(20):
        DeviceRequest.objects.create(
            kind="camera", quantity=1, asked_by=factories.officer("wang"), **facts
        )
    browser = as_("kong")
    with django_assert_max_num_queries(16):
        assert len(browser.get("/requests/").context["page"]) == 21


def test_another_bureaus_request_is_not_found(as_):
    ask(as_)
    answer = as_(factories.stranger("far", "keeper")).get(
        f"/requests/{DeviceRequest.objects.get().pk}/"
    )
    assert answer.status_code == 404

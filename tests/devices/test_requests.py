"""A unit asks for devices; somebody else answers and allocates."""

import pytest
from supplied import asked, device, granted, told

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices import request_queries, requests
from liuhen.devices.models import Device, DeviceKind, DeviceRequest
from liuhen.kernel.refusal import Refusal
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")


def refused(action, *args, **more) -> str:
    """The code of the refusal; and no event was written, no request changed."""
    before = state()
    with pytest.raises(Refusal) as no:
        action(*args, **more, at=NOON)
    assert state() == before
    return no.value.code


def state() -> list:
    rows = list(DeviceRequest.objects.order_by("pk").values())
    return [rows, list(Device.objects.order_by("pk").values()), CustodyEvent.objects.count()]


@pytest.mark.enforces("equipment", article="neiqiu-health:4")
def test_a_units_head_asks_for_the_unit():
    made = asked(3)
    assert (made.unit, made.quantity, made.state) == (factories.unit(), 3, "open")
    [said] = told(Kind.DEVICES_REQUESTED)
    assert (said["device_kind"], said["quantity"], said["reason"]) == ("body_camera", 3, "新增2人")


def test_a_head_by_appointment_asks_too():
    gu = factories.officer("gu", "unit_head", unit=None)
    two = factories.unit("监督二科")
    two.head = gu
    two.save()
    facts = {"kind": DeviceKind.CAMERA, "quantity": 1, "reason": "办案"}
    assert requests.ask(two, **facts, by=gu, at=NOON).unit == two


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": "li"}, "people.not_permitted"),
        ({"by": "kong"}, "people.not_permitted"),
        ({"unit": "监督二科"}, "devices.not_your_unit"),
        ({"quantity": 0}, "devices.quantity_wrong"),
        ({"quantity": 100}, "devices.quantity_wrong"),
        ({"reason": "  "}, "devices.request_reason_missing"),
    ],
)
def test_what_is_not_asked_for_so(changes, code):
    said = {"by": "wang", "unit": "监督一科", "quantity": 1, "reason": "办案"} | changes
    by, unit = factories.officer(said.pop("by")), factories.unit(said.pop("unit"))
    assert refused(requests.ask, unit, kind=DeviceKind.CAMERA, **said, by=by) == code


@pytest.mark.enforces("equipment", article="weidong-market:15")
@pytest.mark.parametrize("login", ["kong", "cai"])
def test_keeper_or_equipment_office_grants(login):
    made, by = asked(), factories.officer(login)
    requests.grant(made, answer=" 同意 ", by=by, at=NOON)
    made.refresh_from_db()
    assert (made.state, made.decided_by, made.answer) == ("granted", by, "同意")
    assert told(Kind.DEVICES_GRANTED) == [{"answer": "同意"}]


def test_refused_with_a_reason():
    made, by = asked(), factories.officer("kong")
    assert refused(requests.refuse, made, answer=" ", by=by) == "devices.answer_missing"
    requests.refuse(made, answer="暂无经费", by=by, at=NOON)
    assert DeviceRequest.objects.get().state == "refused"


def test_who_asked_does_not_answer():
    both = factories.officer("both", "unit_head", "keeper")
    made = asked(by="both")
    assert refused(requests.grant, made, by=both) == "devices.own_request"
    assert refused(requests.refuse, made, answer="不", by=both) == "devices.own_request"
    assert not requests.may_decide(made, both)


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "zhou", "an"])
def test_who_may_not_answer(login):
    made, by = asked(), factories.officer(login)
    assert refused(requests.grant, made, by=by) == "people.not_permitted"


def test_another_bureau_neither_answers_nor_finds_it():
    made, far = asked(), factories.stranger("far", "keeper")
    assert refused(requests.grant, made, by=far) == "devices.supply_not_ours"
    with pytest.raises(Refusal) as no:
        request_queries.get_visible(made.pk, far)
    assert no.value.code == "devices.no_such_request"


def test_of_two_answers_one_counts():
    made, kong, cai = asked(), factories.officer("kong"), factories.officer("cai")
    requests.refuse(made, answer="无", by=kong, at=NOON)
    as_the_other_saw_it = DeviceRequest.objects.get()
    as_the_other_saw_it.state = "open"
    assert refused(requests.grant, as_the_other_saw_it, by=cai) == "devices.request_closed"


@pytest.mark.enforces("equipment", article="chengde-safety:8")
def test_the_last_device_fulfils_it_and_each_is_the_units():
    made, kong = granted(2), factories.officer("kong")
    requests.allocate(made, [device("A")], by=kong, at=NOON)
    assert DeviceRequest.objects.get().state == "granted"
    requests.allocate(made, [device("B")], by=kong, at=NOON)
    assert DeviceRequest.objects.get().state == "fulfilled"
    assert {one.unit for one in Device.objects.all()} == {factories.unit()}


def test_the_log_tells_of_the_request_and_of_each_device():
    two = factories.unit("监督二科")
    devices = [device("A"), device("B", unit=two)]
    requests.allocate(granted(), devices, by=factories.officer("kong"), at=NOON)
    whole, first, second = told(Kind.DEVICES_ALLOCATED)
    assert (whole["devices"], whole["state"]) == (["A", "B"], "fulfilled")
    assert (first["before"], second["before"]) == (None, "监督二科")
    assert kinds("device:A") == ["equipment.allocated"]


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "out"},
        {"state": "repair"},
        {"state": "scrapped"},
        {"kind": "camera"},
        {"unit": "own"},
        {"agency": "far"},
    ],
)
def test_what_is_not_free_is_not_allocated_nor_what_lies_beside_it(facts):
    made, kong = granted(), factories.officer("kong")
    if facts.get("unit") == "own":
        facts = {"unit": factories.unit()}
    if facts.get("agency") == "far":
        facts = {"agency": factories.agency("邻县卫健局")}
    chosen = [device("A"), device("B", **facts)]
    assert refused(requests.allocate, made, chosen, by=kong) == "devices.not_free"


def test_no_more_than_asked_for_and_not_before_it_is_granted():
    kong, devices = factories.officer("kong"), [device("A"), device("B")]
    assert refused(requests.allocate, asked(), devices, by=kong) == "devices.request_closed"
    made = granted(1)
    assert refused(requests.allocate, made, devices, by=kong) == "devices.too_many_devices"
    assert refused(requests.allocate, made, [], by=kong) == "devices.no_devices_chosen"


def test_who_asked_takes_it_back_even_when_granted():
    made, wang = granted(), factories.officer("wang")
    requests.withdraw(made, by=wang, at=NOON)
    assert DeviceRequest.objects.get().state == "withdrawn"
    assert kinds(requests.subject_of(made))[-1] == "equipment.withdrawn"
    assert refused(requests.withdraw, made, by=wang) == "devices.request_closed"


def test_nobody_else_takes_it_back():
    made, kong = asked(), factories.officer("kong")
    assert refused(requests.withdraw, made, by=kong) == "devices.not_your_request"
    assert not requests.may_withdraw(made, kong)


def test_the_unit_sees_its_own_and_the_keeper_all():
    made, wu = asked(), factories.officer("wu", "unit_head", unit=factories.unit("监督二科"))
    assert list(request_queries.visible_to(factories.officer("kong"))) == [made]
    assert list(request_queries.visible_to(factories.officer("wang"))) == [made]
    assert list(request_queries.visible_to(wu)) == []


@pytest.mark.parametrize("act", ["ask", "grant", "refuse", "withdraw", "allocate"])
def test_no_event_no_change(log_down, act):
    made = {"ask": asked, "grant": asked, "refuse": asked}.get(act, granted)()
    kong, wang, free = factories.officer("kong"), factories.officer("wang"), device("A")
    acts = {
        "ask": asked,
        "grant": lambda: requests.grant(made, by=kong, at=NOON),
        "refuse": lambda: requests.refuse(made, answer="不", by=kong, at=NOON),
        "withdraw": lambda: requests.withdraw(made, by=wang, at=NOON),
        "allocate": lambda: requests.allocate(made, [free], by=kong, at=NOON),
    }
    before = state()
    log_down()
    with pytest.raises(LogDown):
        acts[act]()
    assert state() == before

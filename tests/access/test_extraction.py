"""Evidence taken out: who may, with which note, and what the log says of it."""

import pytest

import factories
from access.access_cast import approve, ask
from access.extraction_cast import case, dispose_of, film, loose, note, refused, stretch, take_out
from factories import NOON
from liuhen.access import extraction, packages, papers
from liuhen.access.models import Extraction, ExtractionItem
from liuhen.cases import evidence
from liuhen.cases.models import DocumentKind, Exhibit
from liuhen.custody import log
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.people.roles import Role
from liuhen.recordings import secrecy
from liuhen.recordings.models import MediaKind
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("no_approval")


@pytest.mark.enforces("evidence_note", article="chengde-safety:21")
def test_two_take_it_out_and_the_note_says_who_when_and_what_for():
    made = take_out(film())
    assert (made.number, made.state, made.article) == ("ZJ-2026-000001", "ready", 21)
    facts = facts_of(CustodyEvent.objects.get(kind="evidence.extracted"))
    assert facts["witness"]["name"] == "王科长"
    assert facts["note"]["proves"] == "未公示卫生许可证"
    [item] = facts["items"]
    assert (item["recording"], item["sha256"]) == ("2026-000001", film().sha256)


def test_each_recording_is_the_cases_evidence_from_then_on():
    made = take_out(film(1), film(2))
    assert {one.recording for one in evidence.exhibits_of(made.case)} == {film(1), film(2)}
    told = kinds("recording:2026-000001")
    assert told[-2:] == ["recording.extracted", "recording.used_as_evidence"]


def test_what_is_evidence_already_is_taken_out_again_without_a_word_on_that():
    take_out(film())
    assert take_out(film()).number == "ZJ-2026-000002"
    assert Exhibit.objects.count() == 1


def test_the_chosen_order_stands_and_an_original_goes_out_as_it_was_sealed():
    made = take_out(film(2), film(1))
    items = extraction.items_of(made)
    assert [one.recording.number for one in items] == ["2026-000002", "2026-000001"]
    assert [one.sha256 for one in items] == [film(2).sha256, film(1).sha256]


@pytest.mark.parametrize("login", ["zhou", "fa"])
def test_the_custodian_and_the_legal_office_take_out_for_any_case(login):
    assert take_out(film(), by=login).made_by.login == login


@pytest.mark.parametrize(
    ("login", "code"),
    [("bai", "extraction.not_yours"), ("zhao", "extraction.not_yours"), ("sun", "case.no_such")],
)
@pytest.mark.enforces("outward", article="chengde-safety:24")
def test_nobody_else_takes_anything_out(login, code):
    factories.officer("bai")
    factories.activity("HD-2026-000001", "bai", case=case())
    film()
    if login == "bai":
        film_of_bai = film(3, officer=factories.officer("bai"))
        refused(code, lambda: take_out(film_of_bai, by=login))
    else:
        refused(code, lambda: take_out(film(), by=login))


def test_nothing_of_another_bureau_is_taken_out():
    factories.stranger("far", Role.CUSTODIAN)
    film(), case()
    refused("case.no_such", lambda: take_out(film(), by="far", witness=None))


def test_what_one_does_not_see_is_not_there():
    hidden = film(2, officer=factories.officer("lu", unit=factories.unit("监督二科")))
    case()
    refused("recordings.no_such_recording", lambda: take_out(hidden))


def test_a_case_is_no_way_to_get_at_what_it_has_nothing_to_do_with():
    film()
    other = loose(2)
    for login in ("li", "zhou"):
        refused("extraction.not_of_this_case", lambda by=login: take_out(film(), other, by=by))


@pytest.mark.enforces("access", article="weidong-market:10")
def test_with_the_approval_the_regulation_wants_it_goes_and_names_the_request():
    factories.follow("weidong-market")
    request = ask(film(), by="li", kind="evidence", case=case())
    refused("extraction.needs_approval", lambda: take_out(film()))
    approve(request, "fa")
    made = take_out(film())
    assert (made.requests, made.article) == (request.number, request.article)
    refused("extraction.needs_approval", lambda: take_out(film(), by="zhou"))


def test_what_a_party_was_granted_the_custodian_takes_out_for_it():
    factories.follow("weidong-market")
    other = loose(3)
    request = ask(other, by="zhou", kind="party", wants_copy=True)
    identified(request)
    approve(request, *deciders_left(request))
    case()
    assert take_out(other, by="zhou").requests == request.number


def identified(request) -> None:
    """The custodian has scanned in who it is for."""
    zhou, scan = factories.officer("zhou"), [b"%PDF-1.7 identity"]
    papers.add(request, DocumentKind.IDENTITY, "身份证.pdf", scan, by=zhou, at=NOON)


def deciders_left(request) -> list[str]:
    """Whoever the chain asks, in its order, one for each step."""
    by_post = {"bureau_head": "qian", "leader": "zhao", "legal_office": "fa"}
    steps = request.steps.order_by("position")
    return [by_post[step.posts.split("/")[0]] for step in steps]


@pytest.mark.parametrize("pack_id", ["weidong-market", "jiaxian-health", "neiqiu-health"])
@pytest.mark.enforces("access", article="weidong-market:10")
@pytest.mark.enforces("access", article="neiqiu-health:18")
def test_where_the_regulation_wants_an_approval_nobody_goes_without(pack_id):
    factories.follow(pack_id)
    film(), case()
    for login in ("li", "zhou", "fa"):
        refused("extraction.needs_approval", lambda by=login: take_out(film(), by=by))


def test_there_are_two_people_and_neither_is_an_administrator():
    film(), case()
    for login in ("li", "sun"):
        refused("extraction.witness_not_fit", lambda who=login: take_out(film(), witness=who))
    refused("extraction.no_witness", lambda: take_out(film(), witness=None))


@pytest.mark.parametrize("field", ["proves", "place", "method", "original_place", "summary"])
@pytest.mark.enforces("evidence_note", article="luohe-livestock:16")
def test_a_note_that_lacks_something_is_no_note(field):
    factories.follow("luohe-livestock")
    film(), case()
    refused("extraction.note_blank", lambda: take_out(film(), note=note(**{field: " \u200b"})))


def test_of_what_nobody_made_by_hand_the_note_names_a_maker_where_the_article_wants_one():
    window = film(5, officer=None)
    case()
    refused("extraction.note_blank", lambda: take_out(window, by="zhou"))
    made = take_out(window, by="zhou", note=note(maker="政务窗口摄像机"))
    assert made.note["maker"] == "政务窗口摄像机"


@pytest.mark.parametrize("copies", [0, 21])
def test_copies_are_made_in_a_number_a_person_would(copies):
    film(), case()
    refused("extraction.copies", lambda: take_out(film(), note=note(copies=copies)))


def test_something_is_chosen_and_once():
    film(), case()
    refused("extraction.nothing_chosen", lambda: take_out(pieces=[]))
    refused("extraction.chosen_twice", lambda: take_out(film(), film()))


@pytest.mark.parametrize(("since", "until"), [("5", "5"), ("9", "3"), ("10", "99"), ("-1", "3")])
def test_an_excerpt_lies_within_the_recording(since, until):
    film(), case()
    piece = stretch(film(), since, until)
    refused("extraction.excerpt_outside", lambda: take_out(pieces=[piece]))


def test_half_a_stretch_is_none():
    film(), case()
    half = extraction.Piece(film(), since=stretch(film()).since)
    refused("extraction.excerpt_outside", lambda: take_out(pieces=[half]))


def test_a_photo_has_no_excerpt():
    photo = film(kind=MediaKind.PHOTO)
    case()
    refused("extraction.photo", lambda: take_out(pieces=[stretch(photo)]))


def test_whoever_sees_the_case_sees_its_extractions_and_nobody_else():
    made = take_out(film())
    for login in ("li", "wang", "zhou", "qian"):
        assert extraction.extraction_for(made.number, factories.officer(login)) == made
    lu = factories.officer("lu", unit=factories.unit("监督二科"))
    for who in (lu, factories.stranger("far", Role.CUSTODIAN), factories.officer("shen")):
        refused("extraction.no_such", lambda by=who: extraction.extraction_for(made.number, by))


def test_of_what_was_disposed_nothing_is_left_to_take_out():
    gone, made = film(), take_out(film(2))
    dispose_of(gone)
    dispose_of(film(2))
    refused("recordings.disposed", lambda: take_out(gone))
    refused("recordings.disposed", lambda: packages.take(made, by=factories.officer("li"), at=NOON))


def test_numbers_have_no_holes():
    take_out(film())
    refused("extraction.nothing_chosen", lambda: take_out(pieces=[]))
    assert take_out(film(2)).number == "ZJ-2026-000002"


def test_no_event_nothing_taken_out(monkeypatch):
    film(), case()

    def down(*args, **kwargs):
        raise LogDown

    monkeypatch.setattr(log, "record_all", down)
    with pytest.raises(LogDown):
        take_out(film())
    left = (Extraction.objects.count(), ExtractionItem.objects.count(), Exhibit.objects.count())
    assert left == (0, 0, 0)


def test_a_copys_grant_puts_nothing_into_a_case_one_does_not_handle():
    factories.officer("bai")
    factories.activity("HD-2026-000001", "bai", case=case())
    factories.grant(loose(3), factories.officer("bai"), may_copy=True)
    refused("extraction.not_yours", lambda: take_out(loose(3), by="bai"))


def test_evidence_approved_for_one_case_is_none_of_another():
    factories.follow("weidong-market")
    approve(ask(film(), by="li", kind="evidence", case=case()), "fa")
    other = factories.case("（2026）2号")
    factories.handles(other, "li")
    refused("extraction.needs_approval", lambda: take_out(film(), case=other))


def test_what_was_granted_to_one_is_handed_to_nobody_else():
    factories.follow("weidong-market")
    approve(ask(film(), by="li", kind="evidence", case=case()), "fa")
    made = take_out(film())
    for login in ("zhou", "fa"):
        by = factories.officer(login)
        refused("extraction.others_approval", lambda by=by: packages.take(made, by=by, at=NOON))
    packages.take(made, by=factories.officer("li"), at=NOON)


@pytest.mark.enforces("secrecy")
def test_where_one_piece_is_secret_the_extraction_is_not_there():
    made = take_out(film(), film(2))
    secrecy.mark(film(2), "trade", reason="配方", by=factories.officer("li"), at=NOON)
    assert extraction.extraction_for(made.number, factories.officer("zhou")) == made
    wang = factories.officer("wang")
    refused("extraction.no_such", lambda: extraction.extraction_for(made.number, wang))

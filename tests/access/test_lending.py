"""A disc is lent on an approved request that covers all on it, or as evidence where that needs
none; what is typed in is no approval."""

import pytest

import factories
from access.extraction_cast import case, dispose_of, film, loose, refused
from cases.case_cast import events, last_facts
from factories import NOON
from liuhen.access import lending
from liuhen.access.lending import Basis, Lot
from liuhen.access.models import Request, RequestItem, Viewing

pytestmark = pytest.mark.usefixtures("bureau")


def lot(*recordings, **more) -> Lot:
    return Lot("disc:GP-2026-000001-1/1", recordings or (film(),), **{"case": case()} | more)


def lend(number: str = "", of: Lot | None = None, by: str = "zhou") -> Basis:
    return lending.lent(of or lot(), number, lambda basis: basis, by=factories.officer(by), at=NOON)


def refuses(code: str, number: str = "", of: Lot | None = None) -> None:
    of = of or lot()  # what a film's own making says in the log is said by now
    refused(code, lambda: lend(number, of))


def granted(*recordings, to: str | None = "li", kind: str = "copy", **more) -> str:
    """One request for all of them."""
    whose = factories.officer(to) if to else None
    first, *others = recordings or (film(),)
    facts = {"may_copy": True} | more
    grant = factories.grant(first, whose, kind=kind, **facts)
    Request.objects.filter(pk=grant.request_id).update(case=case())
    for one in others:
        RequestItem.objects.create(request=grant.request, recording=one)
        grant.pk, grant.recording = None, one
        grant.save()
    return grant.request.number


@pytest.mark.enforces("outward", article="chengde-safety:24")
@pytest.mark.enforces("outward", article="luohe-livestock:19")
@pytest.mark.enforces("outward", article="weidong-market:10")
@pytest.mark.enforces("outward", article="neiqiu-health:15")
def test_to_whom_the_copy_was_granted_it_is_lent():
    number = granted(film(1), film(2))
    basis = lend(number, lot(film(1), film(2)))
    assert (basis.request_no, basis.to_whom) == (number, "李执法")
    assert events("recording:2026-000002")[-1] == "recording.exported"
    assert last_facts("recording:2026-000002") == {
        "request": number, "within": "disc:GP-2026-000001-1/1",
    }  # fmt: skip
    assert [(one.what, one.grant.request.number) for one in Viewing.objects.all()] == [
        ("copy", number), ("copy", number),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["official", "party"])
def test_an_outsiders_is_lent_to_the_outsider(kind):
    number = granted(to=None, kind=kind)
    assert lend(number).to_whom == "某县人民法院 张法官"
    assert Viewing.objects.get().for_whom == "某县人民法院 张法官"


def test_a_recording_that_was_not_asked_for_keeps_the_disc_here():
    number = granted(film(1))
    refuses("lending.not_covered", number, lot(film(1), film(2)))
    assert not Viewing.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"may_copy": False},
        {"kind": "view", "may_copy": False},
        {"kind": "publication"},
        {"until": NOON},
        {"revoked_at": NOON, "revoked_reason": "不再需要"},
    ],
)
def test_what_gives_no_copy_now_gives_no_disc(more):
    if "revoked_at" in more:
        more = more | {"revoked_by": factories.officer("zhou")}
    number = granted(**more)
    refuses("lending.request_does_not_allow", number)


def test_a_request_for_evidence_lets_out_the_package_of_its_case_alone():
    number = granted(kind="evidence")
    refuses("lending.request_does_not_allow", number)
    assert lend(number, lot(is_package=True)).request_no == number


@pytest.mark.parametrize("number", ["2026-DY-999999", "调阅单3号", "\0", " "])
def test_a_word_typed_in_is_no_approval(number):
    refuses("access.no_such_request", number)


def test_another_bureaus_request_is_none_of_ours():
    far = factories.stranger("far", "custodian")
    theirs = factories.recording("2026-000009", b"theirs", agency=far.agency, officer=far)
    number = factories.grant(theirs, far, kind="copy", may_copy=True).request.number
    Request.objects.filter(number=number).update(agency=far.agency)
    refuses("access.no_such_request", number)


@pytest.mark.enforces("outward", article="chengde-safety:24")
def test_evidence_of_the_case_goes_by_the_article_that_needs_nobodys_word():
    factories.follow("chengde-safety")
    basis = lend()
    article = lending.article_without_approval(factories.officer("zhou"), at=NOON)
    assert (basis.pack_id, basis.article) == ("chengde-safety", article)
    assert Viewing.objects.get().ground == "evidence"


def test_of_no_case_nothing_is_evidence():
    factories.follow("chengde-safety")
    refuses("lending.needs_approval", of=lot(loose(), case=None))


def test_where_no_regulation_lets_it_out_a_request_is_needed():
    refuses("lending.needs_approval")


def test_what_was_disposed_of_is_not_lent():
    number = granted()
    dispose_of(film())
    refuses("recordings.disposed", number)


def test_without_its_event_nothing_is_lent(monkeypatch):
    number = granted()
    monkeypatch.setattr(lending.log, "record_all", lambda acts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        lend(number)
    assert not Viewing.objects.exists()


def test_a_disc_of_many_recordings_costs_as_few_reads(django_assert_max_num_queries):
    films = [film(n) for n in range(1, 6)]
    number = granted(*films)
    with django_assert_max_num_queries(30):
        lend(number, lot(*films))

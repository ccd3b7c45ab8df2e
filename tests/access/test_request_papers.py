"""The letter and the proof of identity an outsider comes with."""

from dataclasses import replace

import pytest
from access_cast import COURT, approve, ask, asked, kinds, turn

import factories
from factories import NOON
from liuhen.access import deciding, papers, requests
from liuhen.access import request_errors as errors
from liuhen.access.models import Request, RequestState
from liuhen.cases import documents, recovery
from liuhen.cases.models import Document, DocumentKind, StagedDocument
from liuhen.cases.paper_errors import NoSuchDocument, PaperUnknown
from liuhen.custody.kinds import Kind
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 letter"


@pytest.fixture
def request_(film) -> Request:
    factories.follow("chengde-safety")
    return ask(film, by="zhou", kind="official")


def add(request: Request, kind: str = "letter", by: str = "zhou", content=PDF) -> Document:
    sent = [content + kind.encode()]
    return papers.add(
        request, DocumentKind(kind), "调阅函.pdf", sent, by=factories.officer(by), at=NOON
    )


def test_agreed_to_during_a_long_upload_the_paper_is_not_added(request_):
    add(request_)
    add(request_, "identity")

    def slow():
        yield PDF + b"another"
        approve(request_, "ban")

    zhou = factories.officer("zhou")
    with pytest.raises(errors.PapersDecidedOn):
        papers.add(request_, DocumentKind.LETTER, "函.pdf", slow(), by=zhou, at=NOON)
    assert (Document.objects.count(), StagedDocument.objects.count()) == (2, 0)


@pytest.mark.enforces("access", article="chengde-safety:24")
def test_without_letter_and_identity_nobody_approves(request_):
    with pytest.raises(errors.LetterMissing):
        approve(request_, "ban")
    add(request_)
    with pytest.raises(errors.LetterMissing):
        approve(request_, "ban")
    add(request_, "identity")
    approve(request_, "ban", "zhao")
    assert request_.state == RequestState.GRANTED


@pytest.mark.enforces("outward", article="weidong-market:10")
def test_where_no_letter_is_asked_the_proof_of_identity_still_is(film):
    factories.follow("weidong-market")
    made = ask(film, by="zhou", kind="party")
    assert papers.lacking(made) == [DocumentKind.IDENTITY]
    with pytest.raises(errors.LetterMissing):
        approve(made, "qian")
    add(made, "identity")
    approve(made, "qian")
    assert made.state == RequestState.GRANTED


def test_it_lies_in_the_vault_and_in_the_log(request_):
    kept = add(request_)
    with documents.stored_of(kept) as stored:
        assert stored.read() == PDF + b"letter"
    assert kinds(f"document:{kept.pk}") == [Kind.DOCUMENT_ADDED]
    assert list(papers.papers_of(request_)) == [kept]


def test_who_decides_opens_it_and_the_log_says_so(request_):
    kept = add(request_)
    _document, stored = papers.open(request_, kept.pk, by=factories.officer("ban"), at=NOON)
    stored.close()
    assert kinds(f"document:{kept.pk}")[-1] == Kind.DOCUMENT_OPENED


@pytest.mark.parametrize("login", ["li", "wang", "du", "shen", "sun"])
def test_others_do_not_open_it(request_, login):
    kept = add(request_)
    with pytest.raises(errors.NoSuchRequest):
        papers.open(request_, kept.pk, by=factories.officer(login), at=NOON)


@pytest.mark.parametrize("login", ["zhou", "qian"])
def test_it_is_not_among_other_papers(request_, login):
    kept = add(request_)
    assert not documents.documents_for(factories.officer(login)).exists()
    with pytest.raises(NoSuchDocument):
        documents.open(kept.pk, by=factories.officer(login), at=NOON)


def test_another_requests_paper_is_not_opened_through_this_one(request_):
    kept = add(request_)
    other = ask(factories.recording("2026-000002"), by="zhou", kind="official")
    with pytest.raises(NoSuchDocument):
        papers.open(other, kept.pk, by=factories.officer("zhou"), at=NOON)


@pytest.mark.parametrize("login", ["qian", "zhao"])
def test_only_who_serves_outsiders_adds(request_, login):
    with pytest.raises(NotPermitted):
        add(request_, by=login)


def test_another_bureaus_custodian_finds_no_request(request_):
    factories.stranger("far", Role.CUSTODIAN)
    with pytest.raises(errors.NoSuchRequest):
        add(request_, by="far")


def test_what_a_browser_would_run_is_not_kept(request_):
    with pytest.raises(PaperUnknown):
        add(request_, content=b"<html>")
    assert not Document.objects.exists()


def test_once_decided_nothing_is_added(film):
    made = ask(film, by="zhou", kind="party")
    add(made, "identity")
    approve(made, "qian")
    with pytest.raises(errors.RequestMoved):
        add(made)


def test_once_the_first_has_agreed_nothing_is_exchanged_under_the_second(request_):
    add(request_), add(request_, "identity")
    approve(request_, "ban")
    assert not papers.may_add(request_, factories.officer("zhou"))
    with pytest.raises(errors.PapersDecidedOn):
        add(request_, content=b"%PDF-1.7 another")


@pytest.mark.parametrize("other", ["person", "organ", "letter_no", "identity"])
def test_anothers_papers_prove_nothing(request_, other):
    kept = [add(request_), add(request_, "identity")]
    put_right(request_, outsider=replace(COURT, **{other: "另一个"}))
    assert papers.lacking(request_) == list(papers.WITH_LETTER)
    assert [kinds(f"document:{one.pk}")[-1] for one in kept] == [Kind.DOCUMENT_WITHDRAWN] * 2
    with pytest.raises(errors.LetterMissing):
        approve(request_, "ban")


def test_the_same_persons_papers_are_not_asked_for_again(request_):
    add(request_), add(request_, "identity")
    put_right(request_, purpose="审理行政案件，第1号")
    approve(request_, "ban", "zhao")
    assert request_.state == RequestState.GRANTED


def put_right(request: Request, **more) -> None:
    """Sent back, and handed in again like that."""
    said = asked(*request.recordings.all(), kind="official", **more)
    deciding.send_back(turn(request), comment="请核对", by=factories.officer("ban"), at=NOON)
    requests.resubmit(request, said, by=factories.officer("zhou"), at=NOON)
    request.refresh_from_db()


def test_cut_off_before_its_row_it_is_kept_at_the_next_start(request_, monkeypatch):
    monkeypatch.setattr(documents, "write_row", lambda staged: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(request_)
    monkeypatch.undo()
    assert recovery.recover() == 1
    assert papers.papers_of(request_).get().request_no == request_.number

"""文字说明 among the case's papers: by the worker, once, where the regulation wants it."""

import pytest

import factories
from access.extraction_cast import cut_now, film, note, stretch, take_out
from cases.case_cast import last_facts
from factories import NOON
from liuhen.access import note_filing, tasks
from liuhen.access.models import Extraction, ExtractionState
from liuhen.cases import documents
from liuhen.cases.models import Document
from liuhen.recordings import vaults

pytestmark = pytest.mark.usefixtures("bureau")


def file_now(made: Extraction) -> None:
    tasks.file_note.func(made.pk)


@pytest.mark.enforces("evidence_note", article="chengde-safety:21")
@pytest.mark.enforces("evidence_note", article="luohe-livestock:16")
@pytest.mark.parametrize("pack_id", ["chengde-safety", "luohe-livestock"])
def test_the_note_goes_into_the_cases_file(pack_id):
    factories.follow(pack_id)
    made = take_out()
    file_now(made)
    paper = Document.objects.get()
    assert (paper.case, paper.doc_no, paper.kind) == (made.case, made.number, "evidence")
    assert (paper.title, paper.added_by) == ("音像资料提取文字说明", made.made_by)
    with vaults.current().open(paper.vault_key) as stored:
        assert stored.read(5) == b"%PDF-"
    assert last_facts(f"document:{paper.pk}")["doc_no"] == made.number
    assert note_filing.filed(made, factories.officer("li")) == paper


def test_done_twice_it_is_filed_once():
    factories.follow("chengde-safety")
    made = take_out()
    file_now(made)
    file_now(made)
    assert Document.objects.count() == 1


def test_withdrawn_by_hand_it_is_not_filed_again():
    factories.follow("chengde-safety")
    made = take_out()
    file_now(made)
    paper = Document.objects.get()
    documents.withdraw(paper, reason="另附签字件", by=factories.officer("li"), at=NOON)
    file_now(made)
    assert (Document.objects.count(), note_filing.filed(made, factories.officer("li"))) == (1, None)


def test_where_the_regulation_does_not_say_so_it_is_not():
    factories.follow("weidong-market")
    made = Extraction.objects.create(
        agency=factories.agency(), number="ZJ-2026-000009", case=factories.case(), made_at=NOON,
        state=ExtractionState.READY, note=note().to_json(), made_by=factories.officer("li"),
        witness=factories.officer("wang"),
    )  # fmt: skip
    file_now(made)
    assert (note_filing.is_wanted(made), Document.objects.count()) == (False, 0)


def test_before_an_excerpt_is_cut_there_is_nothing_to_say(django_capture_on_commit_callbacks):
    factories.follow("chengde-safety")
    made = take_out(pieces=[stretch(film())])
    file_now(made)
    assert not Document.objects.exists()
    assert cut_now(made).state == ExtractionState.FAILED
    file_now(made)
    assert not Document.objects.exists()


def test_the_worker_is_asked_once_it_is_committed(django_capture_on_commit_callbacks, monkeypatch):
    factories.follow("chengde-safety")
    asked = []
    monkeypatch.setattr(type(tasks.file_note), "enqueue", lambda task, key: asked.append(key))
    with django_capture_on_commit_callbacks(execute=True):
        made = take_out()
        assert asked == []
    assert asked == [made.pk]

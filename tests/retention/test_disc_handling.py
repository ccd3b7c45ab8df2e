"""One disc in hand: written elsewhere, stored, lent, back again, replaced."""

import pytest

import factories
from cases.case_cast import count, events, last_facts
from liuhen.kernel.refusal import Refusal
from liuhen.recordings.models import Recording
from liuhen.retention import disc_copies, disc_handling, disc_images, disc_queries
from liuhen.retention.models import Disc, DiscLoan
from retention.disc_cast import (
    DAY,
    LATER,
    drive,
    fresh,
    imaged,
    job,
    keeper,
    make,
    stored,
    written,
)

pytestmark = pytest.mark.usefixtures("bureau")
LOAN = {"to_whom": "县法院 张法官", "purpose": "开庭质证", "request_no": "2026-DY-000001"}


@pytest.fixture(autouse=True)
def roots(settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]


def refused(deed, *args, by: str = "zhou", **said) -> str:
    before = count()
    with pytest.raises(Refusal) as no:
        deed(*args, **said, by=factories.officer(by), at=LATER)
    assert count() == before
    return no.value.code


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_from_made_to_stored(tmp_path):
    one, _place = stored(tmp_path)
    assert (one.state, one.place, one.written_by) == ("stored", "档案室2号柜", keeper())
    assert events("disc:GP-2026-000001-1/1") == ["disc.written", "disc.read_back", "disc.stored"]


def test_nothing_is_stored_that_was_not_read_back(tmp_path):
    one, _place = written(tmp_path)
    assert refused(disc_handling.store, one, place="柜") == "disc.wrong_step"


def test_nothing_is_written_before_its_image_is_there():
    made = make()
    one = fresh(Disc.objects.filter(image__disc_set=made).first().pk)
    assert refused(disc_handling.note_written, one) == "disc.no_image"


def test_written_twice_is_written_once(tmp_path):
    one, _place = written(tmp_path)
    assert refused(disc_handling.note_written, one) == "disc.wrong_step"


def test_a_stored_disc_can_be_moved(tmp_path):
    one, _place = stored(tmp_path)
    disc_handling.store(one, place="档案室3号柜", by=keeper(), at=LATER)
    assert (one.place, last_facts("disc:GP-2026-000001-1/1")["place"]) == (("档案室3号柜",) * 2)


@pytest.mark.enforces("outward", article="chengde-safety:24")
@pytest.mark.enforces("outward", article="luohe-livestock:19")
def test_it_is_lent_on_a_paper_and_comes_back(tmp_path):
    one, _place = stored(tmp_path)
    disc_handling.lend(one, **LOAN, by=keeper(), at=LATER)
    assert (one.state, disc_queries.out(keeper()).get().request_no) == ("lent", "2026-DY-000001")
    disc_handling.take_back(one, condition="完好", by=keeper(), at=LATER + DAY)
    loan = DiscLoan.objects.get()
    assert (one.state, loan.returned_to, loan.condition) == ("stored", keeper(), "完好")
    assert events("disc:GP-2026-000001-1/1")[-2:] == ["disc.lent", "disc.returned"]


@pytest.mark.parametrize("field", ["to_whom", "purpose", "request_no"])
@pytest.mark.enforces("outward")
def test_without_a_paper_nothing_is_lent(tmp_path, field):
    one, _place = stored(tmp_path)
    assert refused(disc_handling.lend, one, **LOAN | {field: " "}) == "disc.words_missing"


def test_what_is_lent_is_not_lent_again(tmp_path):
    one, _place = stored(tmp_path)
    disc_handling.lend(one, **LOAN, by=keeper(), at=LATER)
    assert refused(disc_handling.lend, one, **LOAN) == "disc.wrong_step"
    assert refused(disc_handling.store, one, place="柜") == "disc.wrong_step"


def test_what_is_here_is_not_taken_back(tmp_path):
    one, _place = stored(tmp_path)
    assert refused(disc_handling.take_back, one) == "disc.wrong_step"


@pytest.mark.parametrize(
    ("login", "code"),
    [("li", "people.not_permitted"), ("fa", "people.not_permitted"), ("far", "disc.no_such")],
)
def test_the_custodian_alone_handles_it(tmp_path, login, code):
    one, _place = stored(tmp_path)
    factories.stranger("far", "custodian")
    for deed, said in (
        (disc_handling.note_written, {}),
        (disc_handling.store, {"place": "柜"}),
        (disc_handling.lend, LOAN),
        (disc_handling.take_back, {}),
        (disc_handling.replace, {"reason": "丢失"}),
    ):
        assert refused(deed, one, by=login, **said) == code


def test_no_event_no_step(tmp_path, monkeypatch):
    one, _place = stored(tmp_path)
    monkeypatch.setattr(disc_handling, "record", lambda *args, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        disc_handling.lend(one, **LOAN, by=keeper(), at=LATER)
    assert (fresh(one.pk).state, DiscLoan.objects.exists()) == ("stored", False)


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_a_new_piece_takes_the_old_ones_place(tmp_path):
    one, _place = stored(tmp_path)
    new = disc_handling.replace(one, reason="划伤", by=keeper(), at=LATER)
    assert (one.state, new.state, new.copy, new.replaces) == ("replaced", "made", 1, one)
    assert Disc.objects.exclude(state="replaced").filter(image=one.image).count() == 2
    told = last_facts("disc:GP-2026-000001-1/1")
    assert (told["reason"], told["new"]) == ("划伤", new.pk)


def test_a_lost_loan_ends_with_the_replacement(tmp_path):
    one, _place = stored(tmp_path)
    disc_handling.lend(one, **LOAN, by=keeper(), at=LATER)
    disc_handling.replace(one, reason="借出后丢失", by=keeper(), at=LATER)
    assert DiscLoan.objects.get().condition == "借出后丢失"


def test_nothing_is_done_by_hand_while_a_drive_has_it(tmp_path):
    from liuhen.retention import disc_jobs

    one, place = stored(tmp_path)
    disc_jobs.ask(one, "check", str(place), by=keeper(), at=LATER)
    assert refused(disc_handling.lend, one, **LOAN) == "disc.job_under_way"


def test_the_discs_of_a_recording_are_known(tmp_path):
    one, _place = stored(tmp_path)
    rows = Recording.objects.filter(number="2026-000001")
    assert [disc_copies.place_of(told) for told in disc_copies.holding(rows)] == [one.place]
    shown = disc_queries.of_recording(rows.get(), keeper())
    assert [(row.copy, row.state) for row in shown] == [(1, "stored"), (2, "made")]
    assert disc_queries.of_recording(rows.get(), factories.officer("li")) == []


def test_the_replacement_has_a_mark_and_an_image_of_its_own(tmp_path):
    one, place = stored(tmp_path)
    new = disc_handling.replace(one, reason="划伤", by=keeper(), at=LATER)
    imaged(one.image.disc_set)
    new = fresh(new.pk)
    assert (new.mark != one.mark, disc_images.is_there(new)) == (True, True)
    disc_handling.note_written(new, by=keeper(), at=LATER)
    old = job(new, "read_back", place)
    assert ("已更换的旧盘" in old.problem, new.state) == (True, "written")
    job(new, "read_back", drive(new, tmp_path, "new.iso"))
    assert new.state == "read_back"

"""Sets of discs: what is put on them, for whom, and what the log says of it."""

import pytest

import factories
from cases.case_cast import count, events, last_facts
from liuhen.kernel.refusal import Refusal
from liuhen.retention import disc_labels, disc_planning
from liuhen.retention.models import Disc, DiscFile, DiscImage, DiscSet
from retention.disc_cast import case, film, make, under

pytestmark = pytest.mark.usefixtures("bureau")


def refused(**more) -> str:
    before = count()
    with pytest.raises(Refusal) as no:
        make(**more)
    assert (DiscSet.objects.count(), count()) == (0, before)
    return no.value.code


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_a_case_is_put_on_discs_in_duplicate():
    under("jiaxian-health")
    made = make()
    assert (made.number, made.copies, made.article) == ("GP-2026-000001", 2, 16)
    assert sorted(Disc.objects.values_list("copy", "state")) == [(1, "made"), (2, "made")]
    assert [one.recording.number for one in DiscFile.objects.order_by("path")] == [
        "2026-000001", "2026-000002",
    ]  # fmt: skip


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_fewer_copies_than_the_regulation_asks_for_are_refused():
    under("jiaxian-health")
    assert refused(subject=case(), copies=1) == "disc.too_few_copies"


@pytest.mark.parametrize(
    ("pack_id", "article"),
    [("chengde-safety", 21), ("luohe-livestock", 16), ("weidong-market", 11),
     ("neiqiu-health", 14)],
)  # fmt: skip
@pytest.mark.enforces("disc", article="chengde-safety:21")
@pytest.mark.enforces("disc", article="luohe-livestock:16")
@pytest.mark.enforces("disc", article="weidong-market:11")
def test_where_no_number_is_given_one_copy_will_do(pack_id, article):
    under(pack_id)
    assert (make(copies=1).copies, DiscSet.objects.get().article) == (1, article)


def test_papers_go_along_where_that_is_asked_for():
    make(with_papers=True)
    paths = sorted(DiscFile.objects.values_list("path", flat=True))
    assert len(paths) == 3
    assert paths[-1].startswith("内卫罚〔2026〕1号 未按规定公示卫生许可证案/文书材料/")


def test_an_activity_alone_can_be_put_on_discs():
    activity = factories.activity()
    film(1, activity)
    film(2)
    make(activity)
    assert DiscFile.objects.get().recording.number == "2026-000001"


def test_a_voided_activitys_films_do_not_count():
    made = case()
    made.activities.update(
        voided_at=factories.NOON, voided_by=factories.officer("li"), void_reason="重复登记"
    )
    assert refused(subject=made) == "disc.nothing"


@pytest.mark.parametrize(("field", "value"), [("title", " "), ("purpose", "\u200b")])
def test_a_title_and_a_purpose_are_needed(field, value):
    assert refused(subject=case(), **{field: value}) == "disc.words_missing"


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "qian", "fa", "du", "kong", "sun"])
def test_the_custodian_alone_makes_discs(login):
    assert refused(subject=case(), by=login) == "people.not_permitted"


def test_another_bureaus_custodian_does_not():
    factories.stranger("far", "custodian")
    assert refused(subject=case(), by="far") == "disc.no_such"


def test_the_log_names_every_original_and_each_recording_tells():
    make()
    told = last_facts("disc_set:GP-2026-000001")
    assert [row[:2] for row in told["files"]] == [
        [1, "recording:2026-000001"], [1, "recording:2026-000002"],
    ]  # fmt: skip
    assert (told["copies"], told["discs"], told["case"]) == (2, 1, "内卫罚〔2026〕1号")
    assert events("recording:2026-000002")[-1] == "recording.on_disc"


def test_no_event_no_disc(monkeypatch):
    from liuhen.retention import discs

    made = case()
    monkeypatch.setattr(discs.log, "record_all", lambda acts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make(made)
    assert not DiscSet.objects.exists()


def test_several_discs_are_planned_by_capacity(monkeypatch):
    room = 4 << 20
    monkeypatch.setitem(disc_planning.CAPACITY_BYTES, "dvd", room)
    made = case(films=0)
    for n in range(1, 4):
        film(n, made.activities.get(), bytes([n]) * (1 << 20))
    make(made)
    assert DiscImage.objects.count() == 3
    assert Disc.objects.count() == 6


def test_numbers_have_no_holes():
    made = case()
    assert [make(made).number for _ in range(3)] == [f"GP-2026-00000{n}" for n in (1, 2, 3)]


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_a_label_says_what_the_regulation_names():
    under("jiaxian-health")
    first, second = disc_labels.of_set(make(), lambda disc: f"d{disc.copy}")
    said = dict(first.lines)
    assert (said["制作单位"], said["制作人"], said["制作时间"]) == (
        "某县卫健局", "周保管", "2026年1月5日",
    )  # fmt: skip
    assert (first.title, first.number) == ("未公示卫生许可证案", "GP-2026-000001-1/1")
    assert (first.part, second.part) == ("第1张/共1张　正本", "第1张/共1张　副本")
    assert (first.qr, second.qr) == ("d1", "d2")

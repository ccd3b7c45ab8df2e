"""Who does not see the whole bureau's finds what is theirs, whatever let them see it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from activity_cast import NOON, registered
from case_cast import add, open_case, person
from django.db import transaction
from finding_cast import among, found, texts_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
from liuhen.cases import activities, case_files, linking, search_index
from liuhen.cases.activity_facts import of as facts_of
from liuhen.cases.case_files import CaseFacts
from liuhen.cases.models import Activity, Case
from liuhen.kernel.clock import now
from liuhen.people.roles import Role
from liuhen.recordings import admitting, secrecy, sharing
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import get_visible
from liuhen.recordings.search import keeping

pytestmark = pytest.mark.django_db

OFFICERS = ("li", "bai", "far_off")
READERS = (*OFFICERS, "wang", "other_head")
WORDS = ("", "张三", "dcim", "路", "许可 dcim", "卫罚〔2026〕7号")
DAY = timedelta(days=1)
SOME = st.sets(st.sampled_from(OFFICERS), min_size=2).map(sorted)


@dataclass(frozen=True)
class Drawn:
    """One recording, and all that lets somebody know of it; None: nothing of the kind."""

    maker: str
    shared_with: str | None
    admitted: tuple[str, int] | None
    is_secret: bool
    activity: int | None


DRAWN = st.builds(
    Drawn,
    maker=st.sampled_from(OFFICERS),
    shared_with=st.none() | st.sampled_from(OFFICERS),
    admitted=st.none() | st.tuples(st.sampled_from(READERS), st.sampled_from([-1, 1])),
    is_secret=st.booleans(),
    activity=st.none() | st.integers(0, 1),
)


@pytest.fixture
def staff(bureau) -> None:
    factories.officer("zhou")
    far = factories.unit("别的科")
    factories.officer("far_off", Role.OFFICER, unit=far)
    factories.officer("other_head", Role.UNIT_HEAD, unit=far)


def put_in(n: int, drawn: Drawn, there: list[Activity]) -> Recording:
    maker, zhou = factories.officer(drawn.maker), factories.officer("zhou")
    film = factories.recording(f"2026-{n + 1:06d}", officer=maker)
    if drawn.activity is not None:
        linking.link(there[drawn.activity], film, by=zhou, at=NOON)
    if drawn.shared_with:
        factories.share(film, drawn.shared_with)
    if drawn.admitted:
        who, days = drawn.admitted
        admitting.admit(factories.officer(who), {film.pk: now() + days * DAY})
    if drawn.is_secret:
        secrecy.mark(film, "privacy", reason="隐私", by=zhou, at=NOON)
    return film


def opened(handlers: list[str]) -> Case:
    officers = tuple(map(factories.officer, handlers))
    return open_case(officers=officers, lead=officers[0], by=handlers[0])


def compare() -> None:
    assert list(search_index.audit()) == []
    for reader in READERS:
        texts = texts_of(reader)
        for words in WORDS:
            assert found(reader, words) == among(texts, words), (reader, words)


def named(activity: Activity, logins: list[str]) -> None:
    officers = tuple(map(factories.officer, logins))
    to = facts_of(activity)
    to = type(to)(**vars(to) | {"officers": officers, "lead": None})
    activities.change(activity, to, by=activity.registered_by, at=NOON)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    films=st.lists(DRAWN, min_size=1, max_size=4),
    first=SOME,
    second=SOME,
    handlers=SOME,
    later=SOME,
)
def test_a_search_finds_what_reading_all_one_may_know_of_would(
    staff, films, first, second, handlers, later
):
    with transaction.atomic():
        case, party = opened(handlers), add(person("张三"))
        there = [
            registered(*first, by=first[0], case=case, party=party),
            registered(*second, by=second[0], case=case if len(films) % 2 else None),
        ]
        for n, drawn in enumerate(films):
            put_in(n, drawn, there)
        keeping.note_built()
        compare()
        named(there[0], later)
        compare()
        transaction.set_rollback(True)  # the next example begins with nothing


def film_in(activity: Activity, maker: str = "li") -> Recording:
    film = factories.recording(officer=factories.officer(maker))
    linking.link(activity, film, by=factories.officer("zhou"), at=NOON)
    keeping.note_built()
    return film


def test_sharing_and_striking_out_are_followed_at_once(staff):
    film, far = factories.recording(), factories.officer("far_off")
    keeping.note_built()
    sharing.share(film, far, by=factories.officer("zhou"), at=NOON)
    assert found("far_off", "") == found("far_off", "dcim") == ["2026-000001"]
    sharing.unshare(film, far, by=factories.officer("zhou"), at=NOON)
    assert found("far_off", "") == found("far_off", "dcim") == []


def test_an_admission_ends_by_itself(staff, monkeypatch):
    film, far = factories.recording(), factories.officer("far_off")
    keeping.note_built()
    admitting.admit(far, {film.pk: now() + DAY})
    assert found("far_off", "") == ["2026-000001"]
    monkeypatch.setattr("liuhen.recordings.search.asking.now", lambda: now() + 2 * DAY)
    assert found("far_off", "") == found("far_off", "dcim") == []
    admitting.admit(far, {film.pk: None})
    assert list(search_index.audit()) == []


def test_who_is_entered_in_the_case_finds_by_its_words_what_they_took_part_in(staff):
    case = opened(["bai", "li"])
    activity = registered("li", "bai", by="li", case=case)
    film_in(activity)
    far = factories.officer("far_off")
    to = CaseFacts(
        case_no=case.case_no, name=case.name, opened_date=case.opened_date, unit=case.unit,
        officers=(factories.officer("bai"), far), lead=far,
    )  # fmt: skip
    case_files.change(case, to, by=factories.officer("bai"), at=NOON)
    compare()


def test_taking_part_in_another_activity_of_the_case_is_followed(staff):
    case = opened(["bai", "li"])
    film_in(registered("bai", "far_off", by="bai", case=case))
    registered("li", "far_off", by="li", case=case)
    compare()


def test_until_the_index_is_built_lists_without_words_are_whole(staff):
    factories.recording()
    keeping.index().clear()
    keeping.note_unbuilt()
    assert found("li", "") == ["2026-000001"]


def test_who_sees_no_recordings_finds_none(staff):
    factories.recording()
    keeping.note_built()
    assert found("sun", "") == found("sun", "dcim") == []
    assert get_visible("2026-000001", factories.officer("li"))

"""Who may play what: one's own work, a post's task, a grant; nobody else."""

from datetime import timedelta

import pytest
from access_cast import approve, ask
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from factories import FOR_EVER, NOON
from liuhen.access import rights
from liuhen.access.errors import NoCopy, NoGrant
from liuhen.access.rights import Ground, Right
from liuhen.cases.models import Case
from liuhen.people.roles import Role
from liuhen.recordings import secrecy
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording

pytestmark = pytest.mark.django_db


def right_of(login: str, film: Recording) -> Right | None:
    return rights.right_to_play(factories.officer(login), film, at=NOON)


def check_copy(login: str, film: Recording) -> Right:
    [(_film, right)] = rights.check_copies(factories.officer(login), [film], at=NOON)
    return right


def who_plays(film: Recording) -> set[str]:
    found = set()
    for login in (*factories.CAST, "ban"):
        try:
            rights.check(factories.officer(login), film, at=NOON)
        except (NoGrant, NoSuchRecording):
            continue
        found.add(login)
    return found


@pytest.mark.enforces("access", article="chengde-safety:22")
@pytest.mark.enforces("access", article="luohe-livestock:17")
@pytest.mark.enforces("access", article="neiqiu-health:22")
@pytest.mark.enforces("access", article="weidong-market:10")
@pytest.mark.enforces("access", article="jiaxian-health:14")
@pytest.mark.parametrize(
    ("pack", "plays"),
    [
        ("chengde-safety", set()),
        ("luohe-livestock", set()),
        ("weidong-market", {"li"}),
        ("jiaxian-health", {"li"}),
        ("neiqiu-health", {"li", "wang", "fa"}),
    ],
)
def test_without_a_grant_few_play_it(film, pack, plays):
    factories.follow(pack)
    assert who_plays(film) == plays


def test_without_a_regulation_ones_own_work_alone(film):
    film.agency.adoptions.all().delete()
    assert who_plays(film) == {"li"}


def test_each_right_names_its_article(film):
    said = {login: right_of(login, film) for login in ("li", "wang", "fa")}
    assert {login: (one.ground, one.article) for login, one in said.items()} == {
        "li": (Ground.OWN_WORK, 16),
        "wang": (Ground.DAILY_CHECK, 20),
        "fa": (Ground.PLAYBACK, 22),
    }


def test_the_daily_check_is_of_ones_own_unit(film):
    factories.officer("head2", Role.UNIT_HEAD, unit=factories.unit("二科"))
    assert right_of("head2", film) is None


def test_whoever_took_part_as_another_says_plays_it(film):
    factories.follow("weidong-market")
    factories.share(film, "wang")
    assert who_plays(film) == {"li", "wang"}


def test_so_does_who_handles_the_case(film):
    factories.follow("weidong-market")
    case = factories.case()
    factories.handles(case, "wang")
    activity = factories.activity(case=case)
    activity.activity_recordings.create(
        recording=film, was_proposed=False, linked_at=NOON, linked_by=film.officer
    )
    assert who_plays(film) == {"li", "wang"}


def test_a_gap_to_explain_is_no_way_round_approval(film):
    factories.follow("chengde-safety")
    with pytest.raises(NoGrant) as no:
        rights.check(film.officer, film, at=NOON)
    assert (no.value.is_own, no.value.article) == (True, "22")


@pytest.mark.parametrize("login", ["zhou", "zhao", "qian", "du", "ban"])
def test_the_refusal_names_whose_word_is_wanting(film, login):
    factories.follow("chengde-safety")
    if login == "ban":
        factories.recording("2026-000002", unit=factories.office())
        film = Recording.objects.get(number="2026-000002")
    with pytest.raises(NoGrant) as no:
        rights.check(factories.officer(login), film, at=NOON)
    assert (no.value.article, no.value.is_own) == ("22", False)
    assert no.value.facts["number"] == film.number


def test_a_grant_opens_it_for_its_officer(film):
    factories.follow("chengde-safety")
    given = factories.grant(film, factories.officer("du"))
    assert who_plays(film) == {"du"}
    assert right_of("du", film) == Right(Ground.GRANT, None, given)


def test_an_outsiders_is_shown_by_who_serves_them(film):
    factories.follow("chengde-safety")
    factories.grant(film, None, kind="official")
    assert who_plays(film) == {"zhou", "fa"}
    assert right_of("zhou", film).ground == Ground.SHOWN


def test_what_turned_secret_is_no_longer_published(film):
    factories.follow("chengde-safety")
    factories.grant(film, factories.officer("zhou"), kind="publication", may_copy=True)
    assert who_plays(film) == {"zhou"}
    secrecy.mark(film, "privacy", reason="未成年人", by=factories.officer("fa"), at=NOON)
    assert who_plays(film) == set()


def test_a_pending_request_is_no_right(film):
    factories.follow("chengde-safety")
    ask(film, by="li", kind="own_case")
    assert who_plays(film) == set()


@pytest.mark.parametrize("login", ["li", "fa", "zhou"])
def test_no_copy_without_its_own_approval(film, login):
    with pytest.raises(NoCopy):
        check_copy(login, film)
    factories.grant(film, factories.officer(login))
    with pytest.raises(NoCopy):
        check_copy(login, film)


def test_a_copys_grant_goes_before_a_looks(film):
    for may_copy in (False, True, False):
        factories.grant(film, factories.officer("li"), may_copy=may_copy)
    assert check_copy("li", film).may_copy


def test_many_cost_no_more_than_one(film):
    films = [film, *(factories.recording(f"2026-{n:06d}", officer=None) for n in range(2, 20))]
    wang = factories.officer("wang")

    def cost(of: list[Recording]) -> int:
        with CaptureQueriesContext(connection) as asked:
            rights.rights_to(wang, of, at=NOON)
        return len(asked)

    cost(films[:1])
    assert cost(films) == cost(films[1:2]) <= 14


def test_an_account_that_is_off_plays_nothing(film):
    li = factories.officer("li")
    li.is_active = False
    assert rights.rights_to(li, [film], at=NOON) == {}


@pytest.mark.enforces("access", article="chengde-safety:22")
@pytest.mark.enforces("outward", article="chengde-safety:24")
@pytest.mark.parametrize("pack", ["chengde-safety", "luohe-livestock"])
def test_what_is_granted_as_evidence_without_a_word_is_no_right_to_look_or_copy(film, pack):
    factories.follow(pack)
    made = ask(film, by="li", kind="evidence", case=in_case(film))
    assert made.grants.get().may_copy
    assert who_plays(film) == set()
    with pytest.raises(NoCopy):
        check_copy("li", film)


@pytest.mark.enforces("evidence_note", article="weidong-market:11")
def test_evidence_that_was_approved_may_be_looked_at_but_leaves_with_its_note_alone(film):
    factories.follow("weidong-market")
    factories.share(film, "wang")
    approve(ask(film, by="wang", kind="evidence", case=in_case(film, "wang")), "fa")
    assert right_of("wang", film).ground == Ground.GRANT
    with pytest.raises(NoCopy):
        check_copy("wang", film)


def test_a_copys_grant_is_not_hidden_by_one_for_evidence(film):
    factories.grant(film, factories.officer("li"), may_copy=True)
    later = FOR_EVER + timedelta(days=1)
    factories.grant(film, factories.officer("li"), may_copy=True, kind="evidence", until=later)
    assert check_copy("li", film).may_copy


def in_case(film: Recording, *people: str) -> Case:
    """Of an activity of Li's case, which these handle, too."""
    case = factories.case()
    for login in people:
        factories.handles(case, login)
    factories.activity(case=case).activity_recordings.create(
        recording=film, was_proposed=False, linked_at=NOON, linked_by=film.officer
    )
    return case

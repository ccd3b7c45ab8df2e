"""Which people hold a post the regulation names."""

import pytest

import factories
from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import Officer, Unit, UnitKind
from liuhen.people.roles import Role
from liuhen.regulations.posts import Held, holders, posts_of

pytestmark = pytest.mark.django_db


def kind(unit: Unit, kind: UnitKind, head: Officer | None = None) -> Unit:
    Unit.objects.filter(pk=unit.pk).update(kind=kind, head=head)
    unit.refresh_from_db()
    return unit


def who(post: Post, unit: Unit | None = None) -> set[str]:
    return {officer.login for officer in holders(factories.agency(), post, unit)}


@pytest.mark.parametrize(
    ("login", "post"),
    [
        ("zhao", Post.LEADER),
        ("qian", Post.BUREAU_HEAD),
        ("kong", Post.KEEPER),
        ("zhou", Post.CUSTODIAN),
        ("fa", Post.LEGAL_OFFICE),
        ("du", Post.SUPERVISION),
        ("cai", Post.FINANCE),
    ],
)
def test_by_role(bureau, login, post):
    officer = factories.officer(login)
    factories.officer("li")
    assert Held(post) in posts_of(officer)
    assert who(post) == {login}


@pytest.mark.parametrize("login", ["li", "sun", "an", "shen"])
def test_officers_and_administrators_hold_none(bureau, login):
    assert posts_of(factories.officer(login)) == frozenset()


def test_the_head_of_a_unit_by_role_or_by_name(bureau):
    wang, li = factories.officer("wang"), factories.officer("li")
    two = kind(factories.unit("监督二科"), UnitKind.ENFORCEMENT, head=li)
    assert posts_of(wang) == {Held(Post.UNIT_HEAD, factories.unit().pk)}
    assert posts_of(li) == {Held(Post.UNIT_HEAD, two.pk)}
    assert (who(Post.UNIT_HEAD, two), who(Post.UNIT_HEAD)) == ({"li"}, {"li", "wang"})


def test_a_head_without_a_unit_heads_nothing(bureau):
    lost = factories.officer("lost", Role.UNIT_HEAD)
    lost.unit = None
    lost.save()
    assert posts_of(lost) == frozenset()
    assert who(Post.UNIT_HEAD) == set()


def test_the_office_is_headed_by_its_head(bureau):
    office = kind(factories.unit("办公室"), UnitKind.OFFICE, head=factories.officer("li"))
    assert Held(Post.OFFICE_HEAD) in posts_of(factories.officer("li"))
    assert who(Post.OFFICE_HEAD) == {"li"}
    assert Held(Post.UNIT_HEAD, office.pk) in posts_of(factories.officer("li"))


def test_equipment_is_the_finance_role_or_the_unit_for_it(bureau):
    unit = kind(factories.unit("装备股"), UnitKind.EQUIPMENT)
    member, cai = factories.officer("member", unit=unit), factories.officer("cai")
    assert Held(Post.EQUIPMENT) in posts_of(member) & posts_of(cai)
    assert who(Post.EQUIPMENT) == {"member", "cai"}


def test_whoever_recorded_holds_no_post_in_general(bureau):
    factories.officer("li")
    assert who(Post.OFFICER) == who(Post.ON_SITE_LEADER) == set()


def test_an_account_that_is_off_holds_nothing(bureau):
    zhao = factories.officer("zhao", is_active=False)
    assert (posts_of(zhao), who(Post.LEADER)) == (frozenset(), set())


@pytest.mark.parametrize("post", Post)
def test_both_ways_of_asking_agree(bureau, post):
    for login in factories.CAST:
        factories.officer(login)
    kind(factories.unit("办公室"), UnitKind.OFFICE, head=factories.officer("li"))
    kind(factories.unit("装备股"), UnitKind.EQUIPMENT)
    held = {o.login for o in Officer.objects.all() if post in {h.post for h in posts_of(o)}}
    assert who(post) == held


def test_it_asks_twice_at_most(bureau, django_assert_num_queries):
    pk = factories.officer("wang").pk
    officer = Officer.objects.get(pk=pk)
    with django_assert_num_queries(2):
        posts_of(officer)

"""Nobody makes a recording their own work by an entry of their own; it keeps them from deciding."""

from dataclasses import replace
from datetime import timedelta

import pytest
from access_cast import ask
from django.db import IntegrityError, transaction

import factories
from factories import NOON
from liuhen.access import asking, deciders, extraction_rights, rights
from liuhen.access import request_errors as errors
from liuhen.access.errors import NoGrant
from liuhen.access.extraction_errors import PutThereAlone
from liuhen.cases import activities, activity_facts, case_files, filling, linking
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.cases.case_files import CaseFacts
from liuhen.cases.models import Activity, Case
from liuhen.people.models import Officer
from liuhen.recordings import secrecy, sharing
from liuhen.recordings.models import Recording, Share
from liuhen.recordings.queries import visible_to

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def weidong(film):
    """Where nobody's word is asked for one's own work."""
    factories.follow("weidong-market")


def who(login: str) -> Officer:
    return factories.officer(login)


def is_own(login: str, film: Recording) -> bool:
    return rights.may_play(who(login), film, at=LATER)


def registered(*logins: str, by: str) -> Activity:
    officers = tuple(map(who, logins))
    facts = ActivityFacts("inspection", "中兴路12号", officers, unit=officers[0].unit)
    return activities.register(facts, by=who(by), at=NOON)


def enter(activity: Activity, *logins: str, by: str, **more) -> None:
    facts = activity_facts.of(activity)
    officers = (*facts.officers, *map(who, logins))
    activities.change(activity, replace(facts, officers=officers, **more), by=who(by), at=LATER)


def opened(*logins: str, by: str) -> Case:
    officers = tuple(map(who, logins))
    lead, day = officers[0], NOON.date()
    facts = CaseFacts("内卫罚〔2026〕9号", "某案", day, officers, lead, unit=lead.unit)
    return case_files.open(facts, by=who(by), at=NOON)


def test_who_registers_what_they_took_part_in_sees_what_another_puts_there(film):
    activity = registered("wang", "li", by="wang")
    linking.link(activity, film, by=who("zhou"), at=LATER)
    assert is_own("wang", film)


def test_who_puts_it_there_themselves_does_not(film):
    linking.link(registered("wang", "li", by="wang"), film, by=who("wang"), at=LATER)
    assert not is_own("wang", film)
    linking.link(registered("li", "wang", by="li"), other := second(), by=who("wang"), at=LATER)
    assert not is_own("wang", other)


def second() -> Recording:
    return factories.recording("2026-000002")


def test_nor_who_enters_themselves_afterwards(film):
    activity = registered("li", "bai", by="li")
    linking.link(activity, film, by=who("li"), at=NOON)
    enter(activity, "wang", by="wang")
    linking.link(activity, other := second(), by=who("zhou"), at=LATER)
    assert not is_own("wang", film)
    assert not is_own("wang", other)


def test_another_changing_something_else_vouches_for_nobody(film):
    activity = registered("li", "wang", by="li")
    linking.link(activity, film, by=who("wang"), at=NOON)
    enter(activity, by="li", note="补充说明")
    assert not is_own("wang", film)


def test_whom_another_enters_afterwards_sees_it(film):
    activity = registered("li", "bai", by="li")
    linking.link(activity, film, by=who("li"), at=NOON)
    enter(activity, "wang", by="li")
    assert is_own("wang", film)


def test_the_makers_word_is_enough(film):
    linking.link(registered("li", "wang", by="li"), film, by=who("wang"), at=NOON)
    sharing.share(film, who("wang"), by=film.officer, at=NOON)
    assert is_own("wang", film)


def test_the_database_keeps_out_who_lets_themselves_in(film):
    wang = who("wang")
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.create(recording=film, officer=wang, shared_at=NOON, shared_by=wang)


@pytest.mark.enforces("secrecy")
def test_what_is_marked_is_not_got_at_by_entering_oneself(film):
    activity = registered("li", "bai", by="li")
    linking.link(activity, film, by=who("li"), at=NOON)
    secrecy.mark(film, "privacy", reason="未成年人", by=film.officer, at=NOON)
    enter(activity, "wang", by="wang")
    assert not visible_to(who("wang"), at=LATER).exists()


def test_the_refusal_says_whose_word_is_wanting(film):
    linking.link(registered("wang", "li", by="wang"), film, by=who("wang"), at=NOON)
    with pytest.raises(NoGrant) as no:
        rights.check(who("wang"), film, at=NOON)
    assert (no.value.is_own, "由您本人登记" in no.value.text) == (False, True)


def test_it_is_no_own_case_to_ask_for_either(film):
    factories.follow("chengde-safety")
    linking.link(registered("wang", "li", by="wang"), film, by=who("wang"), at=NOON)
    with pytest.raises(errors.NotYourWork):
        ask(film, by="wang", kind="own_case")


def test_it_keeps_them_from_deciding_all_the_same(film):
    activity = registered("li", "bai", by="li")
    linking.link(activity, film, by=who("li"), at=NOON)
    enter(activity, "wang", by="wang")
    made = ask(film, by="bai")
    assert who("wang").pk in deciders.barred_from([made.pk])[made.pk]


def in_case_of(case: Case, film: Recording, *, put_by: str, linked_by: str = "zhou") -> None:
    activity = registered("li", "bai", by="li")
    linking.link(activity, film, by=who(linked_by), at=NOON)
    filling.fill([film], case=case, by=who(put_by), at=LATER)


def test_who_opens_a_case_sees_what_another_puts_into_it(film):
    in_case_of(opened("wang", "li", by="wang"), film, put_by="li")
    assert is_own("wang", film)


@pytest.mark.parametrize(("put_by", "linked_by"), [("wang", "zhou"), ("li", "wang")])
def test_but_not_what_they_put_into_it(film, put_by, linked_by):
    in_case_of(opened("wang", "li", by="li"), film, put_by=put_by, linked_by=linked_by)
    assert not is_own("wang", film)


def test_nor_of_a_case_they_entered_themselves_in(film):
    case = opened("li", "bai", by="li")
    in_case_of(case, film, put_by="li")
    facts = case_files.facts_of(case)
    to = replace(facts, officers=(*facts.officers, who("wang")))
    case_files.change(case, to, by=who("wang"), at=LATER)
    assert not is_own("wang", film)


@pytest.mark.enforces("evidence_note", article="chengde-safety:21")
def test_no_evidence_without_anybodys_word_either(film):
    factories.follow("chengde-safety")
    case = opened("wang", "li", by="wang")
    in_case_of(case, film, put_by="wang")
    with pytest.raises(errors.NotYoursToExtract):
        ask(film, by="wang", kind="evidence", case=case)
    with pytest.raises(PutThereAlone):
        extraction_rights.check_may_extract([film], case, who("wang"), at=LATER)
    assert extraction_rights.extractable([film], case, who("wang"), at=LATER) == []
    assert extraction_rights.extractable([film], case, who("li"), at=LATER) == [film]


def test_another_who_handles_the_case_takes_out_what_they_took_part_in(film):
    factories.follow("chengde-safety")
    in_case_of(case := opened("wang", "li", by="wang"), film, put_by="li")
    asked = asking.Asked(asking.RequestKind.EVIDENCE, "立案", recordings=[film], case=case)
    assert asking.check(asked, by=who("wang"), at=LATER).items == (film,)

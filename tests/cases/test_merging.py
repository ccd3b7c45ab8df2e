"""Parties that are one: found, merged by two people, nothing lost."""

import pytest
from django.db import IntegrityError

import factories
from cases.case_cast import OTHER_USCC, RESIDENT, USCC, add, count, events, last_facts, person, shop
from factories import NOON
from liuhen.cases import merging, naming, parties, queries, twins
from liuhen.cases.models import CaseParty, Document, Party, PartyMerge, PartyTwin
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Decision

pytestmark = pytest.mark.usefixtures("bureau")


def pairs() -> list[tuple[str, str, str]]:
    rows = PartyTwin.objects.filter(apart_at=None).order_by("pk")
    return [(row.one.name, row.other.name, row.why) for row in rows]


def propose(kept: Party, dropped: Party, by: str = "li") -> PartyMerge:
    return merging.propose(kept, dropped, reason="同一家店", by=factories.officer(by), at=NOON)


def confirm(merge: PartyMerge, by: str = "wang") -> None:
    merging.confirm(merge, by=factories.officer(by), at=NOON)


def test_twins_are_found_and_told_by_what():
    add(shop("某县惠民餐饮有限公司", phone="0319-1234567"))
    add(shop("某县惠民餐饮有限公司", phone="0319 1234567".replace(" ", "-")))
    add(shop("某县惠民餐饮有限责任公司"))
    add(shop("某县惠明餐饮有限公司"))
    add(shop("别家"))
    found = {why for *_names, why in pairs()}
    assert found == {"contact", "similar"}
    assert ("某县惠民餐饮有限公司", "某县惠明餐饮有限公司", "similar") in pairs()


def test_people_of_one_name_are_twins_unless_their_numbers_differ():
    add(person("张伟"))
    add(person("张 伟", id_kind="resident", id_no=RESIDENT))
    assert [why for *_names, why in pairs()] == ["name"]
    add(person("张玮"))
    assert len(pairs()) == 1


def test_two_numbers_are_two_parties():
    add(shop(id_kind="uscc", id_no=USCC))
    add(shop(id_kind="uscc", id_no=OTHER_USCC))
    assert pairs() == []


def test_one_number_under_two_kinds_is_a_twin():
    add(shop("甲", id_kind="uscc", id_no=USCC))
    add(shop("乙", id_kind="other", id_no=USCC))
    assert pairs() == [("甲", "乙", "number")]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("惠民餐饮", "惠明餐饮", True),
        ("惠民餐饮", "惠民餐饮店", True),
        ("惠民餐饮", "民惠餐饮", True),
        ("惠民餐饮", "惠民饮餐", True),
        ("惠民餐饮", "惠民餐饮", False),
        ("惠民餐饮", "惠美美饮", False),
        ("惠民餐饮", "惠民", False),
    ],
)
def test_one_slip_apart(one, other, near):
    assert naming.is_one_slip_apart(one, other) is near
    assert naming.is_one_slip_apart(other, one) is near


def test_those_held_apart_stay_apart():
    one, other = add(shop()), add(shop())
    twins.hold_apart(PartyTwin.objects.get(), by=factories.officer("li"), at=NOON)
    assert events(f"party:{one.pk}")[-1] == "party.held_apart"
    facts = parties.facts_of(other)
    parties.change(other, type(facts)(**vars(facts) | {"phone": "1"}), by=other.added_by, at=NOON)
    assert pairs() == []


def test_everything_of_the_dropped_one_moves_and_the_event_names_it():
    kept, dropped = add(shop("甲", phone="1")), add(shop("甲店", address="和平路1号"))
    alone, both = factories.case("1号", dropped), factories.case("2号", kept)
    CaseParty.objects.filter(case=both).update(part="witness")
    CaseParty.objects.create(case=both, party=dropped, part="party")
    activity = factories.activity(party=dropped)
    paper = Document.objects.create(
        agency=kept.agency, party=dropped, kind="other", title="营业执照", original_name="a.pdf",
        media_type="application/pdf", size_bytes=1, sha256="0" * 64, sm3="0" * 64,
        vault_key="x/1.pdf", added_at=NOON, added_by=kept.added_by,
    )  # fmt: skip
    confirm(propose(kept, dropped))
    told = last_facts(f"party:{kept.pk}")
    assert (told["cases"], told["activities"], told["documents"]) == (
        [alone.pk], [activity.number], [paper.pk],
    )  # fmt: skip
    assert told["joined"] == [{"case": both.pk, "kept_part": "witness", "dropped_part": "party"}]
    kept.refresh_from_db()
    assert (kept.phone, kept.address, told["filled"]) == ("1", "和平路1号", ["address"])
    parts = CaseParty.objects.filter(party=kept).order_by("case").values_list("case", "part")
    assert list(parts) == [(alone.pk, "party"), (both.pk, "party")]
    for row in (activity, paper):
        row.refresh_from_db()
        assert row.party == kept


def test_the_dropped_row_stays_and_is_found_no_more():
    kept, dropped = add(shop("甲")), add(shop("乙", id_kind="uscc", id_no=USCC))
    confirm(propose(kept, dropped))
    kept.refresh_from_db()
    dropped.refresh_from_db()
    assert (dropped.merged_into, kept.id_no, dropped.id_no) == (kept, USCC, USCC)
    assert list(queries.parties_for(factories.officer("zhou"))) == [kept]
    assert "乙" in kept.search_text
    with pytest.raises(Refusal) as no:
        parties.change(dropped, parties.facts_of(dropped), by=factories.officer("li"), at=NOON)
    assert no.value.code == "party.merged"


def test_what_was_merged_into_the_dropped_one_points_at_the_kept_one():
    first, second, third = add(shop("甲")), add(shop("乙")), add(shop("丙"))
    confirm(propose(second, first))
    confirm(propose(third, second))
    assert set(Party.objects.filter(merged_into=third)) == {first, second}


def test_the_proposer_does_not_decide():
    merge = propose(add(shop("甲")), add(shop("乙")), by="wang")
    before = count()
    with pytest.raises(Refusal) as no:
        confirm(merge, by="wang")
    assert (no.value.code, count()) == ("party.own_merge", before)
    with pytest.raises(IntegrityError):
        PartyMerge.objects.filter(pk=merge.pk).update(
            decision=Decision.CONFIRMED, decided_by=factories.officer("wang")
        )


def test_another_plain_officer_does_not_decide():
    merge = propose(add(shop("甲")), add(shop("乙")))
    with pytest.raises(Refusal) as no:
        confirm(merge, by="bai")
    assert no.value.code == "people.not_permitted"


def test_of_two_who_decide_one_does():
    merge = propose(add(shop("甲")), add(shop("乙")))
    confirm(merge, by="wang")
    before = count()
    for decide in (merging.confirm, lambda *a, **k: merging.refuse(*a, reason="不是", **k)):
        with pytest.raises(Refusal) as no:
            decide(merge, by=factories.officer("zhou"), at=NOON)
        assert (no.value.code, count()) == ("party.merge_decided", before)


def test_what_is_refused_moves_nothing_and_holds_them_apart():
    kept, dropped = add(shop("甲")), add(shop("甲"))
    case = factories.case("1号", dropped)
    merge = propose(kept, dropped)
    merging.refuse(merge, reason="是两家", by=factories.officer("wang"), at=NOON)
    assert (case.parties.get(), pairs()) == (dropped, [])
    assert "party.merge_refused" in events(f"party:{kept.pk}")


def test_a_proposal_may_be_taken_back_by_its_proposer_alone():
    merge = propose(add(shop("甲")), add(shop("乙")))
    with pytest.raises(Refusal) as no:
        merging.withdraw(merge, by=factories.officer("wang"), at=NOON)
    assert no.value.code == "party.not_your_merge"
    merging.withdraw(merge, by=factories.officer("li"), at=NOON)
    assert PartyMerge.objects.get().decision == Decision.WITHDRAWN


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (lambda kept: kept, "party.same_party"),
        (lambda kept: add(person("甲")), "party.kinds_differ"),
        (lambda kept: add(shop("乙", id_kind="uscc", id_no=OTHER_USCC)), "party.parties_differ"),
    ],
)
def test_what_cannot_be_one_is_not_proposed(other, code):
    kept = add(shop("甲", id_kind="uscc", id_no=USCC))
    dropped = other(kept)
    before = count()
    with pytest.raises(Refusal) as no:
        propose(kept, dropped)
    assert (no.value.code, count()) == (code, before)


def test_one_proposal_at_a_time():
    kept, dropped, third = add(shop("甲")), add(shop("乙")), add(shop("丙"))
    propose(kept, dropped)
    with pytest.raises(Refusal) as no:
        propose(third, kept)
    assert no.value.code == "party.merge_pending"


def test_what_moved_is_told_in_as_many_events_as_it_takes():
    numbers = [f"HD-2026-{n:06d}" for n in range(2500)]
    parts = merging.Moved([1], [], numbers, [], []).in_parts()
    assert [part["parts"] for part in parts] == [3, 3, 3]
    assert [one for part in parts for one in part["activities"]] == numbers

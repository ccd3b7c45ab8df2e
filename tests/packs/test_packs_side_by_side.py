"""The five regulations beside one another, as their texts have it: what looks alike and is not."""

import re
from datetime import date

import pytest

from liuhen.engines.policy.pack import Adopted, Pack, Rulebook, Rules
from liuhen.engines.policy.values import (
    Accountability,
    Breaches,
    Chain,
    Exemption,
    Interruption,
    Ledger,
    Secrecy,
    ShotList,
    Site,
    Storage,
)
from liuhen.engines.policy.vocabulary import RequestKind, Topic
from liuhen.packs import catalogue

PACKS = ("chengde-safety", "jiaxian-health", "luohe-livestock", "neiqiu-health", "weidong-market")
CHENGDE, JIAXIAN, LUOHE, NEIQIU, WEIDONG = PACKS

ARTICLES = {
    CHENGDE: {*range(1, 30)} - {14},
    JIAXIAN: {*range(1, 20)},
    LUOHE: {*range(1, 25)},
    NEIQIU: {*range(1, 25)},
    WEIDONG: {*range(1, 19)},
}
TEXT_ONLY = {CHENGDE: {1, 2, 3}, JIAXIAN: {1}, LUOHE: {1, 2, 3}, NEIQIU: {1, 3}, WEIDONG: {1}}

# Each kind of request: article, who decides in which order (a review marked ?), and what else.
# r: entered in the register, l: a letter is shown, n: goes with an evidence note, s: never secret.
CHAINS = {
    CHENGDE: {
        "own_case": "22 office_head?>leader r",
        "view": "22 office_head?>leader r",
        "case_work": "23 office_head?>leader r",
        "copy": "22 office_head?>leader r",
        "evidence": "21 - n",
        "official": "24 office_head?>leader rl",
        "party": "24 office_head?>leader r",
        "publication": "24 office_head?>leader s",
    },
    JIAXIAN: {
        "own_case": "14 - ",
        "view": "14 bureau_head r",
        "case_work": "14 bureau_head r",
        "copy": "18 legal_office?>bureau_head r",
        "evidence": "18 legal_office r",
        "official": "18 bureau_head rl",
        "party": "18 bureau_head r",
        "publication": "18 bureau_head s",
    },
    LUOHE: {
        "own_case": "17 legal_office>leader r",
        "view": "17 legal_office>leader r",
        "case_work": "18 legal_office>leader rn",
        "copy": "17 legal_office>leader r",
        "evidence": "16 - n",
        "official": "19 legal_office>leader rl",
        "party": "19 legal_office>leader r",
        "publication": "19 legal_office>leader s",
    },
    NEIQIU: {
        "own_case": "16 - ",
        "view": "18 bureau_head r",
        "case_work": "22 legal_office r",
        "copy": "18 bureau_head r",
        "evidence": "18 bureau_head r",
        "official": "18 bureau_head r",
        "party": "15 bureau_head r",
        "publication": "17 leader/bureau_head s",
    },
    WEIDONG: {
        "own_case": "10 - ",
        "view": "10 bureau_head r",
        "case_work": "10 bureau_head r",
        "copy": "10 legal_office?>bureau_head r",
        "evidence": "11 legal_office rn",
        "official": "10 bureau_head rl",
        "party": "10 bureau_head r",
        "publication": "10 bureau_head s",
    },
}
# The rows where the text itself names who decides; all others say how they are read.
STATED = {
    (CHENGDE, "view"), (CHENGDE, "case_work"), (LUOHE, "view"),
    (NEIQIU, "official"), (NEIQIU, "publication"),
}  # fmt: skip


# What is gone through point by point, in the text's order; "" where it has no such list.
LISTS = {
    "pre_use_check": {
        CHENGDE: "works battery storage clock",
        JIAXIAN: "works battery storage clock",
        LUOHE: "battery storage clock",
        NEIQIU: "works clock",
        WEIDONG: "works battery storage clock",
    },
    "opening_statement": {
        CHENGDE: "",
        JIAXIAN: "purpose task officers",
        LUOHE: "",
        NEIQIU: "",
        WEIDONG: "time place officers acts focus",
    },
    "sanctions": {
        CHENGDE: "self_criticism criticism suspension no_awards disciplinary",
        JIAXIAN: "criticism by_rules",
        LUOHE: "self_criticism criticism suspension no_awards disciplinary",
        NEIQIU: "criticism disciplinary criminal",
        WEIDONG: "by_rules by_law",
    },
}
# Parameters that stand in one or two texts only.
RARE = {
    "preserve": {CHENGDE}, "no_gap": {WEIDONG}, "archive_fields": {WEIDONG},
    "equipment": {JIAXIAN, WEIDONG}, "disc_label": {JIAXIAN}, "long_term": {JIAXIAN, NEIQIU},
    "sampling": {CHENGDE}, "collection": {NEIQIU}, "daily_check": {NEIQIU}, "playback": {NEIQIU},
    "budget": {LUOHE}, "compensation": {NEIQIU}, "repair": {NEIQIU},
    "cannot_go_on": {CHENGDE, LUOHE}, "review": {JIAXIAN, WEIDONG},
}  # fmt: skip


def of(pack_id: str) -> Pack:
    return catalogue.pack(pack_id)


def rules(pack_id: str) -> Rules:
    return Rulebook((Adopted(of(pack_id), date(2026, 1, 1)),)).on(date(2026, 3, 2))


def chain(pack_id: str, kind: str) -> Chain:
    found = rules(pack_id).chain(RequestKind(kind))
    assert found is not None
    return found


def in_short(one: Chain) -> str:
    who = (
        "/".join(step.posts) + ("?" if step.act == "review" else "") for step in one.steps
    )  # fmt: skip
    flags = (one.register_fields, one.letter, one.evidence_note, one.never_secret)
    marks = "".join(mark for mark, is_on in zip("rlns", flags, strict=True) if is_on)
    return f"{one.article} {'>'.join(who) or '-'} {marks}"


def test_the_five_are_offered():
    assert tuple(pack.pack_id for pack in catalogue.offered()) == PACKS


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_article_is_there_and_only_purpose_and_definition_govern_nothing(pack_id):
    articles = of(pack_id).articles
    assert set(articles) == ARTICLES[pack_id]
    assert {no for no, one in articles.items() if one.is_text_only} == TEXT_ONLY[pack_id]


@pytest.mark.parametrize("pack_id", PACKS)
def test_a_summary_is_one_short_line(pack_id):
    assert all(0 < len(one.summary) <= 60 for one in of(pack_id).articles.values())


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_kind_of_request_has_its_answer(pack_id):
    found = {str(kind): in_short(chain(pack_id, kind)) for kind in RequestKind}
    assert found == CHAINS[pack_id]


@pytest.mark.parametrize("pack_id", PACKS)
def test_who_decides_is_read_wherever_the_text_does_not_say(pack_id):
    unread = {kind for kind in CHAINS[pack_id] if chain(pack_id, kind).reading is None}
    assert unread == {kind for one, kind in STATED if one == pack_id}


def test_secrets_are_an_exemption_in_two_texts_and_a_marking_in_five():
    exempt = {one for one in PACKS if "secrecy" in causes(one, Exemption)}
    assert exempt == {CHENGDE, LUOHE}
    assert all(rules(one).get(Secrecy) for one in PACKS)


def test_the_marks_are_each_text_own():
    kinds = {one: set(rules(one).get(Secrecy).kinds) for one in PACKS}
    assert kinds[CHENGDE] == kinds[LUOHE] == kinds[NEIQIU] == {"state", "trade"}
    assert kinds[JIAXIAN] == {"state", "trade", "privacy"}
    assert kinds[WEIDONG] == {"state", "trade", "personal"}


def causes(pack_id: str, kind: type[Exemption] | type[Interruption]) -> set[str]:
    found = rules(pack_id).get(kind)
    return {line.code for line in found.causes} if found else set()


def test_an_explosive_area_exempts_in_one_text():
    assert {one for one in PACKS if "explosive_area" in causes(one, Exemption)} == {CHENGDE}


def test_obstruction_stops_recording_where_the_text_names_it():
    assert {one for one in PACKS if "obstruction" in causes(one, Interruption)} == {
        JIAXIAN,
        WEIDONG,
    }


def test_consent_comes_before_in_one_text():
    found = {one: rules(one).get(Exemption) for one in PACKS}
    assert {one for one, rule in found.items() if rule and rule.consent == "before"} == {NEIQIU}
    assert found[WEIDONG] is None


def test_two_carry_devices_in_one_text_and_photograph_key_points_in_another():
    found = {one: rules(one).get(Site) for one in PACKS}
    assert {one for one, site in found.items() if site} == {CHENGDE, JIAXIAN}
    assert (found[CHENGDE].carriers, found[JIAXIAN].photos_at_key_points) == (2, True)


def test_who_answers_for_devices():
    found = {one: rule for one in PACKS if (rule := rules(one).get(Accountability))}
    heads = {one for one, rule in found.items() if rule.first_responsible == "unit_head"}
    assert heads == {one for one, rule in found.items() if rule.keeper_per_device}
    assert heads == {CHENGDE, NEIQIU}
    assert {one for one, rule in found.items() if rule.user_answers} == {*heads, WEIDONG}


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_are_each_text_own(name):
    for pack_id, codes in LISTS[name].items():
        found = rules(pack_id).values.get(name)
        assert " ".join(item.code for item in (found.items if found else ())) == codes


@pytest.mark.parametrize("name", RARE)
def test_what_few_texts_say_no_other_pack_says(name):
    assert {one for one in PACKS if name in of(one).parameters} == RARE[name]


def test_deliberate_damage_is_paid_in_full_and_repair_goes_through_finance():
    found = rules(NEIQIU).values
    assert found["compensation"].deliberate_full_price
    assert found["repair"].through == "finance"


def test_only_one_text_asks_for_a_ledger():
    assert {one for one in PACKS if rules(one).get(Ledger)} == {JIAXIAN}
    assert rules(JIAXIAN).get(Ledger).fields == ("officer", "handed_time", "content")


def test_where_recordings_lie():
    found = {one: rules(one).get(Storage) for one in PACKS}
    assert {one for one, place in found.items() if place.party_dossier} == {LUOHE}
    assert {one for one, place in found.items() if place.by_case} == {NEIQIU}
    assert found[NEIQIU].folder == "现场执法记录设备影像资料/年/月/日"
    assert {one for one, place in found.items() if place.keeper == "keeper"} == {NEIQIU}


def test_what_to_film():
    shots = {one: rules(one).get(ShotList).items for one in PACKS}
    assert {one: len(items) for one, items in shots.items()} == {
        CHENGDE: 9, JIAXIAN: 8, LUOHE: 9, NEIQIU: 10, WEIDONG: 13,
    }  # fmt: skip
    assert sum(item.focus for item in shots[WEIDONG]) == 8


def test_how_many_breaches_each_text_names():
    counts = {one: len(rules(one).get(Breaches).items) for one in PACKS}
    assert counts == {CHENGDE: 8, JIAXIAN: 6, LUOHE: 8, NEIQIU: 7, WEIDONG: 8}


@pytest.mark.parametrize("pack_id", PACKS)
def test_breaches_are_numbered_as_the_article_has_them(pack_id):
    items = rules(pack_id).get(Breaches).items
    assert [item.number for item in items] == list(range(1, len(items) + 1))


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_parameter_is_governed_by_its_own_article(pack_id):
    pack = of(pack_id)
    unheard = [
        name
        for name, topic in SAME_WORD.items()
        for value in pack.parameters.get(name, ())
        if topic not in pack.articles[value.article].governs
    ]
    assert unheard == []


SAME_WORD = {
    "retention_as_evidence": Topic.RETENTION,
    "preserve": Topic.HOLD,
    "handover_excused": Topic.HANDOVER,
    "cannot_go_on": Topic.INTERRUPTION,
    "archive_fields": Topic.ARCHIVE,
    "disc_label": Topic.DISC,
    "access_view": Topic.ACCESS,
    "daily_check": Topic.INSPECTION,
    "playback": Topic.INSPECTION,
    **{
        name: Topic(name)
        for name in (
            "retention", "long_term", "handover", "exemption", "interruption", "must_record",
            "no_gap", "span", "site", "notice", "opening_statement", "shot_list", "pre_use_check",
            "equipment", "accountability", "ledger", "storage", "evidence_note", "secrecy",
            "sampling", "inspection", "review", "collection", "budget", "breaches", "sanctions",
            "compensation", "repair",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("pack_id", CHAINS)
def test_copying_is_never_lighter_than_viewing(pack_id):
    """A copy once given out is hardly got back."""
    said = {kind: CHAINS[pack_id][kind].split()[1] for kind in ("view", "copy")}
    deciders = {kind: set(re.split("[>/]", one.replace("?", ""))) for kind, one in said.items()}
    assert deciders["view"] <= deciders["copy"]

"""Who must agree, in which order, under each regulation."""

import pytest
from made_rules import rules

from liuhen.engines.policy.answers import NoRule, Why
from liuhen.engines.policy.approvals import chain
from liuhen.engines.policy.vocabulary import Act, Field, Post, RequestKind

REGISTER = ["viewer", "purpose", "viewed_time"]
CHENGDE_VIEW = {
    "article": 22,
    "steps": [
        {"posts": ["office_head"], "act": "review"},
        {"posts": ["leader"], "act": "approve"},
    ],
    "register": REGISTER,
}
NEIQIU_PUBLICATION = {
    "article": 17,
    "steps": [{"posts": ["leader", "bureau_head"], "act": "approve"}],
    "never_secret": True,
}


def asked(kind, *, is_secret=False, **said):
    return chain(rules(**said), kind, is_secret=is_secret)


@pytest.mark.enforces("access", article="chengde-safety:22")
def test_the_office_reviews_the_leader_approves_the_keeper_registers():
    answer = asked(RequestKind.VIEW, access_view=CHENGDE_VIEW)
    assert [(step.posts, step.act) for step in answer.steps] == [
        ((Post.OFFICE_HEAD,), Act.REVIEW),
        ((Post.LEADER,), Act.APPROVE),
    ]
    assert answer.register == (Field.VIEWER, Field.PURPOSE, Field.VIEWED_TIME)
    assert answer.allowed


@pytest.mark.enforces("access", article="chengde-safety:22")
def test_the_ground_tells_the_whole_chain():
    (ground,) = asked(RequestKind.VIEW, access_view=CHENGDE_VIEW).grounds
    assert (ground.article, ground.code) == (22, Why.CHAIN)
    assert ground.facts == {"kind": "view", "steps": "office_head,leader"}


@pytest.mark.enforces("access")
def test_no_steps_means_nobody_need_be_asked():
    answer = asked(RequestKind.OWN_CASE, access_own_case={"article": 10, "steps": []})
    assert answer.steps == ()
    assert answer.allowed
    assert answer.grounds[0].code == Why.NO_APPROVAL


@pytest.mark.enforces("access")
@pytest.mark.parametrize("kind", RequestKind)
def test_a_silent_regulation_is_no_permission(kind):
    with pytest.raises(NoRule):
        asked(kind)


@pytest.mark.enforces("publication", article="neiqiu-health:17")
def test_secrets_are_not_published_with_any_approval():
    answer = asked(RequestKind.PUBLICATION, is_secret=True, access_publication=NEIQIU_PUBLICATION)
    assert not answer.allowed
    assert answer.grounds[-1].code == Why.NEVER_SECRET


@pytest.mark.enforces("publication", article="neiqiu-health:17")
def test_either_of_two_may_agree_to_what_is_no_secret():
    answer = asked(RequestKind.PUBLICATION, access_publication=NEIQIU_PUBLICATION)
    assert answer.allowed
    assert answer.steps[0].posts == (Post.LEADER, Post.BUREAU_HEAD)


def test_a_secret_may_be_viewed_where_only_publication_is_barred():
    assert asked(RequestKind.VIEW, is_secret=True, access_view=CHENGDE_VIEW).allowed


@pytest.mark.enforces("access", article="neiqiu-health:18")
def test_a_court_brings_a_letter():
    said = {
        "article": 18,
        "steps": [{"posts": ["bureau_head"], "act": "approve"}],
        "register": REGISTER,
        "letter": True,
    }
    answer = asked(RequestKind.OFFICIAL, access_official=said)
    assert answer.letter
    assert answer.steps[0].posts == (Post.BUREAU_HEAD,)


@pytest.mark.enforces("access", "evidence_note", article="luohe-livestock:18")
def test_case_work_takes_both_the_chain_and_the_note():
    note = {"article": 16, "fields": ["maker", "extractor", "extracted_time"], "disc": True}
    said = {**CHENGDE_VIEW, "article": 18, "see": [16, 17], "evidence_note": True}
    answer = asked(RequestKind.CASE_WORK, access_case_work=said, evidence_note=note)
    assert answer.evidence_note
    assert [(g.article, g.code) for g in answer.grounds] == [
        (18, Why.CHAIN),
        (16, Why.EVIDENCE_NOTE),
    ]
    assert answer.grounds[0].see == (16, 17)

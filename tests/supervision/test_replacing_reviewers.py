"""A reviewer who can't go on gives the place to another; what was scored in it stays."""

from datetime import timedelta

import pytest
from correction_cast import refused, who
from review_cast import LATER, OBJECT_BY, activity, announced, item, opened, scored

import factories
from liuhen.access import rights
from liuhen.access.rights import Ground
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import event_of, facts_of
from liuhen.people.roles import Role
from liuhen.recordings.models import Recording
from liuhen.supervision.models import Review, ReviewReplacement, ReviewScore
from liuhen.supervision.reviews import finishing, integrity, opening, replacing, scoring, seeing
from liuhen.supervision.reviews.scoring import Sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

THREE = ["HD-2026-000001", "HD-2026-000002", "HD-2026-000003"]
SOON = LATER + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _third(bureau):
    factories.officer("dai", Role.SUPERVISION, name="代督查")


def of_three(*reviewers: str) -> Review:
    activity(2)
    activity(3)
    return opened(*reviewers or ("du",), numbers=THREE)


def score(review: Review, position: int, by: str, lost: int = 0) -> ReviewScore:
    sheet = Sheet({4: lost} if lost else {})
    return scoring.score(review, position, sheet, by=who(by), at=LATER)


def replace(review: Review, former: str, successor: str, by: str = "zhao", **more) -> None:
    facts = {"reason": "调离督查岗位", "at": LATER} | more
    replacing.replace(review, former=who(former), successor=who(successor), by=who(by), **facts)


def left(review: Review) -> dict[int, list[str]]:
    return {n: sorted(one.login for one in whose) for n, whose in scoring.left(review).items()}


def plays(login: str, number: str = "2026-000001", at=SOON) -> bool:
    right = rights.right_to_play(who(login), Recording.objects.get(number=number), at=at)
    return right is not None and right.ground == Ground.REVIEW


def test_the_rest_is_the_successors_and_what_was_scored_stays():
    made = of_three("du")
    score(made, 1, "du", lost=5)
    replace(made, "du", "dai")
    assert left(made) == {2: ["dai"], 3: ["dai"]}
    score(made, 2, "dai")
    score(made, 3, "dai")
    finishing.announce(made, object_by=OBJECT_BY, by=who("zhao"), at=LATER)
    assert [str(one.score) for one in made.items.order_by("position")] == ["95.0", "100.0", "100.0"]


def test_what_was_scored_before_them_is_not_the_successors_to_score():
    made = of_three("du")
    score(made, 1, "du")
    replace(made, "du", "dai")
    code = refused(scoring.score, made, 1, Sheet(), by=who("dai"), at=LATER)
    assert code == "review.not_yours_to_score"


def test_the_other_reviewer_scores_as_before():
    made = of_three("du", "ban")
    score(made, 1, "du")
    replace(made, "du", "dai")
    assert left(made) == {1: ["ban"], 2: ["ban", "dai"], 3: ["ban", "dai"]}


def test_the_former_scores_and_reads_no_more():
    made = opened("du")
    replace(made, "du", "dai")
    assert refused(scoring.score, made, 1, Sheet(), by=who("du"), at=LATER) == (
        "review.not_yours_to_score"
    )
    assert seeing.visible_to(who("dai")).filter(pk=made.pk).exists()


def test_the_place_goes_on_and_comes_back():
    made = of_three("du")
    score(made, 1, "du")
    replace(made, "du", "dai")
    score(made, 2, "dai")
    replace(made, "dai", "ban")
    assert left(made) == {3: ["ban"]}
    replace(made, "ban", "du")
    assert left(made) == {3: ["du"]}
    assert score(made, 1, "du", lost=3).total == 97  # their own sheet, filled in anew


def test_who_scored_in_a_place_and_gave_it_away_takes_no_other_one():
    made = of_three("du", "ban")
    score(made, 1, "du")
    replace(made, "du", "dai")
    assert refused(replace, made, "ban", "du") == "review.scored_before"
    assert left(made)[1] == ["ban"]
    replace(made, "dai", "du")
    assert left(made) == {1: ["ban"], 2: ["ban", "du"], 3: ["ban", "du"]}


def test_looking_ends_for_one_and_begins_for_the_other():
    made = of_three("du")
    score(made, 1, "du")
    assert plays("du", "2026-000002", at=LATER)
    replace(made, "du", "dai")
    assert not plays("du", "2026-000002")
    assert plays("dai", "2026-000002")
    assert not plays("dai", "2026-000001")  # scored already
    assert not plays("dai", "2026-000002", at=LATER + timedelta(days=61))


def test_others_go_on_looking():
    made = of_three("du", "ban")
    replace(made, "du", "dai")
    assert plays("ban")


def test_before_it_is_drawn_only_the_name_changes():
    activity(1)
    made = opened("du", percent=100, numbers=[], reason="")
    replace(made, "du", "dai")
    assert not CustodyEvent.objects.filter(kind=Kind.VIEWING_ASSIGNED).exists()
    opening.draw(made, by=who("dai"), at=LATER)
    assert left(made) == {1: ["dai"]}


def test_who_took_part_does_not_score_that():
    activity(2, officer=who("dai"))
    made = opened("du", "ban", numbers=THREE[:2])
    replace(made, "du", "dai")
    assert left(made) == {1: ["ban", "dai"], 2: ["ban"]}


def test_nothing_is_left_that_nobody_may_score():
    activity(2, officer=who("dai"))
    made = opened("du", numbers=THREE[:2])
    code = refused(replace, made, "du", "dai")
    assert code == "review.nobody_left_to_score"
    assert [one.login for one in made.reviewers.all()] == ["du"]


def test_what_the_former_scored_may_be_the_successors_own():
    activity(2, officer=who("dai"))
    made = opened("du", numbers=THREE[:2])
    score(made, 2, "du")
    replace(made, "du", "dai")
    assert left(made) == {1: ["dai"]}


@pytest.mark.parametrize(
    ("former", "successor", "more", "code"),
    [
        ("dai", "ban", {}, "review.not_reviewing"),
        ("du", "du", {}, "review.reviews_already"),
        ("du", "li", {}, "review.not_a_reviewer"),
        ("du", "zhao", {}, "review.not_a_reviewer"),
        ("du", "dai", {"by": "wang"}, "review.not_a_reviewer"),
        ("du", "dai", {"reason": " \u200b"}, "review.words_blank"),
    ],
)
def test_refused_nothing_changes(former, successor, more, code):
    made = opened("du")
    assert refused(replace, made, former, successor, **more) == code
    assert not ReviewReplacement.objects.exists()


def test_nobody_of_another_bureau_takes_a_place_or_gives_one():
    made = opened("du")
    far = factories.stranger("far", Role.SUPERVISION, Role.LEADER)
    facts = {"former": who("du"), "reason": "调离", "at": LATER}
    assert refused(replacing.replace, made, successor=far, by=who("zhao"), **facts) == (
        "review.not_a_reviewer"
    )
    assert refused(replacing.replace, made, successor=who("dai"), by=far, **facts) == (
        "review.no_such"
    )


def test_once_it_is_told_nobody_is_replaced():
    made = announced("du")
    assert refused(replace, made, "du", "dai") == "review.wrong_step"


def test_who_scored_it_does_not_answer_the_objection():
    made = of_three("du")
    score(made, 1, "du")
    replace(made, "du", "dai")
    assert not finishing.answers(item(made), who("du"), at=LATER)
    assert finishing.answers(item(made), who("dai"), at=LATER)


def test_the_log_says_who_took_whose_place_and_why():
    made = of_three("du")
    score(made, 1, "du")
    replace(made, "du", "dai")
    said = facts_of(event_of(f"review:{made.number}", Kind.REVIEW_REVIEWER_REPLACED))
    assert said == {"former": "du", "successor": "dai", "reason": "调离督查岗位", "done": [1]}


def test_the_audit_knows_of_it():
    made = of_three("du", "ban")
    score(made, 1, "du")
    replace(made, "du", "dai")
    replace(made, "dai", "du")
    replace(made, "ban", "dai")
    assert list(integrity.audit()) == []


def test_a_place_taken_in_the_tables_alone_is_found():
    made = scored("du")
    replace(made, "du", "dai")
    ReviewReplacement.objects.update(done=[])
    assert [one.code for one in integrity.audit()] == ["review.replacement_changed"]
    made.reviewers.add(who("ban"))
    assert "review.row_changed" in [one.code for one in integrity.audit()]


def test_without_the_event_nobody_is_replaced(monkeypatch):
    made = opened("du")

    def fail(*_args, **_more):
        raise OSError("disk full")

    monkeypatch.setattr(replacing.steps, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        replace(made, "du", "dai")
    assert [one.login for one in made.reviewers.all()] == ["du"]

"""评查: opened by whom the regulation names, drawn or chosen, scored, told, objected to, closed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from correction_cast import kinds_of, refused, who
from review_cast import (
    DAY,
    LATER,
    OBJECT_BY,
    OVER,
    activity,
    announced,
    item,
    objected,
    opened,
    plan,
    scored,
)

import factories
from factories import NOON
from liuhen.custody import log, proofs
from liuhen.custody.kinds import Kind
from liuhen.duties import recurring
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.drawing import choosing
from liuhen.engines.policy.vocabulary import Topic
from liuhen.packs import catalogue, review_forms
from liuhen.recordings import secrecy
from liuhen.supervision.models import (
    ObjectionState,
    Review,
    ReviewForm,
    ReviewItem,
    ReviewScore,
    ReviewState,
)
from liuhen.supervision.reviews import (
    basis,
    finishing,
    form_table,
    integrity,
    opening,
    results,
    scoring,
    seeing,
)
from liuhen.supervision.reviews.results import Grade
from liuhen.supervision.reviews.scoring import Sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]
SPAN, CONDUCT = 4, 9
"""Lines of the form offered with chengde's regulation."""


@pytest.mark.parametrize("pack", catalogue.offered(), ids=lambda pack: pack.pack_id)
def test_each_regulation_comes_with_a_form_whose_articles_are_its_own(pack):
    form = review_forms.offered(pack.pack_id)
    assert {line.article for line in form.lines} - {None} <= pack.articles.keys()
    assert any(line.is_conduct for line in form.lines)
    assert any(line.knock_out for line in form.lines)


@pytest.mark.enforces("conduct", article="chengde-safety:18")
def test_the_form_asks_how_officers_spoke_and_behaved():
    line = basis.form_for(factories.agency(), DAY).lines[CONDUCT - 1]
    governing = catalogue.pack("chengde-safety").articles[line["article"]].governs
    assert (line["is_conduct"], Topic.CONDUCT in governing) == (True, True)


@pytest.mark.enforces("review", article="jiaxian-health:17")
@pytest.mark.parametrize(
    ("pack", "by", "article"),
    [
        ("jiaxian-health", "ban", 17),
        ("weidong-market", "fa", 16),
        ("chengde-safety", "du", 26),
        ("neiqiu-health", "fa", 22),
        ("luohe-livestock", "fa", None),
    ],
)
def test_who_reviews_is_said_by_the_regulation(pack, by, article):
    factories.follow(pack)
    made = opened(by, by=by)
    assert (made.article, made.state) == (article, ReviewState.SCORING)
    assert refused(opening.open, plan("li"), by=who(by), at=NOON) == "review.not_a_reviewer"


def test_a_leader_has_one_made_by_who_reviews():
    assert opened("du", by="zhao").opened_by == who("zhao")
    assert refused(opening.open, plan("zhao"), by=who("zhao"), at=NOON) == "review.not_a_reviewer"


@pytest.mark.parametrize(
    ("by", "more", "code"),
    [
        ("li", {}, "review.not_a_reviewer"),
        ("wang", {}, "review.not_a_reviewer"),
        ("du", {"title": " "}, "review.words_blank"),
        ("du", {"reviewers": []}, "review.words_blank"),
        ("du", {"until": date(2026, 1, 4)}, "review.wrong_days"),
        ("du", {"until": date(2026, 1, 6)}, "review.wrong_days"),
        ("du", {"reason": ""}, "review.reason_blank"),
        ("du", {"numbers": ["HD-2026-000009"]}, "review.not_known"),
        ("du", {"numbers": []}, "review.nothing_to_review"),
        ("du", {"percent": 20, "since": date(2025, 1, 1), "until": date(2025, 1, 2)},
         "review.nothing_to_review"),
    ],
)  # fmt: skip
def test_a_review_that_cannot_be_is_refused(by, more, code):
    activity(1)
    assert refused(opening.open, plan(**more), by=who(by), at=NOON) == code


def test_what_is_drawn_anybody_draws_again():
    for n in range(2, 9):
        activity(n)
    factories.recording("2026-000100")
    made = opened(percent=30, numbers=[], reason="")
    assert made.state == ReviewState.OPENED
    opening.draw(made, by=who("du"), at=LATER)
    said = proofs.facts_of(proofs.event_of(f"review:{made.number}", Kind.REVIEW_DRAWN))
    every = [f"activity:HD-2026-{n:06d}" for n in range(1, 9)] + ["recording:2026-000100"]
    scores = {one: choosing.score(made.root, made.number, one) for one in every}
    assert said["items"] == sorted(every, key=scores.__getitem__)[:3]
    assert refused(opening.draw, made, by=who("du"), at=LATER) == "review.wrong_step"


def test_nobody_scores_their_own_work():
    ban = factories.office_head()
    activity(1, officer=ban)
    said = plan("ban", "du")
    made = opening.open(said, by=who("du"), at=NOON)
    assert scoring.left(made) == {1: [who("du")]}
    facts = {"by": ban, "at": LATER}
    assert refused(scoring.score, made, 1, Sheet(), **facts) == "review.not_yours_to_score"
    assert refused(opening.open, plan("ban"), by=who("du"), at=NOON) == "review.nobody_to_score"


def test_who_may_not_know_of_a_recording_does_not_score_it():
    film = factories.recording("2026-000100")
    secrecy.mark(film, "trade", reason="配方", by=who("zhou"), at=NOON)
    numbers = {"numbers": [film.number]}
    assert refused(opening.open, plan(**numbers), by=who("zhao"), at=NOON) == (
        "review.nobody_to_score"
    )
    assert refused(opening.open, plan(**numbers), by=who("du"), at=NOON) == "review.not_known"


@pytest.mark.enforces("review", article="jiaxian-health:17")
def test_points_are_taken_off_line_by_line():
    made = scored(lost={SPAN: 5, CONDUCT: 3})
    sheet = ReviewScore.objects.get()
    assert (sheet.total, sheet.lost) == (92, [[SPAN, 5], [CONDUCT, 3]])
    kinds = kinds_of(f"review:{made.number}")
    assert kinds == ["review.opened", "access.assigned", "review.scored"]


@pytest.mark.parametrize("sheet", [Sheet({SPAN: 21}), Sheet({SPAN: -1}), Sheet({1: 1}),
                                   Sheet({99: 1}), Sheet({}, (SPAN,))])  # fmt: skip
def test_no_more_is_taken_off_than_a_line_has(sheet):
    made = opened()
    assert refused(scoring.score, made, 1, sheet, by=who("du"), at=LATER) == "review.score_wrong"


def test_two_reviewers_give_the_mean():
    made = opened("du", "ban")
    scoring.score(made, 1, Sheet({SPAN: 5}), by=who("du"), at=LATER)
    facts = {"object_by": OBJECT_BY, "by": who("du"), "at": LATER}
    assert refused(finishing.announce, made, **facts) == "review.not_all_scored"
    scoring.score(made, 1, Sheet({SPAN: 10}), by=who("ban"), at=LATER)
    finishing.announce(made, **facts)
    assert item(made).score == Decimal("92.5")


def test_a_knock_out_fails_whatever_the_points():
    made = announced(out=(1,))
    one = item(made)
    assert (one.score, one.is_out, results.of_item(one)) == (0, True, Grade.FAILED)
    assert [unit.grade for unit in results.by_unit(made, [one])] == [Grade.FAILED]


def test_results_are_by_unit_and_by_officer():
    activity(2)
    made = announced(numbers=["HD-2026-000001", "HD-2026-000002"], lost={SPAN: 5})
    items = made.items.select_related("unit", "officer", "review")
    (unit,), (officer,) = results.by_unit(made, items), results.by_officer(made, items)
    assert (unit.name, unit.n, unit.score, unit.grade) == ("监督一科", 2, 95, Grade.GOOD)
    assert (officer.n, officer.grade) == (2, Grade.GOOD)


def test_those_reviewed_see_their_own_once_they_are_told():
    made = scored()
    assert not seeing.visible_to(who("li")).exists()
    finishing.announce(made, object_by=OBJECT_BY, by=who("du"), at=LATER)
    assert seeing.review_for(made.number, who("li")) == made
    assert [one.position for one in seeing.items_for(made, who("wang"))] == [1]
    assert not seeing.visible_to(factories.officer("other", name="别人")).exists()
    assert not seeing.visible_to(factories.stranger("far", "leader")).exists()


@pytest.mark.enforces("review", article="jiaxian-health:17")
def test_an_objection_is_answered_by_another_than_the_reviewer():
    made = announced(lost={SPAN: 10})
    one = objected(made)
    facts = {"reply": "经核实属实", "score": Decimal(100), "at": LATER}
    assert refused(finishing.answer_objection, one, by=who("du"), **facts) == (
        "review.not_the_decider"
    )
    finishing.answer_objection(one, by=who("zhao"), **facts)
    assert (one.score, one.objection.state) == (100, ObjectionState.UPHELD)
    assert refused(finishing.answer_objection, one, by=who("zhao"), **facts) == (
        "review.answered_before"
    )


def test_an_objection_that_is_not_right_leaves_the_result():
    one = objected(announced(lost={SPAN: 10}), by="wang")
    finishing.answer_objection(one, reply="没有工作记录", by=who("qian"), at=LATER)
    assert (one.score, one.objection.state) == (90, ObjectionState.REJECTED)


def test_who_may_object_and_when():
    made = announced()
    facts = {"reason": "不服"}
    one = item(made)
    assert refused(finishing.raise_objection, one, by=who("zhao"), at=LATER, **facts) == (
        "review.not_concerned"
    )
    assert refused(finishing.raise_objection, one, by=who("li"), at=OVER, **facts) == (
        "review.objecting_over"
    )
    objected(made)
    assert refused(finishing.raise_objection, one, by=who("li"), at=LATER, **facts) == (
        "review.objected_before"
    )


@pytest.mark.enforces("review", article="jiaxian-health:17")
def test_the_close_does_the_review_that_was_due():
    factories.follow("jiaxian-health")
    recurring.make(at=NOON)
    made = opened("ban", by="ban")
    scoring.score(made, 1, Sheet(), by=who("ban"), at=LATER)
    finishing.announce(made, object_by=OBJECT_BY, by=who("ban"), at=LATER)
    facts = {"conclusion": "总体良好", "by": who("ban")}
    assert refused(finishing.close, made, at=LATER, **facts) == "review.still_objectable"
    duty = finishing.close(made, at=OVER, **facts)
    assert duty == Duty.objects.get(kind=DutyKind.REVIEW)
    assert (duty.state, made.state) == (DutyState.DONE, ReviewState.CLOSED)
    assert made.number in duty.reason


def test_it_is_not_closed_while_an_objection_waits():
    made = announced()
    objected(made)
    facts = {"conclusion": "总体良好", "by": who("du"), "at": OVER}
    assert refused(finishing.close, made, **facts) == "review.objection_open"


def test_given_up_it_stays_visible():
    made = scored()
    finishing.abandon(made, reason="方案调整", by=who("du"), at=LATER)
    assert seeing.review_for(made.number, who("zhao")).conclusion == "方案调整"
    facts = {"object_by": OBJECT_BY, "by": who("du"), "at": LATER}
    assert refused(finishing.announce, made, **facts) == "review.wrong_step"


def test_no_event_no_change(monkeypatch):
    made = opened()

    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(log, "record", broken)
    for act in (
        lambda: scoring.score(made, 1, Sheet(), by=who("du"), at=LATER),
        lambda: finishing.abandon(made, reason="…", by=who("du"), at=LATER),
        lambda: opening.open(plan(), by=who("du"), at=LATER),
    ):
        with pytest.raises(RuntimeError):
            act()
    assert (ReviewScore.objects.count(), Review.objects.get().state) == (0, ReviewState.SCORING)


def filled(*rows: tuple[str, ...]) -> list:
    return [form_table.Row(n, row) for n, row in enumerate(rows, 2)]


WHOLE = ("全程记录", "100", "每处扣5分", "", "", "12")
OUT = ("没有记录", "", "一票否决", "是", "", "5")


def test_the_bureaus_own_form_is_used_from_its_day_on():
    made = form_table.take_in(filled(WHOLE, OUT), by=who("du"), at=NOON)
    found = basis.form_for(factories.agency(), DAY)
    assert (made.version, found.version, len(found.lines)) == (1, 1, 2)
    assert basis.form_for(factories.agency(), DAY - timedelta(days=1)).version == 0
    assert opened(numbers=["HD-2026-000001"]).form_lines == found.lines


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([(*WHOLE[:1], "90", *WHOLE[2:])], "review.form_not_whole"),
        ([("", *WHOLE[1:])], "devices.table_faulty"),
        ([WHOLE, (*OUT[:1], "5", *OUT[2:])], "devices.table_faulty"),
        ([(*WHOLE[:5], "14")], "devices.table_faulty"),
        ([(*WHOLE[:3], "否", "", "")], "devices.table_faulty"),
    ],
)
def test_a_form_with_anything_wrong_changes_nothing(rows, code):
    assert refused(form_table.take_in, filled(*rows), by=who("du"), at=NOON) == code
    assert not ReviewForm.objects.exists()


def test_the_template_is_read_back():
    assert form_table.template()[:2] == b"PK"


def test_what_went_its_way_is_clean_for_the_audit():
    one = objected(announced("du", "ban", lost={SPAN: 5}))
    facts = {"reply": "属实", "score": Decimal(98), "by": who("zhao"), "at": LATER}
    finishing.answer_objection(one, **facts)
    opened()
    assert list(integrity.audit()) == []


@pytest.mark.parametrize(
    ("rows", "changed", "code"),
    [
        (Review, {"pass_from": 10}, "review.row_changed"),
        (Review, {"number": "PC-2026-000009"}, None),
        (ReviewScore, {"total": 100}, "review.sheet_changed"),
        (ReviewItem, {"score": Decimal(99)}, "review.result_changed"),
    ],
)
def test_what_was_changed_behind_the_logs_back_is_named(rows, changed, code):
    announced(lost={SPAN: 5})
    rows.objects.update(**changed)
    codes = [one.code for one in integrity.audit()]
    assert codes == [code] if code else "review.row_missing" in codes


@pytest.mark.parametrize("reviews", [1, 4])
def test_the_audit_asks_as_much_however_many_reviews_there_are(reviews, django_assert_num_queries):
    for _ in range(reviews):
        announced(lost={SPAN: 5})
    with django_assert_num_queries(10):
        assert list(integrity.audit()) == []

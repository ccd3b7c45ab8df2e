"""What the checker found, one question at a time; each answer is in the log as it is given."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.access import assigning
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties import closing
from liuhen.duties.models import Duty, DutyKind
from liuhen.people.models import Officer
from liuhen.supervision import spot_errors as errors
from liuhen.supervision import spot_rules, spot_spreading, spot_steps
from liuhen.supervision.models import Answer, SpotAnswer, SpotCheck, SpotItem, SpotState
from liuhen.supervision.spot_states import Step

MOST_NOTE = 500
MOST_CONCLUSION = 1000


@transaction.atomic
def answer(
    check: SpotCheck, position: int, question: str, said: str, *, by: Officer, at: datetime
) -> SpotItem:
    """Of the questions of this item all that are answered "no" stand in the event (`failing`).

    The same once more changes nothing. Refuses: NoSuchCheck, NoSuchItem, NotYourItem, WrongStep,
    NoSuchQuestion.
    """
    log.wait_for_turn()
    item = own_item(check, position, by)
    codes = [one.code for one in spot_rules.from_json(item.check_of.questions)]
    if question not in codes or said not in Answer.values:
        raise errors.NoSuchQuestion()
    given = dict(item.answers.values_list("question", "answer"))
    if given.get(question) == said:
        return item
    facts = {"answer": said, "answered_at": at, "answered_by": by}
    SpotAnswer.objects.update_or_create(item=item, question=question, defaults=facts)
    given[question] = said
    if item.answered_at is None and given.keys() >= set(codes):
        SpotItem.objects.filter(pk=item.pk).update(answered_at=at)
        item.answered_at = at
    failing = [code for code in codes if given.get(code) == Answer.NO]
    spot_steps.record(
        Kind.SPOT_CHECK_ANSWERED, item.check_of, by=by, at=at, item=item.item, question=question,
        answer=said, failing=failing,
    )  # fmt: skip
    return item


@transaction.atomic
def note(check: SpotCheck, position: int, words: str, *, by: Officer, at: datetime) -> SpotItem:
    """What the checker has to say of it; "" takes it back. Refuses: NoSuchCheck, NoSuchItem,
    NotYourItem, WrongStep."""
    log.wait_for_turn()
    item, words = own_item(check, position, by), words.strip()[:MOST_NOTE]
    if words == item.note:
        return item
    SpotItem.objects.filter(pk=item.pk).update(note=words)
    item.note = words
    spot_steps.record(
        Kind.SPOT_CHECK_NOTED, item.check_of, by=by, at=at, item=item.item, note=words
    )
    return item


def own_item(check: SpotCheck, position: int, by: Officer) -> SpotItem:
    now = spot_steps.fresh(check, by)
    item = spot_spreading.item_at(now, position)
    if item.checker_id != by.pk:
        who = item.checker.name if item.checker else "—"
        raise errors.NotYourItem(position=position, who=who)
    if now.state != SpotState.DRAWN:
        raise errors.WrongStep(state=SpotState(now.state).label)
    return item


@transaction.atomic
def close(check: SpotCheck, *, conclusion: str, by: Officer, at: datetime) -> Duty | None:
    """All is checked: say what came of it. The looks end. It does the inspection that was due when
    it was announced, where that is this officer's; that duty is answered.

    Refuses: NoSuchCheck, NotAChecker, WordsBlank, NotAllAnswered, WrongStep.
    """
    if not conclusion.strip():
        raise errors.WordsBlank(field=_("抽查结论"))
    log.wait_for_turn()
    now = spot_steps.fresh(check, by)
    spot_steps.check_may_run(now, by, at=at)
    left = now.items.filter(answered_at=None).count()
    if left:
        raise errors.NotAllAnswered(n=left)
    words = conclusion.strip()[:MOST_CONCLUSION]
    spot_steps.move(check, Step.CLOSE, closed_at=at, closed_by=by, conclusion=words)
    failing = failing_of(check)
    spot_steps.record(
        Kind.SPOT_CHECK_CLOSED, check, by=by, at=at, items=check.items.count(),
        failing=failing, conclusion=words,
    )  # fmt: skip
    assigning.end(spot_steps.subject_of(check), by=by, at=at)
    duty = closing.open_in(DutyKind.INSPECTION, check.announced_at, by)
    if duty is not None:
        note = f"抽查 {check.number}：{words}"
        closing.complete(duty, note=note, by=by, at=at)
    return duty


def failing_of(check: SpotCheck) -> int:
    """How many of the things drawn have a question answered with no."""
    return check.items.filter(answers__answer=Answer.NO).distinct().count()

"""What a spot check found wanting, told as leads once the check is closed."""

from collections.abc import Iterator
from datetime import datetime

from liuhen.cases.models import Activity, ActivityOfficer
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Officer
from liuhen.supervision.breaches.suspecting import Suspicion
from liuhen.supervision.models import Answer, BreachSource, SpotItem

BESIDE = ("check_of__agency", "activity__unit", "recording__officer__unit", "recording__unit")


def of_spot_check(event: CustodyEvent) -> Iterator[Suspicion]:
    """One for each thing checked of which a question was answered with no. Only when the check is
    closed: until then an answer may be put right."""
    number = event.subject.removeprefix("spot_check:")
    failed = SpotItem.objects.filter(check_of__number=number, answers__answer=Answer.NO)
    rows = failed.select_related(*BESIDE).prefetch_related("answers").distinct()
    for item in rows.order_by("position"):
        about = item.activity or item.recording
        if about is None:
            continue
        yield Suspicion(
            item.check_of.agency,
            BreachSource.SPOT_CHECK,
            f"spot:{number}:{item.position}",
            f"抽查 {number} 第 {item.position} 件（{item.item}）不合格：{failures(item)}。",
            began_of(item),
            officer=whose(item),
            unit=about.unit,
            activity=item.activity,
            recording=item.recording,
        )


def began_of(item: SpotItem) -> datetime:
    """When it happened; of an activity nobody arrived at, when the check was announced."""
    if item.recording is not None:
        return item.recording.recorded_at
    began = item.activity.arrived_at if item.activity else None
    return began or item.check_of.announced_at


def failures(item: SpotItem) -> str:
    """The questions answered with no, as the regulation put them then."""
    texts = {one["code"]: one["text"] for one in item.check_of.questions}
    answers = sorted(item.answers.all(), key=lambda one: one.pk)
    return "、".join(
        texts.get(one.question, one.question) for one in answers if one.answer == Answer.NO
    )


def whose(item: SpotItem) -> Officer | None:
    """Who led the activity, else who made the recording; None: nobody is named."""
    if item.activity is None:
        return item.recording.officer if item.recording else None
    return led_by(item.activity)


def led_by(activity: Activity) -> Officer | None:
    """Who led it, else who is named first; None: nobody is."""
    people = ActivityOfficer.objects.filter(activity=activity).select_related("officer__unit")
    lead = people.order_by("-is_lead", "pk").first()
    return lead.officer if lead else None

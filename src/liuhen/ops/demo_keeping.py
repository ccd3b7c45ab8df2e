"""What the demonstration bureau keeps: a complaint that is looked into, a hold about to be lifted,
a recording marked for long keeping. Made by the same operations, by its own people."""

from datetime import timedelta
from typing import Any


def make() -> None:
    """After its cases are there."""
    from liuhen.people.models import Officer

    people = {one.login: one for one in Officer.objects.select_related("agency", "unit")}
    complained(people)
    held(people)
    marked(people)


def complained(people: dict[str, Any]) -> None:
    """About an activity that has recordings, or else about one recording."""
    from liuhen.cases.models import Activity
    from liuhen.kernel.clock import now
    from liuhen.ops.demo_past import of_late
    from liuhen.recordings.models import Recording
    from liuhen.retention import complaints, holders
    from liuhen.retention.complaints import Told
    from liuhen.retention.models import Channel, HoldGround
    from liuhen.retention.scopes import Scope

    filmed = Activity.objects.filter(
        activity_recordings__isnull=False, arrived_at__gte=of_late(now())
    )
    about = filmed.first() or Recording.objects.exclude(officer=None).order_by("pk").first()
    by = next(
        (one for one in people.values() if HoldGround.COMPLAINT in holders.grounds_for(one, now())),
        None,
    )
    if about is None or by is None:
        return
    told = Told(
        HoldGround.COMPLAINT,
        Channel.HOTLINE,
        "来电反映执法人员检查时没有出示执法证件，要求核实并答复。",
        now() - timedelta(hours=5),
        told_by="某某超市负责人",
    )
    complaints.enter(told, Scope.of(about), by=by, at=now() - timedelta(hours=4))


def held(people: dict[str, Any]) -> None:
    """For a review that is over: one has asked to lift it, another's word is awaited."""
    from liuhen.cases.models import Case
    from liuhen.kernel.clock import now
    from liuhen.people.permissions import Permission, may
    from liuhen.retention import holds
    from liuhen.retention.models import HoldGround
    from liuhen.retention.scopes import Scope

    case = Case.objects.exclude(closed_date=None).first()
    by = next((one for one in people.values() if may(one, Permission.PLACE_HOLDS)), None)
    if case is None or by is None:
        return
    begun, asked = now() - timedelta(days=3), now() - timedelta(hours=2)
    reason = "当事人对处罚决定申请行政复议，保全本案全部音像资料。"
    hold = holds.place(Scope.of(case), ground=HoldGround.REVIEW, reason=reason, by=by, at=begun)
    over = "复议机关已维持原决定，申请人未起诉，起诉期限已过。"
    holds.ask_lift(hold, reason=over, by=by, at=asked)


def marked(people: dict[str, Any]) -> None:
    """By the officer who made it, for what the regulation lists."""
    from liuhen.cases import triggers
    from liuhen.kernel.clock import now
    from liuhen.recordings.models import Recording

    li = people["li"]
    recording = Recording.objects.filter(officer=li).order_by("-recorded_at").first()
    if recording is None or not (listed := triggers.offered(recording, now())):
        return
    why = "当事人当场对检查结果提出异议，表示将投诉。"
    triggers.mark(recording, listed[0], reason=why, by=li, at=now() - timedelta(hours=1))

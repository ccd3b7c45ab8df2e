"""Some weeks of a bureau by random operations, as the pages and the worker do them."""

import random
from collections.abc import Callable
from datetime import timedelta

import factories
from cases.activity_cast import facts
from devices import device_cast
from liuhen.cases import activities, asides, following, linking, voiding
from liuhen.cases.linking import Pair
from liuhen.cases.models import Activity, ActivityRecording, Aside
from liuhen.custody import log
from liuhen.devices.models import Checkout, Device, DeviceState
from liuhen.duties import deriving
from liuhen.engines.policy.vocabulary import Secret
from liuhen.kernel.clock import in_china
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import assigning, placing, secrecy
from liuhen.recordings.models import Recording, SecrecyMark
from liuhen.statistics import tallying
from liuhen.supervision import spot_answers, spot_checks
from liuhen.supervision.models import SpotCheck, SpotState
from liuhen.supervision.spot_checks import Plan

NOON, HOUR, DAY = factories.NOON, timedelta(hours=1), timedelta(days=1)
PEOPLE = ("li", "bai", "wang")


class Bureau:
    """Time only goes on; what a rule refuses is left undone."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.at = NOON + 20 * DAY
        self.made = 0
        factories.officer("bai", unit=factories.unit("监督二科"))
        for login in ("li", "wang", "zhou", "zhao", "kong", "fa"):
            factories.officer(login)

    def live(self, steps: int) -> None:
        for _ in range(steps):
            self.at += timedelta(minutes=self.rng.randrange(1, 600))
            try:
                self.rng.choice(self.acts())()
            except Refusal:
                continue

    def acts(self) -> list[Callable[[], object]]:
        return [
            self.record, self.record, self.visit, self.visit, self.link, self.unlink, self.move,
            self.date_otherwise, self.assign, self.void, self.mark_secret, self.lift_secret,
            self.set_aside, self.use, self.bring_back, self.work, self.spot_check, self.close_check,
        ]  # fmt: skip

    def work(self) -> None:
        """The worker's round."""
        following.catch_up(at=self.at)
        deriving.catch_up(at=self.at)
        tallying.catch_up()

    def moment(self):
        """Some moment of the last ten days, so that days are shared."""
        return self.at - timedelta(minutes=self.rng.randrange(10 * 24 * 60))

    def one_of(self, rows):
        return self.rng.choice(list(rows.order_by("pk")) or [None])

    def record(self) -> None:
        self.made += 1
        login = self.rng.choice([*PEOPLE, None])
        made = factories.recording(
            f"2026-{self.made:06d}",
            officer=factories.officer(login) if login else None,
            recorded_at=self.moment(), sealed_at=self.at,
            duration_seconds=self.rng.choice([None, 1, 60.5, 1800.125]),
        )  # fmt: skip
        self.tell_placed(made, made.recorded_at)

    def date_otherwise(self) -> None:
        if made := self.one_of(Recording.objects.all()):
            self.tell_placed(made, self.moment())

    def tell_placed(self, made: Recording, to) -> None:
        """As placing does: the row and its event in one transaction."""
        made.refresh_from_db()
        placed = placing.Placing(to, made.recorded_at_origin, None, None, None, [])
        act = placed.act(made, at=self.at)
        Recording.objects.filter(pk=made.pk).update(recorded_at=to)
        log.record_all([act])

    def visit(self) -> None:
        arrived = self.moment()
        who = self.rng.sample(PEOPLE, self.rng.randrange(1, 3))
        said = facts(*who, arrived_at=arrived, left_at=arrived + HOUR, is_disputable=True)
        activities.register(said, by=factories.officer(who[0]), at=self.at)

    def move(self) -> None:
        """The day of an activity is corrected, and who took part."""
        if activity := self.one_of(Activity.objects.filter(voided_at=None)):
            arrived = self.moment()
            to = facts(*self.rng.sample(PEOPLE, 2), arrived_at=arrived, left_at=arrived + HOUR)
            activities.change(activity, to, by=activity.registered_by, at=self.at)

    def link(self) -> None:
        activity = self.one_of(Activity.objects.filter(voided_at=None))
        made = self.one_of(Recording.objects.filter(activity_recording=None))
        if activity and made:
            linking.link_all([Pair(activity, made)], by=activity.registered_by, at=self.at)

    def unlink(self) -> None:
        if link := self.one_of(ActivityRecording.objects.select_related("activity", "recording")):
            by = link.activity.registered_by
            linking.unlink(link.activity, link.recording, reason="归错", by=by, at=self.at)

    def void(self) -> None:
        if activity := self.one_of(Activity.objects.filter(voided_at=None)):
            voiding.void(activity, reason="误登", by=activity.registered_by, at=self.at)

    def assign(self) -> None:
        if made := self.one_of(Recording.objects.all()):
            to = factories.officer(self.rng.choice(PEOPLE))
            assigning.assign(made, to, by=factories.officer("zhou"), at=self.at)

    def mark_secret(self) -> None:
        if made := self.one_of(Recording.objects.all()):
            secrecy.mark(
                made, Secret.PRIVACY, reason="病人", by=factories.officer("zhou"), at=self.at
            )

    def lift_secret(self) -> None:
        if mark := self.one_of(SecrecyMark.objects.filter(lifted_at=None)):
            secrecy.lift(mark, reason="已过期", by=factories.officer("zhao"), at=self.at)

    def set_aside(self) -> None:
        if made := self.one_of(Recording.objects.filter(activity_recording=None)):
            by = factories.officer("zhou")
            asides.set_aside([made], why=Aside.Why.TEST, reason="试拍", by=by, at=self.at)

    def spot_check(self) -> None:
        """Of the last ten days; answered at once, closed another time."""
        fa, today = factories.officer("fa"), in_china(self.at).date()
        plan = Plan(
            since=today - 10 * DAY, until=today, percent=40, looks_until=today + 90 * DAY,
            checkers=[fa], strata=[], reason="全面检查",
        )  # fmt: skip
        check = spot_checks.announce(plan, by=fa, at=self.at)
        spot_checks.draw(check, by=fa, at=self.at)
        for item in check.items.all():
            for question in check.questions:
                said = self.rng.choice(["yes", "yes", "no"])
                spot_answers.answer(check, item.position, question["code"], said, by=fa, at=self.at)

    def close_check(self) -> None:
        if check := self.one_of(SpotCheck.objects.filter(state=SpotState.DRAWN)):
            by = factories.officer("fa")
            spot_answers.close(check, conclusion="已查", by=by, at=self.at)

    def use(self) -> None:
        if device := self.one_of(Device.objects.filter(state=DeviceState.READY)):
            device_cast.hand_out(device, self.rng.choice(PEOPLE), when=self.at)

    def bring_back(self) -> None:
        if checkout := self.one_of(Checkout.objects.filter(returned_at=None)):
            device_cast.take_back(checkout, when=self.at)

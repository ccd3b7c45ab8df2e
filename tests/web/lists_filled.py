"""A bureau in which no list is empty: one of everything, of an officer's and of the unit's head's.

Made row by row: what is asked is whether a list can be taken along, not how it comes to be.
"""

from datetime import timedelta

from permission_objects import MADE

import factories
from factories import NOON
from liuhen.cases.models import Aside
from liuhen.devices.models import Checkout, WindowCamera, WindowGap
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.regulations.models import FullText
from liuhen.retention.models import Appraisal, Disc, DiscLoan, TreeExport
from liuhen.supervision.models import Breach, BreachSanction, DailyCheck, Lookback

DAYS = timedelta(days=1)
UNMADE = {"own_breach_step", "breach_inquiry", "breach_decision"}
"""The same rows again, under other addresses."""


def fill() -> None:
    for whose in (factories.officer("li"), factories.officer("wang")):
        for kind in MADE.keys() - UNMADE:
            MADE[kind](whose)
    watched(factories.officer("fa"), factories.officer("li"))
    kept(factories.officer("zhou"))
    used(factories.officer("li"))
    FullText.objects.filter(pack_id="neiqiu-health").update(articles={"1": "为了规范……"})


def watched(by: Officer, whose: Officer) -> None:
    film = factories.recording("2026-800001", officer=whose, recorded_at=now() - DAYS)
    factories.recording("2026-800002", officer=whose, recorded_at=now() - DAYS)
    told = {"is_whole": True, "is_proper": False, "seen": "未出示证件", "looked_at": NOON}
    Lookback.objects.create(agency=by.agency, recording=film, looked_by=by, **told)
    seen = {"activities": 1, "incomplete": 0, "recordings": 2, "went_out": 1}
    DailyCheck.objects.create(
        agency=by.agency, unit=whose.unit, day=NOON.date(), seen=seen, checked_at=NOON,
        checked_by=factories.officer("wang"),
    )  # fmt: skip
    for breach in Breach.objects.filter(state="decided", sanctions=None):
        BreachSanction.objects.create(breach=breach, code="criticism", text="批评教育", article=23)


def kept(by: Officer) -> None:
    """Discs to be read again and lent, what is of no worth, what belongs to no activity."""
    worthless = factories.recording("2026-800003")
    said = {"reason": "重复", "appraised_at": NOON, "appraised_by": by}
    Appraisal.objects.create(recording=worthless, worth="none", **said)
    beside = factories.recording("2026-800004", settled_at=NOON)
    Aside.objects.create(recording=beside, why="test", reason="试拍", set_at=NOON, set_by=by)
    long_ago = now() - timedelta(days=9000)
    Disc.objects.update(state="stored", written_at=long_ago, written_by=by, place="柜3")
    Disc.objects.update(read_at=long_ago, stored_at=long_ago)
    lent = Disc.objects.order_by("pk").last()
    DiscLoan.objects.create(
        disc=lent, to_whom="县公安局", purpose="调取", request_no="2026-DY-1", lent_at=NOON,
        lent_by=by,
    )  # fmt: skip
    TreeExport.objects.create(
        agency=by.agency, place="/mnt/disk", reason="备份", state="done", asked_at=NOON,
        asked_by=by, finished_at=NOON,
    )  # fmt: skip


def used(whose: Officer) -> None:
    """A device given back, and a camera that failed."""
    back = {"returned_at": NOON + DAYS, "received_by": factories.officer("kong")}
    Checkout.objects.create(
        device=factories.device(), officer=whose, agency=whose.agency, unit=whose.unit,
        handed_at=NOON, handed_by=whose, condition="good", **back,
    )  # fmt: skip
    camera = WindowCamera.objects.order_by("pk").first()
    WindowGap.objects.create(camera=camera, began_at=now() - DAYS, ended_at=now(), reason="lost")

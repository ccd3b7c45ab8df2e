"""A bureau that has worked for more than two years, and three recordings from its first days.

python two_years.py begin           sets it up and lives up to now
python two_years.py live DAYS       lives on so many days

LIUHEN_DATA names the data directory. Pages for all of this have journeys of their own.
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from liuhen.ops import boot

boot.start(None)
sys.path.insert(0, str(Path(__file__).parents[1]))

# Only now: Django is up, with the data directory it was told.
from journeys.signing_in import PASSWORD  # noqa: E402
from liuhen.engines.media import footage  # noqa: E402
from liuhen.kernel.clock import in_china, now  # noqa: E402
from liuhen.people import agencies, units  # noqa: E402
from liuhen.people.models import Officer, UnitKind  # noqa: E402
from liuhen.people.roles import Role  # noqa: E402
from liuhen.people.staff import NewOfficer  # noqa: E402
from liuhen.recordings import batches, examination, intake  # noqa: E402
from liuhen.recordings.models import Recording  # noqa: E402
from liuhen.regulations import setting_up  # noqa: E402
from retention.disposal_cast import days_pass  # noqa: E402

BEGAN = now() - timedelta(days=757)
"""Past the two years of chengde-safety's article 20."""

PEOPLE = (
    ("xitong", "许志远", Role.SYSTEM_ADMIN),
    ("anquan", "安晓岚", Role.SECURITY_ADMIN),
    ("shenji", "沈季平", Role.AUDITOR),
    ("baoguan", "周文保", Role.CUSTODIAN),
    ("liming", "李明", Role.OFFICER),
    ("fazhi", "方法制", Role.LEGAL_OFFICE),
    ("juzhang", "郑局长", Role.BUREAU_HEAD),
    ("fenguan", "林分管", Role.LEADER),
    ("caiwu", "蔡会计", Role.FINANCE),
)


def begin() -> None:
    at, agency = BEGAN, agencies.first()
    squad = units.add(agency, units.UnitFacts("执法一中队", UnitKind.ENFORCEMENT), by="", at=at)
    people = [
        NewOfficer(
            login, name, PASSWORD, frozenset({role}), unit=squad if role == Role.OFFICER else None,
            officer_cert_no="130821001" if role == Role.OFFICER else None,
        )
        for login, name, role in PEOPLE
    ]  # fmt: skip
    day = in_china(at).date()
    setting_up.set_up(
        agency_name="某县应急管理局", pack_id="chengde-safety", from_date=day, people=people, at=at
    )
    take_in()
    days_pass(at, now(), each=timedelta(days=3))


def take_in() -> None:
    li = Officer.objects.get(login="liming")
    with tempfile.TemporaryDirectory() as card:
        for n in range(3):
            at = in_china(BEGAN + timedelta(hours=1, minutes=n))
            path = Path(card) / f"ZF-0007_130821_{at:%Y%m%d%H%M%S}.MP4"
            footage.make_clip(path, started_at=at, seconds=4, size=(640, 360))
        at = BEGAN + timedelta(hours=2)
        batch = batches.ask([card.encode()], by=li, at=at, device_no="ZF-0007", officer=li)
        intake.run(batch, clock=lambda: at)
    for recording in Recording.objects.all():
        examination.examine(recording, at=at)


if sys.argv[1] == "begin":
    begin()
else:
    days_pass(now(), now() + timedelta(days=int(sys.argv[2])))

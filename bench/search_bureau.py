"""A bureau of a million recordings, as the product would have it: parties with the names people
have, cases, activities, recordings linked to them. Made the same each time."""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

UNITS, OFFICERS = 20, 200
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
LAST_DAY = datetime(2026, 12, 31, tzinfo=UTC)
EACH = 4
"""Recordings of an activity; every tenth recording belongs to none."""

AT_ONCE = 5_000
SECRET_EVERY = 1_000

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
DOUBLE = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红建国文志玲秀珍晓东海燕春梅龙飞宇轩"
    "浩然子涵梓萱俊博雅欣怡佳琪思远嘉豪天佑若曦诗婷振邦德福永康庆林家栋金凤长顺万里安民"
)
STREETS = ("中兴路", "人民大街", "新华街", "解放路", "建设南路", "文昌巷", "滨河东路", "迎宾大道")
TRADES = ("诊所", "餐饮店", "美容院", "药房", "养殖场", "加油站", "宾馆", "超市")
ACTS = ("无证行医案", "未公示许可证案", "未取得健康证明案", "违规处置医疗废物案", "消毒不合格案")


def fill(recordings: int, *, told: Callable[[str], object]) -> None:
    rng = random.Random(7)
    staff(rng)
    told("people")
    activities = recordings // EACH
    parties = make_parties(activities // 4, rng)
    cases = make_cases(parties, max(1, activities // 6 // OFFICERS) * OFFICERS, rng)
    told("parties and cases")
    made = make_activities(activities, parties, cases, rng)
    told("activities")
    make_recordings(recordings, made, rng)
    told("recordings")


def staff(rng: random.Random) -> None:
    """20 units with ten officers and their devices each; who sees more; their posts."""
    from liuhen.devices.models import Device
    from liuhen.people.models import Agency, Officer, RoleHolding, Unit
    from liuhen.people.roles import Role

    bureau = Agency.objects.create(name="检索测试局", set_up_at=FIRST_DAY)
    units = [Unit.objects.create(agency=bureau, name=f"执法{n + 1}科") for n in range(UNITS)]
    for n in range(OFFICERS):
        made = Officer.objects.create(
            agency=bureau, unit=units[n % UNITS], login=f"officer{n}", name=person(rng),
            officer_cert_no=f"HB{n:06d}", password="!",
        )  # fmt: skip
        RoleHolding.objects.create(officer=made, role=Role.OFFICER, granted_at=FIRST_DAY)
        Device.objects.create(
            agency=bureau, device_no=f"ZF-{n:04d}", kind="body_camera", unit=made.unit,
            registered_at=FIRST_DAY,
        )  # fmt: skip
    for role in (Role.UNIT_HEAD, Role.CUSTODIAN, Role.SUPERVISION):
        made = Officer.objects.create(
            agency=bureau, unit=units[0], login=str(role), name=str(role.label), password="!"
        )
        RoleHolding.objects.create(officer=made, role=role, granted_at=FIRST_DAY)


def person(rng: random.Random) -> str:
    surname = rng.choice(DOUBLE) if rng.random() < 0.02 else rng.choice(SURNAMES)
    return surname + "".join(rng.choices(GIVEN, k=1 if rng.random() < 0.15 else 2))


def make_parties(count: int, rng: random.Random) -> list[Any]:
    from liuhen.cases.models import Party
    from liuhen.people.models import Officer

    by = Officer.objects.get(login="officer0")

    def rows() -> Iterator[Party]:
        for n in range(count):
            who = person(rng)
            is_firm = n % 3 == 0
            name = f"{who}{rng.choice(TRADES)}" if is_firm else who
            yield Party(
                agency_id=by.agency_id, kind="organisation" if is_firm else "person", name=name,
                representative=who if is_firm else "", added_at=FIRST_DAY, added_by=by,
                search_text=f"{name} {who}" if is_firm else name, name_key=name, core_key=name,
            )  # fmt: skip

    return put(Party, rows())


def make_cases(parties: list[Any], count: int, rng: random.Random) -> list[Any]:
    from liuhen.cases.models import Case, CaseOfficer, CaseParty
    from liuhen.people.models import Officer

    officers = list(Officer.objects.filter(login__startswith="officer").order_by("pk"))
    whose = [rng.choice(parties) for _ in range(count)]

    def rows() -> Iterator[Case]:
        for n, party in enumerate(whose):
            by, year = officers[n % OFFICERS], 2024 + n % 3
            number, name = f"承卫罚〔{year}〕{n // 3 + 1}号", f"{party.name}{rng.choice(ACTS)}"
            yield Case(
                agency_id=by.agency_id, case_no=number, name=name, unit_id=by.unit_id,
                opened_date=FIRST_DAY.date(), added_at=FIRST_DAY + timedelta(minutes=n),
                added_by=by, search_text=f"{number} {name} {party.search_text} {by.name}",
            )  # fmt: skip

    cases = put(Case, rows())
    put(CaseParty, (CaseParty(case=a, party=b) for a, b in zip(cases, whose, strict=True)))
    put(
        CaseOfficer,
        (
            CaseOfficer(
                case=one, officer_id=one.added_by_id, is_lead=True, added_at=one.added_at,
                added_by_id=one.added_by_id,
            )
            for one in cases
        ),
    )  # fmt: skip
    return cases


def make_activities(
    count: int, parties: list[Any], cases: list[Any], rng: random.Random
) -> list[Any]:
    from liuhen.cases.models import Activity, ActivityOfficer
    from liuhen.people.models import Officer

    officers = list(Officer.objects.filter(login__startswith="officer").order_by("pk"))
    party_of = {party.pk: party for party in parties}
    first_of = dict(firsts())

    def rows() -> Iterator[Activity]:
        for n in range(count):
            by = officers[n % OFFICERS]
            # A case is handled by who opened it.
            turn = n // OFFICERS // 3 * OFFICERS + n % OFFICERS
            case = cases[turn % len(cases)] if n // OFFICERS % 2 else None
            party = party_of[first_of[case.pk]] if case else rng.choice(parties)
            place = f"{rng.choice(STREETS)}{rng.randrange(1, 900)}号"
            at = FIRST_DAY + (LAST_DAY - FIRST_DAY) * (n / count)
            words = [f"HD-{at.year}-{n:06d}", place, "公共场所卫生监督检查", party.name]
            words += [case.case_no, case.name] if case else []
            words += [f"{one.name} {one.officer_cert_no}" for one in (by, beside(n, officers))]
            yield Activity(
                agency_id=by.agency_id, number=words[0], kind="inspection", unit_id=by.unit_id,
                place=place, party=party, case=case, case_set_by=by if case else None,
                case_set_at=at if case else None, arrived_at=at,
                left_at=at + timedelta(minutes=30), registered_at=at, registered_by=by,
                search_text=" ".join(words),
            )  # fmt: skip

    made = put(Activity, rows())
    put(
        ActivityOfficer,
        (
            ActivityOfficer(
                activity=one, officer_id=who, is_lead=who == one.registered_by_id,
                added_at=one.registered_at, added_by_id=one.registered_by_id,
            )
            for n, one in enumerate(made)
            for who in (one.registered_by_id, beside(n, officers).pk)
        ),
    )  # fmt: skip
    return made


def beside(n: int, officers: list[Any]) -> Any:
    """Who of the unit took part in the nth activity: enforcement is never one officer's alone."""
    return officers[(n + UNITS) % OFFICERS]


def firsts() -> Iterable[tuple[int, int]]:
    from liuhen.cases.models import CaseParty

    return CaseParty.objects.values_list("case_id", "party_id")


def make_recordings(count: int, activities: list[Any], rng: random.Random) -> None:
    from liuhen.cases.models import ActivityRecording
    from liuhen.devices.models import Device
    from liuhen.people.models import Officer
    from liuhen.recordings.models import Recording, SecrecyMark, Share

    officers = {one.pk: one for one in Officer.objects.all()}
    enforcing = list(Officer.objects.filter(login__startswith="officer").order_by("pk"))
    devices = list(Device.objects.order_by("pk"))
    head = Officer.objects.get(login="unit_head")
    facts = {
        "kind": "video", "suffix": ".mp4", "size_bytes": 1, "file_mtime_ns": 0,
        "recorded_at_origin": "header", "duration_seconds": 300,
        "examination": '{"browser_playable": true, "outputs": []}',
    }  # fmt: skip
    every = iter(range(count))
    while some := list(islice(every, AT_ONCE)):
        rows, links, shares = [], [], []
        for n in some:
            of = activities[n // EACH % len(activities)]
            by, device = officers[of.registered_by_id], devices[n // EACH % OFFICERS]
            at = of.arrived_at + timedelta(minutes=6 * (n % EACH), seconds=rng.randrange(60))
            name = f"DCIM/100MEDIA/{device.device_no}_{at:%Y%m%d_%H%M%S}_{n % 10_000:04d}.MP4"
            rows.append(
                facts
                | {
                    "id": n + 1, "agency_id": by.agency_id, "number": f"{at.year}-{n:06d}",
                    "unit_id": by.unit_id, "officer_id": by.pk, "device_id": device.pk,
                    "device_no": device.device_no, "original_name": name.encode(),
                    "sha256": f"{n:064x}", "sm3": f"{n:064x}", "vault_key": f"{n}.mp4",
                    "recorded_at": at, "sealed_at": at, "settled_at": at,
                    "state": "marked" if n % 20 == 0 else "examined",
                    "search_text": f"{name} {device.device_no} {by.name} {by.officer_cert_no}",
                }
            )  # fmt: skip
            if n % 10:
                links.append(
                    {"activity_id": of.pk, "recording_id": n + 1, "was_proposed": True,
                     "linked_at": at, "linked_by_id": by.pk}
                )  # fmt: skip
                shares.append(
                    {"recording_id": n + 1, "shared_at": at, "shared_by_id": by.pk,
                     "officer_id": beside(n // EACH % len(activities), enforcing).pk}
                )  # fmt: skip
        insert(Recording, rows)
        insert(ActivityRecording, links)
        insert(Share, shares)
        SecrecyMark.objects.bulk_create(
            SecrecyMark(
                recording_id=n + 1, kind="privacy", reason="测试", marked_at=FIRST_DAY,
                marked_by=head,
            )
            for n in some
            if n % SECRET_EVERY == 0
        )  # fmt: skip


def insert(model: Any, rows: list[dict[str, Any]]) -> None:
    """Plain rows, all with the same columns, in one transaction."""
    from django.db import connection, transaction

    columns = list(rows[0])
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({marks})"
    as_kept = connection.ops.adapt_datetimefield_value

    def kept(value: Any) -> Any:
        return as_kept(value) if isinstance(value, datetime) else value

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, [tuple(map(kept, row.values())) for row in rows])


def put(model: Any, rows: Iterator[Any]) -> list[Any]:
    made: list[Any] = []
    while some := list(islice(rows, AT_ONCE)):
        made += model.objects.bulk_create(some, batch_size=1_000)
    return made

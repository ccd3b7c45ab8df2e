"""Server time of every page about enforcement, at 100,000 activities and 200,000 recordings.

The peer is the same page of the same bureau with 1,000 activities and 2,000 recordings: what size
costs. Each page is asked for as its own role, through the whole stack but the socket.

    .venv/bin/python bench/enforcement.py
"""

import sys
from collections.abc import Iterator
from datetime import timedelta

from page_times import compared

from devices import AT_ONCE, FIRST_DAY, LATELY, OFFICERS, people

MANY, FEW = 100_000, 1_000
"""Activities; of recordings there are twice as many, of cases and parties a fifth."""

EACH, SHARE = 2, 5
UNLINKED, UNJUDGED = 20, 10
"""Every twentieth recording belongs to no activity, every tenth activity has a gap unexplained."""


def main() -> int:
    def small() -> None:
        people()
        staff()
        fill(0, FEW)

    return compared(
        f"enforcement: {MANY:,} activities and {EACH * MANY:,} recordings",
        f"{FEW:,} activities",
        small=small,
        large=lambda: fill(FEW, MANY),
        pages=pages,
    )


def staff() -> None:
    """Those who see all the bureau's enforcement."""
    from liuhen.people.models import Agency, Officer, RoleHolding
    from liuhen.people.roles import Role

    for role in (Role.CUSTODIAN, Role.LEGAL_OFFICE):
        made = Officer.objects.create(
            agency=Agency.objects.get(), login=str(role), name=str(role.label), password="!"
        )
        RoleHolding.objects.create(officer=made, role=role, granted_at=FIRST_DAY)


def fill(first: int, activities: int) -> None:
    """Activities from number `first` on, two officers each, with their recordings and cases."""
    from liuhen.cases.models import (
        Activity,
        ActivityOfficer,
        Case,
        CaseOfficer,
        CaseParty,
        Document,
        Party,
    )
    from liuhen.people.models import Officer

    officers = list(Officer.objects.filter(login__startswith="officer").order_by("pk"))
    agency_id = officers[0].agency_id
    few = range(first // SHARE, activities // SHARE)
    parties = Party.objects.bulk_create(
        (
            Party(
                agency_id=agency_id,
                kind="organisation",
                name=f"第{n}号餐饮店",
                added_at=FIRST_DAY,
                added_by=officers[n % OFFICERS],
                search_text=f"第{n}号餐饮店",
            )
            for n in few
        ),
        batch_size=AT_ONCE,
    )
    cases = Case.objects.bulk_create(
        (
            Case(
                agency_id=agency_id,
                case_no=f"罚〔2026〕{n}号",
                name=f"第{n}号餐饮店未公示许可证案",
                unit_id=officers[n % OFFICERS].unit_id,
                opened_date=FIRST_DAY.date(),
                added_at=FIRST_DAY + timedelta(minutes=n),
                added_by=officers[n % OFFICERS],
                search_text=f"罚〔2026〕{n}号 第{n}号餐饮店未公示许可证案",
            )
            for n in few
        ),
        batch_size=AT_ONCE,
    )
    CaseParty.objects.bulk_create(
        (CaseParty(case=case, party=party) for case, party in zip(cases, parties, strict=True)),
        batch_size=AT_ONCE,
    )
    CaseOfficer.objects.bulk_create(
        (
            CaseOfficer(
                case=case,
                officer_id=case.added_by_id,
                is_lead=True,
                added_at=case.added_at,
                added_by_id=case.added_by_id,
            )
            for case in cases
        ),
        batch_size=AT_ONCE,
    )
    Document.objects.bulk_create(
        (
            Document(
                agency_id=agency_id,
                case=case,
                kind="decision",
                title="行政处罚决定书",
                original_name="决定书.pdf",
                media_type="application/pdf",
                size_bytes=1,
                sha256=f"{case.pk:064x}",
                sm3=f"{case.pk:064x}",
                vault_key=f"执法文书材料/{case.pk}.pdf",
                added_at=case.added_at,
                added_by_id=case.added_by_id,
            )
            for case in cases
        ),
        batch_size=AT_ONCE,
    )
    step = (LATELY - FIRST_DAY) / MANY
    made = Activity.objects.bulk_create(
        (
            Activity(
                agency_id=agency_id,
                number=f"HD-2025-{n:06}",
                kind="inspection",
                unit_id=officers[n % OFFICERS].unit_id,
                place=f"中兴路{n % 900}号",
                party=parties[n % len(parties)],
                case=cases[n % len(cases)] if n % 2 else None,
                case_set_at=FIRST_DAY + n * step if n % 2 else None,
                case_set_by=officers[n % OFFICERS] if n % 2 else None,
                arrived_at=FIRST_DAY + n * step,
                left_at=FIRST_DAY + n * step + timedelta(minutes=30),
                registered_at=FIRST_DAY + n * step,
                registered_by=officers[n % OFFICERS],
                verdict="complete" if n % UNJUDGED else "unexplained",
                computed_at=LATELY,
                search_text=f"HD-2025-{n:06} 中兴路{n % 900}号",
            )
            for n in range(first, activities)
        ),
        batch_size=AT_ONCE,
    )
    ActivityOfficer.objects.bulk_create(
        (
            ActivityOfficer(
                activity=one,
                officer=officers[(n + k) % OFFICERS],
                is_lead=not k,
                added_at=one.registered_at,
                added_by=one.registered_by,
            )
            for n, one in enumerate(made)
            for k in (0, 1)
        ),
        batch_size=AT_ONCE,
    )
    recordings(made)


def recordings(activities: list[object]) -> None:
    """Fifteen minutes each, one after the other, put with their activity but for some."""
    from liuhen.cases.models import ActivityRecording
    from liuhen.recordings.models import Recording

    there = Recording.objects.count()
    rows = Recording.objects.bulk_create(
        (
            Recording(
                agency_id=one.agency_id,
                number=f"2025-{there + EACH * n + k:06}",
                unit_id=one.unit_id,
                officer_id=one.registered_by_id,
                kind="video",
                suffix=".mp4",
                original_name=b"DCIM/a.MP4",
                size_bytes=1,
                sha256=f"{there + EACH * n + k:064x}",
                sm3=f"{there + EACH * n + k:064x}",
                vault_key=f"x/{there + EACH * n + k}.mp4",
                file_mtime_ns=0,
                recorded_at=one.arrived_at + k * timedelta(minutes=15),
                recorded_at_origin="header",
                duration_seconds=900,
                state="examined",
                sealed_at=one.arrived_at + timedelta(hours=5),
                search_text="a.MP4",
            )
            for n, one in enumerate(activities)
            for k in range(EACH)
        ),
        batch_size=AT_ONCE,
    )
    ActivityRecording.objects.bulk_create(
        (
            ActivityRecording(
                activity=activities[n // EACH],
                recording=row,
                was_proposed=True,
                linked_at=row.sealed_at,
                linked_by_id=row.officer_id,
            )
            for n, row in enumerate(rows)
            if n % UNLINKED
        ),
        batch_size=AT_ONCE,
    )


def pages() -> Iterator[tuple[str, str]]:
    """(login, address): every page about enforcement, and the heaviest question it can be asked."""
    from liuhen.cases.models import Activity, Case, Party

    one = Activity.objects.filter(case__isnull=False).earliest("pk")
    case, party = Case.objects.earliest("pk"), Party.objects.earliest("pk")
    yield "custodian", "/"
    yield "custodian", "/activities/"
    yield "custodian", "/activities/?words=中兴路7号"
    yield "custodian", "/activities/?words=nothing-such"
    yield "custodian", "/activities/?since=2024-03-01&until=2024-03-31"
    yield "custodian", "/activities/?verdict=unexplained"
    yield "unit_head", "/activities/"
    yield "officer7", "/activities/"
    yield "officer7", "/activities/new/"
    yield "custodian", f"/activities/{one.number}/"
    yield "custodian", f"/activities/{one.number}/player/"
    yield "custodian", "/loose/"
    yield "unit_head", "/loose/"
    yield "officer7", "/loose/"
    yield "custodian", "/loose/asides/"
    yield "legal_office", "/matters/"
    yield "custodian", "/coverage/"
    yield "unit_head", "/coverage/"
    yield "officer7", "/coverage/"
    yield "custodian", "/coverage/list/?verdict=unexplained"
    yield "custodian", "/coverage/missing/"
    yield "custodian", "/unrecorded/"
    yield "officer7", "/unrecorded/"
    yield "custodian", "/cases/"
    yield "custodian", "/cases/?words=第19号餐饮店"
    yield "custodian", "/cases/?words=nothing-such"
    yield "unit_head", "/cases/"
    yield "officer7", "/cases/"
    yield "custodian", f"/cases/{case.pk}/"
    yield "custodian", "/parties/"
    yield "custodian", "/parties/?words=第19号"
    yield "custodian", "/parties/?words=nothing-such"
    yield "unit_head", "/parties/"
    yield "officer7", "/parties/"
    yield "custodian", f"/parties/{party.pk}/"
    yield "custodian", "/parties/twins/"
    yield "custodian", "/required/"
    yield "custodian", "/recordings/"
    yield "officer7", "/recordings/"


if __name__ == "__main__":
    sys.exit(main())

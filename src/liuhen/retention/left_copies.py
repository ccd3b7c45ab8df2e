"""Copies that left the vault: exported, given out, on discs, or laid aside damaged. This program
does not remove them; they are called back and destroyed by hand, and whoever did so enters it.

What left is told by the log, and so is what was destroyed since: there is no table of it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liuhen.custody import log, proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings import quarantined
from liuhen.recordings.models import Recording
from liuhen.retention import disc_copies, discs, disposal
from liuhen.retention import disposal_errors as errors
from liuhen.retention.appraisal import cut, need
from liuhen.retention.models import DiscFile, DiscImage, DisposalList, DisposalState, ItemState


@dataclass(frozen=True)
class Done:
    by: str
    at: datetime
    how: str


@dataclass(frozen=True)
class Left:
    """`key` is stable within a register that was executed. `where` "": nobody knows. `whom`: who
    took it, with `at`; None of what has a place only. `done` None: nobody has entered that it
    is destroyed."""

    key: str
    what: str
    recordings: tuple[str, ...]
    where: str = ""
    whom: str = ""
    at: datetime | None = None
    done: Done | None = None


def of(found: DisposalList) -> list[Left]:
    """Of what is or was to go by this register; ten queries, however many copies there are."""
    staying = (ItemState.TAKEN_OUT, ItemState.SPARED)
    lines = found.items.exclude(state__in=staying).select_related("recording")
    recordings = [item.recording for item in lines.order_by("position")]
    done = destroyed(found)
    left = [
        *exported(recordings),
        *images_taken(recordings),
        *on_discs(recordings),
        *laid_aside(recordings),
    ]
    return [with_end(one, done) for one in left]


def with_end(one: Left, done: dict[str, Done]) -> Left:
    return Left(**(vars(one) | {"done": done.get(one.key)}))


def destroyed(found: DisposalList) -> dict[str, Done]:
    rows = CustodyEvent.objects.filter(
        subject=disposal.subject_of(found), kind=Kind.DISPOSAL_COPY_GONE
    )
    return {
        key: Done(name_in(event), event.at, proofs.facts_of(event)["how"])
        for event in rows.order_by("index")
        for key in proofs.facts_of(event)["copies"]
    }


def exported(recordings: Iterable[Recording]) -> list[Left]:
    """What went out at once, to one person for one purpose, is one copy: one drive, one package."""
    subjects = [f"recording:{one.number}" for one in recordings]
    rows = CustodyEvent.objects.filter(subject__in=subjects, kind=Kind.RECORDING_EXPORTED)
    together: dict[tuple[Any, ...], list[CustodyEvent]] = {}
    for event in rows.order_by("index"):
        facts = json.dumps(proofs.facts_of(event), sort_keys=True)
        together.setdefault((event.actor, event.at, facts), []).append(event)
    return [
        Left(
            f"export:{some[0].index}",
            words_of(proofs.facts_of(some[0])),
            tuple(event.subject.partition(":")[2] for event in some),
            proofs.facts_of(some[0]).get("place", ""),
            name_in(some[0]),
            some[0].at,
        )
        for some in together.values()
    ]


def words_of(facts: dict[str, Any]) -> str:
    if "extraction" in facts:
        return _("证据包 %(no)s") % {"no": facts["extraction"]}
    if "dossier" in facts:
        return _("导出的档案（%(why)s）") % {"why": facts["reason"]}
    if "reason" in facts:
        return _("导出的文件夹（%(why)s）") % {"why": facts["reason"]}
    return _("导出的原件和证明")


def images_taken(recordings: Iterable[Recording]) -> list[Left]:
    """Disc images that somebody downloaded."""
    on_it = numbers_on(recordings)
    images = DiscImage.objects.filter(pk__in=on_it).select_related("disc_set")
    by_name = {(discs.subject_of(one.disc_set), one.no): one for one in images}
    subjects = {subject for subject, _no in by_name}
    rows = CustodyEvent.objects.filter(subject__in=subjects, kind=Kind.DISC_IMAGE_TAKEN)
    found = []
    for event in rows.order_by("index"):
        image = by_name.get((event.subject, proofs.facts_of(event)["disc"]))
        if image is not None:
            said = {"set": image.disc_set.number, "no": image.no}
            found.append(
                Left(
                    f"image:{event.index}",
                    _("下载的光盘映像 %(set)s 第%(no)s张") % said,
                    on_it[image.pk],
                    whom=name_in(event),
                    at=event.at,
                )
            )
    return found


def on_discs(recordings: Sequence[Recording]) -> list[Left]:
    on_it = numbers_on(recordings)
    return [
        Left(
            f"disc:{disc.pk}",
            disc_copies.name_of(disc),
            on_it[disc.image_id],
            disc_copies.place_of(disc),
        )
        for disc in disc_copies.holding(recordings)
    ]


def numbers_on(recordings: Iterable[Recording]) -> dict[int, tuple[str, ...]]:
    """Which of them are on which image, by its id, in its order. One query."""
    files = DiscFile.objects.filter(recording__in=[one.pk for one in recordings])
    found: dict[int, tuple[str, ...]] = {}
    for image, number in files.order_by("pk").values_list("image", "recording__number"):
        found[image] = (*found.get(image, ()), number)
    return found


def laid_aside(recordings: Iterable[Recording]) -> list[Left]:
    """What lies in quarantine since it was mended, or its intake broke off: most of it can be
    read."""
    subjects = [f"recording:{one.number}" for one in recordings]
    return [
        Left(
            f"aside:{one.index}",
            _("%(day)s移入隔离区的文件") % {"day": in_china(one.at).date()},
            (one.subject.partition(":")[2],),
            one.place,
        )
        for one in quarantined.of(subjects)
    ]


def name_in(event: CustodyEvent) -> str:
    """Whose name the event tells; of a command, what it calls itself."""
    by = json.loads(bytes(event.entry))["by"]
    return str(by if isinstance(by, str) else by["name"])


@transaction.atomic
def confirm(
    found: DisposalList, keys: Sequence[str], *, how: str, by: Officer, at: datetime
) -> None:
    """These were called back and destroyed by hand; the register tells by whom, when and how.

    Refuses: NoSuchList, NotPermitted, WordsBlank, WrongStep, NothingChosen, NoSuchCopy.
    """
    permissions.check(by, Permission.APPRAISE_RECORDINGS)
    need(how, field=_("收回和销毁情况"))
    log.wait_for_turn()
    now = disposal.fresh(found, by)
    if now.state != DisposalState.DONE:
        raise errors.WrongStep(state=now.get_state_display())
    if not keys:
        raise errors.NothingChosen()
    still_out = {one.key: one for one in of(now) if one.done is None}
    if not set(keys) <= still_out.keys():
        raise errors.NoSuchCopy()
    chosen = [one for key, one in still_out.items() if key in keys]
    facts: dict[str, Any] = {
        "copies": [one.key for one in chosen],
        "what": [one.what for one in chosen],
        "recordings": sorted({number for one in chosen for number in one.recordings}),
        "how": cut(how),
    }
    disposal.record(Kind.DISPOSAL_COPY_GONE, now, by=by, at=at, **facts)

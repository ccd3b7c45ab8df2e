"""Making a set of discs: of a case, or of an activity, in as many copies as the rules ask for."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Activity, Case
from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.engines.policy import describing
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Topic
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.people.spelling import seen
from liuhen.regulations import current
from liuhen.retention import disc_catalogue, disc_contents, disc_identity
from liuhen.retention import disc_errors as errors
from liuhen.retention.disc_contents import Content
from liuhen.retention.disc_identity import disc_no
from liuhen.retention.disc_planning import CAPACITY_BYTES, Item, planned
from liuhen.retention.models import Disc, DiscFile, DiscImage, DiscSet, DiscText

COPIES = 2
"""一式两份, where the regulation gives no number (jiaxian-health 16 does)."""

MOST_COPIES = 5
NAMED_AT_ONCE = 200
"""Files with both digests in one event: 200 are 40 KB of the 65,535 bytes an entry has."""


@dataclass(frozen=True)
class Order:
    """What is asked for. `title` stands on the label; `with_papers`: the case's papers as well."""

    title: str
    purpose: str
    medium: str
    copies: int = COPIES
    with_papers: bool = False


@dataclass(frozen=True)
class Asked:
    """What the bureau's regulation says of discs. `article` None: it says nothing."""

    copies: int
    is_said: bool
    pack_id: str = ""
    article: int | None = None


def asked_for(by: Officer, at: datetime) -> Asked:
    """By today's rules; `is_said`: the number of copies is the regulation's own."""
    rules = current.rules_if_any(by.agency, in_china(at).date())
    if rules is None:
        return Asked(COPIES, is_said=False)
    if (label := describing.disc_label(rules)) is not None:
        return Asked(label.copies, True, rules.pack.pack_id, label.grounds[0].article)
    return Asked(COPIES, False, rules.pack.pack_id, article_of(rules))


def article_of(rules: Rules) -> int | None:
    """The first article that governs discs, else the first on where recordings are stored."""
    for topic in (Topic.DISC, Topic.STORAGE):
        for article in rules.pack.articles.values():
            if topic in article.governs:
                return article.no
    return None


@transaction.atomic
def make(subject: Case | Activity, order: Order, *, by: Officer, at: datetime) -> DiscSet:
    """Plan the discs, write them down, and have the worker make their images.

    Refuses: NotPermitted, NoSuchDisc, WordsMissing, TooFewCopies, NothingForDiscs, FileTooLarge,
    FileFitsNoDisc.
    """
    order, asked = checked(subject, order, by=by, at=at)
    log.wait_for_turn()
    contents = disc_contents.of(subject, by, with_papers=order.with_papers)
    if not contents:
        raise errors.NothingForDiscs(title=order.title)
    items = [Item(one.file.path, one.file.size_bytes) for one in contents]
    loads = planned(items, order.medium)
    of = {"case": subject} if isinstance(subject, Case) else {"activity": subject}
    made = enter(order, asked, **of, by=by, at=at)
    for no, load in enumerate(loads, 1):
        keep(made, no, [contents[n] for n in load])
    catalogued(made)
    log.record_all(acts_of(made, loads, contents, by=by, at=at))
    have_made(made)
    return made


def checked(
    subject: Case | Activity, order: Order, *, by: Officer, at: datetime
) -> tuple[Order, Asked]:
    """The order as it is kept. Refuses: NotPermitted, NoSuchDisc, WordsMissing, TooFewCopies."""
    permissions.check(by, Permission.KEEP_DISCS)
    if subject.agency_id != by.agency_id:
        raise errors.NoSuchDisc()
    title, purpose = need(order.title, _("名称")), need(order.purpose, _("用途"))
    asked = asked_for(by, at)
    if order.copies < (asked.copies if asked.is_said else 1):
        raise errors.TooFewCopies(least=asked.copies)
    return replace(order, title=title[:200], purpose=purpose[:200]), asked


def enter(
    order: Order,
    asked: Asked,
    *,
    case: Case | None = None,
    activity: Activity | None = None,
    extraction_no: str = "",
    by: Officer,
    at: datetime,
) -> DiscSet:
    """The set's row; the log's turn is held."""
    return DiscSet.objects.create(
        agency_id=by.agency_id,
        number=next_number(at),
        case=case,
        activity=activity,
        extraction_no=extraction_no,
        title=order.title,
        purpose=order.purpose,
        medium=order.medium,
        capacity_bytes=CAPACITY_BYTES[order.medium],
        copies=min(order.copies, MOST_COPIES),
        pack_id=asked.pack_id,
        article=asked.article,
        made_at=at,
        made_by=by,
    )


def have_made(made: DiscSet) -> None:
    """Have the worker write each piece's image."""
    from liuhen.retention import disc_tasks  # tasks call this module's neighbours

    for disc in Disc.objects.filter(image__disc_set=made).order_by("image__no", "copy"):
        disc_tasks.make_image.enqueue(disc.pk)


def keep(made: DiscSet, no: int, contents: Sequence[Content]) -> DiscImage:
    image = DiscImage.objects.create(disc_set=made, no=no)
    DiscFile.objects.bulk_create(
        DiscFile(
            image=image,
            path=one.file.path,
            size_bytes=one.file.size_bytes,
            sha256=one.file.sha256,
            sm3=one.file.sm3,
            vault_key=one.file.key,
            derived_name=one.derived_name,
            at=one.file.at,
            title=one.file.title,
            recording=one.recording,
            document=one.document,
        )
        for one in contents
    )
    return image


def catalogued(made: DiscSet) -> None:
    """What each disc says of the set, kept as it is said now, and the pieces to be written."""
    rows = DiscFile.objects.filter(image__disc_set=made).select_related("image")
    whole = list(rows.order_by("image__no", "path"))
    images = list(made.images.order_by("no"))
    for image in images:
        image.disc_set = made
        own = sorted((one for one in whole if one.image_id == image.pk), key=lambda one: one.path)
        keep_texts(image, disc_catalogue.texts_of(image, own, whole))
        plan_pieces(image, len(images))


def keep_texts(image: DiscImage, texts: Mapping[str, bytes]) -> None:
    DiscText.objects.bulk_create(
        DiscText(
            image=image, path=path, content=content, sha256=hashlib.sha256(content).hexdigest()
        )
        for path, content in texts.items()
    )


def plan_pieces(image: DiscImage, of: int) -> None:
    copies = range(1, image.disc_set.copies + 1)
    Disc.objects.bulk_create(disc_identity.piece(image, of, n) for n in copies)


def acts_of(
    made: DiscSet,
    loads: Sequence[Sequence[int]],
    contents: Sequence[Content],
    *,
    by: Officer,
    at: datetime,
) -> list[Act]:
    """The set's own, in as many parts as it takes, and one on each recording's chain."""
    subject, facts = subject_of(made), {**facts_of(made), "discs": len(loads)}
    files: list[tuple[int, str, str, str]] = [
        (no, one.file.subject, one.file.sha256, one.file.sm3)
        for no, load in enumerate(loads, 1)
        for one in (contents[n] for n in load)
    ]
    parts = [files[n : n + NAMED_AT_ONCE] for n in range(0, len(files), NAMED_AT_ONCE)]
    acts = [
        Act(
            Kind.DISC_SET_MADE,
            subject,
            by,
            at,
            {**facts, "files": list(map(list, part)), "part": n, "parts": len(parts)},
        )
        for n, part in enumerate(parts, 1)
    ]
    acts += [
        Act(Kind.RECORDING_ON_DISC, named, by, at, {"discs": made.number, "disc": no})
        for no, named in dict.fromkeys((no, named) for no, named, *_digests in files)
        if named.startswith("recording:")
    ]
    return acts


def facts_of(made: DiscSet) -> dict[str, Any]:
    return {
        "title": made.title,
        "purpose": made.purpose,
        "case": made.case.case_no if made.case else None,
        "activity": made.activity.number if made.activity else None,
        "extraction": made.extraction_no or None,
        "medium": made.medium,
        "copies": made.copies,
    }


def next_number(at: datetime) -> str:
    """`GP-2026-000001`: the year and a count without holes; the log's turn is held."""
    return numbering.next_number(f"GP-{in_china(at).year}-", DiscSet)


def need(words: str, field: Promise) -> str:
    """Refuses: WordsMissing."""
    if not (said := seen(words)):
        raise errors.WordsMissing(field=field)
    return said


def subject_of(made: DiscSet) -> str:
    return f"disc_set:{made.number}"


def disc_subject(disc: Disc) -> str:
    return f"disc:{disc_no(disc)}"

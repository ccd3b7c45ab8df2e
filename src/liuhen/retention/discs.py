"""Making a set of discs: of a case, or of an activity, in as many copies as the rules ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
from liuhen.retention import disc_contents
from liuhen.retention import disc_errors as errors
from liuhen.retention.disc_contents import Content
from liuhen.retention.disc_planning import CAPACITY_BYTES, Item, planned
from liuhen.retention.models import Disc, DiscFile, DiscImage, DiscSet

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
    from liuhen.retention import disc_tasks  # tasks call this module's neighbours

    permissions.check(by, Permission.KEEP_DISCS)
    if subject.agency_id != by.agency_id:
        raise errors.NoSuchDisc()
    title, purpose = need(order.title, _("名称")), need(order.purpose, _("用途"))
    asked = asked_for(by, at)
    if order.copies < (asked.copies if asked.is_said else 1):
        raise errors.TooFewCopies(least=asked.copies)
    log.wait_for_turn()
    contents = disc_contents.of(subject, by, with_papers=order.with_papers)
    if not contents:
        raise errors.NothingForDiscs(title=title)
    items = [Item(one.file.path, one.file.size_bytes) for one in contents]
    loads = planned(items, order.medium)
    made = DiscSet.objects.create(
        agency_id=by.agency_id,
        number=next_number(at),
        case=subject if isinstance(subject, Case) else None,
        activity=subject if isinstance(subject, Activity) else None,
        title=title[:200],
        purpose=purpose[:200],
        medium=order.medium,
        capacity_bytes=CAPACITY_BYTES[order.medium],
        copies=min(order.copies, MOST_COPIES),
        pack_id=asked.pack_id,
        article=asked.article,
        made_at=at,
        made_by=by,
    )
    for no, load in enumerate(loads, 1):
        image = keep(made, no, [contents[n] for n in load])
        disc_tasks.make_image.enqueue(image.pk)
    log.record_all(acts_of(made, loads, contents, by=by, at=at))
    return made


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
            at=one.file.at,
            title=one.file.title,
            recording=one.recording,
            document=one.document,
        )
        for one in contents
    )
    Disc.objects.bulk_create(Disc(image=image, copy=n) for n in range(1, made.copies + 1))
    return image


def acts_of(
    made: DiscSet,
    loads: Sequence[Sequence[int]],
    contents: Sequence[Content],
    *,
    by: Officer,
    at: datetime,
) -> list[Act]:
    """The set's own, in as many parts as it takes, and one on each recording's chain."""
    subject = subject_of(made)
    facts = {
        "title": made.title,
        "purpose": made.purpose,
        "case": made.case.case_no if made.case else None,
        "activity": made.activity.number if made.activity else None,
        "medium": made.medium,
        "copies": made.copies,
        "discs": len(loads),
    }
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
        for no, named, _sha256, _sm3 in files
        if named.startswith("recording:")
    ]
    return acts


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


def disc_no(disc: Disc) -> str:
    """`GP-2026-000001-2/1`: disc 2 of the set, copy 1; needs `image__disc_set`."""
    return f"{disc.image.disc_set.number}-{disc.image.no}/{disc.copy}"


def disc_subject(disc: Disc) -> str:
    return f"disc:{disc_no(disc)}"

"""The image of one disc, made for it alone: written by the worker, kept until it is read back.

Copies differ in their name and 光盘标识.txt alone; made again, an image holds the same to the
byte, but for the dates the file systems write beside it.
"""

import contextlib
import io
import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liuhen.cases.dossier_files import safe
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.paper import disc_images as engine
from liuhen.engines.paper.disc_images import ImageFault, ImageFile, SourceDiffers
from liuhen.engines.vault.errors import VaultError
from liuhen.engines.vault.sha256 import sha256_file
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings import derived, locks, vaults
from liuhen.recordings.models import Recording
from liuhen.retention import disc_errors as errors
from liuhen.retention import disc_identity, discs
from liuhen.retention.disc_identity import disc_no
from liuhen.retention.models import Disc, DiscFile, DiscImage

TOLD_BYTES = 64 << 20
"""How often the progress is written down."""

TEXTS_NAMED = 100
"""In one event: an evidence package has hundreds, which its own manifest names."""

SPARE_BYTES = 1 << 30
"""Left free on the disk the vault may share: intakes go before images."""


class Stopped(Exception):
    """Why there is no image, in the words the page shows."""


def path_of(disc: Disc) -> Path:
    """Where the image file lies; needs `image__disc_set`."""
    name = f"{disc_no(disc).replace('/', '-')}-{disc.mark}.iso"
    return Path(settings.DATA.discs) / name


def part_of(disc: Disc) -> Path:
    """While it is written."""
    return path_of(disc).with_suffix(".part")


def is_there(disc: Disc) -> bool:
    return disc.made_at is not None and path_of(disc).is_file()


def make(disc: Disc, *, at: datetime) -> bool:
    """Write it, if it is not there yet; what keeps it from being written is kept on its row.

    Each original is hashed on its way in, and a changed one stops the whole. Done twice, or
    killed anywhere, it is written again from the start; while another process writes it, not.
    """
    with locks.held(f"disc_image{disc.pk}") as is_ours:
        return is_ours and made(disc, at=at)


def made(disc: Disc, *, at: datetime) -> bool:
    disc.refresh_from_db(fields=["made_at"])
    if is_there(disc):
        return True
    part = part_of(disc)
    part.parent.mkdir(exist_ok=True, mode=0o700)
    part.unlink(missing_ok=True)
    Disc.objects.filter(pk=disc.pk).update(problem="", done_bytes=0)
    try:
        facts = written(disc, part)
        keep(disc, part, facts, at=at)
    except (Stopped, ImageFault, OSError) as failed:
        part.unlink(missing_ok=True)
        Disc.objects.filter(pk=disc.pk).update(problem=words_of(failed)[:500])
        return False
    return True


def words_of(failed: Stopped | ImageFault | OSError) -> str:
    if isinstance(failed, SourceDiffers):
        return changed(failed.path)
    if isinstance(failed, OSError):
        said = {"why": failed.strerror or failed}
        return _("生成映像时磁盘出错（%(why)s）。请检查磁盘空间后重新生成。") % said
    return str(failed)


def changed(path: str) -> str:
    return _(
        "“%(name)s”的原件缺失或者与封存时不一致，已停止生成。请保护现场，立即报告审计管理员。"
    ) % {"name": path.rpartition("/")[2]}


def written(disc: Disc, part: Path) -> dict[str, Any]:
    """The image file stands there, compared; answers what is known of it. Raises: Stopped, …"""
    image = disc.image
    files = list(image.files.select_related("recording").order_by("path"))
    check_kept(image)
    check_room(part.parent, sum(one.size_bytes for one in files))
    beside = texts_of(disc)
    wanted = [ImageFile(one.path, one.size_bytes, opener(one)) for one in files]
    wanted += [
        ImageFile(name, len(content), partial(io.BytesIO, content))
        for name, content in beside.items()
    ]
    digests = engine.write(wanted, part, label=disc_identity.volume(disc), tell=teller(disc))
    for one in files:
        if digests[one.path] != one.sha256:
            raise Stopped(changed(one.path))
    size_bytes = part.stat().st_size
    if size_bytes > image.disc_set.capacity_bytes:
        raise Stopped(_("映像大于光盘容量，未生成。请改用更大的光盘重新编制。"))
    return {"size_bytes": size_bytes, "sha256": sha256_file(part)}


def check_kept(image: DiscImage) -> None:
    """What was disposed of is on no new disc; the old ones are destroyed by hand."""
    gone = image.files.filter(recording__disposed_at__isnull=False)
    if numbers := list(gone.values_list("recording__number", flat=True)[:5]):
        raise Stopped(
            _("资料 %(numbers)s 已经销毁，不能再生成这张光盘的映像。请就其余资料另行编制光盘。")
            % {"numbers": _("、").join(numbers)}
        )


def check_room(folder: Path, size_bytes: int) -> None:
    if shutil.disk_usage(folder).free < size_bytes + SPARE_BYTES:
        raise Stopped(_("磁盘剩余空间不足，映像未生成。请清理或者扩充磁盘后重新生成。"))


def texts_of(disc: Disc) -> dict[str, bytes]:
    """What stands beside the originals: as the set was made, and what tells this piece apart."""
    kept = {one.path: bytes(one.content) for one in disc.image.texts.order_by("path")}
    return {disc_identity.PATH: disc.identity.encode(), **kept}


def opener(one: DiscFile) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        try:
            if one.derived_name and one.recording:
                return (derived.folder(one.recording) / one.derived_name).open("rb")
            return vaults.current().open(one.vault_key)
        except (VaultError, FileNotFoundError) as gone:
            raise Stopped(changed(one.path)) from gone

    return opened


def teller(disc: Disc) -> Callable[[int, int], None]:
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if done - told >= TOLD_BYTES:
            told = done
            Disc.objects.filter(pk=disc.pk).update(done_bytes=done)

    return tell


@transaction.atomic
def keep(disc: Disc, part: Path, facts: dict[str, Any], *, at: datetime) -> None:
    """The file bears its name and the row says so, together with the event. Raises: Stopped, where
    some of it was disposed of while it was written."""
    log.wait_for_turn()
    check_kept(disc.image)
    Disc.objects.filter(pk=disc.pk).update(made_at=at, done_bytes=0, problem="", **facts)
    log.record(
        Kind.DISC_IMAGE_MADE,
        subject=discs.subject_of(disc.image.disc_set),
        by=log.SYSTEM,
        at=at,
        disc=disc.image.no,
        copy=disc.copy,
        mark=disc.mark,
        size=facts["size_bytes"],
        sha256=facts["sha256"],
        texts=dict(disc.image.texts.values_list("path", "sha256")[:TEXTS_NAMED]),
    )
    part.replace(path_of(disc))
    disc.refresh_from_db(fields=["made_at", "done_bytes", "problem", *facts])


@transaction.atomic
def ask_again(disc: Disc, *, by: Officer) -> None:
    """Have it made anew: it failed, or was cleared away.

    Refuses: NotPermitted, NoSuchDisc, ImageThere.
    """
    from liuhen.retention import disc_tasks

    check_keeps(disc.image, by)
    if is_there(disc):
        raise errors.ImageThere()
    Disc.objects.filter(pk=disc.pk).update(made_at=None, problem="", done_bytes=0)
    disc_tasks.make_image.enqueue(disc.pk)


def check_keeps(image: DiscImage, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchDisc."""
    permissions.check(by, Permission.KEEP_DISCS)
    if image.disc_set.agency_id != by.agency_id:
        raise errors.NoSuchDisc()


def take(disc: Disc, *, by: Officer, at: datetime) -> tuple[str, BinaryIO]:
    """Its name and bytes, to be written on another computer; in the log before the first leaves.

    Refuses: NotPermitted, NoSuchDisc, NoImage.
    """
    check_keeps(disc.image, by)
    if not is_there(disc):
        raise errors.NoImage()
    stream = path_of(disc).open("rb")
    made = disc.image.disc_set
    with transaction.atomic():
        log.record(
            Kind.DISC_IMAGE_TAKEN,
            subject=discs.subject_of(made),
            by=by,
            at=at,
            disc=disc.image.no,
            copy=disc.copy,
            sha256=disc.sha256,
        )
    return f"{safe(made.title)}-{disc_no(disc).replace('/', '-')}.iso", stream


def forget(recordings: QuerySet[Recording]) -> int:
    """Remove the image files any of these recordings stand in, as of what is disposed of, whole or
    half written and whatever their rows say; answers how many. In the caller's transaction.

    Raises: OSError. A file gone without its row saying so is only made again.
    """
    rows = Disc.objects.filter(image__files__recording__in=recordings)
    pieces = list(rows.select_related("image__disc_set").distinct())
    Disc.objects.filter(pk__in=[one.pk for one in pieces]).update(made_at=None)
    gone = 0
    for disc in pieces:
        there = [path for path in (path_of(disc), part_of(disc)) if path.is_file()]
        for path in there:
            path.unlink(missing_ok=True)
        gone += bool(there)
    return gone


def clear(disc: Disc) -> None:
    """Remove the image file, as of a disc that reads as it should; it can be made again any time.

    After the commit: a file gone without its row saying so is only made again.
    """
    Disc.objects.filter(pk=disc.pk).update(made_at=None)
    transaction.on_commit(partial(remove, disc))


def remove(disc: Disc) -> None:
    with contextlib.suppress(OSError):
        path_of(disc).unlink(missing_ok=True)

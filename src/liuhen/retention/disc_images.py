"""The image of a disc: written by the worker, kept until its copies are read back."""

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
from liuhen.recordings import locks, vaults
from liuhen.recordings.models import Recording
from liuhen.retention import disc_catalogue, discs
from liuhen.retention import disc_errors as errors
from liuhen.retention.models import DiscFile, DiscImage, DiscState

TOLD_BYTES = 64 << 20
"""How often the progress is written down."""

SPARE_BYTES = 1 << 30
"""Left free on the disk the vault may share: intakes go before images."""


class Stopped(Exception):
    """Why there is no image, in the words the page shows."""


def path_of(image: DiscImage) -> Path:
    """Where the image file lies; needs `disc_set`."""
    return Path(settings.DATA.discs) / f"{image.disc_set.number}-{image.no}.iso"


def part_of(image: DiscImage) -> Path:
    """While it is written."""
    return path_of(image).with_suffix(".part")


def is_there(image: DiscImage) -> bool:
    return image.made_at is not None and path_of(image).is_file()


def make(image: DiscImage, *, at: datetime) -> bool:
    """Write it, if it is not there yet; what keeps it from being written is kept on its row.

    Each original is hashed on its way in, and a changed one stops the whole. Done twice, or
    killed anywhere, it is written again from the start; while another process writes it, not.
    """
    with locks.held(f"disc_image{image.pk}") as is_ours:
        return is_ours and made(image, at=at)


def made(image: DiscImage, *, at: datetime) -> bool:
    image.refresh_from_db(fields=["made_at"])
    if is_there(image):
        return True
    part = part_of(image)
    part.parent.mkdir(exist_ok=True, mode=0o700)
    part.unlink(missing_ok=True)
    DiscImage.objects.filter(pk=image.pk).update(problem="", done_bytes=0)
    try:
        facts = written(image, part)
        keep(image, part, facts, at=at)
    except (Stopped, ImageFault, OSError) as failed:
        part.unlink(missing_ok=True)
        DiscImage.objects.filter(pk=image.pk).update(problem=words_of(failed)[:500])
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


def written(image: DiscImage, part: Path) -> dict[str, Any]:
    """The image file stands there, compared; answers what is known of it. Raises: Stopped, …"""
    files = list(image.files.order_by("path"))
    check_kept(image)
    check_room(part.parent, sum(one.size_bytes for one in files))
    beside = texts(image, files)
    wanted = [ImageFile(one.path, one.size_bytes, opener(one)) for one in files]
    wanted += [
        ImageFile(name, len(content), partial(io.BytesIO, content))
        for name, content in beside.items()
    ]
    digests = engine.write(wanted, part, label=volume(image), tell=teller(image))
    for one in files:
        if digests[one.path] != one.sha256:
            raise Stopped(changed(one.path))
    size_bytes = part.stat().st_size
    if size_bytes > image.disc_set.capacity_bytes:
        raise Stopped(_("映像大于光盘容量，未生成。请改用更大的光盘重新编制。"))
    return {
        "size_bytes": size_bytes,
        "sha256": sha256_file(part),
        "texts": {name: digests[name] for name in beside},
    }


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


def texts(image: DiscImage, files: list[DiscFile]) -> dict[str, bytes]:
    rows = DiscFile.objects.filter(image__disc_set=image.disc_set).select_related("image")
    return disc_catalogue.texts_of(image, files, list(rows.order_by("image__no", "path")))


def opener(one: DiscFile) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        try:
            return vaults.current().open(one.vault_key)
        except VaultError as gone:
            raise Stopped(changed(one.path)) from gone

    return opened


def volume(image: DiscImage) -> str:
    """`GP_2026_000001_2`: what a computer shows as the disc's name."""
    return f"{image.disc_set.number}_{image.no}".replace("-", "_")


def teller(image: DiscImage) -> Callable[[int, int], None]:
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if done - told >= TOLD_BYTES:
            told = done
            DiscImage.objects.filter(pk=image.pk).update(done_bytes=done)

    return tell


@transaction.atomic
def keep(image: DiscImage, part: Path, facts: dict[str, Any], *, at: datetime) -> None:
    """The file bears its name and the row says so, together with the event. Raises: Stopped, where
    some of it was disposed of while it was written."""
    log.wait_for_turn()
    check_kept(image)
    DiscImage.objects.filter(pk=image.pk).update(made_at=at, done_bytes=0, problem="", **facts)
    log.record(
        Kind.DISC_IMAGE_MADE,
        subject=discs.subject_of(image.disc_set),
        by=log.SYSTEM,
        at=at,
        disc=image.no,
        size=facts["size_bytes"],
        sha256=facts["sha256"],
        texts=facts["texts"],
    )
    part.replace(path_of(image))
    image.refresh_from_db()


@transaction.atomic
def ask_again(image: DiscImage, *, by: Officer) -> None:
    """Have it made anew: it failed, or was cleared away.

    Refuses: NotPermitted, NoSuchDisc, ImageThere.
    """
    from liuhen.retention import disc_tasks

    check_keeps(image, by)
    if is_there(image):
        raise errors.ImageThere()
    DiscImage.objects.filter(pk=image.pk).update(made_at=None, problem="", done_bytes=0)
    disc_tasks.make_image.enqueue(image.pk)


def check_keeps(image: DiscImage, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchDisc."""
    permissions.check(by, Permission.KEEP_DISCS)
    if image.disc_set.agency_id != by.agency_id:
        raise errors.NoSuchDisc()


def take(image: DiscImage, *, by: Officer, at: datetime) -> tuple[str, BinaryIO]:
    """Its name and bytes, to be written on another computer; in the log before the first leaves.

    Refuses: NotPermitted, NoSuchDisc, NoImage.
    """
    check_keeps(image, by)
    if not is_there(image):
        raise errors.NoImage()
    stream = path_of(image).open("rb")
    with transaction.atomic():
        log.record(
            Kind.DISC_IMAGE_TAKEN,
            subject=discs.subject_of(image.disc_set),
            by=by,
            at=at,
            disc=image.no,
            sha256=image.sha256,
        )
    return f"{safe(image.disc_set.title)}-{image.disc_set.number}-{image.no}.iso", stream


def forget(recordings: QuerySet[Recording]) -> int:
    """Remove the image files any of these recordings stand in, as of what is disposed of, whole or
    half written and whatever their rows say; answers how many. In the caller's transaction.

    Raises: OSError. A file gone without its row saying so is only made again.
    """
    rows = DiscImage.objects.filter(files__recording__in=recordings)
    images = list(rows.select_related("disc_set").distinct())
    DiscImage.objects.filter(pk__in=[one.pk for one in images]).update(made_at=None)
    gone = 0
    for image in images:
        whole = path_of(image)
        there = [path for path in (whole, part_of(image)) if path.is_file()]
        for path in there:
            path.unlink(missing_ok=True)
        gone += bool(there)
    return gone


def clear_if_done(image: DiscImage) -> None:
    """Remove the image file once each copy reads as it should; it can be made again any time.

    After the commit: a file gone without its row saying so is only made again.
    """
    waiting = image.discs.filter(state__in=[DiscState.MADE, DiscState.WRITTEN])
    if waiting.exists():
        return
    DiscImage.objects.filter(pk=image.pk).update(made_at=None)
    transaction.on_commit(partial(remove, image))


def remove(image: DiscImage) -> None:
    with contextlib.suppress(OSError):
        path_of(image).unlink(missing_ok=True)

"""The watched folder: what stations drop by FTP or SMB is taken in once it has stopped growing."""

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from liuhen.custody.log import SYSTEM
from liuhen.devices.models import Device
from liuhen.people.models import Agency
from liuhen.recordings import batches, tasks
from liuhen.recordings.models import BatchState, IntakeBatch
from liuhen.recordings.scanning import scan
from liuhen.recordings.writers import is_being_written

LOOKS_UNTOLD = 24
"""Equal looks, about two minutes, where the system won't tell whether a file is still written:
another user's files and network shares. FTP servers give a silent transfer up after that long."""

Look = tuple[tuple[bytes, int, int], ...]
"""Name, bytes and modification time of all files of one entry: equal twice means at rest."""


class Watch:
    """Remembers its last look; an entry at rest since then is taken in, once.

    `device`: the folder is this device's alone, and each file below it an entry of its own; a
    recorder's folder for the day is never at rest before midnight.
    """

    def __init__(self, folder: Path | None = None, *, device: Device | None = None) -> None:
        self.folder = folder or Path(settings.LIUHEN_WATCH)
        self.device = device
        self.last: dict[bytes, Look] = {}
        self.equal_looks: dict[bytes, int] = {}
        self.dealt_with: dict[bytes, Look] = {}

    def round(self, *, at: datetime) -> list[IntakeBatch]:
        """Look once; answers the intakes asked for.

        The station's copy is removed once it is verified in the vault: the folder is a letter
        box, and what stays in it is what could not be taken in.
        """
        owners = self.entries()
        now = {path: look_at(path) for path in owners}
        asked = []
        self.equal_looks = {
            path: self.equal_looks.get(path, 0) + 1 if self.last.get(path) == look else 0
            for path, look in now.items()
        }
        self.last = now
        for path, look in now.items():
            if look and self.dealt_with.get(path) != look and self.is_at_rest(path):
                self.dealt_with[path] = look
                if any(found.is_wanted for found in scan([path])) and not is_waiting(path):
                    asked.append(ask(path, owners[path], at=at, device=self.device))
        self.dealt_with = {path: look for path, look in self.dealt_with.items() if path in now}
        return asked

    def is_at_rest(self, path: bytes) -> bool:
        """Equal in two looks and no longer written to. A transfer that only stalls must not be
        taken for finished: its file would be cleared under the sender's hands."""
        looks = self.equal_looks[path]
        if looks < 1:
            return False
        written = {is_being_written(found.path) for found in scan([path]) if found.is_wanted}
        return True not in written and (None not in written or looks >= LOOKS_UNTOLD)

    def entries(self) -> dict[bytes, Agency]:
        """What lies in each bureau's letter box. With several bureaus each has a folder of its
        own, made here; what lies beside these stays: nobody can say whose it is."""
        if self.device:
            agency = self.device.agency
            return {found.path: agency for found in scan([os.fsencode(self.folder)])}
        found: dict[bytes, Agency] = {}
        for box, agency in batches.letter_boxes(self.folder).items():
            if box != self.folder and self.folder.is_dir():
                box.mkdir(exist_ok=True)
            if box.is_dir() and not box.is_symlink():
                with os.scandir(os.fsencode(box)) as listing:
                    found |= {entry.path: agency for entry in listing}
        return dict(sorted(found.items()))


def look_at(path: bytes) -> Look:
    return tuple((found.name, found.size_bytes or 0, found.mtime_ns or 0) for found in scan([path]))


def is_waiting(path: bytes) -> bool:
    """Asked for already, e.g. before a restart, and not worked off yet."""
    open_states = [BatchState.QUEUED, BatchState.RUNNING]
    root = batches.without_links(path)
    return IntakeBatch.objects.filter(roots=root, state__in=open_states).exists()


@transaction.atomic
def ask(path: bytes, agency: Agency, *, at: datetime, device: Device | None = None) -> IntakeBatch:
    """A folder named as a device the bureau registered says whose card it was; unless it is known.

    Removed once it is verified in the vault.
    """
    name = device.device_no if device else os.fsdecode(os.path.basename(path))
    known = device or Device.objects.filter(agency=agency, device_no=name).exists()
    batch = batches.ask(
        [path],
        by=SYSTEM,
        at=at,
        agency=agency,
        device_no=name if known else None,
        clear_source=True,
    )
    tasks.take_in.enqueue(batch.pk)
    return batch

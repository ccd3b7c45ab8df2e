"""Asking for an intake, and following it."""

import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from liuhen.custody.log import name_of
from liuhen.devices.models import Checkout, Device
from liuhen.people import agencies
from liuhen.people.models import Agency, Officer
from liuhen.people.spelling import plain
from liuhen.recordings import errors
from liuhen.recordings.models import BatchState, IntakeBatch
from liuhen.recordings.names import shown
from liuhen.recordings.own_folders import check_outside


def ask(
    roots: Sequence[bytes],
    *,
    by: Officer | str,
    at: datetime,
    agency: Agency | None = None,
    device_no: str | None = None,
    officer: Officer | None = None,
    checkout: Checkout | None = None,
    clear_source: bool = False,
) -> IntakeBatch:
    """Write down that these paths shall be taken in; `intake.run` does it.

    A device number nobody registered is kept as it was given: evidence is not turned away
    because a list is incomplete. It is the bureau's of whoever asks; who is no officer names
    `agency` when there are several, and neither device nor officer is another bureau's.

    Refuses: NothingThere when a path does not exist, OwnFolder, DeviceNoTooLong, AgencyNotSaid,
    NoSuchOfficer.
    """
    check_asked(roots, device_no)
    agency = by.agency if isinstance(by, Officer) else agency or agencies.meant(None)
    if officer and officer.agency_id != agency.pk:
        raise errors.NoSuchOfficer(cert_no=officer.officer_cert_no or officer.login)
    device = Device.objects.filter(agency=agency, device_no=device_no).first()
    return IntakeBatch.objects.create(
        uid=secrets.token_hex(8),
        agency=agency,
        state=BatchState.QUEUED,
        source=[shown(root) for root in roots],
        roots=b"\0".join(map(without_links, roots)),
        by=name_of(by),
        started_by=by if isinstance(by, Officer) else None,
        device_no=device_no or None,
        device=device,
        officer=officer,
        checkout=checkout,
        clear_source=clear_source,
        asked_at=at,
    )


def check_asked(roots: Sequence[bytes], device_no: str | None) -> None:
    """Refuses: NothingThere, OwnFolder, DeviceNoTooLong."""
    longest = IntakeBatch._meta.get_field("device_no").max_length or 0
    if device_no and len(device_no) > longest:
        raise errors.DeviceNoTooLong(most=longest)
    for root in roots:
        if not os.path.lexists(root):
            raise errors.NothingThere(path=shown(root))
        check_outside(root)


def without_links(root: bytes) -> bytes:
    """The path with no link above its last part: one that turns up later is not followed."""
    above, name = os.path.split(os.path.abspath(root))
    return os.path.join(os.path.realpath(above), name)


def ask_from_page(
    place: str,
    *,
    by: Officer,
    at: datetime,
    device_no: str | None = None,
    officer: Officer | None = None,
    checkout: Checkout | None = None,
    clear_source: bool = False,
) -> IntakeBatch:
    """The same from a browser: the place must lie where the bureau lets a page read, and
    the work is queued in the same transaction. Refuses: PlaceNotAllowed, NothingThere."""
    from liuhen.recordings import tasks  # tasks call this module's neighbours

    check_place(place, by.agency)
    with transaction.atomic():
        batch = ask(
            [os.fsencode(place)],
            by=by,
            at=at,
            device_no=device_no,
            officer=officer,
            checkout=checkout,
            clear_source=clear_source,
        )
        tasks.take_in.enqueue(batch.pk)
    return batch


def letter_boxes(watched: Path | None = None) -> dict[Path, Agency]:
    """Where stations drop what belongs to which bureau: the watched folder itself, or, when
    there are several bureaus, a folder in it for each."""
    watched, several = watched or Path(settings.LIUHEN_WATCH), agencies.all_set_up()
    if len(several) < 2:
        return {watched: several[0] if several else agencies.first()}
    return {watched / letter_box_name(agency): agency for agency in several}


def letter_box_of(agency: Agency) -> Path:
    return next(box for box, owner in letter_boxes().items() if owner.pk == agency.pk)


def letter_box_name(agency: Agency) -> str:
    """Told apart by number, whatever the names; no longer than a file name may be."""
    return f"{agency.pk}-{agency.name.replace('/', '_')[:60]}"


def allowed_places(agency: Agency) -> list[Path]:
    return [*settings.LIUHEN_INTAKE_ROOTS, letter_box_of(agency)]


def check_place(place: str, agency: Agency) -> None:
    """A page may name only what lies below an allowed folder, links resolved."""
    real = Path(os.path.realpath(place))
    allowed_here = allowed_places(agency)
    if not any(real.is_relative_to(os.path.realpath(root)) for root in allowed_here):
        allowed = "、".join(map(str, allowed_here))
        raise errors.PlaceNotAllowed(path=shown(os.fsencode(place)), allowed=allowed)


def officer_with_cert(cert_no: str | None, agency: Agency) -> Officer | None:
    """The bureau's officer the certificate number names. Refuses: NoSuchOfficer."""
    if not cert_no:
        return None
    # As it is kept: what was typed may be full-width or in another case.
    officer = Officer.objects.filter(agency=agency, officer_cert_no__iexact=plain(cert_no)).first()
    if officer is None:
        raise errors.NoSuchOfficer(cert_no=cert_no)
    return officer

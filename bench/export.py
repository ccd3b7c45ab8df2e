"""An evidence package written as a disc image, against xorriso alone on the same files.

Ours reads the originals in the vault, hashes each from the very bytes that go into the image,
proves and explains them, writes ISO 9660, Joliet and UDF, and is on the disk at the end. xorriso
packs the same files (hard links to the originals) and hashes nothing. Pairs alternate, the
median ratio counts.

    .venv/bin/python bench/export.py --gigabytes 4
"""

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

FILES = 8
BLOCK_BYTES = 1 << 20
PAIRS = 3
LEAST_RATIO = 0.8


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--gigabytes", type=float, default=4)
    asked.add_argument("--pairs", type=int, default=PAIRS)
    asked.add_argument("--folder", type=Path, help="on the disk to be measured")
    said = asked.parse_args()
    if shutil.which("xorriso") is None:
        raise SystemExit("export: xorriso is missing; Debian's package of that name has it")
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-", dir=said.folder) as name:
        work = Path(name)
        number = prepare(work, int(said.gigabytes * 1e9))
        folder = same_files(work, number)
        pairs = [(time_ours(work, number), time_xorriso(work, folder)) for _ in range(said.pairs)]
    ratio = median(peer / ours for ours, peer in pairs)
    speed, peers = (said.gigabytes * 1e3 / median(one) for one in zip(*pairs, strict=True))
    good = ratio >= LEAST_RATIO
    for ours, peer in pairs:
        print(f"export: {ours:.2f} s, xorriso {peer:.2f} s")
    print(
        f"export: {speed:.0f} MB/s into a disc image with hashes and proofs, xorriso alone "
        f"{peers:.0f}: ratio {ratio:.2f} (>= {LEAST_RATIO}): {'ok' if good else 'FAILED'}"
    )
    return 0 if good else 1


def prepare(work: Path, size_bytes: int) -> str:
    """A bureau whose case has so many bytes of evidence, taken out; answers the number."""
    os.environ["LIUHEN_DATA"] = str(work / "data")
    from liuhen.ops import boot

    boot.start(work / "data")
    from django.db import transaction

    from liuhen.access import extraction
    from liuhen.access.models import Extraction, ExtractionState
    from liuhen.cases.models import Case
    from liuhen.kernel.clock import now

    at, (li, zhao) = now(), people()
    case = Case.objects.create(
        agency=li.agency, case_no="1号", name="案", opened_date=at.date(), added_at=at, added_by=li
    )
    blank = ("proves", "place", "method", "original_place", "why_copy", "summary")
    with transaction.atomic():
        made = Extraction.objects.create(
            agency=li.agency, number=extraction.next_number(at), case=case, made_by=li,
            witness=zhao, made_at=at, state=ExtractionState.READY,
            note=dict.fromkeys(blank, "…") | {"copies": 2},
        )  # fmt: skip
        pieces = [extraction.Piece(seal(li, n, size_bytes // FILES)) for n in range(1, FILES + 1)]
        extraction.record(made, extraction.put(made, pieces), by=li, at=at)
    number: str = made.number
    return number


def people():  # type: ignore[no-untyped-def]  # types come after boot
    from liuhen.kernel.clock import now
    from liuhen.people import staff
    from liuhen.people.models import Officer
    from liuhen.people.roles import Role

    roles = frozenset({Role.OFFICER})
    new = [staff.NewOfficer(name, name, "a long password 1", roles) for name in ("li", "zhao")]
    staff.set_up(agency_name="某县", people=new, at=now())
    return list(Officer.objects.order_by("login"))


def seal(officer, number: int, size_bytes: int):  # type: ignore[no-untyped-def]  # as above
    """An original of random bytes in the vault, with its row and its event."""
    from liuhen.custody import log
    from liuhen.custody.kinds import Kind
    from liuhen.engines.vault.keys import vault_key
    from liuhen.kernel.clock import now
    from liuhen.recordings import vaults
    from liuhen.recordings.models import MediaKind, Recording, RecordingState, TimeOrigin

    at, temp = now(), vaults.current().new_temp()
    sha256 = written(temp, number, size_bytes)
    key = vault_key(at=at, label="bench", sha256=sha256, suffix="mp4")
    vaults.current().put(temp, key)
    vaults.current().forget_temp(temp)
    made = Recording.objects.create(
        agency=officer.agency, number=f"{at.year}-{number:06d}", officer=officer,
        kind=MediaKind.VIDEO, suffix="mp4", original_name=b"bench.mp4", size_bytes=size_bytes,
        sha256=sha256, sm3="0" * 64, vault_key=key, file_mtime_ns=0, recorded_at=at,
        recorded_at_origin=TimeOrigin.INTAKE, sealed_at=at, state=RecordingState.EXAMINED,
        examination={"browser_playable": True},
    )  # fmt: skip
    subject = f"recording:{made.number}"
    log.record(Kind.RECORDING_SEALED, subject=subject, by=officer, at=at, sha256=sha256)
    return made


def written(path: Path, seed: int, size_bytes: int) -> str:
    source, hasher, left = random.Random(seed), hashlib.sha256(), size_bytes
    with path.open("wb") as file:
        while left:
            block = source.randbytes(min(BLOCK_BYTES, left))
            file.write(block)
            hasher.update(block)
            left -= len(block)
    return hasher.hexdigest()


def same_files(work: Path, number: str) -> Path:
    """What the image holds as a folder, originals as links: one copy in memory for both."""
    from liuhen.access import packages
    from liuhen.access.extraction import numbered
    from liuhen.kernel.clock import now
    from liuhen.recordings import vaults

    package = packages.logged(numbered(number), by="command:bench", at=now())
    folder = work / "files"
    for one in package.files:
        (folder / one.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / one.path).hardlink_to(vaults.path(one.key))
    for path, content in package.texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def time_ours(work: Path, number: str) -> float:
    """All of it: event, proofs, note and page as well. Python is up, as a server's is."""
    from liuhen.access import package_out, packages
    from liuhen.access.extraction import numbered
    from liuhen.kernel.clock import now

    def go() -> None:
        package = packages.logged(numbered(number), by="command:bench", at=now())
        package_out.image(package, out, label="BENCH")

    out = work / "ours.iso"
    return timed(go, out)


def time_xorriso(work: Path, folder: Path) -> float:
    out = work / "peer.iso"
    names = ["-quiet", "-J", "-joliet-long", "-R", "-iso-level", "3"]
    command = ["xorriso", "-as", "mkisofs", *names, "-o", str(out), str(folder)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return timed(lambda: subprocess.run(command, check=True, **quiet), out)


def timed(act: Callable[[], object], out: Path) -> float:
    """Seconds until the image is on the disk."""
    subprocess.run(["sync"], check=True)
    began = time.perf_counter()
    act()
    subprocess.run(["sync", "-f", str(out)], check=True)
    took = time.perf_counter() - began
    out.unlink()
    return took


if __name__ == "__main__":
    sys.exit(main())

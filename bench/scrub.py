"""Our scrub against `bagit.py --validate --processes 2` and `sha256sum -c`, on the same 1 GB.

Whole processes, started in turn on the same files in the page cache; the median of the ratios
of each round. Prints one line; exits 1 below 0.9 times bagit or 3 times sha256sum.
"""

import contextlib
import hashlib
import io
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bagit

FILES = 32
FILE_BYTES = 32 << 20
ROUNDS = 5
AT_LEAST_BAGIT = 0.9
AT_LEAST_SHA256SUM = 3.0

OURS = """
import sys
from pathlib import Path
from liuhen.engines.vault.scrub import scrub
lines = open(sys.argv[2]).read().splitlines()
items = ((line[66:], line[:64]) for line in lines)
found = [finding.condition for finding in scrub(items, Path(sys.argv[1]))]
sys.exit(found != ["ok"] * len(lines))
"""


def make_bag(folder: Path) -> None:
    """A BagIt bag (RFC 8493) of FILES files; its manifest serves all three."""
    block = os.urandom(FILE_BYTES)
    for number in range(FILES):
        content = number.to_bytes(8) + block[8:]
        (folder / f"{number:02d}.mp4").write_bytes(content)
    logging.disable()
    with contextlib.redirect_stdout(io.StringIO()):
        bagit.make_bag(str(folder), checksums=["sha256"], processes=2)


def seconds(command: list[str], folder: Path) -> float:
    """How long the command takes; it must find everything in order."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - started


def must_find_damage(command: list[str], folder: Path) -> None:
    """A scrub that overlooks a changed bit is no peer, however fast."""
    victim = folder / "data" / "07.mp4"
    original = victim.read_bytes()
    victim.write_bytes(original[:-1] + bytes([original[-1] ^ 1]))
    damaged = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    victim.write_bytes(original)
    if damaged.returncode == 0:
        sys.exit("scrub overlooked a changed bit")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-") as name:
        folder = Path(name)
        make_bag(folder)
        manifest = folder / "manifest-sha256.txt"
        assert hashlib.sha256((folder / "data/00.mp4").read_bytes()).hexdigest() in (
            manifest.read_text()
        )
        ours = [sys.executable, "-c", OURS, name, str(manifest)]
        bagit_py = [sys.executable, "-m", "bagit", "--validate", "--processes", "2", name]
        sha256sum = ["sha256sum", "--check", "--quiet", str(manifest)]
        must_find_damage(ours, folder)
        to_bagit, to_sha256sum, rates = [], [], []
        for _ in range(ROUNDS):
            own = seconds(ours, folder)
            to_bagit.append(seconds(bagit_py, folder) / own)
            to_sha256sum.append(seconds(sha256sum, folder) / own)
            rates.append(FILES * FILE_BYTES / own / 1e6)
    bagit_ratio, sha_ratio = statistics.median(to_bagit), statistics.median(to_sha256sum)
    print(
        f"scrub {statistics.median(rates):.0f} MB/s: {bagit_ratio:.2f}x bagit (>= {AT_LEAST_BAGIT})"
        f", {sha_ratio:.2f}x sha256sum (>= {AT_LEAST_SHA256SUM})"
    )
    return int(bagit_ratio < AT_LEAST_BAGIT or sha_ratio < AT_LEAST_SHA256SUM)


if __name__ == "__main__":
    sys.exit(main())

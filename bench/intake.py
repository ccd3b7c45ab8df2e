"""`liuhen intake` in full against copying and hashing by the shell.

32 files of 32 MB are taken in with both digests, fsync, read-back, rows and signed events, and
in turn with `cp && sha256sum && openssl dgst -sm3`; pairs alternate, the median ratio counts.

    .venv/bin/python bench/intake.py
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

FILES = 32
FILE_BYTES = 32 * 1024 * 1024
PAIRS = 5
LEAST_RATIO = 2.0
MOST_RSS_MB = 200
LIUHEN = [sys.executable, "-m", "liuhen.ops"]
SHELL = """
for f in "$1"/*; do
  copy="$2/${f##*/}"
  cp "$f" "$copy" && sha256sum "$copy" >> "$2/sums" && openssl dgst -sm3 "$copy" >> "$2/sums"
done
sync -f "$2"
"""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-") as folder:
        work = Path(folder)
        card = make_card(work / "card")
        pairs = []
        rss_mb = 0.0
        for n in range(PAIRS):
            shell = time_shell(card, work / f"shell-{n}")
            ours, peak = time_intake(card, work / f"data-{n}")
            rss_mb = max(rss_mb, peak)
            pairs.append((shell, ours))
    total_mb = FILES * FILE_BYTES / 1e6
    ratio = median(shell / ours for shell, ours in pairs)
    speed = total_mb / median(ours for _, ours in pairs)
    shell_speed = total_mb / median(shell for shell, _ in pairs)
    good = ratio >= LEAST_RATIO and rss_mb < MOST_RSS_MB
    print(
        f"intake: {speed:.0f} MB/s against {shell_speed:.0f} by cp, sha256sum and openssl: "
        f"ratio {ratio:.2f} (>= {LEAST_RATIO}), peak memory {rss_mb:.0f} MB (< {MOST_RSS_MB}): "
        f"{'ok' if good else 'FAILED'}"
    )
    return 0 if good else 1


def make_card(folder: Path) -> Path:
    folder.mkdir()
    for n in range(FILES):
        (folder / f"BC0007_{n:06d}_20260105093000.MP4").write_bytes(os.urandom(FILE_BYTES))
    return folder


def time_shell(card: Path, out: Path) -> float:
    out.mkdir()
    began = time.perf_counter()
    subprocess.run(["sh", "-c", SHELL, "sh", str(card), str(out)], check=True)
    took = time.perf_counter() - began
    shutil.rmtree(out)
    return took


def time_intake(card: Path, data: Path) -> tuple[float, float]:
    """Seconds of the whole command, and the largest process's peak memory in MB."""
    subprocess.run(
        [*LIUHEN, "audit", "--data", str(data), "--json"], check=True, capture_output=True
    )
    began = time.perf_counter()
    process = subprocess.Popen(
        [*LIUHEN, "intake", str(card), "--data", str(data), "--json"], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    if status:
        raise SystemExit("liuhen intake failed")
    shutil.rmtree(data)
    # ru_maxrss of a waited-for process covers itself; its own children are smaller still.
    return took, used.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())

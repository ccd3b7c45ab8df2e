"""The programs of the operating system that some tests drive. Missing ones only skip tests."""

import os
import shutil
import subprocess

from set_up.faults import Fault
from set_up.site import Site

# Program → (Debian package, which tests are skipped without it).
WANTED = {
    "chromium": ("chromium", "浏览器旅程 · browser journeys"),
    "strace": ("strace", "断电与故障注入 · fault injection"),
    "bwrap": ("bubblewrap", "沙箱 · sandbox"),
    "xorriso": ("xorriso", "光盘刻录 · burning discs"),
    "isoinfo": ("genisoimage", "光盘映像由他人核对 · disc images read by others"),
    "7zz": ("7zip", "光盘映像由他人核对 · disc images read by others"),
}
# Enough for a slow mirror to answer, short enough for a machine that is offline on purpose.
PATIENCE = ("-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1")


def missing() -> list[str]:
    return [program for program in WANTED if shutil.which(program) is None]


def administrator() -> list[str] | None:
    """How to start a program as administrator without being asked anything; None if not at all."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


def bring(site: Site) -> None:
    """Install what is missing where that needs no question; otherwise say what will be skipped."""
    if not (absent := missing()):
        return
    packages = [WANTED[program][0] for program in absent]
    prefix = administrator()
    if prefix is not None and shutil.which("apt-get"):
        print(f"安装测试所需的程序 · programs for tests: {' '.join(packages)} …", flush=True)
        _install(site, prefix, packages)
    for program in missing():
        package, tests = WANTED[program]
        print(f"跳过 skipped: {tests}（apt-get install {package}）", flush=True)


def _install(site: Site, prefix: list[str], packages: list[str]) -> None:
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", *PATIENCE]
    try:
        site.start(*quiet, "update")
        site.start(*quiet, "install", "-y", "--no-install-recommends", *packages)
    except Fault as fault:
        print(fault, flush=True)

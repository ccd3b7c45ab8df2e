"""Fetch pip where Python brings none: one wheel, of the version and hash recorded here.

Debian leaves ensurepip out of python3 (it is in python3-venv), so pip has to come from the
index like everything else. Source of the page's form: PEP 503.
"""

import hashlib
import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

from set_up import index
from set_up.faults import ALTERED, OTHER, Fault, cause_of

TIMEOUT_SECONDS = 60
PACKAGED = (
    "也可以先安装系统自带的：apt-get install python3-venv，再重新运行。",
    "Or install the system's own first: apt-get install python3-venv, and start again.",
)


def pinned(text: str) -> tuple[str, frozenset[str]]:
    """Version and accepted SHA-256 hashes of pip in a locked list's text."""
    version = re.search(r"^pip==(\S+)", text, re.MULTILINE)
    hashes = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", text))
    if not version or not hashes:
        raise ValueError("requirements/pip.txt pins no pip with a SHA-256")
    return version[1], hashes


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def wheel_link(page: str, version: str, page_address: str) -> str | None:
    """Absolute address of pip's wheel of `version` on an index page; None if it is not there."""
    links = _Links()
    links.feed(page)
    wanted = f"pip-{version}-py3-none-any.whl"
    for link in links.found:
        target = urllib.parse.urldefrag(urllib.parse.urljoin(page_address, link)).url
        if Path(urllib.parse.urlsplit(target).path).name == wanted:
            return target
    return None


def check(content: bytes, hashes: frozenset[str]) -> None:
    """Refuse a wheel that is not the recorded one.

    Raises:
        Fault: its SHA-256 is none of `hashes`.
    """
    if hashlib.sha256(content).hexdigest() not in hashes:
        zh, en = ALTERED
        raise Fault(zh=f"pip：{zh}", en=f"pip: {en}")


def fetch(locked: Path, folder: Path) -> Path:
    """Download the pinned wheel into `folder`, checked; its path.

    Raises:
        Fault: no network, no trust, no such version, or not the recorded content.
    """
    version, hashes = pinned(locked.read_text(encoding="utf-8"))
    page_address = f"{index.address()}/pip/"
    page, page_address = _read(page_address)
    link = wheel_link(page.decode("utf-8", "replace"), version, page_address)
    if link is None:
        raise Fault(
            zh=f"软件源 {page_address} 里没有 pip {version}。{PACKAGED[0]}",
            en=f"The index {page_address} has no pip {version}. {PACKAGED[1]}",
        )
    content, _ = _read(link)
    check(content, hashes)
    wheel = folder / f"pip-{version}-py3-none-any.whl"
    wheel.write_bytes(content)
    return wheel


def _read(address: str) -> tuple[bytes, str]:
    """The body behind an address, and the address it finally came from."""
    trusted = index.setting("cert")
    context = ssl.create_default_context(cafile=trusted or None)
    # PEP 691: an index may speak JSON as well; every index speaks HTML.
    request = urllib.request.Request(address, headers={"Accept": "text/html"})  # noqa: S310
    try:
        with urllib.request.urlopen(  # noqa: S310 - the scheme is the administrator's choice
            request, timeout=TIMEOUT_SECONDS, context=context
        ) as answer:
            return answer.read(), answer.url
    except (OSError, ValueError) as error:
        zh, en = advice = cause_of(str(error))
        if advice is OTHER:  # a credential or a proxy set for pip alone: pip itself may know how
            zh, en = f"{zh}\n{PACKAGED[0]}", f"{en}\n{PACKAGED[1]}"
        raise Fault(zh=f"{address}：{error}\n{zh}", en=f"{address}: {error}\n{en}") from error

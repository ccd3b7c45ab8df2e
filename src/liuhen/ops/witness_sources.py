"""Where a witness reads a log and leaves its cosignature: a server, or a folder beside it."""

import json
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from liuhen.custody.log_file import LogFile
from liuhen.engines.merkle.tiles import HashReader, TileId
from liuhen.kernel.datadir import DataDir
from liuhen.kernel.refusal import Refusal

SECONDS = 30
MAX_BYTES = 1 << 20


class NoLogThere(Refusal):
    code = "witness.no_log_there"
    message = "在 {place} 读不到存证日志（{why}）。请核对地址；该单位须已完成初始设置。"


class NotTaken(Refusal):
    code = "witness.not_taken"
    message = (
        "已核对并保存，但对方未接收见证签名：{why} "
        "对方登记本见证人公钥后再次运行即可，无需重做：\n{vkey}"
    )


class Source(HashReader, Protocol):
    """A log to watch."""

    def key(self) -> str: ...
    def checkpoint(self) -> str | None: ...
    def hand_over(self, note: str, vkey: str) -> None:
        """Give the cosigned note back. Refuses: NotTaken."""


def source_of(log: str) -> Source:
    """Refuses: NoLogThere."""
    if log.startswith(("http://", "https://")):
        return Served(log.rstrip("/"))
    try:
        return Beside(DataDir(Path(log)))
    except OSError as problem:
        raise NoLogThere(place=log, why=problem.strerror) from None


class Served:
    """A running server's /log/. Refuses: NoLogThere."""

    def __init__(self, address: str) -> None:
        self.address = address

    def key(self) -> str:
        return self.text("key").partition("\n")[0]

    def checkpoint(self) -> str:
        return self.text("checkpoint")

    def tile(self, level: int, index: int, width: int) -> bytes:
        return self.read(TileId(level, index, width).path)

    def text(self, name: str) -> str:
        try:
            return self.read(name).decode()
        except UnicodeDecodeError:
            raise NoLogThere(place=self.address, why="not text") from None

    def read(self, name: str) -> bytes:
        url = f"{self.address}/log/{name}"
        try:
            with urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 (source_of checked the scheme)
                if answer.url != url:
                    # Until a bureau is set up every address leads to another page.
                    raise NoLogThere(place=url, why=f"→ {answer.url}")
                content: bytes = answer.read(MAX_BYTES)
        except HTTPError as problem:
            with problem:
                raise NoLogThere(place=url, why=f"HTTP {problem.code}") from None
        except (OSError, HTTPException) as problem:
            raise NoLogThere(place=url, why=problem) from None
        return content

    def hand_over(self, note: str, vkey: str) -> None:
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        request = Request(f"{self.address}/log/cosignatures", note.encode(), headers)  # noqa: S310
        try:
            with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                json.loads(answer.read(MAX_BYTES))
        except HTTPError as problem:
            with problem:
                raise NotTaken(why=said(problem), vkey=vkey) from None
        except (OSError, HTTPException, ValueError) as problem:
            raise NotTaken(why=problem, vkey=vkey) from None


def said(problem: HTTPError) -> str:
    """The refusal's own words, else the bare status."""
    try:
        return str(json.loads(problem.read(MAX_BYTES))["message"])
    except (ValueError, KeyError, TypeError, OSError):
        return f"HTTP {problem.code}"


class Beside(LogFile):
    """A data directory on this machine: read behind the program's back, handed over through it."""

    def hand_over(self, note: str, vkey: str) -> None:
        from liuhen.ops import boot

        boot.start(self.data.root)
        from liuhen.custody import witnesses
        from liuhen.kernel.clock import now

        try:
            witnesses.accept(note, at=now())
        except Refusal as refusal:
            raise NotTaken(why=refusal.text, vkey=vkey) from None

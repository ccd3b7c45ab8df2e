"""Papers of every kind, a few bytes each, and keeping one."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import factories
from factories import NOON
from liuhen.cases import documents
from liuhen.cases.documents import Paper
from liuhen.cases.models import Document

PDF = b"%PDF-1.7\n" + b"paper " * 50


def package(*parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for part in parts:
            made.writestr(part, "<x/>")
    return content.getvalue()


def keep(
    content: bytes | Iterable[bytes] = PDF, name: str = "询问笔录.pdf", by: str = "li", **more: Any
) -> Document:
    chunks = [content] if isinstance(content, bytes) else content
    said: dict[str, Any] = {"kind": "inquiry_record", "title": "询问笔录"} | more
    if not {"case", "activity", "party"} & said.keys():
        said["case"] = factories.case()
    return documents.add(Paper(**said), name, chunks, by=factories.officer(by), at=NOON)

"""The regulation's own words, as the bureau issued them, beside our one-line summaries."""

import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from docx import Document

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.pack import Pack
from liuhen.people import permissions
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission
from liuhen.regulations import errors, office_files
from liuhen.regulations.models import FullText
from liuhen.regulations.numerals import number_of

KINDS = ("txt", "docx", "pdf")
MOST_CHARACTERS = 300_000  # a long regulation has 30,000
MOST_IN_ARTICLE = 20_000
# An article starts a line; "第十六条规定的…" at a line's start only speaks of one.
# The space before it stays on the line: over many empty lines the search would take minutes.
START = re.compile(
    r"^[^\S\n]*第([一二三四五六七八九十百零〇]+)条(?![规之、和至或第的款及所中])", re.MULTILINE
)
CHAPTER = re.compile(r"^[^\S\n]*第[一二三四五六七八九十百]+[章节].{0,30}$", re.MULTILINE)


@dataclass(frozen=True)
class Gaps:
    """Where text and pack differ in their articles."""

    not_in_text: tuple[int, ...]
    not_in_pack: tuple[int, ...]


@transaction.atomic
def keep(
    agency: Agency, pack: Pack, content: bytes, *, file_name: str, by: Officer, at: datetime
) -> FullText:
    """Keep an uploaded text beside the earlier ones; a PDF is kept, not read.

    Refuses: NotPermitted, FileTooLarge, FileEmpty, FileTypeUnknown, FileUnreadable, FileBloated.
    """
    permissions.check(by, Permission.KEEP_RULES)
    kind = office_files.checked(content, file_name, KINDS)
    made = FullText.objects.create(
        agency=agency,
        pack_id=pack.pack_id,
        file_name=office_files.plain_name(file_name),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        articles={str(no): words for no, words in read(content, kind).items()},
        uploaded_by=by,
        uploaded_at=at,
    )
    log.record(
        Kind.FULL_TEXT_KEPT,
        subject=f"agency:{agency.pk}",
        by=by,
        at=at,
        pack_id=made.pack_id,
        file_name=made.file_name,
        sha256=made.sha256,
        size=len(content),
        articles=len(made.articles),
    )
    return made


def read(content: bytes, kind: str) -> dict[int, str]:
    """Article → its words; nothing of a PDF. Refuses: FileUnreadable, FileBloated."""
    if kind == "pdf":
        return {}
    text = words_of_docx(content) if kind == "docx" else office_files.text_in(content)
    if len(text) > MOST_CHARACTERS:
        raise errors.FileBloated()
    found = split(text.replace("**", ""))  # a web page saved as text carries Markdown's bold
    if any(len(words) > MOST_IN_ARTICLE for words in found.values()):
        raise errors.FileBloated()
    return found


def words_of_docx(content: bytes) -> str:
    with office_files.damage_refused():
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def split(text: str) -> dict[int, str]:
    """Article → its words with the number, in paragraphs.

    Numbers rise through a regulation, so a line that speaks of an earlier article starts none.
    """
    starts: list[tuple[int, int]] = []
    for found in START.finditer(text):
        number = number_in(found.group(1))
        if number is not None and number > (starts[-1][0] if starts else 0):
            starts.append((number, found.start()))
    ends = [start for _no, start in starts[1:]] + [len(text)]
    return {no: tidy(text[start:end]) for (no, start), end in zip(starts, ends, strict=False)}


def number_in(words: str) -> int | None:
    try:
        return number_of(words.replace("〇", "零"))
    except ValueError:
        return None


def tidy(words: str) -> str:
    """Paragraphs without what surrounds them; a chapter's heading belongs to no article."""
    lines = CHAPTER.sub("", words).splitlines()
    return "\n".join(line for raw in lines if (line := raw.strip(" \t\u3000\xa0")))


def gaps(pack: Pack, articles: Iterable[str]) -> Gaps:
    """Which articles only the one or only the other has."""
    in_text = {int(no) for no in articles}
    return Gaps(
        tuple(sorted(pack.articles.keys() - in_text)), tuple(sorted(in_text - pack.articles.keys()))
    )


def uploads(agency: Agency, pack_id: str) -> QuerySet[FullText]:
    """Every upload, the newest first, without the files themselves."""
    rows = FullText.objects.filter(agency=agency, pack_id=pack_id).select_related("uploaded_by")
    return rows.defer("content").order_by("-pk")


def newest_readable(agency: Agency, pack_id: str) -> FullText | None:
    """The newest upload whose articles could be told apart."""
    return uploads(agency, pack_id).exclude(articles={}).first()

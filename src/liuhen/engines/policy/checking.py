"""What a value's shape can't say by itself: its article, its date, numbers given twice."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from liuhen.engines.policy.explaining import Finding
from liuhen.engines.policy.pack import Article
from liuhen.engines.policy.problems import Said
from liuhen.engines.policy.problems import gettext_noop as _
from liuhen.engines.policy.values import Part, Value


@dataclass(frozen=True)
class Basis:
    """The articles a value may name: any that exists and is not text only."""

    known: frozenset[int]
    text_only: frozenset[int] = frozenset()

    @classmethod
    def of(cls, articles: Mapping[int, Article]) -> "Basis":
        text_only = (no for no, one in articles.items() if one.is_text_only)
        return cls(frozenset(articles), frozenset(text_only))


def of_articles(article: object, see: object, place: Said, basis: Basis) -> Iterator[Finding]:
    """Both as written: an article that does not exist is told even if the rest is no value."""
    named: list[tuple[object, tuple[str | int, ...]]] = [(article, ("article",))]
    if isinstance(see, list | tuple):
        named += [(no, ("see", index)) for index, no in enumerate(see)]
    for no, at in named:
        if isinstance(no, int) and no > 0 and no not in basis.known:
            yield Finding(
                Said(_("{place}出自第 {no} 条，而 articles 中没有这一条。"), place=place, no=no),
                Said(_("请在 articles 中写上第 {no} 条，或改正条号。"), no=no),
                at,
            )
    if article in basis.text_only:
        yield Finding(
            Said(
                _("{place}出自第 {no} 条，而该条没有写 governs，只是说明性条文。"),
                place=place,
                no=article,
            ),
            Said(
                _("请改正条号，或给第 {no} 条加上 governs，例如 governs: [retention]。"),
                no=article,
            ),
            ("article",),
        )


def of_lists(value: Value, place: Said) -> Iterator[Finding]:
    """A word, a code or a number that stands twice in one list."""
    for name, field in type(value).model_fields.items():
        held = getattr(value, name)
        if not isinstance(held, tuple):
            continue
        listed = field.alias or name
        seen: set[Hashable] = set()
        for index, item in enumerate(held):
            key, mark = mark_of(item)
            if mark in seen:
                at = (listed, index, key) if key else (listed, index)
                yield twice(place, listed, index + 1, key, mark, at)
            seen.add(mark)


def mark_of(item: object) -> tuple[str, Hashable]:
    """(the key that tells a line of a list from the others, its value)."""
    for key in ("code", "number"):
        if isinstance(item, Part) and hasattr(item, key):
            return key, getattr(item, key)
    return "", item if isinstance(item, Hashable) else repr(item)


def twice(
    place: Said, listed: str, number: int, key: str, mark: Hashable, at: tuple[str | int, ...]
) -> Finding:
    if key == "number":
        right = Said(_("请按条文的项次编号，每项一个号。"))
    elif key:
        right = Said(_("请给每一项一个不同的 {key}。"), key=key)
    else:
        right = Said(_("请删去重复的一项。"))
    shown = mark if isinstance(mark, str | int) else "…"
    wrong = Said(
        _("{place}的 {list} 第 {number} 项与前面重复（{mark}）。"),
        place=place, list=listed, number=number, mark=str(shown),
    )  # fmt: skip
    return Finding(wrong, right, at)


class Dates:
    """Follows one parameter's values: from the earliest on, no two from one day."""

    def __init__(self, place: Said, in_force: date | None) -> None:
        self.place, self.in_force = place, in_force
        self.lines: dict[date | None, int] = {}
        self.newest: date | None = None

    def next(self, value: Value, line: int) -> Iterator[Finding]:
        """Whether this value stands where it should; `line` is where it stands."""
        # Without a date it holds from when the regulation is in force, if the pack knows when.
        start = value.from_date or self.in_force
        at = ("from",) if value.from_date else ()
        if start in self.lines:
            wrong = _("{place}与第 {line} 行的自同一天起（{start}）。")
            since = start.isoformat() if start else Said(_("施行之日"))
            yield Finding(
                Said(wrong, place=self.place, line=self.lines[start], start=since),
                Said(_("同一天只能有一个值，请写明各自的 from，例如 from: 2026-01-01。")),
                at,
            )
        elif self.in_force and start and start < self.in_force:
            yield Finding(
                Said(
                    _("{place}自 {start} 起，早于制度施行之日 {in_force}。"),
                    place=self.place, start=start.isoformat(), in_force=self.in_force.isoformat(),
                ),
                Said(_("请改正 from 或 in_force；自施行之日起的，不写 from。")),
                at,
            )  # fmt: skip
        elif self.lines and (start is None or (self.newest and start < self.newest)):
            yield Finding(
                Said(_("{place}没有按日期先后排列。"), place=self.place),
                Said(_("请按 from 从早到晚排列，不写 from 的在最前。")),
                at,
            )
        self.lines.setdefault(start, line)
        if start is not None:
            self.newest = max(start, self.newest or start)

"""YAML as a tree that knows its lines. Only the plain part of YAML: no tags, no anchors.

Values are texts, whole numbers, true, false and nothing. Dates and periods stay texts; whoever
knows which field it is reads them. Reading events instead of objects keeps hostile input cheap.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from liuhen.engines.policy.problems import PackInvalid, Problem, Said
from liuhen.engines.policy.problems import gettext_noop as _

DEEPEST = 12
"""A pack needs six levels; what is deeper is no pack."""

WHOLE = re.compile(r"[-+]?[0-9]{1,15}\Z")
CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass
class Node:
    """`value`: a plain value, or a list of Nodes, or a dict of Nodes by key."""

    value: Any
    line: int
    key_lines: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """Without lines, as json.loads would give it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def line_of(self, way: tuple[str | int, ...]) -> int:
        """The line of what lies this way; of the nearest thing before where nothing does."""
        node, line = self, self.line
        for step in way:
            held = node.value
            if isinstance(held, dict) and step in held:
                line, node = node.key_lines[str(step)], held[step]
            elif isinstance(held, list) and isinstance(step, int) and step < len(held):
                node = held[step]
                line = node.line
            else:
                break
        return line


class Reader:
    """Builds the tree from events and gathers what it may not hold."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)

    def document(self) -> Node | None:
        """None: nothing in it. Raises PackInvalid: what comes after can't be understood."""
        root = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent) and root is not None:
                self.stop(
                    event,
                    _("文件中有第二份文档。"),
                    _("一个文件只写一个规则包，请删去“---”及其后的内容。"),
                )
            if isinstance(event, NodeEvent):
                root = self.node(event, 1)
        return root

    def stop(self, event: Event, wrong: str, right: str) -> NoReturn:
        self.add(event, wrong, right)
        raise PackInvalid(self.problems)

    def add(self, event: Event, wrong: str, right: str, **facts: Any) -> None:
        line = event.start_mark.line + 1
        self.problems.append(Problem(self.name, line, Said(wrong, **facts), Said(right)))

    def node(self, event: Event, depth: int) -> Node:
        self.check_plain(event, depth)
        line = event.start_mark.line + 1
        if isinstance(event, ScalarEvent):
            return Node(scalar(event), line)
        if isinstance(event, SequenceStartEvent):
            return Node([self.node(one, depth + 1) for one in self.inside()], line)
        return self.mapping(line, depth)

    def check_plain(self, event: Event, depth: int) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self.stop(
                event,
                _("用了锚点或引用（& 或 *）。"),
                _("规则包不用锚点，请把内容照样写一遍；文字以这些符号开头的，请加引号。"),
            )
        if getattr(event, "tag", None):
            self.stop(
                event,
                _("用了类型标记（!）。"),
                _("规则包不用类型标记，请删去；文字以 ! 开头的，请加引号。"),
            )
        if depth > DEEPEST:
            self.stop(event, _("嵌套过深。"), _("请检查括号和缩进。"))

    def inside(self) -> Iterator[Event]:
        for event in self.events:
            if isinstance(event, CollectionEndEvent):
                return
            yield event

    def mapping(self, line: int, depth: int) -> Node:
        made: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key in self.inside():
            self.check_plain(key, depth)
            if not isinstance(key, ScalarEvent):
                self.stop(
                    key, _("名称写成了列表或括号。"), _("冒号前只能是一个词，例如 article: 20。")
                )
            value = self.node(next(self.events), depth + 1)
            if key.value in made:
                self.add(
                    key,
                    _("{key} 重复出现，前面第 {line} 行已写过。"),
                    _("请合并为一处或删去一处。"),
                    key=key.value,
                    line=lines[key.value],
                )
                continue
            made[key.value], lines[key.value] = value, key.start_mark.line + 1
        return Node(made, line, lines)


def scalar(event: ScalarEvent) -> Any:
    """Quoted is text; plain may be a number, true, false or nothing."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text.lower() in CONSTANTS:
        return CONSTANTS[text.lower()]
    return int(text) if WHOLE.match(text) else text


def tree(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """The document and the problems that don't hinder reading on.

    Raises PackInvalid: no YAML, or more YAML than a pack may use.
    """
    reader = None
    try:
        reader = Reader(text, name)
        return reader.document(), reader.problems
    except (YAMLError, ValueError, OverflowError) as error:
        if isinstance(error, PackInvalid):
            raise
        before = reader.problems if reader else []
        raise PackInvalid([*before, unreadable(error, text, name)]) from error


def unreadable(error: Exception, text: str, name: str) -> Problem:
    right = _(
        "请检查这一行及上一行的缩进、冒号后的空格和成对的引号、括号；缩进用空格，不用制表符。"
    )
    return Problem(name, line_of(error, text), Said(_("不是正确的 YAML 写法。")), Said(right))


def line_of(error: Exception, text: str) -> int:
    """Where it went wrong; for a quote or bracket never closed, where that begins."""
    if isinstance(error, MarkedYAMLError):
        began = re.search("quoted|flow", error.context or "")
        mark = error.context_mark if began else error.problem_mark
        return mark.line + 1 if mark else 1
    position = getattr(error, "position", None)  # of a character YAML does not allow
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1

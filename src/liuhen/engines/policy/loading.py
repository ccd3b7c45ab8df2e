"""Read a pack from YAML: everything that is wrong with it is said at once, with its line."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from liuhen.engines.policy import checking, worked
from liuhen.engines.policy.checking import Basis
from liuhen.engines.policy.explaining import Finding, findings, nearest
from liuhen.engines.policy.pack import Article, Pack, WorkedCase
from liuhen.engines.policy.problems import PackInvalid, Problem, Said
from liuhen.engines.policy.problems import gettext_noop as _
from liuhen.engines.policy.shapes import ArticleShape, CaseShape, FileShape
from liuhen.engines.policy.values import PARAMETERS, Value
from liuhen.engines.policy.yaml_tree import Node, tree

__all__ = ["PackInvalid", "Problem", "check_value", "load", "read"]

MOST_BYTES = 256 * 1024
"""Several times the longest of the five packs."""

M = TypeVar("M", bound=BaseModel)


def load(path: Path) -> Pack:
    """The pack in this file; its id is the file's name. Raises PackInvalid, OSError."""
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise too_long(path.name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise invalid(
            path.name, line, _("文件不是 UTF-8 编码。"), _("请另存为 UTF-8 编码。")
        ) from error
    return read(text, path.name)


def read(text: str, name: str) -> Pack:
    """The pack in this text; `name` is the file's. Raises PackInvalid."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise too_long(name)
    root, problems = tree(text.removeprefix("\ufeff"), name)
    if root is None or root.value is None:
        start = _("请从 title、field、articles、parameters 写起。")
        raise invalid(name, 1, _("文件是空的。"), start)
    if not isinstance(root.value, dict):
        wrong = _("规则包不是一组“名称: 内容”。")
        raise invalid(name, root.line, wrong, _("最外层请写 title、field、articles、parameters。"))
    reader = PackReader(root, name, problems)
    pack = reader.pack()
    if pack is None or reader.problems:
        raise PackInvalid(reader.problems)
    return pack


def check_value(parameter: str, raw: Any, *, pack: Pack | None = None) -> Value:
    """One proposed value, as in a pack but without `from`. Raises PackInvalid, without lines.

    Args:
        pack: its articles are those the value may name; None: any article.
    """
    if parameter not in PARAMETERS:
        found = [unknown(parameter)]
    else:
        value, found = checked(parameter, raw, Basis.of(pack.articles) if pack else None)
        if value is not None and not found:
            return value
    raise PackInvalid([Problem("", None, one.wrong, one.right, one.at) for one in found])


def checked(parameter: str, raw: Any, basis: Basis | None) -> tuple[Value | None, list[Finding]]:
    """The value, if it is one, and everything that is wrong with it alone."""
    place = place_of(parameter)
    found: list[Finding] = []
    if basis is not None and isinstance(raw, dict):
        found += checking.of_articles(raw.get("article"), raw.get("see"), place, basis)
    try:
        value = PARAMETERS[parameter].model_validate(raw)
    except ValidationError as error:
        return None, found + findings(error, place, PARAMETERS[parameter])
    return value, found + list(checking.of_lists(value, place))


def place_of(parameter: str) -> Said:
    return Said(_("参数 {name} 的值"), name=parameter)


def unknown(parameter: str) -> Finding:
    wrong = Said(_("没有叫 {name} 的参数。"), name=parameter)
    return Finding(wrong, nearest(parameter, PARAMETERS), (parameter,))


def invalid(name: str, line: int, wrong: str, right: str) -> PackInvalid:
    return PackInvalid([Problem(name, line, Said(wrong), Said(right))])


def too_long(name: str) -> PackInvalid:
    return invalid(name, 1, _("文件太大，不像规则包。"), _("请检查是否选错了文件。"))


class PackReader:
    """One reading of one file; gathers problems and goes on."""

    def __init__(self, root: Node, name: str, problems: list[Problem]) -> None:
        self.root, self.name, self.problems = root, name, problems
        self.basis: Basis | None = None
        self.in_force: date | None = None

    def pack(self) -> Pack | None:
        """None only where there are problems."""
        head = self.shape(FileShape, self.root, Said(_("规则包")))
        self.in_force = head.in_force if head else None
        articles = self.articles()
        parameters = self.parameters()
        cases = tuple(self.cases())
        if head is None:
            return None
        return Pack(
            Path(self.name).stem,
            head.title,
            head.field,
            head.document_no,
            head.in_force,
            articles,
            parameters,
            cases,
        )

    def add(self, node: Node, found: Finding) -> None:
        line = node.line_of(found.at)
        self.problems.append(Problem(self.name, line, found.wrong, found.right, found.at))

    def shape(self, model: type[M], node: Node, place: Said) -> M | None:
        try:
            return model.model_validate(node.plain())
        except ValidationError as error:
            for one in findings(error, place, model):
                self.add(node, one)
        return None

    def section(self, name: str, kind: type) -> Node | None:
        """What stands under this name; FileShape says if it is missing or of another kind."""
        node: Node | None = self.root.value.get(name)
        return node if node is not None and isinstance(node.value, kind) else None

    def articles(self) -> dict[int, Article]:
        section = self.section("articles", dict)
        if section is None:
            return {}
        made: dict[int, Article] = {}
        broken: set[int] = set()
        for key, node in section.value.items():
            if not key.isascii() or not key.isdecimal() or not 1 <= int(key) <= 999:
                wrong = Said(_("articles 中的 {key} 不是条号。"), key=key)
                right = Said(_("条号写阿拉伯数字，例如 20: {summary: 一句话概括}。"))
                self.add(section, Finding(wrong, right, (key,)))
                continue
            shape = self.shape(ArticleShape, node, Said(_("第 {no} 条"), no=key))
            no = int(key)
            if shape is None:
                broken.add(no)
            else:
                made[no] = Article(no, shape.summary, shape.governs)
        # A broken article exists: what names it is not wrong for that.
        basis = Basis.of(made)
        self.basis = Basis(basis.known | broken, basis.text_only)
        return made

    def parameters(self) -> dict[str, tuple[Value, ...]]:
        section = self.section("parameters", dict)
        made: dict[str, tuple[Value, ...]] = {}
        if section is None:
            return made
        for name, node in section.value.items():
            if name not in PARAMETERS:
                self.add(section, unknown(name))
            elif not isinstance(node.value, list) or not node.value:
                wrong = Said(_("参数 {name} 没有写成值的列表。"), name=name)
                right = Said(_("每个值一行，以短横线开头，例如 - {article: 20, …}。"))
                self.add(section, Finding(wrong, right, (name,)))
            else:
                made[name] = tuple(self.values(name, node))
        return made

    def values(self, name: str, series: Node) -> Iterator[Value]:
        dates = checking.Dates(place_of(name), self.in_force)
        for node in series.value:
            value, found = checked(name, node.plain(), self.basis)
            for one in found:
                self.add(node, one)
            if value is None:
                continue
            for one in dates.next(value, node.line):
                self.add(node, one)
            yield value

    def cases(self) -> Iterator[WorkedCase]:
        section = self.section("cases", list)
        for number, node in enumerate(section.value if section else (), start=1):
            place = Said(_("第 {number} 个算例"), number=number)
            shape = self.shape(CaseShape, node, place)
            if shape is None:
                continue
            given, expect = shape.given, shape.expect
            case = WorkedCase(shape.name, shape.ask, shape.on, given, expect, node.line)
            for one in worked.wrong_with(case, place):
                self.add(node, one)
            yield case

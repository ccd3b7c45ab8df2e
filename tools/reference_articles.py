"""docs/reference/articles.md: each article of each pack, what enforces it, the tests that show it.

A test shows it by its mark: `@pytest.mark.enforces("retention")`, or, for one article alone,
`@pytest.mark.enforces("retention", article="chengde-safety:20")`.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
MARK = "enforces"

HEAD = """# Articles

Every article of the five regulations, what enforces it, and the tests that show it. *Planned* names
the issue that will build it; `ready:` is what already answers for it in the rule engine. Worked
cases stand in the pack itself and run as tests.
"""


@dataclass(frozen=True)
class Shown:
    """One mark on a test: `article` is `pack:number`, None for every article on the topic."""

    topic: str
    article: str | None
    test: str


def marks(folder: Path = TESTS) -> list[Shown]:
    """Every mark in the test files, by reading them: nothing is imported."""
    found = []
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(folder).as_posix()
        for function, decorators in marked(tree):
            for mark in decorators:
                found += [
                    Shown(t, article_of(mark), f"{name}::{function}") for t in topics_of(mark)
                ]
    return found


def marked(tree: ast.Module) -> Iterator[tuple[str, list[ast.Call]]]:
    """(test's name, its marks); a mark of the whole file counts for each of its tests."""
    of_file = [
        call
        for node in tree.body
        if isinstance(node, ast.Assign) and "pytestmark" in map(ast.unparse, node.targets)
        for call in ast.walk(node.value)
        if is_mark(call)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = [call for call in node.decorator_list if is_mark(call)]
            if own or of_file:
                yield node.name, [*own, *of_file]  # type: ignore[list-item]


def is_mark(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == MARK


def topics_of(mark: ast.Call) -> list[str]:
    return [str(arg.value) for arg in mark.args if isinstance(arg, ast.Constant)]


def article_of(mark: ast.Call) -> str | None:
    values = [k.value for k in mark.keywords if k.arg == "article"]
    return str(values[0].value) if values and isinstance(values[0], ast.Constant) else None


def articles() -> str:
    from liuhen.packs import catalogue

    shown = marks()
    packs = catalogue.offered()
    parts = (f"## {one.pack_id}\n\n{one.title}\n\n{of_pack(one, shown)}" for one in packs)
    return "\n".join([HEAD, *parts])


def of_pack(pack, shown: Iterable[Shown]) -> str:  # type: ignore[no-untyped-def]
    from reference import table

    shown = list(shown)
    head = ["no.", "条文概括", "governs", "enforced by", "tests", "worked cases"]
    return table(head, (row(pack, article, shown) for article in pack.articles.values()))


def row(pack, article, shown: list[Shown]) -> list[str]:  # type: ignore[no-untyped-def]
    name = f"{pack.pack_id}:{article.no}"
    tests = [
        s.test for s in shown if s.topic in article.governs and s.article in (None, name)
    ]  # fmt: skip
    return [
        str(article.no),
        article.summary,
        ", ".join(article.governs) or "text only",
        enforced(article),
        lines(f"`{test}`" for test in dict.fromkeys(tests)),
        lines(case.name for case in pack.cases if article.no in cited(case.expect)),
    ]


def enforced(article) -> str:  # type: ignore[no-untyped-def]
    from liuhen.regulations import enforcement

    said = []
    for topic in article.governs:
        for one in enforcement.ENFORCED[topic]:
            names = ", ".join(f"`{short(name)}`" for name in one.by)
            if one.is_built:
                said.append(f"{topic}: {names}")
            else:
                said.append(
                    f"{topic}: *planned (issue {one.issue})*" + (names and f", ready: {names}")
                )
    return lines(said)


def short(name: str) -> str:
    return name.removeprefix("liuhen.")


def lines(texts: Iterable[str]) -> str:
    return "<br>".join(texts)


def cited(expect: object) -> set[int]:
    """The articles a worked case expects as grounds, wherever in its answer they stand."""
    if isinstance(expect, dict):
        own = {expect.get("article")} | set(expect.get("articles") or [])
        return own.union(*(cited(value) for value in expect.values())) - {None}
    if isinstance(expect, list | tuple):
        return set().union(*(cited(value) for value in expect))
    return set()

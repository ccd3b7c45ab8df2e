"""What tools/reference.py reads out of the code: docstrings, codes, who writes what."""

import ast
import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path


def import_all(package: str) -> None:
    """Import every module but the migrations, so that all classes are known."""
    top = importlib.import_module(package)
    for found in pkgutil.walk_packages(top.__path__, f"{package}."):
        if ".migrations" not in found.name and not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def subclasses(kind: type) -> "set[type]":
    """All subclasses within the product, however deep."""
    found = {one for below in kind.__subclasses__() for one in {below, *subclasses(below)}}
    return {one for one in found if one.__module__.startswith("liuhen.")}


def trees(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    """(dotted name below liuhen, syntax tree) of every source file."""
    for path in sorted(folder.rglob("*.py")):
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def writers(folder: Path, names: list[str]) -> dict[str, str]:
    """For each member of Kind the modules that record it or have it recorded.

    A member counts where it is an argument, or is chosen for one, in a module that writes.
    """
    found: dict[str, set[str]] = {name: set() for name in names}
    for module, tree in trees(folder):
        for argument in recorded(tree):
            for node in ast.walk(argument):
                if is_kind(node) and node.attr in found:
                    found[node.attr].add(f"`{module}`")
    return {name: ", ".join(sorted(modules)) for name, modules in found.items()}


def recorded(tree: ast.Module) -> Iterator[ast.AST]:
    """What is handed to `record`, `Act` or `note_session`; a bare name as its assignments."""
    assigned: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and called(node) in (
            "record", "Act", "note_session",
        ):  # fmt: skip
            first = node.args[0]
            yield from assigned.get(first.id, []) if isinstance(first, ast.Name) else [first]


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def is_kind(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Kind"
    )


def said_by_commands(folder: Path) -> list[tuple[str, str]]:
    """(code, module) of every literal `"refused": code` of the command line."""
    found = set()
    for module, tree in trees(folder):
        for node in ast.walk(tree):
            if module.startswith("ops.") and isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if constant(key) == "refused" and constant(value):
                        found.add((str(constant(value)), f"liuhen.{module}"))
    return sorted(found)


def constant(node: ast.AST | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def member_docs(path: Path, name: str) -> dict[str, str]:
    """{value: text below it} of an enum's members; no text where none is written."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    body = next(n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == name)
    found, last = {}, ""
    for node in body:
        if isinstance(node, ast.Assign):
            last = str(constant(node.value))
            found[last] = ""
        elif isinstance(node, ast.Expr) and last:
            found[last] = str(constant(node.value))
    return found


def environment_names(folder: Path) -> set[str]:
    """Every text constant that is a LIUHEN_ name: what the code can look up."""
    constants = {constant(node) for _, tree in trees(folder) for node in ast.walk(tree)}
    return {
        text
        for text in constants
        if isinstance(text, str) and text.startswith("LIUHEN_") and text.isupper()
    }


def front_end(root: Path) -> Iterator[list[str]]:
    """(folder, package, version, first line of its licence) of what set-up has copied."""
    vendor = root / "src" / "liuhen" / "web" / "static" / "vendor"
    copied = json.loads((root / "tools" / "assets.json").read_text(encoding="utf-8"))
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for folder, what in copied.items():
        version = lock[f"node_modules/{what['package']}"]["version"]
        text = (vendor / folder / "LICENSE").read_text(encoding="utf-8")
        licence = text.strip().splitlines()[0]
        yield [f"`{folder}`", what["package"], version, licence]

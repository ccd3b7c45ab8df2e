"""What import-linter cannot see: relations between tables, who writes what, sizes, names."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from liuhen.packs.catalogue import offered

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "liuhen"
MOST_LINES = 400
WRITTEN = (".py", ".html", ".js", ".css", ".toml")
NOT_OURS = ("static/vendor/", "locale/")
WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update",
    "delete", "save",
}  # fmt: skip
LOG = (
    "liuhen.custody.models",
    {"CustodyEvent", "Checkpoint", "Tile", "WitnessKey", "Cosignature"},
)
RECORDING = ("liuhen.recordings.models", {"Recording"})
LOG_TABLES = re.compile(r"\b(INTO|UPDATE|FROM|TABLE|ON)\s+\"?custody_\w+", re.IGNORECASE)


def layers() -> dict[str, int]:
    """Each room's place from above, as pyproject.toml states it for import-linter."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = config["tool"]["importlinter"]["contracts"][0]
    return {
        room: place
        for place, layer in enumerate(contract["layers"])
        for room in re.findall(r"\w+", layer)
    }


def relations() -> Iterator[tuple[str, str, str]]:
    """(room, "Model.field", the room it points to) of every relation between our own tables."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                yield room_of(model), f"{model.__name__}.{field.name}", room_of(field.related_model)


def room_of(model: type) -> str:
    package, _, rest = model.__module__.partition(".")
    return rest.partition(".")[0] if package == "liuhen" else ""


def files(*suffixes: str) -> list[Path]:
    return [
        path
        for path in sorted(SRC.rglob("*"))
        if path.suffix in suffixes and not any(part in path.as_posix() for part in NOT_OURS)
    ]


def named(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def writes_of(tree: ast.Module, module: str, models: set[str]) -> Iterator[str]:
    """Each place that makes, changes or removes rows of these models, as `name.verb`."""
    here = local_names(tree, module, models)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in here:
            yield f"{node.func.id}()"
        elif (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
            and (root := root_of(node.func)) in here
        ):
            yield f"{root}.{node.func.attr}"


def local_names(tree: ast.Module, module: str, models: set[str]) -> set[str]:
    """What the models are called in this file, aliases too."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
        if alias.name in models
    }


def root_of(node: ast.expr) -> str:
    """The name a chain like `Tile.objects.filter(...).update` begins with."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def log_sql_of(tree: ast.Module) -> list[str]:
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and LOG_TABLES.search(text)]


def bureau_names() -> set[str]:
    """The places the packs' titles begin with: 承德县 and 承德, 平顶山市, 卫东区, …"""
    names = set()
    for pack in offered():
        head = re.match(r"(?:[\u4e00-\u9fff]{1,4}?[省市县区])+", pack.title)
        assert head, f"{pack.title} begins with no place"
        for place in re.findall(r"[\u4e00-\u9fff]+?[省市县区]", head[0]):
            names |= {place, place[:-1]} if len(place) > 2 else {place}
    return names


def test_every_relation_points_down():
    place = layers()
    wrong = [
        f"{here}: {field} → {there}"
        for here, field, there in relations()
        if here and there and here != there and place[here] >= place[there]
    ]
    assert wrong == []


def test_relations_are_found_at_all():
    assert ("recordings", "Recording.officer", "people") in set(relations())


def test_the_log_has_no_relations():
    assert [field for here, field, _ in relations() if here == "custody"] == []


def test_no_file_is_long():
    texts = {named(path): path.read_text(encoding="utf-8") for path in files(*WRITTEN)}
    assert [name for name, text in texts.items() if len(text.splitlines()) > MOST_LINES] == []


def test_no_bureau_is_named_outside_the_packs():
    names = bureau_names()
    assert len(names) >= len(offered())
    found = [
        (named(path), name)
        for path in files(*WRITTEN)
        if not path.is_relative_to(SRC / "packs")
        for name in names
        if name in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_only_custody_writes_the_log():
    outside = [path for path in files(".py") if not path.is_relative_to(SRC / "custody")]
    found = {}
    for path in outside:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if wrong := [*writes_of(tree, *LOG), *log_sql_of(tree)]:
            found[named(path)] = wrong
    assert found == {}


def test_only_sealing_makes_recordings():
    makes = {"Recording()", "Recording.create", "Recording.bulk_create", "Recording.get_or_create",
             "Recording.update_or_create", "Recording.delete"}  # fmt: skip
    found = {
        named(path)
        for path in files(".py")
        if makes & set(writes_of(ast.parse(path.read_text(encoding="utf-8")), *RECORDING))
    }
    assert found == {"recordings/sealing.py"}


def test_only_the_removing_of_a_disposal_makes_a_leave():
    """Without one nothing is removed from a vault (engines.vault.leave)."""
    asked = re.compile(r"\bLeave\(|\.remove_expired\(")
    found = {named(path) for path in files(".py") if asked.search(path.read_text("utf-8"))}
    assert found == {"retention/removing.py"}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("CustodyEvent.objects.create(index=1)", ["CustodyEvent.create"]),
        ("CustodyEvent.objects.filter(index=1).update(at=None)", ["CustodyEvent.update"]),
        ("CustodyEvent(index=1).save()", ["CustodyEvent.save", "CustodyEvent()"]),
        ("CustodyEvent.objects.filter(index=1).first()", []),
    ],
)
def test_a_forbidden_write_is_seen(code, told):
    tree = ast.parse(f"from liuhen.custody.models import CustodyEvent\n{code}")
    assert sorted(writes_of(tree, *LOG)) == sorted(told)


def test_a_write_under_another_name_is_seen():
    code = "from liuhen.custody.models import Tile as T\nT.objects.bulk_create([])"
    assert list(writes_of(ast.parse(code), *LOG)) == ["T.bulk_create"]


def test_a_write_in_plain_sql_is_seen():
    assert log_sql_of(ast.parse('run("INSERT INTO custody_tile VALUES (1)")'))

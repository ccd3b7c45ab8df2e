import json
from pathlib import Path

import pytest
from set_up import assets
from set_up.faults import Fault
from set_up.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A small checkout: one package with a script and its licence."""
    package = tmp_path / "node_modules" / "@maker" / "thing"
    (package / "dist").mkdir(parents=True)
    (package / "dist" / "thing.js").write_text("1")
    (package / "LICENSE").write_text("MIT")
    (tmp_path / "tools").mkdir()
    table = {"thing": {"package": "@maker/thing", "files": ["dist/thing.js", "LICENSE"]}}
    (tmp_path / assets.TABLE).write_text(json.dumps(table))
    return Site(tmp_path)


def test_files_land_under_their_folder_without_dist(site: Site) -> None:
    assert assets.lacking(site)
    assets.copy(site)
    assert (site.vendor / "thing" / "thing.js").read_text() == "1"
    assert not assets.lacking(site)


def test_a_file_no_longer_in_the_table_goes(site: Site) -> None:
    (site.vendor / "old").mkdir(parents=True)
    assets.copy(site)
    assert [folder.name for folder in site.vendor.iterdir()] == ["thing"]


def test_a_file_the_package_does_not_have_leaves_the_old_ones(site: Site) -> None:
    assets.copy(site)
    (site.root / "node_modules" / "@maker" / "thing" / "LICENSE").unlink()
    with pytest.raises(Fault, match="LICENSE"):
        assets.copy(site)
    assert not assets.lacking(site)


def test_every_package_of_the_table_is_in_the_lock(root: Path) -> None:
    lock = json.loads((root / "package-lock.json").read_text())["packages"]
    table = json.loads((root / assets.TABLE).read_text())
    for entry in table.values():
        assert lock[f"node_modules/{entry['package']}"]["integrity"].startswith("sha512-")
        assert "LICENSE" in entry["files"]


def test_every_file_of_the_table_is_in_its_package(root: Path) -> None:
    if not (root / "node_modules").is_dir():
        pytest.skip("node_modules is not there: set-up was not run in this checkout")
    missing = [s for s, _ in assets.copies(root) if not (root / "node_modules" / s).is_file()]
    assert missing == []

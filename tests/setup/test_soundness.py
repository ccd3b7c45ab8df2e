from pathlib import Path

import pytest
from set_up.site import Site
from set_up.soundness import unsound


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A checkout with an environment made for it by a Python 3.11 with pip."""
    site = Site(tmp_path)
    site.python.parent.mkdir(parents=True)
    (tmp_path / "python3.11").touch()
    site.python.symlink_to(tmp_path / "python3.11")
    (site.venv / "lib/python3.11/site-packages/pip").mkdir(parents=True)
    made_for(site, site.venv)
    return site


def made_for(site: Site, folder: Path) -> None:
    (site.venv / "pyvenv.cfg").write_text(f"command = /usr/bin/python3 -m venv {folder}\n")


def test_an_environment_made_here_is_sound(site: Site) -> None:
    assert not unsound(site)


def test_no_environment_is_unsound(tmp_path: Path) -> None:
    assert unsound(Site(tmp_path))


def test_a_moved_environment_is_unsound(site: Site) -> None:
    made_for(site, Path("/elsewhere/.venv"))
    assert unsound(site)


def test_an_environment_whose_python_is_gone_is_unsound(site: Site) -> None:
    (site.root / "python3.11").unlink()
    assert unsound(site)


def test_an_environment_whose_python_was_upgraded_is_unsound(site: Site) -> None:
    site.python.unlink()
    (site.root / "python3.13").touch()
    site.python.symlink_to(site.root / "python3.13")
    assert unsound(site)


def test_an_environment_left_before_pip_came_is_unsound(site: Site) -> None:
    (site.venv / "lib/python3.11/site-packages/pip").rmdir()
    assert unsound(site)


def test_a_python_named_without_its_series_is_no_fault(site: Site) -> None:
    site.python.unlink()
    (site.root / "python3").touch()
    site.python.symlink_to(site.root / "python3")
    assert not unsound(site)

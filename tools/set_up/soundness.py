"""Whether the virtual environment of a checkout can still be used."""

from pathlib import Path

from set_up.site import Site


def unsound(site: Site) -> bool:
    """Whether the environment is absent, moved, or made by a Python that is gone."""
    settings = site.venv / "pyvenv.cfg"
    if not (site.python.exists() and settings.is_file()):
        return True
    # The scripts inside carry absolute paths: a moved checkout needs a new environment.
    made_for = next(
        (line for line in settings.read_text().splitlines() if line.startswith("command")), ""
    )
    if not made_for.endswith(str(site.venv)):
        return True
    # An upgraded system may put another Python behind the same link.
    return not any(site.venv.glob(f"lib/{_series_of(site.python)}/site-packages/pip"))


def _series_of(python: Path) -> str:
    """`python3.11` for a link that ends at /usr/bin/python3.11; any series if it says none."""
    name = python.resolve().name
    return name if "." in name else "python3.*"

"""Compile the interface's translations where the source is newer than what was compiled."""

from pathlib import Path

from set_up.site import Site

CATALOGUES = "src/liuhen/locale/*/LC_MESSAGES/django.po"


def stale(root: Path) -> list[Path]:
    """The catalogues without a compiled file at least as new as themselves."""
    return [
        po for po in sorted(root.glob(CATALOGUES)) if not _is_current(po.with_suffix(".mo"), po)
    ]


def _is_current(compiled: Path, source: Path) -> bool:
    return compiled.is_file() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def lacking(site: Site) -> bool:
    return bool(stale(site.root))


def bring(site: Site) -> None:
    for source in stale(site.root):
        site.start(
            site.venv / "bin" / "pybabel",
            "compile",
            "--input-file",
            source,
            "--output-file",
            source.with_suffix(".mo"),
        )

import os
from pathlib import Path

import pytest
from set_up import translations

SECOND_NS = 1_000_000_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    po = tmp_path / "src/liuhen/locale/zh_Hans/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr ""\n')
    return po


def compiled(source: Path, *, later_by_ns: int) -> None:
    source.with_suffix(".mo").touch()
    at = source.stat().st_mtime_ns + later_by_ns
    os.utime(source.with_suffix(".mo"), ns=(at, at))


def test_a_checkout_without_translations_lacks_none(tmp_path: Path) -> None:
    assert translations.stale(tmp_path) == []


def test_a_translation_never_compiled_is_stale(tmp_path: Path, source: Path) -> None:
    assert translations.stale(tmp_path) == [source]


def test_a_translation_changed_since_is_stale(tmp_path: Path, source: Path) -> None:
    compiled(source, later_by_ns=-SECOND_NS)
    assert translations.stale(tmp_path) == [source]


def test_a_compiled_translation_is_current(tmp_path: Path, source: Path) -> None:
    compiled(source, later_by_ns=0)
    assert translations.stale(tmp_path) == []

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from liuhen.web import sheets
from liuhen.web.sheets import Table


class Broken(Exception):
    pass


def rows_that_break() -> Iterator[list[str]]:
    yield ["音像资料"]
    raise Broken


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_list_refused_halfway_leaves_no_file_behind(temporary: Path):
    whole = Table("全部", ["编号"], [20], [["1"]])
    broken = Table("部分", ["编号"], [20], rows_that_break())
    with pytest.raises(Broken):
        sheets.saved("清单", [whole, broken])
    gc.collect()  # a sheet left open is complained of only now
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("where", ["write_top", "write_row", "write_tail"])
def test_a_list_on_a_full_disk_leaves_no_file_behind(temporary: Path, monkeypatch, where):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"openpyxl.worksheet._writer.WorksheetWriter.{where}", full)
    with pytest.raises(OSError, match="No space left"):
        sheets.saved("清单", [Table("全部", ["编号"], [20], [["1"]])])
    gc.collect()
    assert not list(temporary.iterdir())


def test_without_room_for_a_temporary_file_the_disk_is_told_of(monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", full)
    with pytest.raises(OSError, match="No space left"):
        sheets.saved("清单", [Table("全部", ["编号"], [20], [["1"]])])

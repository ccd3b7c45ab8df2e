"""Which file goes on which disc; and that what is planned fits when it is written."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuhen.engines.paper import disc_images
from liuhen.engines.paper.disc_images import ImageFile
from liuhen.kernel.refusal import Refusal
from liuhen.retention import disc_planning
from liuhen.retention.disc_planning import Item, planned, taken_by_tables

MIB, GB = 1 << 20, 10**9


def items(*sizes: int) -> list[Item]:
    return [Item(f"案件/活动/{n}.mp4", size) for n, size in enumerate(sizes)]


def test_first_fit_in_the_order_given():
    sizes = items(2 * GB, 2 * GB, 1 * GB, GB // 2, GB)
    assert planned(sizes, "dvd") == [[0, 1, 3], [2, 4]]


def test_what_fits_exactly_needs_one_disc():
    assert planned(items(*[GB] * 4), "dvd") == [[0, 1, 2, 3]]
    assert planned(items(*[GB] * 5), "dvd") == [[0, 1, 2, 3], [4]]


@pytest.mark.parametrize(("size", "larger"), [(1 * GB, "DVD"), (6 * GB, "双层"), (30 * GB, "BD")])
def test_a_file_larger_than_the_disc_is_refused_with_one_that_holds_it(size, larger):
    medium = "cd" if size == GB else "dvd" if size == 6 * GB else "bd"
    with pytest.raises(Refusal) as no:
        planned(items(size), medium)
    assert no.value.code == "disc.file_too_large"
    assert larger in no.value.facts["larger"]


def test_a_file_larger_than_any_disc_is_refused():
    with pytest.raises(Refusal) as no:
        planned(items(60 * GB), "dvd")
    assert no.value.code == "disc.file_fits_no_disc"


def zeros(size_bytes: int):
    return lambda: io.BytesIO(bytes(size_bytes))


sizes = st.lists(st.integers(0, 300_000), min_size=1, max_size=12)


@given(sizes, st.integers(1, 40))
def test_every_file_is_on_one_disc_and_none_is_over_full(sizes, length):
    some = [Item(f"{'夹' * length}/{n}.mp4", size) for n, size in enumerate(sizes)]
    room = taken_by_tables(some) + 400_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(disc_planning.CAPACITY_BYTES, "dvd", room)
        loads = planned(some, "dvd")
    assert sorted(n for load in loads for n in load) == list(range(len(some)))
    assert all(sum(some[n].size_bytes for n in load) <= 400_000 for load in loads)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes)
def test_a_planned_disc_fits_when_it_is_written(tmp_path, sizes):
    """Whatever the file systems take, the reckoning takes more."""
    some = [Item(f"案件/{'活动' * 20}{n}/音像资料/{'长' * 50}.mp4", size)
            for n, size in enumerate(sizes)]  # fmt: skip
    load = disc_planning.Load()
    for n, item in enumerate(some):
        load.add(n, item)
    out = tmp_path / "disc.iso"
    out.unlink(missing_ok=True)
    files = [ImageFile(one.path, one.size_bytes, zeros(one.size_bytes)) for one in some]
    disc_images.write(files, out, label="TEST")
    assert out.stat().st_size <= load.used_bytes + disc_planning.FIXED_BYTES

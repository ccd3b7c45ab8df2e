"""A draw is the same for everybody who has the list and the root; the shell says so, too."""

import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.engines.drawing import frames
from liuhen.engines.drawing.choosing import Candidate, draw, quota, quotas, score
from liuhen.engines.drawing.frames import Frame, FrameUnreadable

ROOT = "ab" * 32
NO = "CC-2026-000001"
UNITS = (("监督一科", 25), ("监督二科", 4), ("办公室", 1))
LIST = tuple(
    Candidate(unit, f"recording:2026-{n:06d}")
    for unit, size in UNITS
    for n in range(size * 1000, size * 1000 + size)
)
FRAME = Frame(NO, 10, 2, (("期间", "2026-01-01 至 2026-01-31"),), tuple(sorted(LIST)))


def drawn(frame: Frame = FRAME, root: str = ROOT) -> list[Candidate]:
    return draw(
        frame.candidates,
        root_hex=root,
        draw_no=frame.draw_no,
        percent=frame.percent,
        least=frame.least,
    )


def test_the_score_is_what_sha256sum_says():
    item = "recording:2026-000001"
    said = subprocess.run(
        ["sha256sum"], input=f"{ROOT}:{NO}:{item}".encode(), capture_output=True, check=True
    )
    assert said.stdout[:64].decode() == score(ROOT, NO, item)


@pytest.mark.parametrize(
    ("n", "percent", "least", "taken"),
    [(25, 10, 0, 3), (20, 10, 0, 2), (1, 1, 0, 1), (1, 10, 5, 1), (25, 10, 5, 5), (0, 10, 2, 0),
     (7, 100, 0, 7)],
)  # fmt: skip
def test_a_share_is_rounded_up_and_never_more_than_there_is(n, percent, least, taken):
    assert quota(n, percent, least) == taken


def test_every_group_gives_its_share():
    assert quotas(LIST, 10, 2) == {"办公室": (1, 1), "监督一科": (25, 3), "监督二科": (4, 2)}
    counted = [one.group for one in drawn()]
    assert [counted.count(unit) for unit, _size in UNITS] == [3, 2, 1]


def test_another_root_or_number_draws_others():
    assert drawn(root="cd" * 32) != drawn()
    assert drawn(replace(FRAME, draw_no="CC-2026-000002")) != drawn()


def test_the_order_of_the_list_does_not_matter():
    assert drawn(replace(FRAME, candidates=FRAME.candidates[::-1])) == drawn()


def test_the_printed_commands_draw_the_same(tmp_path):
    (tmp_path / "抽查名册.txt").write_bytes(frames.to_bytes(FRAME))
    script = frames.commands(FRAME, ROOT, "抽查名册.txt")
    said = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    assert sorted(said.stdout.split()) == sorted(one.item for one in drawn())


def test_a_list_reads_back_as_it_was_written():
    assert frames.read(frames.to_bytes(FRAME)) == FRAME


def test_a_name_with_a_tab_stays_one_line():
    odd = replace(FRAME, candidates=(Candidate("一\t科\n", "recording:2026-000001"),))
    assert frames.read(frames.to_bytes(odd)).candidates[0].group == "一 科"


CONTENT = frames.to_bytes(FRAME)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        CONTENT[:-1],
        CONTENT.replace("# 编号".encode(), "# 号".encode()),
        CONTENT + CONTENT.splitlines(keepends=True)[-1],
        CONTENT + "一科\trecording:9\n".encode(),
    ],
)
def test_what_is_no_list_is_told(content):
    with pytest.raises(FrameUnreadable):
        frames.read(content)


@given(
    st.dictionaries(st.text(min_size=1), st.sampled_from("甲乙丙"), max_size=40),
    st.integers(1, 100),
)
def test_whatever_is_in_it_each_group_gives_its_share_and_none_twice(groups, percent):
    ones = [Candidate(group, item) for item, group in groups.items()]
    taken = draw(ones, root_hex=ROOT, draw_no=NO, percent=percent)
    assert len(set(taken)) == len(taken) == sum(k for _n, k in quotas(ones, percent).values())

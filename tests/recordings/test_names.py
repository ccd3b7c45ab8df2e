"""File names shown on a screen."""

import pytest

from liuhen.recordings.names import shown


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"IMG_0001.JPG", "IMG_0001.JPG"),
        ("现场检查.mp4".encode(), "现场检查.mp4"),
        ("现场检查.mp4".encode("gbk"), "现场检查.mp4"),
        ("联通.txt".encode("gbk"), "联通.txt"),
        ("一.mp4".encode("gbk"), "一.mp4"),
        ("Ж.mp4".encode(), "Ж.mp4"),
        ("Müller.mov".encode(), "Müller.mov"),
        ("e\u0301te\u0301.mov".encode(), "été.mov"),
        (b"a\nb.mp4", "a\\u{a}b.mp4"),
        ("annual\u202egpj.exe".encode(), "annual\\u{202e}gpj.exe"),
        ("zero\u200bwidth.mp4".encode(), "zero\\u{200b}width.mp4"),
        (b"\xff\xfe\xff", "\\xff\\xfe\\xff"),
    ],
)
def test_a_name_is_read_as_written_and_misleads_nobody(raw, text):
    assert shown(raw) == text

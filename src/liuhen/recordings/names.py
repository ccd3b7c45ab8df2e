"""File names from cards: bytes in storage, safe text on a screen."""

import unicodedata

UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control, format (bidi overrides among them), surrogate, private, unassigned, line breaks."""


def shown(raw: bytes) -> str:
    """`raw` as text nobody can be misled by: what does not print appears as \\u{hex}."""
    if raw.isascii() and (plain := raw.decode()).isprintable():
        return plain
    text = unicodedata.normalize("NFC", decoded(raw))
    return "".join(f"\\u{{{ord(c):x}}}" if unicodedata.category(c) in UNSAFE else c for c in text)


def decoded(raw: bytes) -> str:
    """The likeliest reading of the whole name; bytes no encoding fits appear as \\xhh.

    Chinese devices write GBK, and a few GBK pairs are valid UTF-8 too: 一 reads as a Cyrillic
    letter. Where nothing but such letters stands and GBK makes Chinese of all of them, it was
    GBK, unless they are accented letters within a Latin word.
    """
    utf8, gbk = attempt(raw, "utf-8"), attempt(raw, "gbk")
    if utf8 is None and gbk is None:
        return raw.decode("utf-8", "backslashreplace")
    if utf8 is None:
        return str(gbk)
    everyday = attempt(raw, "gb2312")  # the 6,763 characters in use, not GBK's rare ones
    if everyday and is_chinese(everyday) and is_two_byte_only(utf8) and not is_latin(utf8):
        return everyday
    return utf8


def attempt(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def is_two_byte_only(text: str) -> bool:
    beyond_ascii = [c for c in text if ord(c) > 0x7F]
    return bool(beyond_ascii) and all(ord(c) < 0x800 for c in beyond_ascii)


def is_latin(text: str) -> bool:
    """Latin letters with accents, precomposed or combining, beside plain ones."""
    stem = text.rpartition(".")[0] or text
    accented = [c for c in text if ord(c) > 0x7F]
    fits = all(ord(c) < 0x250 or 0x300 <= ord(c) < 0x370 for c in accented)
    return fits and any(c.isascii() and c.isalpha() for c in stem)


def is_chinese(text: str) -> bool:
    return all(ord(c) < 0x80 or "\u4e00" <= c <= "\u9fff" for c in text)

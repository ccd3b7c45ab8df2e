"""One spelling for what people type: two that look the same are the same.

Excel lists come with full-width digits, copied text with characters nobody sees; a certificate
number spelt so would be a second person's, and a login another's lookalike.
"""

import unicodedata

LOGIN = r"^[A-Za-z0-9._@\-\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+\Z"
"""What a login may be written with: Chinese, ASCII letters and digits. Other alphabets' letters
look like these (Cyrillic а)."""


def seen(text: str) -> str:
    """Without what nobody sees: controls, zero-width and directional characters."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs")).strip()


def seen_lines(text: str) -> str:
    """The same of several lines, which stay lines."""
    return "\n".join(seen(line) for line in text.splitlines()).strip()


def half_width(text: str) -> str:
    """As a login is looked for; a space within stays, and is refused."""
    return seen(unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """A certificate number: half-width, without spaces and what nobody sees."""
    return "".join(half_width(text).split())

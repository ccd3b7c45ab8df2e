"""An article's number as the regulations write it: 20 is 第二十条."""

import re

DIGITS = "零一二三四五六七八九"
MOST = 999
WORDS = re.compile(rf"(?:([{DIGITS[1:]}])百)?(零)?(?:([{DIGITS[1:]}])?(十))?([{DIGITS[1:]}])?\Z")


def words_of(number: int) -> str:
    """1 to 999 in Chinese numerals. Raises ValueError: outside of that."""
    if not 1 <= number <= MOST:
        raise ValueError(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones else "")


def number_of(words: str) -> int:
    """The other way about. Raises ValueError: no such numeral."""
    found = WORDS.match(words)
    if not words or not found:
        raise ValueError(words)
    hundreds, _zero, tens, ten, ones = found.groups()
    number = 10 * (DIGITS.index(tens) if tens else 1) if ten else 0
    number += 100 * DIGITS.index(hundreds) if hundreds else 0
    number += DIGITS.index(ones) if ones else 0
    if not number:
        raise ValueError(words)
    return number

"""Numbers people and organisations are known by: checked, written one way, shown in part.

GB 11643 (居民身份证, mod 11-2) and GB 32100 (统一社会信用代码, mod 31) are python-stdnum's.
"""

import re
from datetime import date

from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from liuhen.cases import party_errors as errors
from liuhen.cases.models import IdKind, PartyKind
from liuhen.people.spelling import plain

WHOLE = 18
OLD_RESIDENT = 15
OLD_LICENCE = (15, 13)
"""Digits of a business licence's number before 2015; individual traders' had 13 once."""

UNUSED_LETTERS = set("IOZSV")
"""GB 32100 leaves out what is taken for 1, 0, 2, 5 and U."""

PASSPORT = re.compile(r"[A-Z0-9]{5,20}")
RESIDENCE_PERMITS = ("81", "82", "83")
"""What residents from Hong Kong, Macao and Taiwan carry is numbered the same way."""

LONGEST = 50
HEAD, TAIL = 3, 4


def normalised(number: str) -> str:
    """Half-width, upper case, without spaces, hyphens and what nobody sees."""
    return plain(number).replace("-", "").upper()


def checked(kind: str, number: str, *, of: str, on: date) -> str:
    """The number as it is kept. `of` is the party's kind, `on` the day it is entered.

    Refuses: IdInvalid, IdNotOfThisKind.
    """
    number = normalised(number)
    if kind == IdKind.RESIDENT:
        if of == PartyKind.ORGANISATION:
            raise errors.IdNotOfThisKind()
        check_resident(number, on)
    elif kind == IdKind.USCC:
        check_uscc(number)
    elif kind == IdKind.PASSPORT and not PASSPORT.fullmatch(number):
        raise errors.IdInvalid(why=errors.PASSPORT_SHAPE)
    if not 0 < len(number) <= LONGEST:
        raise errors.IdInvalid(why=errors.TOO_LONG.format(most=LONGEST))
    return number


def check_resident(number: str, on: date) -> None:
    """Refuses: IdInvalid."""
    if len(number) == OLD_RESIDENT and number.isdigit():
        raise errors.IdInvalid(why=errors.OLD_RESIDENT)
    if len(number) != WHOLE:
        raise errors.IdInvalid(why=errors.RESIDENT_LENGTH.format(n=len(number)))
    if not (number[:-1].isascii() and number[:-1].isdigit()) or number[-1] not in "0123456789X":
        raise errors.IdInvalid(why=errors.RESIDENT_SHAPE)
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        raise errors.IdInvalid(why=errors.BIRTH_DATE.format(said=number[6:14])) from None
    if born > on:
        raise errors.IdInvalid(why=errors.BIRTH_DATE.format(said=number[6:14]))
    # The province alone: counties come and go faster than any table of them.
    if number[:2] not in RESIDENCE_PERMITS and not has_province(number):
        raise errors.IdInvalid(why=errors.PLACE.format(said=number[:6]))
    if number[-1] != ric.calc_check_digit(number):
        raise errors.IdInvalid(why=errors.RESIDENT_DIGIT)


def has_province(number: str) -> bool:
    return any("province" in known for _part, known in numdb.get("cn/loc").info(number[:6]))


def check_uscc(number: str) -> None:
    """Refuses: IdInvalid."""
    if len(number) in OLD_LICENCE and number.isdigit():
        raise errors.IdInvalid(why=errors.OLD_LICENCE.format(n=len(number)))
    if len(number) != WHOLE:
        raise errors.IdInvalid(why=errors.USCC_LENGTH.format(n=len(number)))
    if found := sorted(UNUSED_LETTERS & set(number)):
        raise errors.IdInvalid(why=errors.USCC_LETTERS.format(found="、".join(found)))
    try:
        uscc.validate(number)
    except ValidationError as no:
        shape = type(no).__name__ == "InvalidFormat"
        why = errors.USCC_SHAPE if shape else errors.USCC_DIGIT
        raise errors.IdInvalid(why=why) from None


def masked(kind: str, number: str | None) -> str:
    """`130***********1234`: as many stars as are hidden. A credit code is public and stays whole:
    whoever deals with an organisation finds it on its licence and in the published register."""
    if not number or kind == IdKind.USCC:
        return number or ""
    return hidden(number)


def hidden(text: str) -> str:
    """The first three and the last four; of what is short, the first and the last only."""
    head, tail = (HEAD, TAIL) if len(text) > HEAD + TAIL + 2 else (1, 1)
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]

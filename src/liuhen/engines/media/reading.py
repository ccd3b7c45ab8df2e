"""Read values from a child that may have been taken over: every shape is checked, all is bounded.

Raises ValueError on anything unexpected; the caller turns that into a finding.
"""

import math
import re
from dataclasses import fields
from fractions import Fraction
from typing import Any, Final, get_type_hints

MOST_ITEMS: Final = 2000
MOST_TEXT: Final = 4096
MOST_DEPTH: Final = 6
LARGEST: Final = 1 << 63
_FRACTION: Final = re.compile(r"-?[0-9]{1,20}(/[1-9][0-9]{0,19})?")


def mapping(value: object) -> dict[str, Any]:
    """`value` as a JSON object of bounded size."""
    if not isinstance(value, dict) or len(value) > MOST_ITEMS:
        raise ValueError("not an object, or too large a one")
    return value


def items(raw: dict[str, Any], key: str) -> list[Any]:
    """The list at `key`, empty if it is missing."""
    value = raw.get(key, [])
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise ValueError(f"{key}: not a list, or too long a one")
    return value


def fit(
    value: object, shape: type[Any], *, skip: tuple[str, ...] = (), ignored: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The fields of dataclass `shape` out of `value`, each checked against its annotation.

    Known annotations: str, int, float, bool, Fraction, each or None; dict of plain values;
    tuple of str.
    Fields in `skip` or `ignored` are left to the caller; only `ignored` ones need not be `shape`'s.
    A field that is missing keeps its default; one that is not `shape`'s is refused.
    """
    raw, hints = mapping(value), get_type_hints(shape)
    names = {one.name for one in fields(shape)}
    if unknown := set(raw) - names - set(ignored):
        raise ValueError(f"{shape.__name__}: unknown {sorted(unknown)[0][:40]}")
    kept = {key: raw[key] for key in raw if key not in (*skip, *ignored)}
    return {key: _checked(part, str(hints[key]), key) for key, part in kept.items()}


def _checked(value: object, hint: str, key: str) -> object:
    if value is None and "None" in hint:
        return None
    if "dict" in hint and isinstance(value, dict):
        return _plain(value, MOST_DEPTH)
    if hint.startswith("tuple") and isinstance(value, list) and len(value) <= MOST_ITEMS:
        return tuple(_text(part) for part in value)
    if "Fraction" in hint:
        # Fraction("1e999999999") would never return.
        if isinstance(value, str) and _FRACTION.fullmatch(value):
            return Fraction(value)
    elif isinstance(value, bool):
        if "bool" in hint:
            return value
    elif isinstance(value, int | float) and math.isfinite(value) and abs(value) < LARGEST:
        if "float" in hint or ("int" in hint and isinstance(value, int)):
            return value
    elif isinstance(value, str) and "str" in hint:
        return _text(value)
    raise ValueError(f"{key}: {type(value).__name__} is not {hint}")


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise ValueError("not text, or too long")
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _plain(value: object, depth: int) -> Any:
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(value, dict):
        return {_text(key): _plain(part, depth - 1) for key, part in mapping(value).items()}
    if isinstance(value, list) and len(value) <= MOST_ITEMS:
        return [_plain(part, depth - 1) for part in value]
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and math.isfinite(value) and abs(value) < LARGEST:
        return value
    raise ValueError("not a plain value")

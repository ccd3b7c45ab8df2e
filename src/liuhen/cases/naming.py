"""When two names are the same for a person who reads them, and when they nearly are."""

import re
import unicodedata

from liuhen.people.spelling import half_width

LEGAL_FORMS = re.compile(
    r"(有限责任公司|股份有限公司|有限公司|集团公司|分公司|公司|集团|个人独资企业|普通合伙|有限合伙|"
    r"特殊普通合伙|个体工商户|专业合作社|合作社|企业|中心)+$"
)
BRACKETED = re.compile(r"\([^)]*\)")
SHORTEST_CORE = 2


def key_of(name: str) -> str:
    """Letters, digits and ideographs only, half-width, without case: 张 三 is 张三."""
    return "".join(c for c in half_width(name).casefold() if unicodedata.category(c)[0] in "LN")


def core_of(name: str) -> str:
    """The name without brackets and legal form; all of it where too little would be left.

    某县惠民餐饮有限公司 and 某县惠民餐饮有限责任公司（个体工商户） have one core.
    """
    bare = key_of(BRACKETED.sub("", half_width(name)))
    core = LEGAL_FORMS.sub("", bare)
    return core if len(core) >= SHORTEST_CORE else key_of(name)


def is_one_slip_apart(one: str, other: str) -> bool:
    """One character replaced, left out, put in, or two neighbours in the wrong order."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    shorter, longer = sorted((one, other), key=len)
    at = next((n for n, c in enumerate(shorter) if c != longer[n]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    if shorter[at + 1 :] == longer[at + 1 :]:
        return True
    swapped = shorter[at : at + 2][::-1] == longer[at : at + 2]
    return swapped and shorter[at + 2 :] == longer[at + 2 :]

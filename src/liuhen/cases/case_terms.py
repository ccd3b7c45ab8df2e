"""How long a case file is kept (案卷保管期限): for ever, or an ISO 8601 period of whole years."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases.errors import TermUnknown
from liuhen.cases.models import Case
from liuhen.engines.policy.periods import Period

CHOICES: tuple[tuple[str, str | Promise], ...] = (
    (Case.PERMANENT, gettext_lazy("永久")),
    ("P30Y", gettext_lazy("30年")),
    ("P15Y", gettext_lazy("15年")),
    ("P10Y", gettext_lazy("10年")),
    ("P5Y", gettext_lazy("5年")),
    ("P3Y", gettext_lazy("3年")),
)


def check(term: str) -> None:
    """ "" is: nobody has said yet. Refuses: TermUnknown."""
    if term in ("", Case.PERMANENT):
        return
    try:
        Period.parse(term)
    except ValueError:
        raise TermUnknown(term=term) from None


def told(term: str) -> str:
    """In the reader's language; "" where nobody has said."""
    if not term:
        return ""
    known = dict(CHOICES)
    if term in known:
        return str(known[term])
    period = Period.parse(term)
    if period.years and not (period.months or period.days):
        return _("%(n)d年") % {"n": period.years}
    return term

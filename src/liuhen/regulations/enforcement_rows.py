"""One row of what the system does for a topic: the words shown, and the code that does it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.vocabulary import Topic


@dataclass(frozen=True)
class Enforcement:
    """`issue` None: built, and `by` names the code that does it.

    Otherwise the number of the issue that will; `by` is what already stands ready for it.
    """

    topic: Topic
    does: Promise
    issue: int | None
    by: tuple[str, ...]

    @property
    def is_built(self) -> bool:
        return self.issue is None


Rows = tuple[Enforcement, ...]


def built(topic: Topic, does: Promise, *by: str) -> Rows:
    return (Enforcement(topic, does, None, tuple(f"liuhen.{name}" for name in by)),)


def planned(topic: Topic, issue: int, does: Promise, *by: str) -> Rows:
    return (Enforcement(topic, does, issue, tuple(f"liuhen.{name}" for name in by)),)


T = Topic
PERIODIC = _(
    "制度规定了周期的，按工作日、月、季或年自动列为应办事项，写明承办岗位和期限，办结须填写情况。"
)

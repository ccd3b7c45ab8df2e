"""Posts and steps of a request in the officers' words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from liuhen.engines.policy.vocabulary import Post
from liuhen.regulations.wording import label


def posts_text(posts: Iterable[Post]) -> str:
    """主管领导或者单位主要负责人."""
    return _("或者").join(str(label(post)) for post in posts)

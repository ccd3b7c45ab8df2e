"""How far each article of the regulation in force is kept: what the log counts, what is owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from liuhen.custody.kinds import Kind
from liuhen.duties.queries import Figures, figures
from liuhen.engines.policy.pack import Article, Pack
from liuhen.kernel.clock import midnight
from liuhen.people.models import Agency
from liuhen.statistics import event_counts
from liuhen.statistics.article_kinds import KINDS


@dataclass(frozen=True)
class Act:
    """How often an act of this kind stands in the log for the time asked for."""

    kind: Kind
    count: int


@dataclass(frozen=True)
class ArticleFigures:
    """`duties` None: nothing with a time was owed by this article."""

    article: Article
    acts: tuple[Act, ...]
    duties: Figures | None

    @property
    def is_silent(self) -> bool:
        """Something should be seen of this article, and nothing is."""
        return not (self.article.is_text_only or self.duties or any(a.count for a in self.acts))


def of_pack(
    agency: Agency, pack: Pack, *, since: date, until: date, at: datetime
) -> list[ArticleFigures]:
    """Every article in its order; days of China's calendar, both included, as far as they are
    over at `at`. Three queries."""
    counts = event_counts.counted(agency, since=since, until=until)
    end = min(midnight(until + timedelta(days=1)), at)
    owed = figures(agency, pack.pack_id, since=midnight(since), until=end)
    return [
        ArticleFigures(article, acts_of(article, counts), owed.get(no))
        for no, article in sorted(pack.articles.items())
    ]


def acts_of(article: Article, counts: Mapping[str, int]) -> tuple[Act, ...]:
    """Each kind once, in the order of what the article governs."""
    kinds = dict.fromkeys(kind for topic in article.governs for kind in KINDS[topic])
    return tuple(Act(kind, counts.get(kind, 0)) for kind in kinds)

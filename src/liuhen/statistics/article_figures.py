"""How far each article of the regulation in force is kept: what the log counts, what is owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from liuhen.custody.kinds import Kind
from liuhen.duties.queries import Figures, figures
from liuhen.engines.policy.pack import Article, Pack
from liuhen.kernel.clock import midnight
from liuhen.people.models import Agency, Officer
from liuhen.statistics import event_counts
from liuhen.statistics.article_kinds import KINDS
from liuhen.supervision.breaches import seeing

OF_BREACHES = frozenset(kind for kind in Kind if kind.startswith("breach.")) | {
    # These follow from a decision, so their counts tell of it.
    Kind.OFFICER_SUSPENDED,
    Kind.OFFICER_REINSTATED,
}


@dataclass(frozen=True)
class Act:
    """How often an act of this kind stands in the log for the time asked for."""

    kind: Kind
    count: int


@dataclass(frozen=True)
class ArticleFigures:
    """`duties` None: nothing with a time was owed by this article. `is_partial`: there are acts
    the reader is not told of."""

    article: Article
    acts: tuple[Act, ...]
    duties: Figures | None
    is_partial: bool = False

    @property
    def is_silent(self) -> bool:
        """Something should be seen of this article, and nothing is."""
        seen = self.duties or any(act.count for act in self.acts)
        return not (self.article.is_text_only or self.is_partial or seen)


def of_pack(
    agency: Agency, pack: Pack, *, since: date, until: date, at: datetime, reader: Officer | None
) -> list[ArticleFigures]:
    """Every article in its order; days of China's calendar, both included, as far as they are
    over at `at`. `reader` as in `hidden_from`. Three queries."""
    counts = event_counts.counted(agency, since=since, until=until)
    end = min(midnight(until + timedelta(days=1)), at)
    owed = figures(agency, pack.pack_id, since=midnight(since), until=end)
    hidden = hidden_from(reader)
    return [
        ArticleFigures(
            article,
            acts_of(article, counts, hidden),
            owed.get(no),
            is_partial=bool(hidden & set(kinds_of(article))),
        )
        for no, article in sorted(pack.articles.items())
    ]


def hidden_from(reader: Officer | None) -> frozenset[Kind]:
    """Nobody learns of breaches but who needs to, in no count either. None: who has the machine,
    and with it the log."""
    if reader is None or seeing.sees_decisions(reader):
        return frozenset()
    return OF_BREACHES


def acts_of(
    article: Article, counts: Mapping[str, int], hidden: frozenset[Kind]
) -> tuple[Act, ...]:
    """Each kind once, in the order of what the article governs, without those `hidden`."""
    return tuple(Act(kind, counts.get(kind, 0)) for kind in kinds_of(article) if kind not in hidden)


def kinds_of(article: Article) -> list[Kind]:
    return list(dict.fromkeys(kind for topic in article.governs for kind in KINDS[topic]))

"""Two small regulations for tests of what a bureau does with any: their content never moves."""

from datetime import date

import pytest

from liuhen.engines.policy.pack import Article, Pack
from liuhen.engines.policy.values import Handover, Retention, Value
from liuhen.engines.policy.vocabulary import Clock, Limit, Post, TermRule, Topic
from liuhen.packs import catalogue

FIRST = "neiqiu-health"
OTHER = "other-bureau"


def retention(article: int, period: str, since: date | None = None) -> Retention:
    return Retention.model_validate(
        {"article": article, "rule": TermRule.AT_LEAST, "period": period, "from": since}
    )


def handover(article: int, hours: int) -> Handover:
    return Handover(
        article=article,
        clock=Clock.MATTER_END,
        limit=Limit.HOURS,
        hours=hours,
        receiver=Post.CUSTODIAN,
    )


def made(pack_id: str, **parameters: tuple[Value, ...]) -> Pack:
    articles = {
        1: Article(1, "为什么制定"),
        2: Article(2, "保存多久", (Topic.RETENTION,)),
        3: Article(3, "何时移交", (Topic.HANDOVER,)),
    }
    return Pack(
        pack_id, f"{pack_id}规定", "卫生健康", "某字〔2019〕1号", None, articles, parameters
    )


PACKS = (
    made(
        FIRST,
        retention=(retention(2, "P1Y"), retention(2, "P2Y", date(2025, 7, 1))),
        handover=(handover(3, 24),),
    ),
    made(OTHER, retention=(retention(2, "P5Y"),)),
)


@pytest.fixture
def packs(monkeypatch):
    """The product offers just these two."""
    monkeypatch.setattr(catalogue, "offered", lambda: PACKS)
    monkeypatch.setattr(catalogue, "pack", {pack.pack_id: pack for pack in PACKS}.__getitem__)
    return PACKS

"""The shape of a pack's file around its parameters, whose shapes are in values.py."""

from typing import Annotated, Any

from pydantic import Field

from liuhen.engines.policy.values import Day, Part, Text
from liuhen.engines.policy.vocabulary import Topic


class FileShape(Part):
    """What stands at the margin; what is inside the three sections is read one by one."""

    title: Text
    field: Text
    document_no: Text | None = None
    in_force: Day | None = None
    articles: Annotated[dict[str, Any], Field(min_length=1)]
    parameters: Annotated[dict[str, Any], Field(min_length=1)]
    cases: tuple[Any, ...] = ()


class ArticleShape(Part):
    summary: Text
    governs: tuple[Topic, ...] = ()


class CaseShape(Part):
    name: Text
    ask: Text
    on: Day
    given: dict[str, Any] = {}
    expect: Annotated[dict[str, Any], Field(min_length=1)]

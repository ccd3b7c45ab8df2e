"""pydantic's errors in Chinese: what is wrong, what would be right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.problems import Said
from liuhen.engines.policy.problems import gettext_noop as _

MOST_SHOWN = 40
MOST_WORDS = 15
"""More words than this are listed only where none of them is near."""

WRONG = {
    "int": _("{place}的 {field} 写作“{given}”，不是整数。"),
    "bool": _("{place}的 {field} 写作“{given}”，不是 true 或 false。"),
    "text": _("{place}的 {field} 写作“{given}”，不是文字。"),
    "instant": _("{place}的 {field} 写作“{given}”，不是带时区的时刻。"),
    "date": _("{place}的 {field} 写作“{given}”，不是日期。"),
    "period": _("{place}的 {field} 写作“{given}”，不是期限。"),
    "enum": _("{place}的 {field} 写作“{given}”，不是可用的词。"),
    "list": _("{place}的 {field} 写作“{given}”，不是列表。"),
    "mapping": _("{place}的 {field} 写作“{given}”，不是一组“名称: 内容”。"),
}
ITEM_WRONG = {
    "int": _("{place}写作“{given}”，不是整数。"),
    "enum": _("{place}写作“{given}”，不是可用的词。"),
    "mapping": _("{place}写作“{given}”，不是一组“名称: 内容”。"),
    "text": _("{place}写作“{given}”，不是文字。"),
}
ROOT_NOT_MAPPING = _("{place}写作“{given}”，不是一组“名称: 内容”。")
MISSING = _("{place}缺少 {field}。")
NO_ARTICLE = _("{place}没有写明出自哪一条。")
UNKNOWN = _("{place}有不认识的 {field}。")
EMPTY = _("{place}的 {field} 是空的。")
LONG = _("{place}的 {field} 太长。")
OUT_OF_RANGE = _("{place}的 {field} 写作 {given}，超出范围。")
BAD_CODE = _("{place}的 {field} 写作“{given}”，不符合代码格式。")

RIGHT = {
    "int": _("应为整数，例如 {field}: 20。"),
    "bool": _("应为 {field}: true 或 {field}: false。"),
    "text": _("应为文字，例如 {field}: 一句话；全是数字的文字请加引号。"),
    "instant": _("应为带时区的时刻，例如 {field}: 2024-02-29T10:00:00+08:00。"),
    "date": _("应为日期，例如 {field}: 2026-01-01。"),
    "period": _("应为期限，例如 {field}: P2Y（两年）、P12M（十二个月）、P30D（三十日）。"),
    "mapping": _("应为一组“名称: 内容”，名称有：{keys}。"),
    "list": _("应为列表，写在方括号里或每行以短横线开头，至少一项。"),
}
RIGHT_WORDS = _("可用的词：{words}。")
RIGHT_WORD_LIST = _("应为方括号中的一个或几个词，例如 [{example}]；可用的词：{words}。")
RIGHT_PARTS = _("应为列表，每项写明：{keys}。")
RIGHT_FIELD = {
    "articles": _(
        "请写 articles，每条一行，例如 20: {summary: 一句话概括, governs: [retention]}。"
    ),
    "parameters": _(
        "请写 parameters，例如 retention: [{article: 20, rule: at_least, period: P2Y}]。"
    ),
    "given": _("given 写事实，例如 given: {ended_at: 2024-02-29T10:00:00+08:00}。"),
    "expect": _("expect 写应有的答案，例如 expect: {articles: [20]}。"),
    "summary": _("请加上 summary，用一句自己的话概括本条。"),
}
RIGHT_ARTICLE = _("请加上 article，例如 article: 20。")
RIGHT_NEAREST = _("可能应为 {nearest}。")
RIGHT_NEAREST_OF = _("可能应为 {nearest}；可用的词：{words}。")
RIGHT_ADD = _("请加上 {field}。{more}")
RIGHT_LENGTH = _("请缩短到 {most} 字以内。")
RIGHT_FROM_TO = _("应为 {least} 至 {most} 的整数。")
RIGHT_AT_LEAST = _("应为不小于 {least} 的整数。")
RIGHT_CODE = _("代码只用小写字母、数字和下划线，例如 shot_scene。")

WHOLE_VALUE = {
    "period_stated": (
        _("{place}的 rule 是 exact 或 at_least，却没有写期限。"),
        _("请加上 period，例如 period: P2Y。"),
    ),
    "period_unwanted": (
        _("{place}写了 period，而 rule 不是 exact 或 at_least。"),
        _("请删去 period，或把 rule 改为 exact（到期）或 at_least（不少于）。"),
    ),
    "hours_stated": (
        _("{place}的 limit 与 hours 不一致。"),
        _("limit: hours 要写小时数，例如 hours: 24；limit: same_day 不写 hours。"),
    ),
    "matters_stated": (
        _("{place}没有列出必须记录的事项。"),
        _("请加上 matters；事项全由清单确定的，写 listed: by_matter_list。"),
    ),
}
"""What the classes in values.py say of a value as a whole."""


@dataclass(frozen=True)
class Finding:
    """A problem before its line is known; `at` is the way to it inside what was checked."""

    wrong: Said
    right: Said
    at: tuple[str | int, ...] = ()


def findings(error: ValidationError, place: Said, model: type[BaseModel]) -> list[Finding]:
    """What pydantic found in one `model`, which stands at `place` (e.g. 参数 retention 的值)."""
    errors: list[dict[str, Any]] = [dict(one) for one in error.errors(include_url=False)]
    # A list whose items are wrong counts as too short for them: said once is enough.
    inside = {tuple(one["loc"][:end]) for one in errors for end in range(len(one["loc"]))}
    told = [one for one in errors if one["type"] != "too_short" or one["loc"] not in inside]
    return [finding(one, place, model) for one in told]


def finding(error: dict[str, Any], place: Said, model: type[BaseModel]) -> Finding:
    at = tuple(error["loc"])
    type_of_error, given = error["type"], shown(error["input"])
    holder, shape = shape_at(model, at)
    if not at or (type_of_error == "value_error" and named(error) in WHOLE_VALUE):
        wrong, right = WHOLE_VALUE.get(named(error), (ROOT_NOT_MAPPING, RIGHT["mapping"]))
        keys = "、".join(keys_of(holder))
        return Finding(said(wrong, place=place, given=given), said(right, keys=keys), at)
    field = field_name(at)
    where = {"place": spot(place, at), "field": field, "given": given}
    if type_of_error == "missing":
        if field == "article":
            return Finding(said(NO_ARTICLE, **where), Said(RIGHT_ARTICLE), at)
        return Finding(said(MISSING, **where), to_add(shape, field), at)
    if type_of_error == "extra_forbidden":
        return Finding(said(UNKNOWN, **where), nearest(field, keys_of(holder)), at)
    limited = out_of_limits(error)
    if limited:
        wrong, advice = limited
        return Finding(said(wrong, **where), advice or right_of(shape, field), at)
    kind = kind_of(shape)
    wrong = ITEM_WRONG.get(kind, WRONG[kind]) if isinstance(at[-1], int) else WRONG[kind]
    return Finding(said(wrong, **where), right_for(shape, field, error["input"]), at)


def right_for(shape: Any, field: str, given: Any) -> Said:
    """Of what was written instead, a near word is the better advice."""
    base, _is_list = unwrapped(shape)
    if kind_of(shape) == "enum" and isinstance(given, str):
        return nearest(given, [str(word) for word in base])
    return right_of(shape, field)


def to_add(shape: Any, field: str) -> Said:
    if field in RIGHT_FIELD:
        return right_of(shape, field)
    return Said(RIGHT_ADD, field=field, more=right_of(shape, field))


def out_of_limits(error: dict[str, Any]) -> tuple[str, Said | None] | None:
    """Of the right kind, but too few, too many or badly spelt."""
    context: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "too_short" | "string_too_short":
            return EMPTY, None
        case "string_too_long":
            return LONG, Said(RIGHT_LENGTH, most=context["max_length"])
        case "string_pattern_mismatch":
            return BAD_CODE, Said(RIGHT_CODE)
        case "greater_than_equal":
            return OUT_OF_RANGE, Said(RIGHT_AT_LEAST, least=context["ge"])
        case "less_than_equal":
            return OUT_OF_RANGE, Said(RIGHT_FROM_TO, least=1, most=context["le"])
    return None


def said(template: str, /, **facts: Any) -> Said:
    """With those facts only that the sentence speaks of."""
    return Said(template, **{name: f for name, f in facts.items() if f"{{{name}}}" in template})


def nearest(word: str, known: Iterable[str]) -> Said:
    """Advice for a word that is none of the known ones."""
    words = list(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    joined = "、".join(words)
    if close and len(words) > MOST_WORDS:
        return Said(RIGHT_NEAREST, nearest=close[0])
    if close:
        return Said(RIGHT_NEAREST_OF, nearest=close[0], words=joined)
    return Said(RIGHT_WORDS, words=joined)


def right_of(shape: Any, field: str) -> Said:
    if field in RIGHT_FIELD:
        return Said(RIGHT_FIELD[field])
    base, is_list = unwrapped(shape)
    kind = kind_of(shape)
    if isinstance(base, type) and issubclass(base, StrEnum):
        words = "、".join(base)
        if is_list:
            return Said(RIGHT_WORD_LIST, example=next(iter(base)).value, words=words)
        return Said(RIGHT_WORDS, words=words)
    if is_list and isinstance(base, type) and issubclass(base, BaseModel):
        return Said(RIGHT_PARTS, keys="、".join(keys_of(base)))
    if kind == "mapping":
        keys = keys_of(base) if isinstance(base, type) and issubclass(base, BaseModel) else ["…"]
        return Said(RIGHT["mapping"], keys="、".join(keys))
    return said(RIGHT[kind], field=field)


def kind_of(shape: Any) -> str:
    base, is_list = unwrapped(shape)
    if is_list:
        return "list"
    if not isinstance(base, type):
        return "mapping"
    for found, kind in (
        (bool, "bool"),
        (int, "int"),
        (StrEnum, "enum"),
        (str, "text"),
        (datetime, "instant"),
        (date, "date"),
        (Period, "period"),
    ):
        if issubclass(base, found):
            return kind
    return "mapping"


def unwrapped(shape: Any) -> tuple[Any, bool]:
    """(the kind inside, whether it is a list of them): Annotated, Optional and tuple taken off."""
    is_list = False
    while True:
        origin = get_origin(shape)
        if origin is Annotated:
            shape = get_args(shape)[0]
        elif origin in (Union, UnionType):
            shape = next(one for one in get_args(shape) if one is not NoneType)
        elif origin in (tuple, frozenset):
            shape, is_list = get_args(shape)[0], True
        else:
            return (dict, is_list) if origin is not None else (shape, is_list)


def shape_at(model: type[BaseModel], way: tuple[str | int, ...]) -> tuple[type[BaseModel], Any]:
    """(the class that holds the last named field, that field's type) along an error's way."""
    holder: type[BaseModel] = model
    shape: Any = model
    for step in way:
        if isinstance(step, int):
            shape, _is_list = unwrapped(shape)
            continue
        base, _is_list = unwrapped(shape)
        if not (isinstance(base, type) and issubclass(base, BaseModel)):
            break
        holder = base
        fields = {field.alias or name: field for name, field in base.model_fields.items()}
        if step not in fields:
            break
        shape = fields[step].annotation
    return holder, shape


def keys_of(model: type[BaseModel]) -> list[str]:
    """As a pack spells them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def field_name(way: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(way) if isinstance(step, str)), "")


def spot(place: Said, way: tuple[str | int, ...]) -> Said:
    """`place`, and inside it the item of a list: `参数 shot_list 的值的 items 第 3 项`."""
    for index, step in enumerate(way):
        if isinstance(step, int) and index:
            inner = _("{place}的 {list} 第 {number} 项")
            place = Said(inner, place=place, list=way[index - 1], number=step + 1)
    return place


def named(error: Mapping[str, Any]) -> str:
    """The word a validator of values.py raised."""
    return str(error.get("ctx", {}).get("error", ""))


def shown(given: Any) -> str:
    """What was written, short enough for one line."""
    if given is None:
        return ""
    text = " ".join(str(given).split())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"

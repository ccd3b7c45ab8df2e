"""Run a pack's worked cases: its questions with their facts, beside the answers it expects.

`expect` names what it wants of an answer and nothing else counts. Beside the answer's own
attributes: `articles` and `codes` of its grounds, in any order; `silent: true` where the
regulation says nothing. A line of a list may be named by its code or number alone.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, BeforeValidator, ValidationError, create_model

from liuhen.engines.policy.answers import NoRule
from liuhen.engines.policy.checking import mark_of
from liuhen.engines.policy.explaining import Finding, findings, nearest
from liuhen.engines.policy.pack import Adopted, Pack, Rulebook, WorkedCase
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.problems import Problem, Said
from liuhen.engines.policy.problems import gettext_noop as _
from liuhen.engines.policy.questions import QUESTIONS, Question
from liuhen.engines.policy.values import Part
from liuhen.kernel.clock import in_china

OF_GROUNDS = {"articles": "article", "codes": "code"}
SILENT = "silent"


def read_instant(raw: Any) -> datetime:
    """With its zone; pydantic would take one without, and a number as seconds since 1970."""
    instant = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
    if instant.tzinfo is None:
        raise ValueError(raw)
    return instant


Instant = Annotated[datetime, BeforeValidator(read_instant)]
INSTANTS = {datetime: Instant, datetime | None: Instant | None}


@cache
def shape_of(facts: type) -> type[BaseModel]:
    """The dataclass `facts` as a pydantic class, so that YAML becomes enums and instants."""
    hints = get_type_hints(facts)
    shape: dict[str, Any] = {
        one.name: (
            INSTANTS.get(hints[one.name], hints[one.name]),
            ... if one.default is MISSING else one.default,
        )
        for one in fields(facts)
    }
    return create_model(facts.__name__, __base__=Part, **shape)


def wrong_with(case: WorkedCase, place: Said) -> Iterator[Finding]:
    """What can be said of a case before it runs: question, facts, names of the answer."""
    question = QUESTIONS.get(case.ask)
    if question is None:
        wrong = Said(_("{place}问的 {ask} 不是可问的问题。"), place=place, ask=case.ask)
        yield Finding(wrong, nearest(case.ask, QUESTIONS), ("ask",))
        return
    try:
        facts_of(case, question)
    except ValidationError as error:
        inner = Said(_("{place}的 given 中"), place=place)
        for one in findings(error, inner, shape_of(question.facts)):
            yield Finding(one.wrong, one.right, ("given", *one.at))
    except ValueError:
        wrong = Said(_("{place}的 given 自相矛盾。"), place=place)
        yield Finding(wrong, Said(_("请改正所给的事实，数目不能小于 0。")), ("given",))
    if question.answer is not None:
        known = [*OF_GROUNDS, SILENT, *names_of(question.answer)]
        for name in (name for name in case.expect if name not in known):
            wrong = Said(_("{place}的 expect 中有不认识的 {name}。"), place=place, name=name)
            yield Finding(wrong, nearest(name, known), ("expect", name))


def names_of(answer: Any) -> list[str]:
    """What a case may expect of this dataclass."""
    return [one.name for one in fields(answer) if one.name != "grounds"]


def facts_of(case: WorkedCase, question: Question) -> Any:
    """Raises ValidationError, ValueError: not these facts."""
    checked = shape_of(question.facts).model_validate(dict(case.given))
    return question.facts(**{name: getattr(checked, name) for name in type(checked).model_fields})


def failures(pack: Pack) -> list[Problem]:
    """Every answer that is not the expected one."""
    book = book_of(pack)
    return [problem for case in pack.cases for problem in failed(case, book, pack.pack_id)]


def book_of(pack: Pack) -> Rulebook:
    """As of a bureau that has followed this pack alone, from its first day on."""
    return Rulebook((Adopted(pack, pack.in_force or date.min),))


def failed(case: WorkedCase, book: Rulebook, pack_id: str) -> Iterator[Problem]:
    question = QUESTIONS[case.ask]
    try:
        answer = question.ask(book.on(case.on), facts_of(case, question))
    except NoRule:
        answer = None
    for name, expected in case.expect.items():
        got = part_of(answer, name)
        if not same(got, expected):
            wrong = Said(
                _("算例“{name}”应得 {part}: {expected}，实得 {got}。"),
                name=case.name, part=name, expected=shown(expected), got=shown(got),
            )  # fmt: skip
            right = Said(_("请对照条文，改正参数或算例。"))
            yield Problem(f"{pack_id}.yaml", case.line, wrong, right, ("expect", name))


NOTHING = object()
"""The answer has no such part; unlike None, which is an answer."""


def part_of(answer: Any, name: str) -> Any:
    if name == SILENT:
        return answer is None
    if answer is None:
        return NOTHING
    if name in OF_GROUNDS:
        return frozenset(
            getattr(one, OF_GROUNDS[name])
            for one in grounds_of(answer)
            if hasattr(one, OF_GROUNDS[name])
        )
    if isinstance(answer, BaseModel):
        spelt = {field.alias or key: key for key, field in type(answer).model_fields.items()}
        name = spelt.get(name, name)
    return getattr(answer, name, NOTHING)


def grounds_of(answer: Any) -> tuple[Any, ...]:
    """A bare value or a candidate is its own ground."""
    found: tuple[Any, ...] = getattr(answer, "grounds", (answer,))
    return found


def same(got: Any, expected: Any) -> bool:
    """Whether a part of an answer is what YAML says of it."""
    if isinstance(got, frozenset):
        return same(tuple(sorted(got)), sorted_or(expected))
    if isinstance(got, tuple):
        if not isinstance(expected, list) or len(got) != len(expected):
            return False
        return all(map(same, got, expected))
    if isinstance(expected, dict):
        pairs = [(part_of(got, name), value) for name, value in expected.items()]
        return bool(pairs) and all(same(*pair) for pair in pairs)
    if isinstance(got, datetime):
        return is_instant(got, expected)
    if isinstance(got, date | Period):
        return bool(str(got) == expected)
    if isinstance(got, Part):
        return same(mark_of(got)[1], expected)
    # True is 1 in Python, but yes is no number.
    return bool(got == expected) and isinstance(got, bool) == isinstance(expected, bool)


def sorted_or(raw: Any) -> Any:
    """In order, each once, so that order does not count; as it is where it has none."""
    try:
        return sorted(set(raw)) if isinstance(raw, list) else raw
    except TypeError:
        return raw


def is_instant(got: datetime, raw: Any) -> bool:
    try:
        return got == read_instant(raw)
    except ValueError:
        return False


def shown(value: Any) -> str:
    """As a pack would spell it, nearly."""
    if value is NOTHING:
        return Said(_("（条文未作规定）"))
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, datetime):
        return in_china(value).isoformat()
    if isinstance(value, frozenset):
        return shown(tuple(sorted(value)))
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, Part):
        key, mark = mark_of(value)
        return shown(mark) if key else shown(value.model_dump(mode="json", exclude_defaults=True))
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {shown(one)}' for key, one in value.items())}}}"
    return str(value)

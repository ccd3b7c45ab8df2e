"""The review form offered with each regulation, read from this folder's data files.

It is practice, not law: a bureau takes in its own. What an article asks to be looked at, it names.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "forms"
WHOLE = 100
"""All points of a form together."""


class FormLine(BaseModel):
    """One thing looked at. A knock-out has no points: where it is found, nothing else counts.
    `is_conduct`: how the officers spoke and behaved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    content: Annotated[str, Field(min_length=1, max_length=300)]
    points: Annotated[int, Field(ge=0, le=WHOLE)] = 0
    deduct: Annotated[str, Field(max_length=300)] = ""
    article: Annotated[int, Field(ge=1)] | None = None
    knock_out: bool = False
    is_conduct: bool = False

    @model_validator(mode="after")
    def check_points(self) -> Self:
        if self.knock_out == bool(self.points):
            raise ValueError("a line has points or is a knock-out")
        return self


class Form(BaseModel):
    """`good` and `pass_from`: from how many points on it is 优秀, 合格."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    good: Annotated[int, Field(ge=1, le=WHOLE)]
    pass_from: Annotated[int, Field(ge=1, le=WHOLE, alias="pass")]
    lines: Annotated[tuple[FormLine, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def check_whole(self) -> Self:
        if sum(line.points for line in self.lines) != WHOLE:
            raise ValueError(f"all points together are {WHOLE}")
        if self.pass_from > self.good:
            raise ValueError("what is good has passed")
        return self


@cache
def offered(pack_id: str) -> Form:
    """Raises KeyError: no such pack."""
    path = FOLDER / f"{pack_id}.yaml"
    if path not in FOLDER.glob("*.yaml"):  # a name, never a way elsewhere
        raise KeyError(pack_id)
    return Form.model_validate(YAML(typ="safe").load(path.read_text("utf-8")))

"""docs/how-to/write-a-pack.md: its example is a pack, its table names every question."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from liuhen.engines.policy import worked
from liuhen.engines.policy.loading import read
from liuhen.engines.policy.problems import PackInvalid
from liuhen.engines.policy.questions import QUESTIONS

PAGE = (Path(__file__).resolve().parents[2] / "docs/how-to/write-a-pack.md").read_text("utf-8")
EXAMPLE = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]
TOLD = re.search(r"```text\n(.*?)\n```", PAGE, re.DOTALL)[1]
ROW = re.compile(r"^\| (`[^|]+`) \|([^|]*)\|", re.MULTILINE)


def words(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_the_example_is_a_pack_whose_cases_pass():
    pack = read(EXAMPLE, "my-bureau.yaml")
    assert len(pack.cases) == 5
    assert worked.failures(pack) == []


def test_the_message_shown_is_what_is_said_of_the_example_without_an_article():
    broken = EXAMPLE.replace("- {article: 3, rule: at_least, period: P6M}",
                             "- {rule: at_least, period: P6M}")  # fmt: skip
    with pytest.raises(PackInvalid) as invalid:
        read(broken, "my-bureau.yaml")
    assert str(invalid.value) == TOLD


def test_the_table_names_every_question_with_its_facts():
    told = {ask: words(given) for asks, given in ROW.findall(PAGE) for ask in words(asks)}
    del told["ask"]
    assert told == {name: [f.name for f in fields(one.facts)] for name, one in QUESTIONS.items()}

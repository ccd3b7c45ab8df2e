"""English is complete, and Chinese is never written past gettext."""

import re

import messages
import pytest

BLOCK = re.compile(r"{% blocktrans(?:late)?\b.*?%}.*?{% endblocktrans(?:late)? %}", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
HAN = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"%\(\w+\)|{\w+}")


@pytest.fixture(scope="module")
def used() -> dict:
    return messages.used()


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[str, ...]]:
    return messages.told_in(messages.english())


def test_english_says_every_message(used, told):
    assert used.keys() - {said for said, ways in told.items() if all(ways)} == set()


def test_english_keeps_no_message_nobody_says(used, told):
    assert told.keys() - used.keys() == set()


def test_no_message_stands_twice():
    """Of two the reader takes one silently; gettext's own tools take none."""
    said = re.findall(r"^msgid ((?:\".*\"\n)+)", messages.CATALOGUE.read_text("utf-8"), re.M)
    assert sorted({one for one in said if said.count(one) > 1}) == []


def test_english_fills_the_same_places(told):
    wrong = [
        said
        for said, ways in told.items()
        if any(sorted(PLACE.findall(way)) != sorted(PLACE.findall(said)) for way in ways)
    ]
    assert wrong == []


def test_english_is_written_without_chinese(told):
    assert [said for said, ways in told.items() if HAN.search("".join(ways))] == []


def test_templates_say_nothing_past_gettext():
    spoken = {}
    for path in sorted(messages.SOURCES.rglob("templates/**/*.html")):
        left = TAG.sub("", BLOCK.sub("", path.read_text("utf-8")))
        spoken[path.name] = HAN.findall(left)
    # The language switch names each language in its own tongue.
    assert spoken.pop("language.html") == ["中", "文"]
    assert {name: found for name, found in spoken.items() if found} == {}


def test_kinds_and_roles_are_found_too(used):
    assert {"封存入库", "资料保管员", "待检验"} <= used.keys()

"""A pack read from a file is what was written; anything else is refused, never a crash."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_pack import SOUND, problems_of

from liuhen.engines.policy.loading import MOST_BYTES, check_value, load, read
from liuhen.engines.policy.pack import Pack
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.problems import PackInvalid
from liuhen.engines.policy.values import PARAMETERS, Handover, Retention
from liuhen.engines.policy.vocabulary import Clock, Topic
from liuhen.packs import catalogue

STEADY = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PACKS = catalogue.offered()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
WORDS = st.sampled_from([*PARAMETERS, *Topic, "title", "articles", "parameters", "cases", "given"])
PIECES = st.lists(
    st.sampled_from(["{", "}", "[", "]", ": ", "- ", "\n", "  ", ",", "'", '"', "&", "*", "!", "|",
                     ">", "#", "%YAML 1.1", "---", "...", "?", "\t", "\x00", "\ufeff", "20", "P2Y",
                     "2026-01-01", "true", "\\U99999999"])
    | WORDS,
    max_size=40,
)  # fmt: skip


def written(pack: Pack) -> str:
    """The pack as a file; JSON is YAML too."""
    plain = {
        "title": pack.title,
        "field": pack.field,
        "document_no": pack.document_no,
        "in_force": pack.in_force and pack.in_force.isoformat(),
        "articles": {
            no: {"summary": one.summary, "governs": one.governs}
            for no, one in pack.articles.items()
        },
        "parameters": {
            name: [json.loads(one.model_dump_json(by_alias=True)) for one in series]
            for name, series in pack.parameters.items()
        },
    }
    return json.dumps(plain, ensure_ascii=False)


@pytest.mark.parametrize("pack", PACKS, ids=lambda one: one.pack_id)
def test_a_pack_written_out_reads_back_equal(pack):
    assert read(written(pack), f"{pack.pack_id}.yaml") == replace(pack, cases=())


def test_what_is_read_has_its_kinds():
    pack = read(SOUND, "some.yaml")
    assert (pack.pack_id, pack.in_force) == ("some", date(2017, 6, 19))
    assert pack.articles[20].governs == (Topic.RETENTION,)
    assert pack.articles[1].is_text_only
    (kept,), (handed,) = pack.parameters["retention"], pack.parameters["handover"]
    assert isinstance(kept, Retention)
    assert isinstance(handed, Handover)
    assert (kept.period, handed.clock) == (Period(years=2), Clock.RECORDING_END)


def test_a_case_remembers_its_line():
    assert SOUND.splitlines()[read(SOUND, "some.yaml").cases[0].line - 1] == "  - name: 二年"


@STEADY
@given(JSON)
def test_any_json_is_a_pack_or_refused(raw):
    with suppress(PackInvalid):
        read(json.dumps(raw), "any.yaml")


@STEADY
@given(st.text())
def test_any_text_is_a_pack_or_refused(text):
    with suppress(PackInvalid):
        read(text, "any.yaml")


@STEADY
@given(PIECES)
def test_any_pieces_of_yaml_are_a_pack_or_refused(pieces):
    with suppress(PackInvalid):
        read("".join(pieces), "any.yaml")


@STEADY
@given(st.integers(0, len(SOUND)), st.integers(0, len(SOUND)), PIECES)
def test_a_sound_pack_mauled_is_a_pack_or_refused(start, length, pieces):
    with suppress(PackInvalid):
        read(SOUND[:start] + "".join(pieces) + SOUND[start + length :], "any.yaml")


@STEADY
@given(st.sampled_from(sorted(PARAMETERS)), JSON)
def test_any_proposal_is_a_value_or_refused(parameter, raw):
    with suppress(PackInvalid):
        check_value(parameter, raw)


@STEADY
@given(st.binary())
def test_any_file_is_a_pack_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    with suppress(PackInvalid):
        load(path)


def test_notepads_mark_at_the_beginning_is_no_hindrance(tmp_path):
    path = tmp_path / "some.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    assert load(path) == read(SOUND, "some.yaml")


def test_a_file_in_another_encoding_is_told(tmp_path):
    path = tmp_path / "some.yaml"
    path.write_bytes(b"field: x\n" + "title: 某局\n".encode("gb18030"))
    with pytest.raises(PackInvalid, match="yaml:2: 文件不是 UTF-8 编码。请另存为"):
        load(path)


def test_a_file_too_long_is_told_unread(tmp_path):
    path = tmp_path / "some.yaml"
    path.write_bytes(b"[" * (MOST_BYTES + 1))
    with pytest.raises(PackInvalid, match="文件太大"):
        load(path)


def test_a_text_too_long_is_told_unread():
    assert "文件太大" in problems_of("长" * MOST_BYTES)[0].wrong


def test_brackets_without_end_are_told():
    assert "嵌套过深" in problems_of("[" * 10_000)[0].wrong


@pytest.mark.parametrize("pack_id", ["", "no-such", "../packs/" + PACKS[0].pack_id])
def test_only_a_pack_of_the_folder_is_found(pack_id):
    with pytest.raises(KeyError):
        catalogue.pack(pack_id)

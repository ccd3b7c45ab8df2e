"""A phrase of the regulation in what a recogniser wrote, about as it was said."""

import pytest

from liuhen.engines.speech import matching
from liuhen.engines.speech.matching import Phrase, find
from liuhen.engines.speech.words import Word

NOTICE = Phrase("notice/", "为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。")
STEP = 0.25


def spoken(text: str) -> list[Word]:
    return [Word(one, n * STEP, (n + 1) * STEP) for n, one in enumerate(text)]


def test_the_phrase_as_it_stands_is_found_in_its_place():
    before = "您好我们是执法人员李明"
    [hit] = find(
        spoken(before + "为保护您的合法权益监督我们的执法行为本次执法全程录音录像请配合"), [NOTICE]
    )
    assert (hit.start, hit.score) == (len(before) * STEP, 1.0)
    assert hit.heard.endswith("录音录像")


def test_a_little_otherwise_it_is_found_all_the_same():
    said = "那个为了保护您的合法权益监督我们执法行为呢这次执法全程录音录像啊"
    [hit] = find(spoken(said), [NOTICE])
    assert hit.score > 0.8


def test_other_characters_of_the_same_sound_are_the_same():
    pytest.importorskip("pypinyin")
    [hit] = find(spoken("本次直法全城路音录相"), [Phrase("notice/", "本次执法全程录音录像")])
    assert hit.score == 1.0


def test_without_the_pinyin_package_characters_are_compared(monkeypatch):
    monkeypatch.setattr(matching, "has_pinyin", lambda: False)
    matching.sound_of.cache_clear()
    [hit] = find(spoken("本次直法全程录音录相"), [Phrase("notice/", "本次执法全程录音录像")])
    matching.sound_of.cache_clear()
    assert hit.score == 0.8


def test_talk_about_something_else_is_no_hit():
    said = "今天天气很好我们去看一看冷库里的温度记录还有进货台账放在哪里"
    assert find(spoken(said), [NOTICE]) == []


def test_of_two_phrases_for_one_point_the_better_counts():
    worse = Phrase("notice/", "本次执法全部都要录音和录像")
    hits = find(spoken("本次执法全程录音录像"), [worse, Phrase("notice/", "本次执法全程录音录像")])
    assert [hit.score for hit in hits] == [1.0]


def test_hits_come_in_the_order_they_are_said():
    phrases = [NOTICE, Phrase("credentials/", "这是我们的执法证件")]
    said = "这是我们的执法证件为保护您的合法权益监督我们的执法行为本次执法全程录音录像"
    assert [hit.key for hit in find(spoken(said), phrases)] == ["credentials/", "notice/"]


def test_a_models_own_signs_are_no_speech():
    words = [Word("<|zh|>", 0, 0), Word("▁这", 0, 1), Word("是@@", 1, 2), Word("，", 2, 2)]
    assert [one.written for one in matching.sounds_of(words)] == ["这", "是"]


def test_a_token_of_several_letters_shares_its_time():
    places = [(one.written, one.start) for one in matching.sounds_of([Word("你好", 1, 2)])]
    assert places == [("你", 1.0), ("好", 1.5)]


@pytest.mark.parametrize("words", [[], spoken("，。")])
def test_in_silence_nothing_is_found(words):
    assert find(words, [NOTICE, Phrase("x/", "。")]) == []

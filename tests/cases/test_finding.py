"""Searching: an index that answers as reading every text would, to whoever may know."""

from datetime import timedelta

import pytest
from activity_cast import NOON, li, recorded, registered
from case_cast import add, open_case, person, shop
from finding_cast import by_reading, found, page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
from liuhen.cases import activities, case_files, linking, merging, parties, voiding
from liuhen.cases.activity_facts import of as facts_of
from liuhen.people.roles import Role
from liuhen.recordings import assigning, queries, secrecy
from liuhen.recordings.models import Recording, Words
from liuhen.recordings.search import keeping
from liuhen.recordings.search.keeping import Linked

pytestmark = pytest.mark.django_db


LETTERS = "王小明卫罚〔(12026ab-_号'\\ "
TEXTS = st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=5)
WORDS = st.text(LETTERS, min_size=1, max_size=6).filter(str.strip)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(own=TEXTS, linked=TEXTS, words=WORDS)
def test_a_search_finds_what_reading_every_text_would(bureau, own, linked, words):
    rows = [factories.recording(f"2026-{n + 1:06d}") for n in range(5)]
    for n, row in enumerate(rows):
        Recording.objects.filter(pk=row.pk).update(search_text=own[n % len(own)])
    keeping.refresh([row.pk for row in rows])
    keeping.link({row.pk: Linked(linked[n % len(linked)]) for n, row in enumerate(rows)})
    # Li sees the recordings, but no activity they are linked through.
    for login in ("zhou", "li"):
        assert found(login, words) == by_reading(login, words)


def in_activity(**more) -> Recording:
    """A recording of Li's in an activity of Li's and Bai's."""
    film = recorded()
    linking.link(registered(**more), film, by=li(), at=NOON)
    return film


@pytest.mark.parametrize(
    "words",
    ["张三", "欧阳晓东", "卫罚〔2026〕7号", "卫罚(2026)7", "026〕7号", "许可证案", "中兴路12号",
     "李执法", "2026-000001", "000001", "张三 中兴", "ｄｃｉｍ", "案"],
)  # fmt: skip
def test_it_is_found_by_party_case_place_people_and_numbers(bureau, words):
    case = open_case(parties=((add(person("欧阳晓东")), "party"),))
    in_activity(party=add(person("张三")), case=case)
    recorded(2, search_text="")
    assert "2026-000001" in found("zhou", words)


def test_all_words_have_to_stand_somewhere(bureau):
    in_activity(party=add(person("张三")))
    assert found("zhou", "张三 李四") == []


def test_taken_out_of_its_activity_it_is_not_found_by_it(bureau):
    film = in_activity(party=add(person("张三")))
    activity = film.activity_recording.activity
    linking.unlink(activity, film, reason="归错了", by=li(), at=NOON)
    assert found("zhou", "张三") == []


def test_a_voided_activity_finds_nothing(bureau):
    film = in_activity(party=add(person("张三")))
    voiding.void(film.activity_recording.activity, reason="误登", by=li(), at=NOON)
    assert found("zhou", "张三") == []


def test_a_changed_activity_finds_by_its_new_place(bureau):
    activity = in_activity().activity_recording.activity
    to = type(facts_of(activity))(**vars(facts_of(activity)) | {"place": "文昌巷3号"})
    activities.change(activity, to, by=li(), at=NOON)
    assert (found("zhou", "文昌巷"), found("zhou", "中兴路")) == (["2026-000001"], [])


def test_a_renamed_party_finds_by_its_new_name(bureau):
    party = add(person("张三"))
    in_activity(party=party)
    parties.change(party, person("张叁"), by=li(), at=NOON)
    assert found("zhou", "张叁") == ["2026-000001"]


def test_a_merged_party_finds_what_either_had(bureau):
    kept, dropped = add(shop("惠民餐饮店")), add(shop("惠民饭店"))
    in_activity(party=dropped)
    merge = merging.propose(kept, dropped, reason="同一户", by=li(), at=NOON)
    merging.confirm(merge, by=factories.officer("fa"), at=NOON)
    assert found("zhou", "惠民餐饮店") == ["2026-000001"]


def test_a_party_added_to_the_case_finds_its_recordings(bureau):
    case = open_case()
    in_activity(case=case)
    case_files.add_party(case, add(person("诸葛小明")), "witness", by=li(), at=NOON)
    assert found("zhou", "诸葛小明") == ["2026-000001"]


def test_whose_it_is_said_to_be_finds_it(bureau):
    factories.unassigned("2026-000001")
    film, bai = Recording.objects.get(), factories.officer("bai")
    assigning.assign(film, bai, by=factories.officer("zhou"), at=NOON)
    assert found("zhou", bai.name, officer=bai.pk) == ["2026-000001"]


@pytest.mark.parametrize(
    ("more", "count"),
    [({"kind": "video"}, 2), ({"kind": "audio"}, 0), ({"state": "examined"}, 2),
     ({"state": "marked"}, 0), ({"unassigned": True}, 1), ({"since": NOON.date()}, 2),
     ({"until": NOON.date() - timedelta(1)}, 0)],
)  # fmt: skip
def test_filters_narrow_a_search(bureau, more, count):
    recorded(1)
    recorded(2, by=None)
    assert len(found("zhou", "dcim", **more)) == count


def test_pages_of_a_search_go_older_and_newer_again(bureau):
    for n in range(1, queries.PAGE_SIZE + 2):
        recorded(n)
    first = page("zhou", "dcim")
    second = page("zhou", "dcim", first.older)
    assert [row.number for row in second.rows] == ["2026-000001"]
    assert page("zhou", "dcim", second.newer).rows == first.rows
    assert (first.newer, second.older) == (None, None)


def test_more_than_the_cap_is_said_to_be_more_and_still_pages(bureau, monkeypatch):
    for n in range(1, queries.PAGE_SIZE + 3):
        recorded(n)
    monkeypatch.setattr("liuhen.recordings.search.asking.FOUND_CAP", 10)
    shown = page("zhou", "dcim")
    assert (shown.count, shown.count_is_capped) == (10, True)
    rest = page("zhou", "dcim", shown.older)
    assert [row.number for row in rest.rows] == ["2026-000002", "2026-000001"]


def test_what_is_kept_secret_is_neither_found_nor_counted(bureau):
    film = in_activity(party=add(person("张三")))
    factories.officer("du")
    assert found("du", "张三") == ["2026-000001"]
    secrecy.mark(film, "privacy", reason="隐私", by=li(), at=NOON)
    assert found("du", "张三") == found("du", "dcim") == []
    assert found("zhou", "张三") == ["2026-000001"]


def test_words_of_an_activity_one_does_not_see_find_nothing(bureau):
    """Li made the recording, but took no part in what it was put into."""
    other = factories.officer("other", Role.OFFICER, unit=factories.unit("别的科"))
    film = recorded()
    activity = registered("bai", "other", by="bai", party=add(person("张三"), by="bai"))
    linking.link(activity, film, by=factories.officer("zhou"), at=NOON)
    assert found("li", "张三") == []
    assert found("li", "dcim") == ["2026-000001"]
    assert found(other.login, "张三") == ["2026-000001"]


def test_another_bureaus_recordings_are_not_found(bureau):
    recorded()
    factories.stranger("far", Role.CUSTODIAN)
    assert found("far", "dcim") == []


def test_words_have_one_row_each(bureau):
    recorded()
    keeping.refresh([1, 1])
    keeping.refresh(Recording.objects.values_list("pk", flat=True))
    assert Words.objects.count() == 1

"""The bureau's matter list: taken in as a whole, and what it makes of an activity."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

import factories
from cases.activity_cast import DAY, NOON, facts_of, refused, registered
from liuhen.cases import activities, matters, needs
from liuhen.cases.matter_kinds import kind_of
from liuhen.cases.models import ListedMatter, MatterKind
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import tables
from liuhen.engines.policy.pack import Adopted, Rulebook
from liuhen.packs import catalogue
from liuhen.people.filled import Row
from liuhen.people.roles import Role
from people.told import LogDown

pytestmark = pytest.mark.django_db


def legal():
    return factories.officer("fa")


def sheet(*lines, heads=matters.HEADS):
    book = Workbook()
    book.active.append(list(heads))
    for line in lines:
        book.active.append(list(line))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def line(name="公共场所监督检查", stage="现场检查", seq="1", category="行政检查"):
    return (seq, category, name, stage, "执法记录仪", "现场", "", "", "", "", "", "", "永久", "")


def take_in(*lines, at=NOON, by=None):
    who = by or legal()
    return matters.take_in(who.agency, matters.read(sheet(*lines)), by=who, at=at)


def test_the_fourteen_columns_of_a_bureaus_list_are_kept():
    assert len(matters.HEADS) == 14
    assert take_in(line()) == 1
    [one] = matters.current(factories.agency())
    assert (one.seq, one.category, one.name, one.stage) == (
        1, "行政检查", "公共场所监督检查", "现场检查")  # fmt: skip
    assert (one.method, one.term, one.kind) == ("执法记录仪", "永久", MatterKind.INSPECTION)
    [said] = facts_of(Kind.MATTERS_IMPORTED)
    assert (said["lines"], said["dropped"]) == (1, 0)


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        ("现场检查", "inspection"),
        ("抽样检查", "inspection"),
        ("调查取证", "investigation"),
        ("证据保全", "registration"),
        ("先行登记保存", "registration"),
        ("行政强制", "coercive_measure"),
        ("查封扣押", "coercive_measure"),
        ("询问调查", "investigation"),
        ("处罚事先告知", "other"),
        ("听证", "hearing"),
        ("留置送达", "service_by_leaving"),
        ("公告送达", "service_by_notice"),
        ("文书送达", "service"),
        ("投诉举报现场处置", "complaint_call"),
        ("现场处置", "on_site"),
    ],
)
def test_a_lines_words_tell_its_kind(stage, kind):
    assert kind_of(stage) == kind


def test_the_stage_tells_before_the_matter_and_the_category():
    assert kind_of("送达", "医疗机构检查", "行政检查") == MatterKind.SERVICE
    assert kind_of("", "", "行政强制") == MatterKind.COERCIVE_MEASURE


def test_a_new_list_takes_the_place_of_the_old_one():
    take_in(line("甲"), line("乙"))
    take_in(line("丙"), at=NOON + DAY)
    assert [one.name for one in matters.current(factories.agency())] == ["丙"]
    assert set(ListedMatter.objects.exclude(dropped_at=None).values_list("dropped_at")) == {
        (NOON + DAY,)
    }


def test_a_kind_put_right_stays_when_the_line_comes_again():
    take_in(line("甲"))
    one = matters.current(factories.agency()).get()
    matters.classify(one, "investigation", by=legal(), at=NOON)
    matters.classify(one, "investigation", by=legal(), at=NOON)
    assert [said["classed"] for said in facts_of(Kind.MATTER_CORRECTED)] == [
        ["inspection", "investigation"]
    ]
    take_in(line("甲"), line("乙"), at=NOON + DAY)
    kinds = [one.kind for one in matters.current(factories.agency())]
    assert kinds == ["investigation", "inspection"]


def test_only_a_line_of_the_list_is_classed_by_who_keeps_it():
    take_in(line("甲"))
    one = matters.current(factories.agency()).get()
    for login in ("li", "wang", "zhou", "zhao"):
        by = factories.officer(login)
        with refused("people.not_permitted"):
            matters.classify(one, "other", by=by, at=NOON)
    far = factories.stranger("far", Role.LEGAL_OFFICE)
    with refused("matters.not_ours"):
        matters.classify(one, "other", by=far, at=NOON)
    with refused("matters.kind_unknown"):
        matters.classify(one, "x", by=legal(), at=NOON)
    take_in(line("乙"), at=NOON + DAY)
    with refused("matters.no_such"):
        matters.classify(one, "other", by=legal(), at=NOON)


@pytest.mark.parametrize(
    ("wrong", "head"),
    [
        (line(name=""), "执法事项"),
        (line(seq="一"), "序号"),
        (line(stage="长" * 101), "执法环节"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_changes(wrong, head):
    take_in(line("原有"))
    rows = matters.read(sheet(line("甲"), wrong))
    assert [fault.column for one in matters.check(rows) for fault in one.faults] == [head]
    with refused("devices.table_faulty"):
        matters.take_in(factories.agency(), rows, by=legal(), at=NOON)
    assert matters.current(factories.agency()).get().name == "原有"


def test_the_same_line_twice_is_wrong():
    rows = matters.read(sheet(line("甲"), line("甲", seq="2")))
    assert all(one.faults for one in matters.check(rows))


def test_the_faulty_rows_come_back_with_what_is_wrong():
    rows = [Row(2, line(name=""))]
    file = load_workbook(BytesIO(tables.with_faults(matters.TABLE, matters.check(rows))))
    assert file.active["O2"].value == "执法事项：不能为空。"


def test_the_template_is_read_back_without_its_example():
    with refused("devices.table_empty"):
        matters.read(matters.template())


def test_other_heads_are_refused():
    content = sheet(line(), heads=("编号", *matters.HEADS[1:]))
    with refused("devices.table_heads"):
        matters.read(content)


@pytest.mark.parametrize("login", ["li", "wang", "zhou", "zhao", "du", "sun"])
def test_only_the_legal_office_keeps_the_list(login):
    rows, by = matters.read(sheet(line())), factories.officer(login)
    with refused("people.not_permitted"):
        matters.take_in(by.agency, rows, by=by, at=NOON)


def test_another_bureaus_list_is_out_of_reach():
    rows, far = matters.read(sheet(line())), factories.stranger("far", Role.LEGAL_OFFICE)
    with refused("matters.not_ours"):
        matters.take_in(factories.agency(), rows, by=far, at=NOON)


def test_no_event_no_list_and_no_class(monkeypatch):
    take_in(line("原有"))
    one = matters.current(factories.agency()).get()

    def down(*args, **kwargs):
        raise LogDown

    monkeypatch.setattr(log, "record", down)
    for act in (
        lambda: take_in(line("新")),
        lambda: matters.classify(one, "other", by=legal(), at=NOON),
    ):
        with pytest.raises(LogDown):
            act()
    one = matters.current(factories.agency()).get()
    assert (one.name, one.kind) == ("原有", "inspection")


def rules_of(pack_id):
    return Rulebook((Adopted(catalogue.pack(pack_id), NOON.date()),)).on(NOON.date())


def needed(activity, pack_id):
    return activities.requirement_of(activity, rules_of(pack_id)).needed


@pytest.mark.enforces("must_record", article="weidong-market:5")
def test_the_list_decides_what_must_be_recorded():
    activity = registered(kind="other")
    assert needed(activity, "weidong-market") is None
    take_in(line("甲"))
    assert needed(activity, "weidong-market") is False
    listed = registered(kind="other", listed=matters.current(factories.agency()).get())
    assert needed(listed, "weidong-market") is True


@pytest.mark.enforces("must_record", article="jiaxian-health:6")
def test_the_list_adds_to_what_the_regulation_names():
    assert needed(registered(kind="hearing"), "jiaxian-health") is True
    take_in(line("甲"))
    one = matters.current(factories.agency()).get()
    assert needed(registered(kind="registration", listed=one), "jiaxian-health") is True


@pytest.mark.enforces("must_record", article="chengde-safety:5")
def test_six_matters_are_always_recorded_in_chengde():
    assert needed(registered(kind="service_by_leaving"), "chengde-safety") is True
    assert needed(registered(kind="hearing"), "chengde-safety") is False


@pytest.mark.enforces("must_record", article="neiqiu-health:5")
def test_all_enforcement_is_recorded_in_neiqiu():
    assert needed(registered(kind="hearing"), "neiqiu-health") is True


@pytest.mark.enforces("must_record", article="neiqiu-health:7")
def test_where_a_scene_is_disputed_the_full_course_is_asked_for_in_neiqiu():
    activity = registered(triggers=("obstruction",))
    found = activities.requirement_of(activity, rules_of("neiqiu-health"))
    assert found.full_course


@pytest.mark.enforces("must_record", article="luohe-livestock:6")
def test_in_luohe_it_hangs_on_whether_a_dispute_is_likely():
    said = [needed(registered(is_disputable=is_so), "luohe-livestock") for is_so in (True, None)]
    assert said == [True, None]


def test_a_line_counts_on_the_days_it_stood_in_the_list():
    take_in(line("甲"), at=NOON)
    old = matters.current(factories.agency()).get()
    activity = registered(kind="other", listed=old, arrived_at=NOON, at=NOON + DAY)
    take_in(line("乙"), at=NOON + DAY)
    assert needs.in_matter_list(activity) is True
    later = registered(kind="other", at=NOON + 2 * DAY)
    later.listed = old
    assert needs.in_matter_list(later) is False
    before = registered(kind="other", arrived_at=NOON - 9 * DAY, at=NOON + DAY)
    assert needs.in_matter_list(before) is None


def test_a_line_that_left_the_list_is_chosen_no_more():
    take_in(line("甲"))
    old = matters.current(factories.agency()).get()
    take_in(line("乙"), at=NOON + DAY)
    old.refresh_from_db()
    with refused("activity.matter_gone"):
        registered(listed=old, at=NOON + DAY)

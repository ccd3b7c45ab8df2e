"""Every message about a pack's file: the line it names, what is wrong, what would be right."""

import pytest
from made_pack import SOUND, broken, problems_of

ARTICLES = """articles:
  1: {summary: 目的}
  20: {summary: 保存不少于二年, governs: [retention]}
  22: {summary: 查看经批准, governs: [access, handover]}
"""
RETENTION = "    - {article: 20, rule: at_least, period: P2Y}"
GIVEN = "{ended_at: 2024-02-29T10:00:00+08:00}"

# name: (what is replaced in the sound pack, by what with § on the line named, wrong, right)
BROKEN = {
    "missing_title": (
        "title: 某局执法音像记录管理办法\nfield",
        "§field",
        "规则包缺少 title",
        "例如 title: 一句话",
    ),
    "empty_title": ("title: 某局执法音像记录管理办法", "title§: ''", "title 是空的", "应为文字"),
    "number_as_title": (
        "title: 某局执法音像记录管理办法",
        "title§: 2017",
        "title 写作“2017”，不是文字",
        "加引号",
    ),
    "unknown_section": (
        "title: 某局执法音像记录管理办法",
        "title: 某局执法音像记录管理办法\n§titel: x",
        "不认识的 titel",
        "可能应为 title",
    ),
    "bad_in_force": (
        "in_force: 2017-06-19",
        "in_force§: 2017-02-30",
        "in_force 写作“2017-02-30”，不是日期",
        "2026-01-01",
    ),
    "in_force_in_words": (
        "in_force: 2017-06-19",
        "in_force§: 2017年6月19日",
        "不是日期",
        "2026-01-01",
    ),
    "in_force_a_number": ("in_force: 2017-06-19", "in_force§: 20170619", "不是日期", "2026-01-01"),
    "articles_a_text": (ARTICLES, "§articles: 暂无\n", "articles 写作“暂无”", "20: {summary"),
    "articles_missing": (
        "title: 某局执法音像记录管理办法\nfield: 安全生产\nin_force: 2017-06-19\n" + ARTICLES,
        "§title: x\nfield: x\n",
        "规则包缺少 articles",
        "20: {summary",
    ),
    "article_no_number": ("  1: {", "  §一: {", "articles 中的 一 不是条号", "阿拉伯数字"),
    "article_without_summary": ("{summary: 目的}", "§{}", "第 1 条缺少 summary", "请加上 summary"),
    "article_a_text": (
        "{summary: 目的}",
        "§目的",
        "第 1 条写作“目的”，不是一组",
        "summary、governs",
    ),
    "unknown_topic": (
        "governs: [retention]",
        "governs: [§retention, retntion]",
        "governs 第 2 项写作“retntion”",
        "可能应为 retention",
    ),
    "topic_far_from_any": (
        "governs: [retention]",
        "governs: [§xyzzy]",
        "不是可用的词",
        "可用的词：devices、equipment",
    ),
    "article_twice": (
        "  22: {s",
        "  §20: {summary: x}\n  22: {s",
        "20 重复出现，前面第 6 行",
        "合并",
    ),
    "unknown_parameter": (
        "  handover:\n",
        "  §handovr:\n",
        "没有叫 handovr 的参数",
        "可能应为 handover",
    ),
    "parameter_no_list": (
        "  retention:\n    - {article: 20, rule: at_least, period: P2Y}",
        "  §retention: {article: 20, rule: unstated}",
        "参数 retention 没有写成值的列表",
        "以短横线开头",
    ),
    "hours_not_stated": ("hours: 24, ", "§", "limit 与 hours 不一致", "hours: 24"),
    "hours_a_fraction": ("hours: 24", "hours: 2§.5", "hours 写作“2.5”，不是整数", "例如 hours"),
    "hours_too_many": ("hours: 24", "hours: 9§000", "hours 写作 9000，超出范围", "1 至 8760"),
    "missing_post": (
        ", receiver: keeper}",
        "§}",
        "缺少 receiver",
        "请加上 receiver。可用的词：officer",
    ),
    "bad_code": (
        "{code: time,",
        "{§code: Time 1,",
        "items 第 2 项的 code 写作“Time 1”，不符合代码格式",
        "小写字母",
    ),
    "code_twice": (
        "{code: time,",
        "{§code: place,",
        "items 第 2 项与前面重复（place）",
        "不同的 code",
    ),
    "number_twice": (
        "{number: 2,",
        "{§number: 1,",
        "items 第 2 项与前面重复（1）",
        "按条文的项次编号",
    ),
    "text_for_an_item": (
        "- {code: time, text: 时间}",
        "- §时间",
        "items 第 2 项写作“时间”，不是一组",
        "名称有：code、text、focus",
    ),
    "parameter_empty": (
        "  retention:\n    - {article: 20, rule: at_least, period: P2Y}",
        "  §retention: []",
        "参数 retention 没有写成值的列表",
        "以短横线开头",
    ),
    "case_without_question": (
        "name: 二年\n    ask: keep_until",
        "§name: 二年",
        "第 1 个算例缺少 ask",
        "请加上 ask",
    ),
    "unknown_question": (
        "    ask: keep_until\n",
        "    §ask: keep_untill\n",
        "问的 keep_untill 不是可问的问题",
        "可能应为 keep_until",
    ),
    "facts_a_text": (GIVEN, "§昨天", "given 写作“昨天”，不是一组", "given 写事实，例如 given"),
    "impossible_facts": (
        SOUND[SOUND.index("    ask:") :],
        "    ask: equipment\n    on: 2024-02-29\n"
        "    §given: {people: -1, is_busy: true, devices: 0}\n    expect: {missing: 1}\n",
        "第 1 个算例的 given 自相矛盾",
        "数目不能小于 0",
    ),
    "cases_a_text": (
        SOUND[SOUND.index("cases:") :],
        "§cases: 暂无\n",
        "cases 写作“暂无”，不是列表",
        "每行以短横线开头",
    ),
    "missing_fact": (GIVEN, "{§}", "given 中缺少 ended_at", "+08:00"),
    "unknown_fact": (
        GIVEN,
        "{ended_at: 2024-02-29T10:00:00+08:00, §on_hld: true}",
        "given 中有不认识的 on_hld",
        "可能应为 on_hold",
    ),
    "instant_without_zone": (
        GIVEN,
        "{ended_at: §2024-02-29T10:00:00}",
        "ended_at 写作“2024-02-29T10:00:00”，不是带时区的时刻",
        "+08:00",
    ),
    "unknown_trigger": (
        GIVEN,
        "{ended_at: 2024-02-29T10:00:00+08:00, triggers: [§complain]}",
        "triggers 第 1 项写作“complain”",
        "可能应为 complaint",
    ),
    "nothing_expected": (
        "{until: 2026-02-28T10:00:00+08:00, articles: [20]}",
        "{§}",
        "expect 是空的",
        "articles: [20]",
    ),
    "unknown_expectation": (
        "{until: 2026-02-28T10:00:00+08:00, articles: [20]}",
        "{§untl: x}",
        "expect 中有不认识的 untl",
        "可能应为 until",
    ),
    "day_of_case_missing": (
        "name: 二年\n    ask: keep_until\n    on: 2024-02-29",
        "§name: 二年\n    ask: keep_until",
        "缺少 on",
        "例如 on: 2026-01-01",
    ),
    "no_yaml": ("title: 某局执法音像记录管理办法", "title: §[", "不是正确的 YAML 写法", "缩进"),
    "tab": ("  1: {", "\t§1: {", "不是正确的 YAML 写法", "制表符"),
    "tag": (
        "title: 某局执法音像记录管理办法",
        "title: §!!python/name:os.system x",
        "类型标记",
        "请删去",
    ),
    "anchor": ("title: 某局执法音像记录管理办法", "title: §&a x", "锚点", "照样写一遍"),
    "list_as_name": ("title: 某局执法音像记录管理办法", "§[a]: x", "名称写成了列表", "一个词"),
    "key_twice": (
        RETENTION,
        "    - {article: 20, rule: unstated, §rule: exact}",
        "rule 重复出现",
        "删去一处",
    ),
    "too_deep": (
        "title: 某局执法音像记录管理办法",
        "title: §[[[[[[[[[[[[[]]]]]]]]]]]]]",
        "嵌套过深",
        "括号",
    ),
    "second_document": ("cases:\n", "§---\ncases:\n", "第二份文档", "一个规则包"),
}
DATES = {
    "one_day": (
        ["from: 2020-01-01", "§from: 2020-01-01"],
        "与第 10 行的自同一天起（2020-01-01）",
        "写明各自的 from",
    ),
    "both_from_the_start": (
        ["see: []", "§see: []"],
        "与第 10 行的自同一天起（2017-06-19）",
        "写明各自的 from",
    ),
    "the_start_said_twice": (
        ["see: []", "§from: 2017-06-19"],
        "与第 10 行的自同一天起（2017-06-19）",
        "写明各自的 from",
    ),
    "out_of_order": (
        ["from: 2020-01-01", "§from: 2019-01-01"],
        "没有按日期先后排列",
        "从早到晚",
    ),
    "before_the_start": (
        ["§from: 2016-01-01"],
        "自 2016-01-01 起，早于制度施行之日 2017-06-19",
        "不写 from",
    ),
}


def check(text, line, wrong, right):
    (problem,) = problems_of(text)
    assert (problem.file, problem.line) == ("some.yaml", line)
    assert wrong in problem.wrong
    assert right in problem.right


@pytest.mark.parametrize(("old", "new", "wrong", "right"), BROKEN.values(), ids=BROKEN)
def test_a_slip_is_told_with_its_line_and_its_remedy(old, new, wrong, right):
    check(*broken(old, new), wrong, right)


@pytest.mark.parametrize(("froms", "wrong", "right"), DATES.values(), ids=DATES)
def test_a_wrong_date_is_told_with_its_line_and_its_remedy(froms, wrong, right):
    values = "\n".join(f"    - {{article: 20, rule: unstated, {one}}}" for one in froms)
    check(*broken(RETENTION, values), wrong, right)


def test_values_from_one_day_are_told_where_the_pack_knows_no_start():
    text = SOUND.replace("in_force: 2017-06-19\n", "")
    text = text.replace(RETENTION, f"{RETENTION}\n{RETENTION}")
    check(text, 10, "与第 9 行的自同一天起（施行之日）", "写明各自的 from")


def test_a_title_too_long_is_told():
    text, line = broken("title: 某局", f"title§: {'长' * 500}")
    check(text, line, "title 太长", "缩短到 500 字")


def test_a_pack_without_parameters_is_told():
    text = SOUND[: SOUND.index("parameters:")]
    check(text, 1, "规则包缺少 parameters", "retention: [{article: 20")


def test_a_sound_pack_has_no_problem():
    assert problems_of(SOUND) == ()


def test_all_problems_are_told_at_once_in_the_order_of_lines():
    text = (
        SOUND.replace("P2Y", "2年").replace("title", "titel").replace("code: time", "code: place")
    )
    assert [problem.line for problem in problems_of(text)] == [1, 1, 10, 17]


def test_nothing_that_follows_from_a_broken_article_is_told():
    text, line = broken("{summary: 保存不少于二年, governs", "{§governs")
    check(text, line, "第 20 条缺少 summary", "请加上 summary")


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "---\n", "~"])
def test_an_empty_file_is_told(text):
    check(text, 1, "文件是空的", "title、field、articles、parameters")


@pytest.mark.parametrize("text", ["- title\n", "title", "[1, 2]"])
def test_a_file_that_is_no_mapping_is_told(text):
    check(text, 1, "规则包不是一组", "title、field、articles、parameters")


def test_a_bomb_of_anchors_is_refused_at_its_first():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    check(bomb, 1, "锚点", "照样写一遍")

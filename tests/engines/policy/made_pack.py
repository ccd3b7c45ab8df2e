"""A small sound pack, and ways to break it at a marked line."""

from liuhen.engines.policy.loading import read
from liuhen.engines.policy.problems import PackInvalid, Problem

SOUND = """\
title: 某局执法音像记录管理办法
field: 安全生产
in_force: 2017-06-19
articles:
  1: {summary: 目的}
  20: {summary: 保存不少于二年, governs: [retention]}
  22: {summary: 查看经批准, governs: [access, handover]}
parameters:
  retention:
    - {article: 20, rule: at_least, period: P2Y}
  handover:
    - {article: 22, clock: recording_end, limit: hours, hours: 24, receiver: keeper}
  shot_list:
    - article: 22
      items:
        - {code: place, text: 地点}
        - {code: time, text: 时间}
  breaches:
    - article: 22
      items:
        - {number: 1, text: 擅自外传}
        - {number: 2, text: 私自删改}
cases:
  - name: 二年
    ask: keep_until
    on: 2024-02-29
    given: {ended_at: 2024-02-29T10:00:00+08:00}
    expect: {until: 2026-02-28T10:00:00+08:00, articles: [20]}
"""


def problems_of(text: str) -> tuple[Problem, ...]:
    """What the loader finds wrong; () for a sound pack."""
    try:
        read(text, "some.yaml")
    except PackInvalid as invalid:
        return invalid.problems
    return ()


def broken(old: str, new: str) -> tuple[str, int]:
    """(the sound pack with `old` replaced, the line on which `new` has its mark §)."""
    assert SOUND.count(old) == 1, old
    text = SOUND.replace(old, new)
    line = text[: text.index("§")].count("\n") + 1
    return text.replace("§", ""), line

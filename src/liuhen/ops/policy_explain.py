from datetime import date
from typing import TYPE_CHECKING, Any

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.policy_words import (
    ground_answers,
    ground_lines,
    keeping_answer,
    kept_until,
    moment,
    stamp,
)
from liuhen.ops.shell import Answer, Say, subcommand

if TYPE_CHECKING:
    from liuhen.recordings.models import Recording
    from liuhen.regulations.queries import Standing

CONCERNED = ("retention", "retention_as_evidence", "long_term", "handover", "handover_excused")
"""The parameters that decide when a recording is handed in and how long it is kept."""


@subcommand("explain")
@click.argument("recording", metavar="RECORDING")
def command(say: Say, folder: DataDir, recording: str) -> Answer:
    """Say by which articles RECORDING (its number) is kept and was to be handed in."""
    from liuhen.recordings import integrity
    from liuhen.regulations.queries import Standing

    found = integrity.numbered(recording)
    standing = Standing(found.agency)
    return explain(say, found, standing)


def explain(say: Say, found: "Recording", standing: "Standing") -> Answer:
    from liuhen.engines.policy import terms
    from liuhen.kernel.clock import in_china
    from liuhen.recordings.models import RecordingState
    from liuhen.retention.terms import ended_at

    ended = in_china(ended_at(found))
    rules = standing.on(ended.date())
    notices = terms.law_notices(rules)
    say(f"{found.number}　{moment(ended)} 录制结束")
    is_examined = found.state != RecordingState.SEALED
    if not is_examined:
        say("尚未检验，录制时间暂按文件名或文件日期推定", fg="yellow")
    say(f"适用：{rules.pack.title}")
    answer: Answer = {
        "ok": True,
        "recording": found.number,
        "ended_at": stamp(ended),
        "is_examined": is_examined,
        "pack": rules.pack.pack_id,
        "is_before_adoption": rules.is_before_adoption,
        "keeping": kept(say, found, standing),
        "handover": handed_in(say, found, standing),
        "values": values(say, standing, ended.date()),
        "notices": ground_answers(notices),
    }
    for line in ground_lines(notices):
        say(line, fg="yellow")
    return answer


def kept(say: Say, found: "Recording", standing: "Standing") -> dict[str, Any] | None:
    from liuhen.engines.policy.terms import NoTermApplies
    from liuhen.retention.terms import keeping_of

    try:
        keeping = keeping_of(found, standing.book)
    except NoTermApplies:
        say(f"保存至：{kept_until(None)}")
        return None
    say(f"保存至：{kept_until(keeping)}")
    for line in ground_lines(keeping.grounds):
        say(line)
    said = keeping_answer(keeping) or {}
    return said | {"grounds": ground_answers(keeping.grounds)}


def handed_in(say: Say, found: "Recording", standing: "Standing") -> dict[str, Any] | None:
    """The duty as it was derived then, by the rules of its day; else what would be owed."""
    from liuhen.duties import grounds, handing_in
    from liuhen.duties.models import Duty, DutyKind
    from liuhen.kernel.clock import in_china
    from liuhen.retention.terms import ended_at

    stored = Duty.objects.filter(recording=found, kind=DutyKind.HANDOVER).first()
    day = in_china(ended_at(found)).date()
    duty: Duty | None = stored or handing_in.handover_of(found, standing.on(day))
    if duty is None:
        say(f"移交期限：{why_none(found)}")
        return None
    because = grounds.grounds_of(duty)
    say(f"移交期限：{moment(duty.due_at)}，入库 {moment(found.sealed_at)}"
        f"，{duty.get_state_display()}")  # fmt: skip
    for line in ground_lines(because):
        say(line)
    return {
        "due_at": stamp(duty.due_at),
        "sealed_at": stamp(found.sealed_at),
        "state": duty.state,
        "is_duty": stored is not None,
        "grounds": ground_answers(because),
    }


def why_none(found: "Recording") -> str:
    """Why nothing is owed for handing it in."""
    from liuhen.duties import handing_in
    from liuhen.recordings.models import TimeOrigin
    from liuhen.retention.terms import ended_at

    if found.recorded_at_origin == TimeOrigin.INTAKE:
        return "录制时间不明，不核算"
    if handing_in.is_of_a_window(found):
        return "固定视频监控自动入库，不核算"
    if not handing_in.had_begun(found.agency, ended_at(found)):
        return "录制于本单位启用本系统之前，不核算"
    return "制度未作规定"


def values(say: Say, standing: "Standing", day: date) -> list[dict[str, Any]]:
    """From when the values that count have held, and whose they are."""
    from liuhen.regulations.wording import parameter_label

    said = []
    for name, held in standing.present(day).items():
        if name in CONCERNED and held.value is not None:
            own = held.proposal
            source = f"本单位调整：{own.reason}" if own else "制度原文"
            say(f"{parameter_label(name)}：第{held.value.article}条，"
                f"自 {held.from_date} 起（{source}）")  # fmt: skip
            said.append(
                {
                    "parameter": name,
                    "article": held.value.article,
                    "from": held.from_date.isoformat(),
                    "proposal": own.pk if own else None,
                    "reading": held.value.reading,
                }
            )
    return said

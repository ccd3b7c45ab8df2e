from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.datadir import DataDir
from liuhen.kernel.refusal import Refusal
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
    from liuhen.duties.simulating import Simulation
    from liuhen.engines.policy.approvals import ChainAnswer
    from liuhen.engines.policy.pack import Adopted, Change
    from liuhen.people.models import Agency

MOVES = {
    "earlier": "到期提前",
    "later": "到期推后",
    "no_longer_expires": "改为不自行到期或随案卷",
    "now_expires": "改为有确定到期日",
    "other": "仍不自行到期，但依据不同",
}


class NoSuchPack(Refusal):
    code = "policy.no_such_pack"
    message = _("没有编号为“{pack_id}”的制度，未作试算。请选择其中之一：{known}。")


@subcommand("simulate")
@click.option("--parameter", metavar="NAME", help="The parameter to change, e.g. retention.")
@click.option(
    "--value",
    metavar="YAML",
    help="Its new value as a pack has it: '{rule: at_least, period: P3Y, article: 20}'.",
)
@click.option("--pack", "pack_id", metavar="ID", help="Try the adoption of this pack instead.")
@click.option("--agency", metavar="NAME", help="The bureau; not needed where there is one.")
@click.option(
    "--from",
    "from_date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day the change is meant to hold; default today. Tried on the last 12 months.",
)
def command(
    say: Say,
    folder: DataDir,
    parameter: str | None,
    value: str | None,
    pack_id: str | None,
    agency: str | None,
    from_date: datetime | None,
) -> Answer:
    """Try a change of the rules on the last 12 months' recordings. Changes nothing."""
    from liuhen.duties.simulating import simulate
    from liuhen.engines.policy.problems import PackInvalid
    from liuhen.kernel.clock import in_china, now
    from liuhen.people import agencies

    if bool(pack_id) == bool(parameter) or bool(parameter) != (value is not None):
        raise click.UsageError("give --parameter with --value, or --pack")
    bureau, at = agencies.meant(agency), now()
    day = from_date.date() if from_date else in_china(at).date()
    try:
        change = adoption(pack_id, day) if pack_id else changed(bureau, parameter, value, day)
    except PackInvalid as error:
        for one in error.problems:
            say.problem(str(one))
        problems = [{"wrong": one.wrong, "right": one.right} for one in error.problems]
        return {"ok": False, "refused": "value_invalid", "problems": problems}
    found = simulate(bureau, [change], at=at)
    tell(say, found)
    return {"ok": True, "agency": bureau.name, "from": day.isoformat()} | answer(found)


def adoption(pack_id: str, day: date) -> "Adopted":
    from liuhen.engines.policy.pack import Adopted
    from liuhen.packs import catalogue

    known = [one.pack_id for one in catalogue.offered()]
    if pack_id not in known:
        raise NoSuchPack(pack_id=pack_id, known="、".join(known))
    return Adopted(catalogue.pack(pack_id), day)


def changed(bureau: "Agency", parameter: str | None, value: str | None, day: date) -> "Change":
    """Raises PackInvalid. Refuses: NoRegulation."""
    from liuhen.engines.policy.loading import check_value
    from liuhen.engines.policy.pack import Change
    from liuhen.engines.policy.problems import PackInvalid
    from liuhen.engines.policy.yaml_tree import tree
    from liuhen.regulations import current

    # Read as a pack is: without anchors, a few words can't grow to gigabytes.
    root, problems = tree(value or "", "--value")
    if problems:
        raise PackInvalid(problems)
    raw = root.plain() if root else None
    pack = current.rules(bureau, day).pack
    return Change(parameter or "", day, check_value(parameter or "", raw, pack=pack))


def tell(say: Say, found: "Simulation") -> None:
    say(f"{moment(found.since)} 至 {moment(found.until)}，共 {found.recordings} 份音像资料")
    if found.changes_nothing:
        say("  没有变化", fg="green")
    for move, count in found.moved.items():
        say(f"保存期限：{count} 份{MOVES[move]}")
    for one in found.moved_examples:
        say(f"  {one.number}  {kept_until(one.before)} → {kept_until(one.after)}")
    for count, text in (
        (found.newly_late, "将成为逾期移交"),
        (found.newly_in_time, "不再是逾期移交"),
    ):
        if count:
            say(f"移交期限：{count} 份{text}")
    for late in found.handover_examples:
        due = f"{moment(late.due_before)} → {moment(late.due_after)}"
        say(f"  {late.number}  入库 {moment(late.sealed_at)}，期限 {due}")
    tell_approvals(say, found)
    for line in ground_lines(found.notices):
        say(line, fg="yellow")


def tell_approvals(say: Say, found: "Simulation") -> None:
    from liuhen.regulations.wording import label, parameter_label

    for chain in found.chains:
        opened = "" if chain.opened is None else f"（这段时间打开 {chain.opened} 次）"
        say(f"审批：{label(chain.kind)}{opened}")
        say(f"  {steps_of(chain.before)} 改为 {steps_of(chain.after)}")
    for task in found.recurring:
        rhythms = [
            "不要求" if one is None else str(label(one.rhythm)) if one.rhythm else "未定周期"
            for one in (task.before, task.after)
        ]
        say(f"周期事项：{parameter_label(task.name)} {rhythms[0]} 改为 {rhythms[1]}")


def steps_of(chain: "ChainAnswer | None") -> str:
    from liuhen.regulations.wording import label

    if chain is None:
        return "未作规定"
    said = [
        f"{'或'.join(str(label(post)) for post in step.posts)}{label(step.act)}"
        for step in chain.steps
    ]
    return " → ".join(said) or "无需审批"


def answer(found: "Simulation") -> dict[str, Any]:
    return {
        "since": stamp(found.since),
        "until": stamp(found.until),
        "recordings": found.recordings,
        "changes_nothing": found.changes_nothing,
        "moved": {move: found.moved[move] for move in sorted(found.moved)},
        **examples(found),
        "newly_late": found.newly_late,
        "newly_in_time": found.newly_in_time,
        "chains": [
            {
                "kind": one.kind,
                "before": chain_answer(one.before),
                "after": chain_answer(one.after),
                "opened": one.opened,
            }
            for one in found.chains
        ],
        "recurring": [
            {
                "name": one.name,
                "before": one.before and one.before.rhythm,
                "after": one.after and one.after.rhythm,
            }
            for one in found.recurring
        ],
        "notices": ground_answers(found.notices),
    }


def examples(found: "Simulation") -> dict[str, Any]:
    moved = [
        {
            "recording": one.number,
            "ended_at": stamp(one.ended_at),
            "move": one.move,
            "before": keeping_answer(one.before),
            "after": keeping_answer(one.after),
        }
        for one in found.moved_examples
    ]
    handed = [
        {
            "recording": one.number,
            "sealed_at": stamp(one.sealed_at),
            "due_before": stamp(one.due_before),
            "due_after": stamp(one.due_after),
        }
        for one in found.handover_examples
    ]
    return {"moved_examples": moved, "handover_examples": handed}


def chain_answer(chain: "ChainAnswer | None") -> list[dict[str, Any]] | None:
    if chain is None:
        return None
    return [{"posts": list(step.posts), "act": step.act} for step in chain.steps]

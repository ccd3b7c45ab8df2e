from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand


@subcommand("doctor")
def command(say: Say, folder: DataDir) -> Answer:
    """Say what this installation has, and what needs somebody's attention."""
    from liuhen.recordings import health

    facts = health.facts()
    for fact in facts:
        say(f"{fact.name}：{fact.value}")
        if fact.problem:
            say.problem(f"  {fact.problem}")
    return {
        "ok": not any(fact.problem for fact in facts),
        "facts": [{"name": f.name, "value": f.value, "problem": f.problem} for f in facts],
    }

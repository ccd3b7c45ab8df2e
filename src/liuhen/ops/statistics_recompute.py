from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand


@subcommand("recompute")
def command(say: Say, folder: DataDir) -> Answer:
    """Count every day anew from the rows, e.g. after a backup was brought back. What it answers is
    what following the log gives: it may run at any time, beside the server."""
    from liuhen.statistics import event_counts, tallying

    days = tallying.recompute()
    event_counts.start_over()
    while event_counts.catch_up():
        pass
    events = event_counts.so_far()
    say(f"已重新统计 {days} 天，存证日志 {events} 条", fg="green")
    return {"ok": True, "days": days, "events": events}

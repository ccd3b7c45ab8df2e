from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand


@subcommand("reindex")
def command(say: Say, folder: DataDir) -> Answer:
    """Build the index that searches read anew; nothing else is changed.

    Searches find less until it is done, and so do those made while it is built.
    """
    from liuhen.cases import search_index
    from liuhen.ops.boot import one_at_a_time

    with one_at_a_time():
        done = search_index.rebuild()
    say(f"检索索引已重新建立：{done} 份资料", fg="green")
    return {"ok": True, "recordings": done}

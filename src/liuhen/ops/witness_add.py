import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand


@subcommand("witness-add")
@click.argument("vkey", metavar="VKEY")
def command(say: Say, folder: DataDir, vkey: str) -> Answer:
    """Accept the cosignatures of the witness with this key (VKEY is what `witness` shows)."""
    from liuhen.custody import witnesses
    from liuhen.kernel.clock import now

    added = witnesses.register(vkey, by="command", at=now())
    say(f"已登记见证人 {added.name}")
    return {"ok": True, "name": added.name, "vkey": added.vkey}

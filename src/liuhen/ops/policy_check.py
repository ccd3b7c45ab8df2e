from dataclasses import replace
from pathlib import Path

import click

from liuhen.engines.policy.pack import Pack
from liuhen.engines.policy.problems import PackInvalid, Problem
from liuhen.ops.shell import Answer, Say, standalone


@standalone("check")
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def command(say: Say, path: Path) -> Answer:
    """Check a pack's FILE and run its worked cases; needs no data directory."""
    from liuhen.engines.policy import worked
    from liuhen.engines.policy.loading import load

    try:
        pack = load(path)
    except PackInvalid as error:
        return told(say, path, list(error.problems)) | {"ok": False}
    failures = [replace(one, file=path.name) for one in worked.failures(pack)]
    answer = told(say, path, failures) | counts(pack)
    if not failures:
        say("{articles} 条（{text_only} 条只作说明），{parameters} 个参数，"
            "{values} 个值，{cases} 个算例全部符合".format(**counts(pack)), fg="green")  # fmt: skip
    return answer | {"ok": not failures}


def told(say: Say, path: Path, problems: list[Problem]) -> Answer:
    for one in problems:
        say.problem(str(one))
    if problems:
        say.problem(f"{path.name} 有 {len(problems)} 处问题")
    keys = ("file", "line", "wrong", "right")
    return {"problems": [{key: getattr(one, key) for key in keys} for one in problems]}


def counts(pack: Pack) -> dict[str, int]:
    return {
        "articles": len(pack.articles),
        "text_only": sum(one.is_text_only for one in pack.articles.values()),
        "parameters": len(pack.parameters),
        "values": sum(len(series) for series in pack.parameters.values()),
        "cases": len(pack.cases),
    }

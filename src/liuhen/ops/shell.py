"""What all subcommands share: `--data`, `--json`, exit codes, refusals in the user's words."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from liuhen.kernel.refusal import Refusal

Answer = dict[str, Any]
REFUSED = 1
DATABASE = "数据库无法写入（{}）。请检查磁盘空间和磁盘状态后重试；已封存的资料不受影响。"


def subcommand(
    name: str, *, default_data: str | None = None
) -> Callable[[Callable[..., Answer]], click.Command]:
    """A click command with `--data` and `--json`.

    The function gets `say`, prints for people through it, and returns the answer: one JSON
    object with `ok`, the only thing on stdout under `--json`. `ok: false` exits 1.
    """

    def wrap(function: Callable[..., Answer]) -> click.Command:
        @click.option(
            "--data",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path(default_data).expanduser() if default_data else None,
            help=f"Data directory; default {default_data or '$LIUHEN_DATA or ~/liuhen-data'}.",
        )
        @click.option(
            "--json", "as_json", is_flag=True, help="Print one JSON object, nothing else."
        )
        @wraps(function)
        def run(data: Path | None, as_json: bool, **options: Any) -> None:
            answer = answered(function, Say(as_json), data, options)
            if as_json:
                click.echo(json.dumps(answer, ensure_ascii=False))
            sys.exit(0 if answer["ok"] else REFUSED)

        return click.command(name)(run)

    return wrap


class Say:
    """Prints lines for people; silent under `--json`."""

    def __init__(self, is_json: bool) -> None:
        self.is_json = is_json

    def __call__(self, text: str = "", **style: Any) -> None:
        if not self.is_json:
            click.secho(text, **style)

    def problem(self, text: str) -> None:
        if not self.is_json:
            click.secho(text, fg="red", err=True)


def answered(
    function: Callable[..., Answer], say: Say, data: Path | None, options: dict[str, Any]
) -> Answer:
    from django.db import OperationalError

    from liuhen.ops import boot

    try:
        folder = boot.start(data)
        return function(say=say, folder=folder, **options)
    except OperationalError as error:
        # A disk that is full or failing under the database: what was acknowledged stays, what
        # was under way is finished or set aside at the next start.
        say.problem(DATABASE.format(error))
        return {"ok": False, "refused": "database", "message": str(error)}
    except Refusal as refusal:
        say.problem(refusal.text)
        return {"ok": False, "refused": refusal.code, "message": refusal.text}
    except OSError as error:
        # A full or unwritable disk: said in words, with the path; nothing acknowledged is lost.
        say.problem(f"{error.strerror}: {error.filename or ''}")
        return {"ok": False, "refused": "os_error", "message": str(error)}

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

DAMAGED = (
    "数据库文件已损坏，无法读取（{}）。"
    "请停止使用并从备份恢复；资料库中的原件不受影响，不要删除任何文件。"
)

STORE_FULL = "磁盘空间不足，没有写完。已写好的文件完好；腾出空间后重新执行，从中断处继续。"
DISK_AWAY = "存储盘未接入，没有办理，未作改动。接入方法见 liuhen doctor。"
STORE_FAILED = "磁盘读写出错，没有写完（{}）。已写好的文件完好；请检查磁盘后重新执行。"


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    option = click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON object, nothing else."
    )
    return option(function)


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
        @json_option
        @wraps(function)
        def run(data: Path | None, as_json: bool, **options: Any) -> None:
            from liuhen.ops import boot

            say = Say(as_json)
            finish(say, lambda: function(say=say, folder=boot.start(data), **options))

        return click.command(name)(run)

    return wrap


def standalone(name: str) -> Callable[[Callable[..., Answer]], click.Command]:
    """A subcommand for a machine without a data directory: `--json` only, nothing is set up."""

    def wrap(function: Callable[..., Answer]) -> click.Command:
        @json_option
        @wraps(function)
        def run(as_json: bool, **options: Any) -> None:
            say = Say(as_json)
            finish(say, lambda: function(say=say, **options))

        return click.command(name)(run)

    return wrap


def finish(say: "Say", action: Callable[[], Answer]) -> None:
    """Do it, print the answer under `--json`, leave with the exit status."""
    answer = answered(say, action)
    if say.is_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    sys.exit(0 if answer["ok"] else REFUSED)


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


def answered(say: Say, action: Callable[[], Answer]) -> Answer:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, OperationalError

    from liuhen.engines.vault.errors import StoreFailed, StoreFull
    from liuhen.engines.vault.marker import NOT_ATTACHED

    try:
        return action()
    except OperationalError as error:
        # A disk that is full or failing under the database: what was acknowledged stays, what
        # was under way is finished or set aside at the next start.
        say.problem(DATABASE.format(error))
        return {"ok": False, "refused": "database", "message": str(error)}
    except DatabaseError as error:
        if type(error) is not DatabaseError:  # the others are bugs of ours
            raise
        say.problem(DAMAGED.format(error))
        return {"ok": False, "refused": "database_damaged", "message": str(error)}
    except ImproperlyConfigured as error:
        say.problem(f"设置有误：{error}")
        return {"ok": False, "refused": "settings", "message": str(error)}
    except Refusal as refusal:
        say.problem(refusal.text)
        return {"ok": False, "refused": refusal.code, "message": refusal.text}
    except StoreFull as full:
        say.problem(STORE_FULL)
        return {"ok": False, "refused": "store_full", "message": str(full)}
    except StoreFailed as failed:
        is_away = failed.reason == NOT_ATTACHED
        say.problem(DISK_AWAY if is_away else STORE_FAILED.format(failed.detail))
        return {"ok": False, "refused": "store_failed", "message": str(failed)}
    except OSError as error:
        # A full or unwritable disk: said in words, with the path; nothing acknowledged is lost.
        say.problem(f"{error.strerror}: {error.filename or ''}")
        return {"ok": False, "refused": "os_error", "message": str(error)}

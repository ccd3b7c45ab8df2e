"""Write docs/reference from the code itself, so that it cannot say what is not so.

    .venv/bin/python tools/reference.py          # write the files
    .venv/bin/python tools/reference.py --check  # exit 1 where a committed file differs

Each page is a function below that returns Markdown; tests/docs compares them with the files.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "liuhen"
FOLDER = ROOT / "docs" / "reference"
HEAD = "<!-- Made by tools/reference.py. Edit the code, not this file. -->\n\n"

SETTINGS = (
    ("LIUHEN_DATA", "`~/liuhen-data`",
     "The data directory: database, vault, keys, everything. `--data` overrides it."),
    ("LIUHEN_DATABASE_URL", "none: SQLite in the data directory",
     "`postgresql://user:password@host:port/name?option=value`; `?host=` names a socket's folder."),
    ("LIUHEN_BIND", "`127.0.0.1:8000`",
     "Address and port gunicorn listens on. `liuhen serve` sets it from `--host` and `--port`."),
    ("LIUHEN_HOSTS", "`*`", "Host names answered to, separated by commas."),
    ("LIUHEN_TRUSTED_ORIGINS", "none",
     "Origins (`https://liuhen.example`), separated by commas, that may send forms when a proxy "
     "changes the host name or adds TLS."),
    ("LIUHEN_HTTPS", "off",
     "`1`: cookies travel over TLS only, and `X-Forwarded-Proto: https` of the proxy is believed."),
    ("LIUHEN_INTAKE_ROOTS", "`/media,/run/media,/mnt`",
     "Folders, separated by commas, below which the page may take recordings in. "
     "The `liuhen intake` command may read anywhere its user may."),
    ("LIUHEN_WATCH", "`watch` in the data directory",
     "The watched folder: what stations drop there is taken in, then removed from it."),
    ("LIUHEN_ACCEL_PREFIX", "none",
     "Location prefix under which nginx serves the data directory's files (X-Accel-Redirect)."),
    ("LIUHEN_SECOND_COPY", "none",
     "Where a second copy of every original is kept: a folder on another disk, or "
     "`s3://bucket/prefix`. In use once `liuhen second-copy --begin` was called."),
    ("LIUHEN_S3_ENDPOINT", "none: Amazon's",
     "Address of the S3 store, `https://…`. Access keys are boto3's: `AWS_ACCESS_KEY_ID`, "
     "`AWS_SECRET_ACCESS_KEY` or `~/.aws/credentials`."),
    ("LIUHEN_S3_LOCK_DAYS", "`30`",
     "For how many days the bucket itself refuses to remove what it holds (Object Lock, "
     "compliance); prolonged at half time while an original is kept, so a disposal may wait that "
     "long. `0`: no lock, versions alone."),
    ("LIUHEN_PROCESSES", "by the number of cores",
     "How many processes copy and hash during intake, scrub and the making of a demonstration."),
    ("LIUHEN_PASSWORD_DAYS", "`180`",
     "After how many days a password must be changed at the next sign-in; `0`: never."),
    ("LIUHEN_DISPOSAL_DAYS", "`7`",
     "How many days pass between the approval of a disposal and its execution, at least 1; until "
     "two witnesses have confirmed it may be revoked."),
    ("LIUHEN_TSA", "none",
     "Address of a timestamp authority (RFC 3161 over HTTP). The worker has the newest checkpoint "
     "stamped once an hour while the log grows."),
    ("LIUHEN_TSA_CERT", "none",
     "PEM file of whom to trust for timestamps: the authority's root CA and any CA between. "
     "Keep former ones in it: the audit verifies old tokens with it."),
    ("LIUHEN_SPEECH_MODEL", "none",
     "Folder with a speech model for sherpa-onnx (SenseVoice, Paraformer, Zipformer, Whisper); the "
     "player then proposes where the notice and the opening statements were spoken. Needs the "
     "optional packages: `pip install liuhen[speech]`."),
    ("LIUHEN_DISC_DRIVES", "`/dev/sr0,/dev/sr1`",
     "Drives, separated by commas, in which the page may have discs written and read; those that "
     "are there are offered."),
    ("LIUHEN_DISC_YEARS", "`2`",
     "After how many years a stored disc is to be read again; it becomes a duty a month before."),
    ("LIUHEN_DISC_PERCENT", "`10`",
     "How many percent of a disc's files such a reading takes, at least one; `100`: all of them."),
    ("LIUHEN_LOG", "`WARNING`", "Level of what is written to standard error."),
    ("LIUHEN_NO_BUBBLEWRAP", "off",
     "Anything: do not try bubblewrap; Landlock or limits alone hold the examining child."),
)  # fmt: skip
"""(name, default in words, meaning); a test compares the names with those the code reads."""


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *([cell(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def settings() -> str:
    rows = ([f"`{name}`", default, meaning] for name, default, meaning in SETTINGS)
    return (
        "# Settings\n\nThe program reads its settings from the environment. All of them:\n\n"
        + table(["name", "default", "meaning"], rows)
        + "\nIn the data directory, `name-patterns.toml` (optional) holds the bureau's own "
        "file-name patterns in a table `patterns`; they are tried before the built-in ones.\n"
    )


def commands() -> str:
    import click

    from liuhen.ops.cli import main

    parts = [
        "# Commands\n\n`.venv/bin/liuhen` after set-up. Exit status: 0 done, 1 refused or problems "
        "found, 2 wrong usage. With `--json` one JSON object, with `ok`, is all that stands on "
        "standard output.\n"
    ]
    for name, command in subcommands(main, ""):
        command._help_option = None  # click keeps the one of whoever asked first in this process
        context = click.Context(
            command, info_name=f"liuhen {name}", terminal_width=80, **main.context_settings
        )
        help = command.get_help(context).replace(str(Path.home()), "~")
        parts.append(f"## {name}\n\n```text\n{help}\n```\n")
    return "\n".join(parts)


def subcommands(group: "click.Group", before: str) -> Iterator[tuple[str, "click.Command"]]:
    """Each with the words it is called by, e.g. `policy check`; a group before what is in it."""
    import click

    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from subcommands(command, f"{before}{name} ")


def events() -> str:
    from reference_code import writers

    from liuhen.custody.kinds import Kind

    found = writers(SRC, [kind.name for kind in Kind])
    rows = (
        [f"`{kind.value}`", kind.label, found[kind.name] or "nobody yet"] for kind in Kind
    )  # fmt: skip
    return (
        "# Custody events\n\nEvery kind of event the log can hold. A kind's value stands in "
        "hashed entries for ever: kinds are added, never renamed.\n\n"
        + table(["kind", "中文", "written by"], rows)
    )


def refusals() -> str:
    from reference_code import import_all, said_by_commands, subclasses

    from liuhen.api.answers import STATUS as MACHINES
    from liuhen.kernel.refusal import Refusal
    from liuhen.web.middleware import STATUS as PAGES

    import_all("liuhen")
    found = sorted(subclasses(Refusal), key=lambda one: one.code)
    status = PAGES | MACHINES
    rows = (
        [f"`{one.code}`", one.message, status.get(one.code, 409), f"`{one.__module__}`"]
        for one in found
    )
    commands = ([f"`{code}`", f"`{module}`"] for code, module in said_by_commands(SRC))
    return (
        "# Refusals\n\nA rule said no and nothing was changed. The code is stable; `{…}` is filled "
        "in. Pages show the message; machine interfaces answer `code` and `message` as JSON, both "
        "under the HTTP status below; commands exit with status 1 and, under `--json`, give the "
        "code as `refused`.\n\n"
        + table(["code", "message", "HTTP", "module"], rows)
        + "\nSaid by a command only (`refused`):\n\n"
        + table(["code", "module"], commands)
    )


def findings() -> str:
    from reference_code import member_docs

    from liuhen.web.findings_text import TEXTS

    said = member_docs(SRC / "engines" / "media" / "facts.py", "Code")
    rows = (
        [f"`{code}`", text.title, text.explanation, text.colour, said.get(code, "")]
        for code, text in TEXTS.items()
    )
    return (
        "# Findings\n\nWhat an examination can notice about a recording: a fact to look at, no "
        "verdict on anyone. Red harms the evidence, orange wants a look, azure tells.\n\n"
        + table(["code", "中文", "说明", "colour", "in the engine"], rows)
    )


def reasons() -> str:
    from liuhen.web.reasons_text import PROBLEMS, REASONS, STORE_FAILED

    known = ([f"`{code}`", text] for code, text in REASONS.items())
    stopped = ([f"`{code}`", text] for code, text in PROBLEMS.items())
    return (
        "# Reasons of an intake\n\nWhy a name on a card was not sealed, or its source not "
        "cleared:\n\n"
        + table(["reason", "中文"], [*known, ["`store_…`", STORE_FAILED]])
        + "\nWhy a whole batch stopped:\n\n"
        + table(["problem", "中文"], stopped)
    )


def states() -> str:
    from liuhen.duties.models import DutyKind, DutyState
    from liuhen.recordings import models

    parts = ["# States and kinds\n\nAs stored, and as shown.\n"]
    for enum in (
        models.BatchState,
        models.ItemState,
        models.RecordingState,
        models.MediaKind,
        models.TimeOrigin,
        DutyKind,
        DutyState,
    ):
        rows = ([f"`{member.value}`", member.label] for member in enum)
        parts.append(f"## {enum.__name__}\n\n{table(['value', '中文'], rows)}")
    return "\n".join(parts)


def permissions() -> str:
    from liuhen.people.permissions import GRANTED, Permission
    from liuhen.people.roles import Role

    rows = (
        [role.label, f"`{role.value}`", *("✓" if p in GRANTED[role] else "" for p in Permission)]
        for role in Role
    )
    return (
        "# Roles and permissions\n\nThe three administrators see no recording and hold no other "
        "role.\n\n" + table(["岗位", "role", *(f"`{p.value}`" for p in Permission)], rows)
    )


def articles() -> str:
    from reference_articles import articles

    return articles()


def licences() -> str:
    from reference_code import front_end

    return (
        "# Licences of the front-end files\n\nBrought by set-up from npm, served from "
        "`static/vendor/`, each with its licence beside it.\n\n"
        + table(["folder", "package", "version", "licence"], front_end(ROOT))
    )


WRITTEN: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "commands.md": commands,
    "events.md": events,
    "refusals.md": refusals,
    "findings.md": findings,
    "reasons.md": reasons,
    "states.md": states,
    "permissions.md": permissions,
    "articles.md": articles,
    "licences.md": licences,
}


def page(name: str) -> str:
    """The text of docs/reference/`name`, in the language the code is written in."""
    from django.utils import translation

    with translation.override(None):
        return HEAD + WRITTEN[name]()


def main(arguments: list[str]) -> int:
    import django

    with tempfile.TemporaryDirectory() as data:
        os.environ["LIUHEN_DATA"] = data
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings")
        django.setup()
        pages = {FOLDER / name: page(name) for name in WRITTEN}
    differing = [p for p, text in pages.items() if not p.is_file() or p.read_text("utf-8") != text]
    for path in differing:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path], "utf-8")
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

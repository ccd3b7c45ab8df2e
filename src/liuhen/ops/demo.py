"""A demonstration bureau, made by the same operations the pages use."""

import tempfile
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.demo_bureau import MARKER
from liuhen.ops.shell import Answer, Say, subcommand

DEFAULT = "~/liuhen-demo"

NEW_PASSWORDS = timedelta(days=10)
"""So long ago everybody changed the password they had begun with."""


@subcommand("demo", default_data=DEFAULT)
@click.option(
    "--samples",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take real files from here instead of generated ones.",
)
@click.option("--year", is_flag=True, help="A whole year of a bureau of 60, by its operations.")
@click.option("--pack", "pack_id", help="The regulation it follows in that year.")
@click.option(
    "--scale",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.001, 2.0),
    help="How much of a whole year's work: 0.02 for a trial.",
)
@click.option("--seed", default="1", show_default=True, help="Another seed, another year.")
@click.option("--serve/--no-serve", "serve_after", default=True, help="Serve it afterwards.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(
    say: Say,
    folder: DataDir,
    samples: Path | None,
    year: bool,
    pack_id: str | None,
    scale: float,
    seed: str,
    serve_after: bool,
    host: str,
    port: int,
) -> Answer:
    """Fill a demonstration bureau in a data directory of its own, then serve it.

    Passwords are drawn anew for each demonstration and shown on its sign-in page only.
    """
    from liuhen.people import agencies
    from liuhen.recordings.models import Recording

    if pack_id and not year:
        raise click.UsageError("--pack 只与 --year 一起使用。")
    marker = folder.root / MARKER
    if no := not_here(folder, is_demonstration=marker.exists(), year=year):
        say.problem(no["message"])
        return no
    if year:
        from liuhen.ops import year as whole_year

        lived = whole_year.run(say, marker, pack_id=pack_or_lively(pack_id), scale=scale, seed=seed)
        if not lived["ok"] or not serve_after:
            return lived | {"data": str(folder.root)}
    elif not agencies.is_set_up():
        fill(say, marker, samples)
    say(f"演示单位：{Recording.objects.count()} 件音像资料，账号见登录页")
    if serve_after:
        from liuhen.ops.serve import serve

        return serve(say, folder, host, port)
    return {"ok": True, "data": str(folder.root), "recordings": Recording.objects.count()}


def not_here(folder: DataDir, *, is_demonstration: bool, year: bool) -> Answer | None:
    """Why the folder is not filled; None: it may be, or is a demonstration to be served."""
    from liuhen.people import agencies

    if not agencies.is_set_up():
        return None
    if not is_demonstration:
        message = f"{folder.root} 是正式数据目录，演示数据不能放入。请用 --data 指定另一个目录。"
        return {"ok": False, "refused": "demo.not_a_demonstration", "message": message}
    if year:
        why = "已有演示单位，年度演示只从空目录开始，中断后不能续做"
        message = f"{folder.root} {why}。请用 --data 指定一个空目录。"
        return {"ok": False, "refused": "demo.used", "message": message}
    return None


def pack_or_lively(pack_id: str | None) -> str:
    from liuhen.packs.catalogue import offered

    known = [pack.pack_id for pack in offered()]
    if pack_id is not None and pack_id not in known:
        raise click.BadParameter(f"{pack_id}；可选：{'、'.join(known)}", param_hint="--pack")
    return pack_id or lively_pack()


AFTER_CARDS = (
    *("supply", "duties", "enforcement", "unrecorded", "cases", "keeping", "discs", "player"),
    *("access", "spot", "breaches", "reviews"),
)
"""Parts of the story, `demo_*`, in their order: each builds on those before it."""


def fill(say: Say, marker: Path, samples: Path | None) -> None:
    from liuhen.kernel.clock import now
    from liuhen.ops import demo_bureau, demo_disposal, demo_past, demo_uses

    passwords = people(marker)
    demo_past.make(say)
    demo_disposal.make()
    demo_bureau.change_passwords(passwords, at=now() - NEW_PASSWORDS)
    demo_uses.make()
    cards(say, samples)
    for name in AFTER_CARDS:
        import_module(f"liuhen.ops.demo_{name}").make()
    demo_disposal.catch_up()


def people(marker: Path) -> dict[str, str]:
    """The bureau of `demo_plan`; answers its passwords."""
    from liuhen.kernel.clock import in_china, now
    from liuhen.ops import demo_bureau
    from liuhen.ops import demo_plan as plan
    from liuhen.ops.demo_past import BEGAN

    bureau = demo_bureau.Bureau(
        plan.AGENCY,
        plan.UNITS,
        plan.PEOPLE,
        plan.DEVICES,
        pack_id=lively_pack(),
        from_date=in_china(now()).date() - timedelta(days=365),
    )
    return demo_bureau.found(bureau, marker, at=now() - BEGAN)


def lively_pack() -> str:
    """A regulation that asks for something every working day, so that the inbox is alive."""
    from liuhen.engines.policy.values import Cadence
    from liuhen.engines.policy.vocabulary import Rhythm
    from liuhen.packs.catalogue import offered

    return next(
        pack.pack_id
        for pack in offered()
        for series in pack.parameters.values()
        if isinstance(series[0], Cadence) and series[0].rhythm == Rhythm.WORKING_DAY
    )


def cards(say: Say, samples: Path | None) -> None:
    """Take the cards in and examine them at once, so that the first page is alive."""
    from django.conf import settings

    from liuhen.kernel.clock import now
    from liuhen.ops import demo_cards
    from liuhen.ops import demo_plan as plan

    if samples is not None:
        take_in(samples, None, None)
    else:
        with tempfile.TemporaryDirectory(prefix="liuhen-demo-") as made:
            folder = Path(made)
            for done, total in demo_cards.make(
                folder, now=now(), processes=settings.LIUHEN_PROCESSES
            ):
                say(f"\r生成演示录像 {done}/{total}", nl=done == total)
            for card in plan.CARDS:
                take_in(folder / card.device_no, card.device_no, card.cert_no)
    examine_all(say)


def take_in(
    path: Path, device_no: str | None, cert_no: str | None, at: datetime | None = None
) -> None:
    """`at`: in the evening of a day gone by."""
    from liuhen.kernel.clock import now
    from liuhen.people import agencies
    from liuhen.recordings import batches, intake

    batch = batches.ask(
        [bytes(path)],
        by="demonstration",
        at=at or now(),
        device_no=device_no,
        officer=batches.officer_with_cert(cert_no, agencies.first()),
    )
    intake.run(batch, clock=lambda: at or now())


def examine_all(say: Say | None = None, at: datetime | None = None) -> None:
    """What the worker would do; its own tasks then find nothing left to do."""
    from liuhen.kernel.clock import now
    from liuhen.recordings import examination, renditions
    from liuhen.recordings.models import Recording, RecordingState

    waiting = Recording.objects.filter(state=RecordingState.SEALED).order_by("pk")
    for done, recording in enumerate(list(waiting), 1):
        examination.examine(recording, at=at or now())
        recording.refresh_from_db()
        if not (recording.examination or {}).get("browser_playable"):
            renditions.render(recording)
        if say:
            say(f"\r检验录像 {done}", nl=False)
    if say:
        say("")

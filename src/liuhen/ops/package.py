import os
from pathlib import Path

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand
from liuhen.ops.terminal import byte_bar


@subcommand("package")
@click.argument("extraction", metavar="NUMBER")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which the package's own is made.",
)
@click.option(
    "--image",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A new file: the image of a disc with the package.",
)
def command(
    say: Say, folder: DataDir, extraction: str, to: Path | None, image: Path | None
) -> Answer:
    """Write the evidence package of an extraction (NUMBER as on its page) to a disk.

    A folder, a disc image (ISO 9660, Joliet, UDF), or both.
    """
    from liuhen.access import package_out, packages
    from liuhen.access.extraction import numbered
    from liuhen.kernel.clock import now

    if to is None and image is None:
        raise click.UsageError("say where: --to, --image or both")
    found = numbered(extraction)
    by = f"command:{os.environ.get('USER', 'unknown')}"[:100]
    package = packages.logged(found, by=by, at=now())
    answer: Answer = {"ok": True, "extraction": found.number, "bytes": package.size_bytes}
    if to is not None:
        with byte_bar("写入文件夹", quiet=say.is_json) as bar:
            answer["folder"] = str(package_out.write(package, to, bar))
        say(f"已写入 {answer['folder']}", fg="green")
    if image is not None:
        label = found.number.replace("-", "_")
        with byte_bar("写入光盘映像", quiet=say.is_json) as bar:
            package_out.image(package, image, label=label, tell=bar)
        answer["image"] = str(image)
        say(f"已写入 {image}", fg="green")
    return answer

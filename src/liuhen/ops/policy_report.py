from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.datadir import DataDir
from liuhen.kernel.refusal import Refusal
from liuhen.ops.shell import Answer, Say, subcommand

if TYPE_CHECKING:  # Django is not up yet when this is read
    from liuhen.statistics.article_figures import ArticleFigures
    from liuhen.statistics.article_report import Report


class ReportThere(Refusal):
    code = "policy.report_there"
    message = _("文件 {path} 已存在，没有覆盖。请换一个文件名。")


@subcommand("report")
@click.option("--year", type=click.IntRange(2000, 2100), required=True)
@click.option(
    "--pdf",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it as A4 sheets to this file; one that is there is left alone.",
)
@click.option("--agency", metavar="NAME", help="The bureau; not needed where there is one.")
def command(say: Say, folder: DataDir, year: int, pdf: Path | None, agency: str | None) -> Answer:
    """Write the bureau's self-assessment of a year, article by article, with figures and lists."""
    from liuhen.kernel.clock import now
    from liuhen.people import agencies
    from liuhen.statistics import article_report, event_counts

    bureau = agencies.meant(agency)
    # To the log's end first: nothing done today is missing.
    while event_counts.catch_up():
        pass
    said = article_report.report(bureau, year, at=now(), reader=None)
    tell(say, said)
    if pdf is not None:
        write(pdf, said)
        say(f"已写入 {pdf}", fg="green")
    return answer(said)


def tell(say: Say, said: "Report") -> None:
    from liuhen.statistics.article_report import HEADS, row_of

    say(f"{said.agency}　{said.pack.title}　{said.year} 年")
    for one in said.articles:
        row = row_of(one)
        say(f"{row[0]}　{row[1]}", bold=True)
        for head, text in list(zip(HEADS, row, strict=True))[2:]:
            if text:
                say(f"　　{head}：{text}")
    say(f"全年逾期办结和到期未办 {said.late_count} 件")


def write(path: Path, said: "Report") -> None:
    """Refuses: ReportThere."""
    from liuhen.engines.paper.registers import registers_pdf
    from liuhen.statistics import article_report

    parts = [article_report.register_of(said), article_report.late_register(said)]
    content = registers_pdf(parts, at=said.made_at)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise ReportThere(path=path) from None


def answer(said: "Report") -> Answer:
    return {
        "ok": True,
        "agency": said.agency.name,
        "pack": said.pack.pack_id,
        "year": said.year,
        "until": said.until.isoformat(),
        "log_size": said.log_size,
        "articles": [told(one) for one in said.articles],
        "late_count": said.late_count,
        "late": [
            {
                "article": one.article,
                "what": one.what,
                "whose": one.whose,
                "due_at": one.due_at.isoformat() if one.due_at else None,
                "closed_at": one.closed_at.isoformat() if one.closed_at else None,
                "reason": one.reason,
            }
            for one in said.late
        ],
    }


def told(one: "ArticleFigures") -> Answer:
    duties = one.duties
    return {
        "article": one.article.no,
        "summary": one.article.summary,
        "acts": {str(act.kind): act.count for act in one.acts},
        "duties": vars(duties) if duties else None,
        "is_silent": one.is_silent,
    }

"""The year's self-assessment: every article, what was late, on paper."""

import json
from datetime import timedelta

import pypdfium2
import pytest
from click.testing import CliRunner

import factories
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.paper.registers import registers_pdf
from liuhen.ops.cli import main
from liuhen.packs import catalogue
from liuhen.statistics import article_report

pytestmark = pytest.mark.django_db
NOON = factories.NOON


@pytest.fixture
def late(bureau) -> Duty:
    """A daily check that was done two days too late."""
    return Duty.objects.create(
        agency=bureau, key="daily_check:1", kind=DutyKind.DAILY_CHECK, pack_id="neiqiu-health",
        article=20, started_at=NOON - timedelta(days=3), due_at=NOON - timedelta(days=2),
        state=DutyState.DONE_LATE, closed_at=NOON, closed_by=factories.officer("wang"),
        unit=factories.unit(), reason="设备外借未还",
    )  # fmt: skip


def report(bureau, year: int = 2026):
    return article_report.report(bureau, year, at=NOON + timedelta(hours=1), reader=None)


def test_every_article_has_its_line(bureau, late):
    rows = article_report.register_of(report(bureau)).rows
    assert [row[1] for row in rows] == [
        article.summary for _no, article in sorted(catalogue.pack("neiqiu-health").articles.items())
    ]
    assert rows[0][0] == "第一条"
    assert rows[19][4] == "逾期办结 1"


def test_what_was_late_is_listed_one_by_one(bureau, late):
    [row] = article_report.late_register(report(bureau)).rows
    assert row[0] == "第二十条"
    assert row[5] == "逾期办结：设备外借未还"


def test_what_is_overdue_still_is_listed_until_it_is_done(bureau, late):
    Duty.objects.update(state=DutyState.OPEN, closed_at=None, closed_by=None, reason="")
    [row] = article_report.late_register(report(bureau)).rows
    assert row[5] == "到期未办"


def test_what_is_due_later_today_is_not_overdue_yet(bureau, late):
    Duty.objects.update(
        state=DutyState.OPEN, closed_at=None, closed_by=None, due_at=NOON + timedelta(hours=3)
    )
    said = report(bureau)
    assert said.late_count == 0
    assert article_report.register_of(said).rows[19][4] == "未办结 1"


def test_another_years_late_duty_is_not_this_years(bureau, late):
    assert report(bureau, 2025).late_count == 0


def test_more_than_the_list_holds_are_counted(bureau, late, monkeypatch):
    monkeypatch.setattr(article_report, "MOST_LATE", 0)
    assert article_report.late_register(report(bureau)).foot == "另有 1 件未列出。"


def test_it_prints_with_its_annex_and_numbered_sheets(bureau, late):
    said = report(bureau)
    parts = [article_report.register_of(said), article_report.late_register(said)]
    pages = pypdfium2.PdfDocument(registers_pdf(parts, at=NOON))
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in pages]
    assert f"第1页共{len(texts)}页" in texts[0]
    assert "执法全过程音像记录制度执行情况自查报告（2026年）" in texts[0]
    assert "附表：逾期办理事项" in texts[-1]


def test_the_command_tells_all_articles_and_writes_the_paper(
    bureau, late, data, tmp_path, monkeypatch
):
    monkeypatch.setattr("liuhen.ops.boot.start", lambda folder: data)
    paper = tmp_path / "report.pdf"
    command = ["policy", "report", "--year", "2026", "--pdf", str(paper), "--json"]
    said = json.loads(CliRunner().invoke(main, command).stdout)
    assert len(said["articles"]) == len(catalogue.pack("neiqiu-health").articles)
    assert paper.read_bytes().startswith(b"%PDF")


def test_a_paper_that_is_there_is_not_written_over(bureau, late, data, tmp_path, monkeypatch):
    monkeypatch.setattr("liuhen.ops.boot.start", lambda folder: data)
    paper = tmp_path / "report.pdf"
    paper.write_text("former")
    command = ["policy", "report", "--year", "2026", "--pdf", str(paper), "--json"]
    done = CliRunner().invoke(main, command)
    assert json.loads(done.stdout)["refused"] == "policy.report_there"
    assert paper.read_text() == "former"

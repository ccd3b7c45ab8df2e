"""日常检查, 远程督查 and 调阅回放 as the pages show them."""

from datetime import timedelta

import pytest
from django.utils import timezone

import factories
from liuhen.access.models import Viewing
from liuhen.duties import recurring
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.supervision.models import DailyCheck, Lookback

pytestmark = pytest.mark.django_db


def test_a_good_day_is_one_press(as_):
    wang = factories.officer("wang")
    recurring.make(at=timezone.now())
    browser = as_("wang")
    assert "检查完毕" in browser.get("/daily-check/").content.decode()
    browser.post("/daily-check/enter/", {"unit": wang.unit.pk})
    assert DailyCheck.objects.get().wrong == []
    for duty in Duty.objects.filter(kind=DutyKind.DAILY_CHECK, unit=wang.unit):
        assert duty.state == DutyState.DONE
    page = browser.get("/daily-check/").content.decode()
    assert "今天已检查" in page
    assert "检查完毕" not in page


def test_what_is_wrong_needs_a_word_and_leads_to_a_correction(as_):
    wang = factories.officer("wang")
    browser = as_("wang")
    said = {"unit": wang.unit.pk, "wrong": ["devices"]}
    answer = browser.post("/daily-check/enter/", said)
    assert answer.status_code == 422
    assert "请写明问题和处理情况" in answer.content.decode()
    browser.post("/daily-check/enter/", said | {"note": "一台未归还"})
    page = browser.get("/daily-check/").content.decode()
    assert "source=daily_check" in page
    assert "一台未归还" in page


def test_the_remote_page_asks_again_for_its_figures_alone(as_):
    factories.officer("li")
    factories.recording(recorded_at=timezone.now())
    browser = as_("du")
    page = browser.get("/remote/").content.decode()
    assert 'hx-trigger="every 30s"' in page
    part = browser.get(
        "/remote/", headers={"HX-Request": "true", "HX-Target": "now"}
    ).content.decode()
    assert "<html" not in part
    assert "监督一科" in part


def test_what_was_played_is_entered_from_the_page(as_):
    fa = factories.officer("fa")
    film = factories.recording(recorded_at=timezone.now() - timedelta(days=2))
    browser = as_("fa")
    assert film.number in browser.get("/playback/").content.decode()
    said = {"number": film.number, "is_whole": "yes", "is_proper": "no", "seen": "未着装"}
    answer = browser.post("/playback/enter/", said)
    assert "您还没有播放过资料" in answer.content.decode()
    facts = {"agency": film.agency, "ground": "playback", "opened_at": timezone.now()}
    Viewing.objects.create(recording=film, viewer=fa, **facts)
    browser.post("/playback/enter/", said)
    assert not Lookback.objects.get().is_proper
    page = browser.get("/playback/").content.decode()
    assert "执法不规范" in page
    assert "source=playback" in page

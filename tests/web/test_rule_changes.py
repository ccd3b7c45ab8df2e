"""A change from its form to the bureau head's word."""

from datetime import date

import pytest

import factories
from liuhen.kernel.clock import CHINA
from liuhen.packs import catalogue
from liuhen.regulations import current, proposing
from liuhen.regulations.models import Adoption, Proposal
from liuhen.web.views import rules, rules_changing

PACK = catalogue.pack("neiqiu-health")
TODAY = factories.NOON.astimezone(CHINA).date()
MARCH = date(2026, 3, 1)
RETENTION = {
    "value-rule": "at_least",
    "value-period_years": "3",
    "value-article": "15",
    "from_date": "2026-03-01",
    "reason": "上级来文",
}


@pytest.fixture(autouse=True)
def in_january(monkeypatch):
    for module in (rules, rules_changing):
        monkeypatch.setattr(module, "now", lambda: factories.NOON)


def proposed(parameter: str = "retention", **changes) -> Proposal:
    value = {"article": 15, "rule": "at_least", "period": "P3Y"}
    facts = {
        "value": value,
        "from_date": MARCH,
        "reason": "上级来文",
        "at": factories.NOON,
    } | changes
    return proposing.propose(
        factories.agency(), parameter, facts.pop("value"), by=factories.officer("an"), **facts
    )


def adoption() -> Proposal:
    return proposing.propose_adoption(
        factories.agency(), "luohe-livestock", from_date=MARCH, reason="机构改革",
        by=factories.officer("an"), at=factories.NOON,
    )  # fmt: skip


def test_a_change_is_proposed_on_its_form(as_):
    answer = as_("an").post("/rules/parameters/retention/change/", RETENTION)
    made = Proposal.objects.get()
    assert answer.headers["Location"] == f"/rules/proposals/{made.pk}/"
    assert made.value == {"article": 15, "see": [], "rule": "at_least", "period": "P3Y"}
    assert (made.from_date, made.reason) == (MARCH, "上级来文")


def test_the_form_starts_from_what_holds(as_):
    form = as_("an").get("/rules/parameters/handover/change/").context["form"]
    assert form["hours"].value() == 24
    assert form["article"].value() == 16


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value-period_years": ""}, "必须填写保存期限"),
        ({"reason": ""}, "必填"),
        ({"from_date": "2026-01-04"}, "regulations.too_early"),
        ({"from_date": "soon"}, "正确的日期"),
    ],
)
def test_a_form_that_cannot_be_keeps_what_was_typed(as_, changes, said):
    answer = as_("an").post("/rules/parameters/retention/change/", RETENTION | changes)
    shown = answer.content.decode()
    assert said in shown or "已过" in shown
    assert answer.context["form"]["rule"].value() == "at_least"
    assert not Proposal.objects.exists()


def test_a_line_is_added_without_losing_what_was_typed(as_):
    said = {"act": "add:value-causes", "reason": "半句话", "value-causes-row": "0"}
    said |= {"value-causes-0-text": "新事由", "value-causes-0-code": "weather"}
    headers = {"HX-Request": "true", "HX-Target": "change"}
    shown = as_("an").post("/rules/parameters/exemption/change/", said, headers=headers)
    text = shown.content.decode()
    assert "<html" not in text
    assert ("半句话" in text, "新事由" in text) == (True, True)
    assert "value-causes-1-text" in text
    assert "is-invalid" not in text


def test_the_articles_offered_are_those_followed_on_the_day(as_, bureau):
    Adoption.objects.create(
        agency=bureau, pack_id="luohe-livestock", from_date=MARCH, adopted_at=factories.NOON
    )
    late = RETENTION | {"from_date": "2026-04-01", "value-article": "15", "reason": ""}
    choices = as_("an").post("/rules/parameters/retention/change/", late).context["form"]
    luohe = catalogue.pack("luohe-livestock")
    assert luohe.articles[15].summary in str(choices["article"])


def test_another_regulation_is_proposed(as_):
    said = {"pack_id": "luohe-livestock", "from_date": "2026-03-01", "reason": "机构改革"}
    as_("an").post("/rules/adopt/", said)
    assert Proposal.objects.get().pack_id == "luohe-livestock"


def test_the_present_regulation_is_not_offered(as_):
    form = as_("an").get("/rules/adopt/").context["form"]
    offered = [value for value, _label in form.fields["pack_id"].choices]
    assert len(offered) == 4
    assert "neiqiu-health" not in offered


def test_the_present_regulation_is_offered_after_another_adopted_for_later(as_):
    proposing.approve(adoption(), by=factories.officer("qian"), at=factories.NOON)
    back = {"pack_id": "neiqiu-health", "from_date": "2026-03-02", "reason": "机构改革取消"}
    as_("an").post("/rules/adopt/", back)
    assert Proposal.objects.latest("pk").pack_id == "neiqiu-health"


def test_old_and_new_stand_side_by_side(as_):
    shown = as_("qian").get(f"/rules/proposals/{proposed().pk}/")
    (only,) = shown.context["differences"]
    assert only.name == "retention"
    assert [marked for _line, marked in only.new.lines] == [True]
    assert "至少3年" in shown.content.decode()


def test_a_decided_one_still_shows_what_was_before(as_):
    first = proposed()
    proposing.approve(first, by=factories.officer("qian"), at=factories.NOON)
    first.refresh_from_db()
    (only,) = as_("qian").get(f"/rules/proposals/{first.pk}/").context["differences"]
    assert only.old.lines != only.new.lines


def test_another_regulation_is_compared_by_its_words(as_):
    shown = as_("qian").get(f"/rules/proposals/{adoption().pk}/")
    names = {one.name for one in shown.context["differences"]}
    assert "retention" in names
    assert all(one.is_in_words for one in shown.context["differences"])


def test_another_regulation_adopted_still_shows_the_former(as_):
    made = adoption()
    proposing.approve(made, by=factories.officer("qian"), at=factories.NOON)
    shown = as_("qian").get(f"/rules/proposals/{made.pk}/").context
    assert (shown["old"].pack_id, shown["new"].pack_id) == ("neiqiu-health", "luohe-livestock")


@pytest.mark.parametrize("kind", [proposed, adoption])
def test_what_it_would_have_done_is_fetched_beside_it(as_, kind):
    factories.recording(recorded_at=factories.NOON.replace(month=1, day=2))
    answer = as_("an").get(f"/rules/proposals/{kind().pk}/simulation/")
    assert answer.context["result"].recordings == 1
    assert "改为到期后鉴定" in answer.content.decode()


def test_the_head_approves(as_):
    made = proposed()
    as_("qian").post(f"/rules/proposals/{made.pk}/approve/", {"note": "同意"})
    made.refresh_from_db()
    assert (made.state, made.decision_note) == ("approved", "同意")
    assert current.rules(factories.agency(), MARCH).values["retention"].period.years == 3


def test_the_head_sends_back_with_a_reason(as_):
    made, browser = proposed(), as_("qian")
    again = browser.post(f"/rules/proposals/{made.pk}/refuse/", {"note": ""})
    assert again.status_code == 422
    assert "须写明理由" in again.content.decode()
    browser.post(f"/rules/proposals/{made.pk}/refuse/", {"note": "期限过长"})
    assert Proposal.objects.get().state == "refused"


def test_a_refused_approval_is_said_on_the_page(as_):
    made = proposed()
    Proposal.objects.update(from_date=date(2026, 1, 1))
    shown = as_("qian").post(f"/rules/proposals/{made.pk}/approve/", {"note": ""})
    assert shown.status_code == 422
    assert "生效日期 2026-01-01 已过" in shown.content.decode()


def test_the_proposer_withdraws_and_nobody_else(as_):
    made = proposed()
    factories.officer("an2", "security_admin")
    as_("an2").post(f"/rules/proposals/{made.pk}/withdraw/")
    assert Proposal.objects.get().state == "proposed"
    as_("an").post(f"/rules/proposals/{made.pk}/withdraw/")
    assert Proposal.objects.get().state == "withdrawn"


def test_lists_of_what_waits_and_what_is_done(as_):
    done, waiting = proposed(), proposed(from_date=date(2026, 4, 1))
    proposing.withdraw(done, by=factories.officer("an"), at=factories.NOON)
    browser = as_("qian")
    first = browser.get("/rules/proposals/")
    assert [row for row, _title in first.context["rows"]] == [waiting]
    assert first.context["pending"] == 1
    assert [row for row, _title in browser.get("/rules/proposals/?done=1").context["rows"]] == [
        done
    ]


def test_the_list_asks_no_more_for_more(as_, django_assert_max_num_queries):
    for day in range(1, 11):
        proposed(from_date=date(2026, 4, day))
    browser = as_("qian")
    with django_assert_max_num_queries(14):
        browser.get("/rules/proposals/")


def test_the_menu_counts_what_waits_for_the_head(as_):
    proposed()
    assert "1 项待批准" in as_("qian").get("/").content.decode()
    assert "项待批准" not in as_("an").get("/").content.decode()


def test_another_bureaus_proposal_is_not_there(as_):
    made = proposed()
    head = factories.stranger("far", "bureau_head")
    browser = as_(head)
    assert browser.get(f"/rules/proposals/{made.pk}/").status_code == 404
    assert browser.post(f"/rules/proposals/{made.pk}/approve/").status_code == 404


def test_who_proposed_is_not_offered_the_decision(as_):
    both = factories.officer("both", "bureau_head")
    made = proposed()
    Proposal.objects.update(proposed_by=both)
    shown = as_("both").get(f"/rules/proposals/{made.pk}/").content.decode()
    assert "须由另一人办理" in shown
    assert "/approve/" not in shown


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("path", ["/rules/parameters/retention/change/", "/rules/adopt/"])
def test_a_day_that_cannot_be_is_refused_on_the_form(as_, path, day):
    said = RETENTION | {"from_date": day, "pack_id": "luohe-livestock"}
    answer = as_("an").post(path, said)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()

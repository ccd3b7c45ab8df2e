"""代理设置: naming who decides in one's place, and ending it."""

import pytest
from viewing_cast import asked, everybody, film, in_days

import factories
from liuhen.people.models import StandIn

WAY = "/viewing/stand-ins/"


@pytest.fixture
def cast(bureau) -> None:
    everybody()


def named(login: str, whose: str = "", days: int = 3, **more) -> dict:
    facts = {
        "instead_of": whose,
        "officer": factories.officer(login).pk,
        "from_date": in_days(0).isoformat(),
        "until_date": in_days(days).isoformat(),
    }
    return facts | more


def own(login: str) -> str:
    return f"officer:{factories.officer(login).pk}"


def test_who_is_away_names_somebody_who_then_decides(as_, cast):
    made = asked(film())
    as_("qian").post(WAY, named("zhao", own("qian"), reason="出差"))
    row = StandIn.objects.get()
    assert (row.officer, row.for_officer) == (factories.officer("zhao"), factories.officer("qian"))
    page = as_("zhao").get(f"/viewing/{made.number}/")
    assert "decide_form" in page.context


def test_the_head_names_for_others_and_for_a_post(as_, cast):
    as_("qian").post(WAY, named("fa", "post:leader"))
    as_("qian").post(WAY, named("zhao", own("ban")))
    assert [row.for_post for row in StandIn.objects.order_by("pk")] == ["leader", ""]
    assert "主管领导" in as_("qian").get(WAY).content.decode()


def test_others_name_for_themselves_alone(as_, cast):
    form = as_("zhao").get(WAY).context["form"]
    assert [value for value, _said in form.fields["instead_of"].choices] == [own("zhao")]
    answer = as_("zhao").post(WAY, named("fa", own("qian")))
    assert answer.status_code == 422
    assert not StandIn.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"until_date": in_days(-1).isoformat()}, {"officer": ""}, {"from_date": ""}]
)
def test_what_cannot_be_comes_back_with_the_form(as_, cast, wrong):
    answer = as_("zhao").post(WAY, named("fa", own("zhao")) | wrong)
    assert answer.status_code == 422
    assert not StandIn.objects.exists()


def test_nobody_stands_in_for_themselves(as_, cast):
    answer = as_("qian").post(WAY, named("qian", own("qian")))
    assert answer.status_code == 422
    assert not StandIn.objects.exists()


def test_it_is_ended_before_its_time(as_, cast):
    as_("zhao").post(WAY, named("fa", own("zhao")))
    row = StandIn.objects.get()
    assert as_("li").post(f"{WAY}{row.pk}/end/").status_code == 404
    assert as_("fa").post(f"{WAY}{row.pk}/end/").status_code == 403
    as_("zhao").post(f"{WAY}{row.pk}/end/")
    row.refresh_from_db()
    assert row.ended_by == factories.officer("zhao")
    assert "已提前结束" in as_("zhao").get(WAY).content.decode()


def test_another_bureaus_are_not_there(as_, cast):
    as_("zhao").post(WAY, named("fa", own("zhao")))
    far = as_(factories.stranger("far", factories.Role.BUREAU_HEAD))
    assert list(far.get(WAY).context["rows"]) == []
    assert far.post(f"{WAY}{StandIn.objects.get().pk}/end/").status_code == 404

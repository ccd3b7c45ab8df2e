"""The recording's page says how long it is kept, and by which article."""

import pytest

import factories
from liuhen.regulations.models import Adoption


def shown(as_, **more) -> str:
    made = factories.recording(**more)
    return as_("zhou").get(f"/recordings/{made.number}/").content.decode()


@pytest.mark.enforces("retention")
@pytest.mark.parametrize(
    ("pack_id", "said"),
    [
        ("chengde-safety", "至少保存至 2028-01-05"),
        ("jiaxian-health", "保存至 2027-01-05，期满须经鉴定"),
        ("weidong-market", "随案卷保存，案卷保管期满日尚未登记"),
        ("neiqiu-health", "制度未规定期限，不自动到期"),
    ],
)
def test_by_the_bureaus_regulation(as_, pack_id, said):
    Adoption.objects.update(pack_id=pack_id)
    assert said in shown(as_)


def test_the_article_is_named(as_):
    Adoption.objects.update(pack_id="chengde-safety")
    assert "第二十条" in shown(as_)


def test_before_the_examination_nothing_is_computed(as_):
    assert "检验确定录制时间后计算" in shown(as_, state="sealed")


def test_a_bureau_without_a_regulation_lets_nothing_go(as_):
    page = as_("zhou")
    Adoption.objects.all().delete()
    made = factories.recording()
    Adoption.objects.all().delete()
    said = page.get(f"/recordings/{made.number}/").content.decode()
    assert "尚未执行音像记录制度，不自动到期" in said

"""光盘: the list, a set of a case, one disc from writing to lending; the folder tree."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

import factories
from cases.case_cast import events, last_facts
from liuhen.access.models import Grant, Viewing
from liuhen.retention import disc_images
from liuhen.retention.models import Disc, DiscJob, DiscSet, TreeExport
from retention.disc_cast import (
    LATER,
    case,
    disc,
    film,
    imaged,
    keeper,
    make,
    stored,
    under,
    written,
)

pytestmark = pytest.mark.usefixtures("bureau")
SENT = {"title": "未公示许可证案", "purpose": "长期保存", "medium": "dvd", "copies": "2"}


@pytest.fixture
def zhou(as_, settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]
    return as_("zhou")


def text(answer) -> str:
    return answer.content.decode()


def test_an_empty_list_says_where_discs_are_made(zhou):
    assert "在案件或者执法活动页面点击“制作光盘”" in text(zhou.get("/discs/"))
    assert "没有需要检查的光盘" in text(zhou.get("/discs/due/"))
    assert "没有借出的光盘" in text(zhou.get("/discs/out/"))
    assert "还没有导出过" in text(zhou.get("/trees/"))


def test_a_set_is_made_from_the_cases_page(zhou):
    made = case()
    assert f"/discs/new/?case={made.pk}" in text(zhou.get(f"/cases/{made.pk}/"))
    answer = zhou.post(f"/discs/new/?case={made.pk}", SENT, follow=True)
    assert "已编制，正在生成映像" in text(answer)
    assert DiscSet.objects.get().title == "未公示许可证案"


def test_and_from_an_activitys_page(zhou):
    activity = factories.activity()
    film(1, activity)
    way = f"/discs/new/?activity={activity.number}"
    assert way in text(zhou.get(f"/activities/{activity.number}/"))
    assert zhou.post(way, SENT).status_code == 302


def test_what_is_refused_is_said_on_the_form(zhou):
    under("jiaxian-health")
    made = case(films=0)
    answer = zhou.post(f"/discs/new/?case={made.pk}", SENT)
    assert (answer.status_code, "没有可以刻录的音像资料" in text(answer)) == (422, True)
    one = zhou.post(f"/discs/new/?case={made.pk}", SENT | {"copies": "1"})
    assert one.status_code == 422
    assert not DiscSet.objects.exists()


def test_a_set_shows_its_discs_and_their_images(zhou):
    image = imaged()
    page = text(zhou.get(f"/discs/{image.image.disc_set_id}/"))
    assert page.count("GP-2026-000001-1/") == 2
    assert (image.sha256 in page, "下载映像" in page, "正本" in page) == (True, True, True)


def test_while_an_image_is_made_the_page_asks_again(zhou):
    made = make()
    page = text(zhou.get(f"/discs/{made.pk}/"))
    assert ('hx-trigger="every 2s"' in page, "正在生成映像" in page) == (True, True)
    assert "正在生成映像" in text(zhou.get(f"/discs/{made.pk}/state/"))


@pytest.mark.enforces("outward")
def test_the_image_is_taken_away_by_a_copys_grant_of_each_recording(zhou):
    image = imaged()
    grants = [factories.grant(film(n), keeper(), kind="copy", may_copy=True) for n in (1, 2)]
    answer = zhou.post(f"/discs/piece/{image.pk}/image/")
    assert len(b"".join(answer)) == image.size_bytes
    assert "attachment" in answer["Content-Disposition"]
    lines = Viewing.objects.order_by("recording__number")
    assert [(one.what, one.grant) for one in lines] == [("copy", one) for one in grants]
    for n, one in enumerate(grants, 1):
        assert last_facts(f"recording:2026-00000{n}")["request"] == one.request.number
    assert events("disc_set:GP-2026-000001")[-1] == "disc.image_taken"


@pytest.mark.enforces("outward")
@pytest.mark.parametrize("granted", [[], [1]])
def test_without_one_no_original_leaves_by_an_image(zhou, granted):
    image = imaged()
    for n in granted:
        factories.grant(film(n), keeper(), kind="copy", may_copy=True)
    answer = zhou.post(f"/discs/piece/{image.pk}/image/")
    lacking = f"2026-00000{len(granted) + 1}"
    assert (answer.status_code, lacking in text(answer)) == (403, True)
    assert f"/viewing/ask/?recording={lacking}&amp;kind=copy" in text(answer)
    assert events(f"recording:{lacking}")[-1] == "access.denied"
    assert not Viewing.objects.exists()
    assert "disc.image_taken" not in events("disc_set:GP-2026-000001")


def test_what_is_cleared_away_is_not_said_to_have_left(zhou):
    image = imaged()
    for n in (1, 2):
        factories.grant(film(n), keeper(), kind="copy", may_copy=True)
    disc_images.path_of(image).unlink()
    assert zhou.post(f"/discs/piece/{image.pk}/image/").status_code == 409
    assert not Viewing.objects.exists()


def test_the_page_says_how_the_copies_are_asked_for(zhou):
    image = imaged()
    way = f"/viewing/ask/?case={image.image.disc_set.case_id}&amp;kind=copy"
    assert way in text(zhou.get(f"/discs/{image.image.disc_set_id}/"))


@pytest.mark.parametrize("form", ["round", "card"])
def test_labels_are_printed(zhou, form):
    made = make()
    answer = zhou.get(f"/discs/{made.pk}/labels/?form={form}")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_disc_goes_its_way_on_its_page(zhou, tmp_path):
    one = disc()
    way = f"/discs/piece/{one.pk}/"
    assert "已写入" in text(zhou.get(way))
    zhou.post(f"{way}written/")
    (tmp_path / "disc.iso").write_bytes(b"x")
    zhou.post(f"{way}read-back/", {"place": str(tmp_path / "disc.iso")})
    job = DiscJob.objects.get()
    assert (job.kind, job.asked_by) == ("read_back", keeper())
    assert "正在回读核对" in text(zhou.get(f"{way}state/"))
    assert "开始回读" not in text(zhou.get(way))


def test_a_stored_disc_is_lent_and_listed(zhou, tmp_path):
    one, _place = stored(tmp_path)
    way = f"/discs/piece/{one.pk}/"
    number = factories.grant(film(1), None, kind="official", may_copy=True).request.number
    short = zhou.post(f"{way}lend/", {"request_no": number, "purpose": "质证"})
    assert (short.status_code, "没有批准光盘中的资料 2026-000002" in text(short)) == (422, True)
    covering(number, film(2))
    answer = zhou.post(f"{way}lend/", {"request_no": number, "purpose": "质证"}, follow=True)
    assert "已登记借出" in text(answer)
    page = text(zhou.get("/discs/out/"))
    assert ("某县人民法院 张法官" in page, f"/viewing/{number}/" in page) == (True, True)
    assert "已登记归还" in text(zhou.post(f"{way}take-back/", {}, follow=True))


def covering(number: str, recording) -> None:
    """The request gave that one, too."""
    one = Grant.objects.get(request__number=number)
    one.pk, one.recording = None, recording
    one.save()


def test_a_number_typed_in_is_no_approval(zhou, tmp_path):
    one, _place = stored(tmp_path)
    sent = {"request_no": "调阅单3号", "purpose": "质证", "to_whom": "张法官"}
    answer = zhou.post(f"/discs/piece/{one.pk}/lend/", sent)
    assert (answer.status_code, "没有这份调阅申请" in text(answer)) == (422, True)
    assert Disc.objects.get(pk=one.pk).state == "stored"


def test_what_is_not_filled_in_is_said_on_the_page(zhou, tmp_path):
    one, _place = stored(tmp_path)
    answer = zhou.post(f"/discs/piece/{one.pk}/lend/", {"purpose": "质证一审"})
    assert (answer.status_code, "质证一审" in text(answer)) == (422, True)
    assert Disc.objects.get(pk=one.pk).state == "stored"


def test_a_place_that_is_not_allowed_is_said_on_the_page(zhou, tmp_path):
    one, _place = written(tmp_path)
    answer = zhou.post(f"/discs/piece/{one.pk}/read-back/", {"place": "/etc/passwd"})
    assert (answer.status_code, "不能从“/etc/passwd”读取光盘" in text(answer)) == (422, True)


def test_due_discs_are_listed_and_counted(zhou, tmp_path):
    one, _place = stored(tmp_path)
    Disc.objects.filter(pk=one.pk).update(read_at=LATER.replace(year=2020))
    page = text(zhou.get("/discs/due/"))
    assert ("GP-2026-000001-1/1" in page, "已超期" in page) == (True, True)


def test_a_replaced_disc_leads_to_the_new_one(zhou, tmp_path):
    one, _place = stored(tmp_path)
    answer = zhou.post(f"/discs/piece/{one.pk}/replace/", {"reason": "划伤"}, follow=True)
    new = Disc.objects.get(replaces=one)
    assert answer.request["PATH_INFO"] == f"/discs/piece/{new.pk}/"
    assert f"/discs/piece/{new.pk}/" in text(zhou.get(f"/discs/piece/{one.pk}/"))


def test_the_recordings_page_says_where_its_discs_are(zhou, tmp_path, as_):
    stored(tmp_path)
    assert "档案室2号柜" in text(zhou.get("/recordings/2026-000001/"))
    assert "档案室2号柜" not in text(as_("li").get("/recordings/2026-000001/"))


def test_those_who_only_look_find_no_buttons(as_, tmp_path):
    image = imaged()
    qian = as_("qian")
    assert "下载映像" not in text(qian.get(f"/discs/{image.image.disc_set_id}/"))
    assert "已写入</button>" not in text(qian.get(f"/discs/piece/{image.pk}/"))


def test_sets_are_found_by_words_and_state(zhou, tmp_path):
    stored(tmp_path)
    for asked, there in (("words=GP-2026", True), ("words=没有", False), ("state=stored", True),
                         ("state=lent", False), ("words=内卫罚", True)):  # fmt: skip
        assert ("GP-2026-000001" in text(zhou.get(f"/discs/?{asked}"))) is there, asked


def test_a_long_list_costs_as_many_queries_as_a_short_one(zhou):
    made = case()
    make(made)
    zhou.get("/discs/")
    with CaptureQueriesContext(connection) as short:
        zhou.get("/discs/")
    for _ in range(5):
        make(made)
    with CaptureQueriesContext(connection) as long:
        zhou.get("/discs/")
    assert len(long) == len(short)


def test_a_tree_is_asked_for_and_shown(zhou, tmp_path):
    case()
    answer = zhou.post("/trees/", {"place": str(tmp_path), "reason": "年度备份"}, follow=True)
    assert ("已安排导出" in text(answer), TreeExport.objects.get().state) == (True, "queued")
    assert "年度备份" in text(zhou.get("/trees/runs/"))
    again = zhou.post("/trees/", {"place": str(tmp_path), "reason": "年度备份"})
    assert (again.status_code, "正在导出" in text(again)) == (422, True)


def test_the_register_is_exported(zhou, tmp_path):
    stored(tmp_path)
    answer = zhou.get("/discs/export/")
    book = load_workbook(io.BytesIO(b"".join(answer)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[0] for row in rows[1:]] == ["GP-2026-000001-1/1", "GP-2026-000001-1/2"]
    assert rows[1][5:8] == ["正本", "在库", "档案室2号柜"]

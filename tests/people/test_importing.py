"""A list of people taken in: all of it, or nothing."""

import pytest
from django.contrib.auth.hashers import check_password

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people import errors, importing, roster
from liuhen.people.models import Officer, RoleChange
from liuhen.people.permissions import NotPermitted
from people.rosters import SI, ZHANG, as_file
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")


def take_in(*rows, by="an") -> list[importing.Made]:
    factories.unit()
    read = roster.read(as_file(*rows))
    return importing.take_in(factories.agency(), read, by=factories.officer(by), at=NOON)


def faults(*rows) -> list[tuple[int, str, str]]:
    """Row, column and words of all that is wrong."""
    factories.unit()
    checked = importing.check(factories.agency(), roster.read(as_file(*rows)))
    return [(one.row.number, fault.column, fault.said) for one in checked for fault in one.faults]


def test_accounts_are_made_and_change_their_passwords_first():
    zhang, si = take_in(ZHANG, SI)
    made = Officer.objects.get(login="zhangsan")
    assert (made.name, made.officer_cert_no, made.unit.name) == ("张三", "HB-1", "监督一科")
    assert (made.must_change_password, made.password_set_at) == (True, NOON)
    assert check_password(zhang.password, made.password)
    assert zhang.password != si.password
    assert Officer.objects.get(login="lisi").officer_cert_no is None


def test_a_drawn_password_is_hashed_in_full_when_it_is_first_used(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    [zhang] = take_in(ZHANG)
    made = Officer.objects.get(login="zhangsan")
    assert "m=8192,t=1" in made.password
    assert made.check_password(zhang.password)
    made.refresh_from_db()
    assert "m=102400,t=2" in made.password
    assert made.check_password(zhang.password)


def test_roles_are_proposed_and_not_yet_held():
    take_in(ZHANG)
    change = RoleChange.objects.get()
    assert (change.role, change.decision, change.proposed_by.login) == ("officer", "", "an")
    assert not change.officer.role_holdings.exists()


def test_each_account_has_its_event_and_the_list_one():
    take_in(ZHANG, SI)
    assert kinds("officer:zhangsan") == [Kind.OFFICER_ADDED, Kind.ROLE_PROPOSED]
    assert kinds("officer:lisi") == [Kind.OFFICER_ADDED]
    assert CustodyEvent.objects.filter(kind=Kind.OFFICERS_IMPORTED).count() == 1


def test_no_password_is_in_the_log_or_in_what_python_prints():
    made = take_in(ZHANG)
    entries = b"".join(bytes(event.entry) for event in CustodyEvent.objects.all())
    assert made[0].password.encode() not in entries
    assert made[0].password not in repr(made)


def test_one_wrong_row_and_nothing_is_taken_in():
    with pytest.raises(errors.RosterFaulty, match="2 行中有 1 行"):
        take_in(ZHANG, ("王五", ""))
    assert not Officer.objects.filter(login="zhangsan").exists()


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (("", "a"), "姓名", "不能为空"),
        (("甲", ""), "登录名", "不能为空"),
        (("甲", "two words"), "登录名", "只能使用"),
        (("甲", "a" * 51), "登录名", "不能超过"),
        (("甲" * 51, "a"), "姓名", "不能超过"),
        (("甲", "li"), "登录名", "已被使用"),
        (("甲", "a", "HB-li"), "执法证号", "已登记"),
        (("甲", "a", "", "没有科"), "科室", "没有科"),
        (("甲", "a", "", "", "国王"), "岗位一", "国王"),
        (("甲", "a", "", "", "执法人员", "审计管理员"), "", "不得兼任"),
        (("甲", "=A1"), "登录名", "公式"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(row, column, words):
    factories.officer("li")
    [(number, found, said)] = faults(ZHANG, row)
    assert (number, found) == (3, column)
    assert words in said


def test_twice_in_the_file_is_wrong_in_both_rows():
    found = faults(ZHANG, ("甲", "ZhangSan", "HB-1"))
    assert [(number, column) for number, column, _said in found] == [
        (2, "登录名"), (2, "执法证号"), (3, "登录名"), (3, "执法证号"),
    ]  # fmt: skip


def test_another_bureaus_logins_and_numbers_are_taken_and_its_units_unknown():
    far = factories.stranger("zhangsan", officer_cert_no="HB-1")
    theirs = factories.unit("别处科", of=far.agency).name
    found = faults((*ZHANG[:3], theirs))
    assert [column for _number, column, _said in found] == ["登录名", "执法证号", "科室"]


def test_the_same_role_twice_is_one_role():
    take_in(("甲", "a", "", "", "执法人员", "执法人员"))
    assert RoleChange.objects.count() == 1


def test_only_the_security_administrator_imports():
    with pytest.raises(NotPermitted):
        take_in(ZHANG, by="zhou")


def test_a_login_taken_while_hashing_is_still_refused(monkeypatch):
    def meanwhile(hasher, password: str, salt: str) -> str:
        factories.officer("zhangsan")
        return "!"

    monkeypatch.setattr(importing.DrawnPasswordHasher, "encode", meanwhile)
    with pytest.raises(errors.RosterFaulty):
        take_in(ZHANG)


def test_no_event_no_account(log_down):
    factories.unit(), factories.officer("an")
    log_down()
    with pytest.raises(LogDown):
        take_in(ZHANG)
    assert not Officer.objects.filter(login="zhangsan").exists()


def test_many_rows_cost_no_more_queries(django_assert_max_num_queries):
    factories.unit(), factories.officer("an")
    rows = [(f"人{n}", f"p{n}", f"C{n}", "监督一科", "执法人员") for n in range(200)]
    with django_assert_max_num_queries(40):
        assert len(take_in(*rows)) == 200

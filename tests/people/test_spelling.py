"""Two that look the same are the same person."""

import re

import pytest

import factories
from factories import NOON
from liuhen.people import errors, importing, roster, staff
from liuhen.people.filled import Row
from liuhen.people.models import Officer
from liuhen.people.spelling import LOGIN
from liuhen.people.staff import NewOfficer, OfficerFacts
from people.rosters import as_file

pytestmark = pytest.mark.usefixtures("bureau")


def add(login: str, **facts: str) -> Officer:
    an = factories.officer("an")
    said = {"name": "新人", "password": "Rain-on-Slate-7", "roles": frozenset()} | facts
    return staff.add_officer(an.agency, NewOfficer(login=login, **said), by=an, at=NOON)


@pytest.mark.parametrize("login", ["zhang.san", "张三_2", "li@ju-1", "𠮷野"])
def test_a_login_is_chinese_or_ascii(login):
    assert re.match(LOGIN, login)


@pytest.mark.parametrize("login", ["аn", "an\u200b", "ａｎ", "an٣", "an\n", "a n", ""])
def test_no_login_looks_like_anothers(login):
    assert not re.match(LOGIN, login)


def test_a_login_is_taken_whatever_its_case():
    factories.officer("li")
    with pytest.raises(errors.LoginTaken):
        add("Li")


@pytest.mark.parametrize("cert_no", ["HB-LI", "ＨＢ-li", "HB-\u200bli", " HB - li "])
def test_a_certificate_is_taken_however_it_is_spelt(cert_no):
    factories.officer("li")
    with pytest.raises(errors.CertTaken):
        add("new", officer_cert_no=cert_no)


def test_a_certificate_is_kept_half_width():
    assert add("new", officer_cert_no="ＨＢ１２３").officer_cert_no == "HB123"
    wang = factories.officer("wang")
    staff.change(wang, OfficerFacts("王\u200b科长", "ＨＢ９"), by=factories.officer("an"), at=NOON)
    wang.refresh_from_db()
    assert (wang.name, wang.officer_cert_no) == ("王科长", "HB9")


def test_a_row_of_a_list_is_spelt_the_same_way():
    rows = roster.read(as_file(("张\u200b三", "ｚｈａｎｇ", "ＨＢ１\u200b", "", "")))
    [made] = importing.take_in(factories.agency(), rows, by=factories.officer("an"), at=NOON)
    said = made.officer
    assert (said.name, said.login, said.officer_cert_no) == ("张三", "zhang", "HB1")


@pytest.mark.parametrize(("login", "cert"), [("LI", ""), ("new", "hb-LI"), ("new", "ＨＢ-li")])
def test_a_list_takes_no_login_or_certificate_in_another_case(login, cert):
    factories.officer("li")
    row = Row(2, ("某人", login, cert, "", "", "", ""))
    [checked] = importing.check(factories.agency(), [row])
    assert checked.faults


def test_two_rows_with_one_certificate_are_told():
    rows = [Row(n, ("某人", f"u{n}", cert, "", "", "", "")) for n, cert in ((2, "a1"), (3, "A１"))]
    assert all(one.faults for one in importing.check(factories.agency(), rows))

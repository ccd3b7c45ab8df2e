"""The second factor: enrolled, used once, replaced by a recovery code, lost, taken away."""

from datetime import datetime, timedelta

import pytest
from django_otp.oath import TOTP

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.people import errors, sealing, second_factor, sign_in, tries
from liuhen.people.models import RecoveryCode, SecondFactor
from people.told import LogDown, kinds

GOOD = "Rain-on-Slate-7"
DESK = "10.0.0.7"
SECRET = b"12345678901234567890"
STEP = timedelta(seconds=30)


def code(at: datetime = NOON, secret: bytes = SECRET) -> str:
    """What a phone shows at that instant."""
    app = TOTP(secret)
    app.time = at.timestamp()
    return f"{app.token():06d}"


@pytest.fixture
def li(bureau):
    """Li, whose phone was enrolled an hour ago."""
    return enrolled("li")


def enrolled(login: str):
    officer = factories.officer(login, password=GOOD)
    then = NOON - timedelta(hours=1)
    officer.told = second_factor.add(officer, SECRET, code(then), at=then, keep="")
    return officer


def give(officer, said: str, at: datetime = NOON) -> None:
    sign_in.with_code(officer, said, at=at, address=DESK)


def wrong(officer, said: str = "000000", at: datetime = NOON) -> None:
    with pytest.raises(errors.WrongCode):
        give(officer, said, at)


def test_the_published_values_come_out():
    at = datetime.fromtimestamp(1111111109, NOON.tzinfo)  # RFC 6238 appendix B, last six digits
    assert second_factor.step_of("081804", SECRET, at=at) == 1111111109 // 30


def test_the_code_signs_in(li):
    give(li, code())
    assert kinds("officer:li") == [Kind.SECOND_FACTOR_ADDED, Kind.SIGNED_IN]


def test_spaces_and_full_width_digits_are_the_same_code(li):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code())
    give(li, f" {wide[:3]} {wide[3:]}")


@pytest.mark.parametrize("off", [-1, 1])
def test_a_phone_may_be_half_a_minute_off(li, off):
    give(li, code(NOON + off * STEP))


@pytest.mark.parametrize("off", [-2, 2])
def test_but_not_more(li, off):
    wrong(li, code(NOON + off * STEP))


def test_a_code_opens_once(li):
    give(li, code())
    wrong(li, code())


def test_nor_does_an_older_one_after_it(li):
    give(li, code())
    wrong(li, code(NOON - STEP))


def test_of_two_requests_with_one_code_one_is_let_in(li, monkeypatch):
    stale = SecondFactor.objects.get()
    give(li, code())
    first = SecondFactor.objects.filter(officer=li)
    monkeypatch.setattr(type(first), "first", lambda self: stale)  # read before the other wrote
    wrong(li, code())


def test_the_code_of_the_enrolment_is_used_up(bureau):
    officer = factories.officer("li", password=GOOD)
    second_factor.add(officer, SECRET, code(), at=NOON, keep="")
    wrong(officer, code())


def test_wrong_codes_lock_the_login(li):
    for _try in range(tries.MOST):
        wrong(li)
    wrong(li, code())
    with pytest.raises(errors.NotAdmitted):
        sign_in.with_password("li", GOOD, at=NOON, address=DESK)
    failed = [Kind.SECOND_FACTOR_FAILED] * 5
    assert kinds("officer:li") == [Kind.SECOND_FACTOR_ADDED, *failed, Kind.SIGN_IN_LOCKED]


def test_giving_the_password_again_buys_no_codes(li):
    for _try in range(tries.MOST):
        sign_in.with_password("li", GOOD, at=NOON, address=DESK)
        wrong(li)
    assert tries.is_locked("li", at=NOON)


def test_a_recovery_code_opens_once_and_is_told(li):
    paper = li.told[0]
    give(li, paper.lower().replace("-", " "))
    assert kinds("officer:li")[1:] == [Kind.RECOVERY_CODE_USED, Kind.SIGNED_IN]
    wrong(li, paper)
    assert second_factor.unused_recovery_codes(li) == 9


def test_anothers_recovery_code_is_none(li):
    zhao = enrolled("zhao")
    wrong(li, zhao.told[0])


def test_new_recovery_codes_replace_the_old(li):
    new = sign_in.renew_recovery_codes(li, code=code(), at=NOON, address=DESK)
    assert len(set(new)) == 10
    wrong(li, li.told[0])
    give(li, new[0])
    assert Kind.RECOVERY_CODES_RENEWED in kinds("officer:li")


def test_neither_secret_nor_codes_lie_open_in_the_database(li):
    factor = SecondFactor.objects.get()
    assert SECRET.hex() not in factor.sealed_secret
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not kept & {second_factor.plain(one) for one in li.told}


def test_a_secret_moved_to_another_row_does_not_open(li):
    zhao = enrolled("zhao")
    theirs = SecondFactor.objects.get(officer=zhao).sealed_secret
    SecondFactor.objects.filter(officer=li).update(sealed_secret=theirs)
    with pytest.raises(errors.SecretUnreadable):
        give(li, code())


def test_with_another_key_nobody_gets_in(li, data):
    sealing.key_of.cache_clear()
    data.second_factor_file.write_text("00" * 32)
    with pytest.raises(errors.SecretUnreadable):
        give(li, code())
    sealing.key_of.cache_clear()


def test_a_wrong_code_enrols_nobody(bureau):
    officer = factories.officer("li")
    with pytest.raises(errors.WrongCode):
        second_factor.add(officer, SECRET, "000000", at=NOON, keep="")
    assert (second_factor.has_one(officer), kinds("officer:li")) == (False, [])


def test_a_second_phone_is_not_added_to_the_first(li):
    with pytest.raises(errors.FactorThere):
        second_factor.add(li, b"x" * 20, code(secret=b"x" * 20), at=NOON, keep="")
    give(li, code())


def remove(officer, password: str = GOOD, said: str | None = None) -> None:
    said = said or code()
    sign_in.remove_factor(officer, password=password, code=said, at=NOON, address=DESK)


def test_it_is_given_up_with_password_and_code(li):
    remove(li)
    assert not second_factor.has_one(li)
    assert kinds("officer:li")[-1] == Kind.SECOND_FACTOR_REMOVED


@pytest.mark.parametrize(
    ("password", "said", "refusal"),
    [("wrong", None, errors.WrongPassword), (GOOD, "000000", errors.WrongCode)],
)
def test_it_is_not_given_up_with_less(li, password, said, refusal):
    with pytest.raises(refusal):
        remove(li, password, said)
    assert second_factor.has_one(li)


def test_an_administrator_never_does_without(bureau):
    with pytest.raises(errors.FactorRequired):
        remove(enrolled("sun"))


def test_a_lost_one_is_reset_by_another(li):
    second_factor.reset(li, by=factories.officer("an"), at=NOON)
    assert not second_factor.has_one(li)
    assert kinds("officer:li")[-1] == Kind.SECOND_FACTOR_REMOVED


def test_nobody_resets_ones_own(bureau):
    an = enrolled("an")
    with pytest.raises(errors.OwnFactor):
        second_factor.reset(an, by=an, at=NOON)


def test_what_is_not_there_is_not_reset(bureau):
    with pytest.raises(errors.NoFactor):
        second_factor.reset(factories.officer("li"), by=factories.officer("an"), at=NOON)


@pytest.mark.parametrize("act", ["add", "use", "renew", "take_away"])
def test_no_event_no_change(li, log_down, act):
    zhao = factories.officer("zhao")
    before = rows()
    acts = {
        "add": lambda: second_factor.add(zhao, SECRET, code(), at=NOON, keep=""),
        "use": lambda: give(li, li.told[0]),
        "renew": lambda: second_factor.renew(li, at=NOON),
        "take_away": lambda: second_factor.take_away(li, by=li, at=NOON),
    }
    log_down()
    with pytest.raises(LogDown):
        acts[act]()
    assert rows() == before


def rows() -> list:
    factors = SecondFactor.objects.order_by("pk").values_list("officer", "last_step")
    return [*factors, *RecoveryCode.objects.order_by("pk").values_list("digest", "used_at")]


def test_whose_it_is_asked_of(bureau, settings):
    required = {
        login for login in factories.CAST if second_factor.is_required_of(factories.officer(login))
    }
    assert required == {"sun", "an", "shen"}
    settings.LIUHEN_DEMO = True
    assert not second_factor.is_required_of(factories.officer("sun"))


def test_the_app_is_told_who_and_what():
    uri = second_factor.as_uri(SECRET, login="li")
    assert uri.startswith("otpauth://totp/%E7%95%99%E7%97%95%3Ali?secret=GEZDGNBVGY3TQOJQ")

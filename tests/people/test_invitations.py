"""One more bureau in the same installation."""

from datetime import date, timedelta

import pytest

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people import agencies, errors, invitations
from liuhen.people.models import Agency, Invitation, Officer
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer
from liuhen.regulations import setting_up
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")
LATER = NOON + timedelta(hours=1)


def invite(name="邻县卫健局", by="sun") -> tuple[Invitation, str]:
    return invitations.invite(name, by=factories.officer(by), at=NOON)


def set_up(invitation: Invitation, name="邻县卫健局", at=LATER) -> Agency:
    person = NewOfficer("theirs", "彼方", "Rain-on-Slate-7", frozenset({Role.SYSTEM_ADMIN}))
    return setting_up.set_up(
        agency_name=name,
        pack_id="chengde-safety",
        from_date=date(2026, 1, 1),
        people=[person],
        at=at,
        invitation=invitation,
    )


def test_an_invited_bureau_sets_itself_up():
    made, code = invite()
    theirs = set_up(invitations.open_with(code, at=LATER))
    assert theirs.pk != factories.agency().pk
    assert theirs.adoptions.get().pack_id == "chengde-safety"
    assert Officer.objects.get(login="theirs").role_names == {Role.SYSTEM_ADMIN}
    assert kinds(f"invitation:{made.pk}") == [Kind.AGENCY_INVITED]
    assert kinds(f"agency:{theirs.pk}")[0] == Kind.AGENCY_SET_UP


def test_the_code_is_kept_nowhere():
    made, code = invite()
    assert code not in str(Invitation.objects.filter(pk=made.pk).values())
    assert all(code.encode() not in bytes(event.entry) for event in CustodyEvent.objects.all())
    assert len(code) * 6 >= 144


@pytest.mark.parametrize("code", ["", "wrong", "x" * 500])
def test_a_wrong_code_opens_nothing(code):
    invite()
    with pytest.raises(errors.InvitationUsed):
        invitations.open_with(code, at=LATER)


def test_a_code_opens_for_three_days():
    _made, code = invite()
    invitations.open_with(code, at=NOON + timedelta(hours=72, seconds=-1))
    with pytest.raises(errors.InvitationUsed):
        invitations.open_with(code, at=NOON + timedelta(hours=72))


def test_two_visitors_with_one_code_make_one_bureau():
    _made, code = invite()
    first, second = (invitations.open_with(code, at=LATER) for _ in range(2))
    set_up(first)
    with pytest.raises(errors.InvitationUsed):
        set_up(second, name="第三个单位")
    assert Agency.objects.filter(set_up_at__isnull=False).count() == 2


def test_a_name_that_is_there_already_is_refused_and_uses_nothing_up():
    with pytest.raises(errors.AgencyTaken):
        invite("某县卫健局")
    made, code = invite()
    with pytest.raises(errors.AgencyTaken):
        set_up(made, name="某县卫健局")
    set_up(invitations.open_with(code, at=LATER))


def test_a_login_taken_elsewhere_uses_nothing_up():
    factories.officer("theirs")
    made, code = invite()
    with pytest.raises(errors.LoginTaken):
        set_up(made)
    assert invitations.open_with(code, at=LATER) == made
    assert not Agency.objects.filter(name="邻县卫健局").exists()


def test_a_withdrawn_one_opens_nothing():
    made, code = invite()
    invitations.withdraw(made, by=factories.officer("sun"), at=LATER)
    for again in (
        lambda: invitations.open_with(code, at=LATER),
        lambda: invitations.withdraw(made, by=factories.officer("sun"), at=LATER),
        lambda: set_up(made),
    ):
        with pytest.raises(errors.InvitationUsed):
            again()
    assert kinds(f"invitation:{made.pk}")[-1] == Kind.AGENCY_INVITATION_WITHDRAWN


@pytest.mark.parametrize("login", ["an", "shen", "qian", "zhou"])
def test_only_the_system_administrator_invites_and_withdraws(login):
    made, _code = invite()
    with pytest.raises(NotPermitted):
        invite("别的单位", by=login)
    with pytest.raises(NotPermitted):
        invitations.withdraw(made, by=factories.officer(login), at=LATER)


def test_another_bureaus_administrator_withdraws_nothing():
    made, _code = invite()
    stranger = factories.stranger("far", Role.SYSTEM_ADMIN)
    with pytest.raises(errors.NotOfThisAgency):
        invitations.withdraw(made, by=stranger, at=LATER)


def test_no_event_no_invitation(log_down):
    sun = factories.officer("sun")
    log_down()
    with pytest.raises(LogDown):
        invitations.invite("邻县卫健局", by=sun, at=NOON)
    assert not Invitation.objects.exists()


def test_no_event_nothing_withdrawn(log_down):
    made, _code = invite()
    log_down()
    with pytest.raises(LogDown):
        invitations.withdraw(made, by=made.invited_by, at=NOON)
    assert Invitation.objects.get().withdrawn_at is None


def test_a_command_acts_for_the_only_bureau_or_the_one_named():
    ours = factories.agency()
    assert agencies.meant(None) == agencies.meant(ours.name) == ours
    theirs = factories.agency("邻县卫健局")
    assert agencies.meant("邻县卫健局") == theirs
    with pytest.raises(errors.AgencyNotSaid, match="某县卫健局、邻县卫健局"):
        agencies.meant(None)
    with pytest.raises(errors.NoSuchAgency):
        agencies.meant("没有的单位")

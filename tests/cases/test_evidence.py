"""Recordings used as evidence in a case."""

import pytest

import factories
from cases.case_cast import count, events, last_facts, open_case
from factories import NOON
from liuhen.cases import case_files, evidence
from liuhen.cases.models import Exhibit
from liuhen.custody import log
from liuhen.kernel.refusal import Refusal
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role
from people.told import LogDown

pytestmark = pytest.mark.usefixtures("bureau")
SUBJECT = "recording:2026-000001"


def use(case=None, by="li", **more):
    who = factories.officer(by)
    return evidence.use_as_evidence(
        factories.recording(), case or open_case(), by=who, at=NOON, **more
    )


def refused(code, act):
    before = count()
    with pytest.raises(Refusal) as no:
        act()
    assert (no.value.code, count()) == (code, before)


def close(case):
    closed = {"closed_date": NOON.date(), "term": "P10Y"}
    case_files.close(case, **closed, by=factories.officer("li"), at=NOON)


def test_used_it_stands_among_the_cases_evidence_and_in_its_own_history():
    case = open_case()
    made = use(case, proves="现场未公示许可证")
    assert list(evidence.exhibits_of(case)) == [made]
    assert events(SUBJECT)[-1] == "recording.used_as_evidence"
    facts = last_facts(SUBJECT)
    assert (facts["case"], facts["proves"]) == (case.pk, "现场未公示许可证")


def test_in_one_case_it_stands_once_and_in_two_cases_twice():
    case = open_case()
    use(case)
    refused("evidence.there", lambda: use(case))
    use(open_case("卫罚〔2026〕8号"))
    assert Exhibit.objects.count() == 2


def test_withdrawn_with_a_reason_it_counts_no_more_but_stays():
    case = open_case()
    made = use(case)
    refused("case.reason_blank", lambda: withdraw(made, reason=" "))
    withdraw(made)
    assert not evidence.exhibits_of(case).exists()
    assert Exhibit.objects.get().withdrawn_reason == "选错资料"
    assert last_facts(SUBJECT)["reason"] == "选错资料"
    refused("evidence.gone", lambda: withdraw(made))
    use(case)


def withdraw(made, reason="选错资料", by="li"):
    evidence.withdraw(made, reason=reason, by=factories.officer(by), at=NOON)


def test_a_closed_case_takes_evidence_and_gives_none_back():
    case = open_case()
    close(case)
    made = use(case)
    refused("case.closed", lambda: withdraw(made))


@pytest.mark.parametrize("login", ["zhao", "qian", "du", "sun"])
def test_who_handles_no_cases_uses_none(login):
    case = open_case()
    with pytest.raises(NotPermitted):
        use(case, by=login)


def test_only_who_handles_the_case_says_what_is_its_evidence():
    case, bai = open_case(), factories.officer("bai", unit=factories.unit("监督二科"))
    factories.recording()
    refused("case.not_yours", lambda: use(case, by=bai.login))
    far = factories.stranger("far", Role.CUSTODIAN)
    refused("case.not_yours", lambda: use(case, by=far.login))
    use(case, by="zhou")


def test_what_one_does_not_see_is_not_there():
    bai = factories.officer("bai", unit=factories.unit("监督二科"))
    factories.recording(officer=factories.officer("lu", unit=factories.unit("监督三科")))
    case = open_case(officers=(factories.officer("li"), bai))
    refused("recordings.no_such_recording", lambda: use(case, by="bai"))


def test_an_exhibit_of_another_case_is_not_found_in_this_one():
    made = use(open_case())
    with pytest.raises(Refusal) as no:
        evidence.exhibit_for(open_case("卫罚〔2026〕8号"), made.pk)
    assert no.value.code == "evidence.no_such"


def test_no_event_nothing_used_nor_withdrawn(monkeypatch):
    case = open_case()
    made = use(case)

    def down(*args, **kwargs):
        raise LogDown

    monkeypatch.setattr(log, "record", down)
    for act in (lambda: withdraw(made), lambda: use(factories.case())):
        with pytest.raises(LogDown):
            act()
    assert Exhibit.objects.get().withdrawn_at is None

"""Two people press the same button at the same moment; one effect."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

import factories
from liuhen.custody import store
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.retention import disposal, execution
from liuhen.retention.models import DisposalList
from retention import disposal_cast as cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite has one writer, and tests one connection"
    ),
]


@pytest.fixture(autouse=True)
def two_years(data):
    store._remembered = None
    factories.agency()
    cast.under("chengde-safety")
    cast.lived_through(cast.LATER)
    yield
    store._remembered = None


def at_once(*actions) -> list[str]:
    """What became of each: "done", or the refusal's code."""
    start = Barrier(len(actions))

    def go(action):
        start.wait()
        try:
            action()
        except Refusal as no:
            return no.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(go, actions))


def again(made: DisposalList) -> DisposalList:
    return DisposalList.objects.get(pk=made.pk)


def test_two_approvals():
    made = cast.reviewed(cast.expired())
    head = cast.who("qian")
    said = {"opinion": "同意", "by": head, "at": cast.APPROVED}
    rows = [again(made), again(made)]
    told = at_once(*(lambda row=row: disposal.approve(row, **said) for row in rows))
    assert told == ["disposal.wrong_step", "done"]
    assert CustodyEvent.objects.filter(kind="disposal.approved").count() == 1


def test_the_same_witness_twice():
    made = cast.waited(cast.expired())
    said = {"by": cast.who("zhao"), "at": cast.READY}
    rows = [again(made), again(made)]
    told = at_once(*(lambda row=row: execution.witness(row, **said) for row in rows))
    assert told == ["disposal.witnessed_already", "done"]
    assert (made.witnesses.count(), again(made).state) == (1, "waiting")


def test_a_revocation_beside_the_second_witness():
    made = cast.waited(cast.expired())
    execution.witness(again(made), by=cast.who("zhao"), at=cast.READY)
    du, head = cast.who("du"), cast.who("qian")
    told = at_once(
        lambda: execution.witness(again(made), by=du, at=cast.READY),
        lambda: disposal.revoke(again(made), reason="有异议", by=head, at=cast.READY),
    )
    assert told == ["disposal.wrong_step", "done"]
    assert again(made).state in ("executing", "revoked")

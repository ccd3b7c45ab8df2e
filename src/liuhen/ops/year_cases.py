"""Cases that come of visits: opened with the party, papers kept, closed after weeks."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from liuhen.kernel.clock import in_china
from liuhen.ops.year_world import World

LASTS = timedelta(days=45)
EACH = timedelta(days=3)
"""So much longer each next one lasts, to 90 days."""
TERM = "P10Y"


def opened(world: World, team: tuple[Any, ...], at: datetime) -> Any:
    """With a party of its own; None: refused."""
    from liuhen.cases import case_files, parties
    from liuhen.cases.case_files import CaseFacts
    from liuhen.cases.parties import PartyFacts

    n, lead = world.done["立案"] + 1, team[0]
    facts = PartyFacts(
        "organisation", f"示范县第{n}号商贸有限公司", "", "", "刘某", "", "人民路68号"
    )
    party = world.attempt("当事人", lambda: parties.add(facts, by=lead, at=at))
    if party is None:
        return None
    day = in_china(at).date()
    new = CaseFacts(
        case_no=f"演罚〔{day.year}〕{n}号",
        name=f"{facts.name}涉嫌违法经营案",
        opened_date=day,
        officers=team,
        lead=lead,
        unit=lead.unit,
        term=TERM,
        parties=((party, "party"),),
    )
    case = world.attempt("立案", lambda: case_files.open(new, by=lead, at=at))
    if case is not None:
        world.agenda.put(at + LASTS + n % 16 * EACH, partial(close, world, case, lead))
    return case


def close(world: World, case: Any, by: Any, at: datetime) -> None:
    from liuhen.cases import case_files
    from liuhen.ops import demo_cases

    world.attempt("案卷文书", lambda: demo_cases.keep(case, "decision", "行政处罚决定书", at=at))
    day = in_china(at).date()
    shut = partial(case_files.close, case, closed_date=day, term=TERM, by=by, at=at)
    world.attempt("结案", shut)

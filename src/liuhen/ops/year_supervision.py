"""Supervision over the year: spot checks drawn and answered, leads of breaches sifted, one decided.

Reviews, corrections and what is looked at day by day have modules of their own, begun from here.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from liuhen.kernel.clock import in_china
from liuhen.ops import year_corrections, year_reviews, year_watching
from liuhen.ops.year_corrections import Fault
from liuhen.ops.year_world import DAY, World

CHECKS, SIFTINGS, INQUIRIES = 4, 24, 6
"""In a whole year; the checks in any."""
PERCENT = 5
"""Where the regulation leaves the ratio to the bureau."""
SPAN = timedelta(days=60)
HOUR = timedelta(hours=1)
FAILED = 0.03
"""Share of answers that are no."""
FOUND = "检查结束前约两分钟没有录像，未见口述说明。"


def begin(world: World) -> None:
    world.sometimes(CHECKS, "spot checks", partial(announce, world), hour=9)
    world.sometimes(SIFTINGS, "leads", partial(sift, world), hour=11)
    world.sometimes(world.size.often(INQUIRIES), "inquiries", partial(inquire, world), hour=13)
    year_reviews.begin(world)
    year_watching.begin(world)


def announce(world: World, at: datetime) -> None:
    """The rule and the list first; what comes out nobody knows before."""
    from liuhen.supervision import spot_checks, spot_rules
    from liuhen.supervision.models import Stratum

    basis = spot_rules.basis_for(world.agency, at=at)
    checkers = spot_rules.checkers(world.agency, basis)
    if not checkers:
        return
    today = in_china(at).date()
    plan = spot_checks.Plan(
        since=in_china(at - SPAN).date(),
        until=today,
        percent=basis.percent or PERCENT,
        looks_until=today + timedelta(days=10),
        checkers=checkers,
        strata=[Stratum.UNIT],
        least=1,
        reason="按本年度监督检查计划确定的比例抽查。",
    )
    say = partial(spot_checks.announce, plan, by=checkers[0], at=at)
    check = world.attempt("公布抽查", say)
    if check is not None:
        world.agenda.put(at + HOUR, partial(draw, world, check, checkers[0]))


def draw(world: World, check: Any, by: Any, at: datetime) -> None:
    from liuhen.supervision import spot_checks

    if world.attempt("抽取", partial(spot_checks.draw, check, by=by, at=at)) is not None:
        world.agenda.put(at + DAY, partial(answer, world, check, by))


def answer(world: World, check: Any, by: Any, at: datetime) -> None:
    """Each checker the own part; then it is closed."""
    from liuhen.supervision import spot_answers

    dice = world.dice(f"answers:{at}")
    for item in check.items.exclude(checker=None).select_related("checker").order_by("position"):
        is_wrong = dice.random() < FAILED
        for n, question in enumerate(check.questions):
            said = "no" if is_wrong and n == 0 else "yes"
            tell = partial(
                spot_answers.answer, check, item.position, question["code"], said,
                by=item.checker, at=at,
            )  # fmt: skip
            world.attempt("抽查答复", tell)
        if is_wrong:
            write = partial(spot_answers.note, check, item.position, FOUND, by=item.checker, at=at)
            world.attempt("抽查备注", write)
            put_right(world, check, item, by, at)
    done = "抽查情况总体良好，个别问题已通知科室改正。"
    world.attempt("抽查结束", partial(spot_answers.close, check, conclusion=done, by=by, at=at))


def put_right(world: World, check: Any, item: Any, by: Any, at: datetime) -> None:
    """What the check found is ordered to be put right; the article is that on the whole course."""
    row = item.activity or item.recording
    if row.unit is not None:
        article = world.rules(at).values["span"].article
        fault = Fault("spot_check", check.number, row.unit, None, FOUND, article)
        year_corrections.order(world, fault, by, at)


def sift(world: World, at: datetime) -> None:
    """Most leads come to nothing; nobody has a word about the own ones."""
    from liuhen.supervision.breaches import sifting
    from liuhen.supervision.models import Breach, BreachState

    by, why = world.people["ducha"], "经核实系工作衔接原因，已提醒，不构成违规。"
    for lead in Breach.objects.filter(agency=world.agency, state=BreachState.CANDIDATE):
        world.attempt("排除线索", partial(sifting.dismiss, lead, reason=why, by=by, at=at))


def inquire(world: World, at: datetime) -> None:
    """One that was reported: inquired into, told to the person, decided on by the head."""
    from liuhen.ops import demo_breaches
    from liuhen.supervision.breaches import inquiring, sifting
    from liuhen.supervision.breaches.sifting import Charge
    from liuhen.supervision.breaches.suspecting import Told, enter
    from liuhen.supervision.models import BreachSource

    supervision = world.people["ducha"]
    enforcing = [one for one in world.people.values() if one.officer_cert_no]
    officer = world.dice(f"inquiry:{at}").choice(enforcing)
    told = Told(BreachSource.REPORT, "现场检查途中把设备交给协管员使用。", at - DAY, officer)
    breach = world.attempt("登记线索", partial(enter, told, by=supervision, at=at))
    if breach is None:
        return
    charge = Charge(officer, demo_breaches.last_item(breach), "有当日录像为证。")
    world.attempt("立案调查", partial(sifting.confirm, breach, charge, by=supervision, at=at))
    until, words = in_china(at).date() + timedelta(days=3), "拟认定你把设备交给他人使用，请陈述。"
    tell = partial(inquiring.tell, breach, until=until, words=words, by=supervision, at=at)
    if world.attempt("告知陈述", tell) is not None:
        world.agenda.put(at + DAY, partial(decide, world, breach, officer))


def decide(world: World, breach: Any, officer: Any, at: datetime) -> None:
    from liuhen.supervision.breaches import deciding, inquiring
    from liuhen.supervision.breaches.deciding import Proposal

    supervision, head = world.people["ducha"], world.people["juzhang"]
    words = "当时需要登记笔录，请协管员代拍约五分钟。"
    world.attempt("本人陈述", partial(inquiring.state, breach, words=words, by=officer, at=at))
    listed = deciding.listed(breach)
    codes = [listed.items[0].code] if listed else []
    proposal = Proposal("把设备交给协管员使用约五分钟，本人承认，未造成后果。", codes)
    ask = partial(deciding.propose, breach, proposal, by=supervision, at=at)
    if world.attempt("处理建议", ask) is not None:
        agree = partial(deciding.decide, breach, opinion="同意，引以为戒。", by=head, at=at)
        world.attempt("追究决定", agree)

"""The regulation to read: its articles, its parameters, each with its history. For everyone."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.engines.policy.pack import Article
from liuhen.engines.policy.values import PARAMETERS
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Agency, Officer
from liuhen.regulations import enforcement, full_texts, queries
from liuhen.regulations.queries import Standing
from liuhen.regulations.wording import label, parameter_label
from liuhen.statistics.article_figures import acts_of, hidden_from
from liuhen.web import rules_shown
from liuhen.web.doors import signed_in
from liuhen.web.pages import show
from liuhen.web.rules_text import article_title

YEARS = range(2000, 2101)


def day_asked(request: HttpRequest, at: datetime) -> date:
    """`?on=YYYY-MM-DD`, else today by China's calendar; what can't be read counts as today."""
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return in_china(at).date()
    return asked if asked.year in YEARS else in_china(at).date()


def frame(request: HttpRequest, at: datetime) -> dict[str, object]:
    """What each of these pages shows around its content."""
    day, today = day_asked(request, at), in_china(at).date()
    return {
        "on": day,
        "today": today,
        "is_today": day == today,
        "on_query": "" if day == today else f"?on={day.isoformat()}",
        "pending": queries.number_pending(request.user.agency),
    }


@signed_in
def rules(request: HttpRequest) -> HttpResponse:
    agency, at = request.user.agency, now()
    shared, standing = frame(request, at), Standing(agency)
    day = day_asked(request, at)
    followed = standing.followed_on(day)
    return show(
        request,
        "rules/reader.html",
        _("制度"),
        followed=followed,
        adopted=standing.adopted,
        is_before=day < followed.from_date,
        lines=rules_shown.article_lines(request.user, followed.pack, rules_shown.Spans.of(day, at)),
        text=full_texts.newest_readable(agency, followed.pack.pack_id),
        **shared,
    )


@signed_in
def article(request: HttpRequest, article: int) -> HttpResponse:
    agency, at = request.user.agency, now()
    shared, standing = frame(request, at), Standing(agency)
    day = day_asked(request, at)
    followed = standing.followed_on(day)
    in_force = standing.on(day)
    found = queries.article_of(in_force, article)
    before, after = queries.neighbours(followed.pack, article)
    return show(
        request,
        "rules/article.html",
        article_title(article),
        article=found,
        followed=followed,
        before=before,
        after=after,
        governs=[label(topic) for topic in found.governs],
        does=enforcement.of(found),
        values=[
            (rules_shown.parameter_line(standing, name, day), value.article == article)
            for name, value in queries.stated_by(in_force, article).items()
        ],
        **words_of(agency, followed.pack.pack_id, article),
        **figures_of(request.user, followed.pack.pack_id, found, rules_shown.Spans.of(day, at)),
        **shared,
    )


def words_of(agency: Agency, pack_id: str, number: int) -> dict[str, object]:
    """The article's own words, in paragraphs, and the upload they come from."""
    text = full_texts.newest_readable(agency, pack_id)
    words = text.articles.get(str(number), "") if text else ""
    return {"text": text, "words": words.splitlines()}


def figures_of(
    reader: Officer, pack_id: str, article: Article, spans: rules_shown.Spans
) -> dict[str, object]:
    agency, hidden = reader.agency, hidden_from(reader)
    month = rules_shown.figures(agency, pack_id, since=spans.month, until=spans.until)
    year = rules_shown.figures(agency, pack_id, since=spans.year, until=spans.until)
    in_month, in_year = rules_shown.counts(agency, spans)
    return {
        "month": month.get(article.no),
        "year": year.get(article.no),
        "month_acts": acts_of(article, in_month, hidden),
        "year_acts": acts_of(article, in_year, hidden),
    }


@signed_in
def rule_parameters(request: HttpRequest) -> HttpResponse:
    agency, at = request.user.agency, now()
    shared, standing = frame(request, at), Standing(agency)
    day = day_asked(request, at)
    waiting = queries.proposals(agency, pending=True)
    return show(
        request,
        "rules/parameters.html",
        _("制度参数"),
        followed=standing.followed_on(day),
        groups=rules_shown.groups(standing, day, waiting),
        **shared,
    )


@signed_in
def rule_parameter(request: HttpRequest, parameter: str) -> HttpResponse:
    if parameter not in PARAMETERS:
        raise Http404
    agency, at = request.user.agency, now()
    standing, today = Standing(agency), in_china(at).date()
    history = [
        (held, rules_shown.told(held.value) if held.value else None)
        for held in reversed(standing.history(parameter))
    ]
    return show(
        request,
        "rules/parameter.html",
        str(parameter_label(parameter)),
        parameter=parameter,
        history=[(held, words, place_of(held, today)) for held, words in history],
        waiting=queries.proposals(agency, pending=True).filter(parameter=parameter),
        **frame(request, at),
    )


def place_of(held: queries.Held, today: date) -> str:
    if held.is_after(today):
        return "future"
    return "present" if held.is_on(today) else "past"

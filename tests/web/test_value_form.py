"""The form made for any value: what it starts from, posted unchanged, is the same value again."""

import pytest
from django.http import QueryDict

from liuhen.engines.policy.loading import check_value
from liuhen.engines.policy.pack import Pack
from liuhen.engines.policy.values import PARAMETERS
from liuhen.packs import catalogue
from liuhen.regulations.proposing import as_stored
from liuhen.web.forms.values import PartForm, ValueForm

PACKS = {pack.pack_id: pack for pack in catalogue.offered()}
STATED = [
    (pack.pack_id, name, n)
    for pack in PACKS.values()
    for name, series in pack.parameters.items()
    for n in range(len(series))
]


def posted(form: PartForm) -> list[tuple[str, str]]:
    """What a browser sends back for a form as it is shown."""
    sent: list[tuple[str, str]] = []
    for name in form.fields:
        sent += sent_by(form[name])
    for rows in form.rows.values():
        for key, row in rows.forms:
            sent += [(f"{rows.prefix}-row", str(key)), *posted(row)]
    return sent


def sent_by(field) -> list[tuple[str, str]]:
    widget = field.field.widget
    context = widget.get_context(field.html_name, field.value(), {})["widget"]
    if hasattr(widget, "choices"):
        chosen = [option for _g, group, _i in context["optgroups"] for option in group]
        return [(field.html_name, option["value"]) for option in chosen if option["selected"]]
    parts = context.get("subwidgets", [context])
    if context.get("type") == "checkbox":
        return [(field.html_name, "on")] if context["attrs"].get("checked") else []
    return [(part["name"], "" if part["value"] is None else str(part["value"])) for part in parts]


def data_of(sent: list[tuple[str, str]], changes: dict[str, str] | None = None) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in sent:
        data.appendlist(name, value)
    for name, value in (changes or {}).items():
        data[name] = value
    return data


def form_of(pack: Pack, parameter: str, n: int = 0) -> ValueForm:
    return ValueForm(parameter, pack, as_stored(pack.parameters[parameter][n]))


def test_the_packs_state_something():
    assert len({name for _pack, name, _n in STATED}) > 30


@pytest.mark.parametrize(("pack_id", "parameter", "n"), STATED)
def test_a_value_posted_unchanged_is_the_same(pack_id, parameter, n):
    pack = PACKS[pack_id]
    value = pack.parameters[parameter][n]
    sent = posted(form_of(pack, parameter, n))
    form = ValueForm(parameter, pack, as_stored(value), data_of(sent))
    assert form.is_valid(), (form.errors, [rows.error for rows in form.rows.values()])
    again = check_value(parameter, form.raw(), pack=pack)
    assert again == value.model_copy(update={"from_date": None})


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_parameter_can_be_begun_from_nothing(parameter):
    form = ValueForm(parameter, PACKS["neiqiu-health"], {})
    assert [line for line in form.content if line.label]
    assert not ValueForm(parameter, PACKS["neiqiu-health"], {}, QueryDict("x=1")).is_valid()


NEIQIU = PACKS["neiqiu-health"]


def acted(act: str, parameter: str = "exemption") -> ValueForm:
    sent = posted(form_of(NEIQIU, parameter))
    data = data_of([*sent, ("act", act)])
    return ValueForm(parameter, NEIQIU, as_stored(NEIQIU.parameters[parameter][0]), data)


def order(form: ValueForm) -> list[int]:
    return [key for key, _row in form.rows["causes"].forms]


@pytest.mark.parametrize(
    ("act", "left"),
    [
        ("add:value-causes", [0, 1, 2, 3]),
        ("remove:value-causes:1", [0, 2]),
        ("up:value-causes:2", [0, 2, 1]),
        ("up:value-causes:0", [0, 1, 2]),
        ("down:value-causes:0", [1, 0, 2]),
        ("down:value-causes:2", [0, 1, 2]),
        ("remove:value-causes:9", [0, 1, 2]),
        ("remove:value-causes:x", [0, 1, 2]),
        (f"remove:value-causes:{'1' * 5000}", [0, 1, 2]),
        ("burn:value-causes:1", [0, 1, 2]),
        ("add:value-other", [0, 1, 2]),
    ],
)
def test_lines_are_added_moved_and_removed_on_the_server(act, left):
    form = acted(act)
    assert order(form) == left
    assert not form.errors


def test_what_was_typed_in_a_line_moves_with_it():
    form = acted("up:value-causes:1")
    texts = [row["text"].value() for _key, row in form.rows["causes"].forms]
    assert texts[:2] == ["取证需要", "不可抗拒的事由"]


def test_lines_end_somewhere():
    rows = [("value-causes-row", str(n)) for n in range(200)]
    form = ValueForm("exemption", NEIQIU, {}, data_of([*rows, ("act", "add:value-causes")]))
    assert len(form.rows["causes"].forms) == 60


def test_a_new_point_gets_a_code_of_its_own():
    sent = posted(form_of(NEIQIU, "shot_list"))
    new = [
        ("value-items-row", "77"),
        ("value-items-77-text", "新的一项"),
        ("value-items-77-code", ""),
    ]
    form = ValueForm("shot_list", NEIQIU, {}, data_of([*sent, *new]))
    assert form.is_valid(), form.errors
    assert form.raw()["items"][-1] == {"code": "own_aa", "text": "新的一项", "focus": False}
    assert check_value("shot_list", form.raw(), pack=NEIQIU)


@pytest.mark.parametrize(
    ("parameter", "changes", "field"),
    [
        ("retention", {"value-rule": "exact"}, "__all__"),
        ("retention", {"value-period_years": "2"}, "__all__"),
        ("retention", {"value-rule": "exact", "value-period_years": "-1"}, "period"),
        ("retention", {"value-article": "99"}, "article"),
        ("retention", {"value-see": "七、x"}, "see"),
        ("handover", {"value-hours": ""}, "__all__"),
        ("handover", {"value-hours": "0"}, "hours"),
        ("handover", {"value-clock": "noon"}, "clock"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(parameter, changes, field):
    sent = posted(form_of(NEIQIU, parameter))
    form = ValueForm(parameter, NEIQIU, {}, data_of(sent, changes))
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_a_list_that_needs_lines_is_asked_for_them():
    sent = posted(form_of(NEIQIU, "shot_list"))
    form = ValueForm(
        "shot_list", NEIQIU, {}, data_of([s for s in sent if s[0] != "value-items-row"])
    )
    assert not form.is_valid()
    assert form.rows["items"].error


@pytest.mark.parametrize("written", ["7、16", "7，16", "7 16", "第七条、第十六条", " 七,16 "])
def test_articles_are_written_as_people_do(written):
    sent = posted(form_of(NEIQIU, "retention"))
    form = ValueForm("retention", NEIQIU, {}, data_of(sent, {"value-see": written}))
    assert form.is_valid(), form.errors
    assert form.raw()["see"] == [7, 16]

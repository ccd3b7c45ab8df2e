"""空白表格: every paper blank, with the fields the filled ones have."""

import pytest
from pdf_text import text_of

import factories
from cases.unrecorded_cast import NOON, asked, consent_asked, entered, stopped, under
from liuhen.engines.paper.slips import Slip
from liuhen.web import device_papers, unrecorded_slips
from liuhen.web.blank_papers import BLANKS, BY_CODE


def names_of(slip: Slip) -> list[str]:
    return [name for line in slip.lines for name, _said in line.cells]


def test_every_blank_paper_is_offered_and_is_one_sheet(as_):
    browser = as_("li")
    page = browser.get("/papers/").content.decode()
    for blank in BLANKS:
        assert f'href="/papers/{blank.code}/"' in page
        file = browser.get(f"/papers/{blank.code}/")
        text = text_of(file)
        assert "".join(blank.title.split()) in text
        assert "第1页共1页" in text
        assert "某县卫健局" in text


def test_what_is_no_paper_is_not_found(as_):
    assert as_("li").get("/papers/nonsense/").status_code == 404


def test_its_fields_are_those_of_the_filled_exemption(bureau):
    under("chengde-safety")
    filled = unrecorded_slips.slip_of(asked(factories.activity()))
    assert names_of(BY_CODE["exemption"].make(bureau)) == names_of(filled)


def test_its_fields_are_those_of_the_filled_consent(bureau):
    factories.officer("wang")
    filled = unrecorded_slips.slip_of(consent_asked(at=NOON))
    assert names_of(BY_CODE["consent"].make(bureau)) == names_of(filled)


@pytest.mark.parametrize(("code", "make"), [("interruption", entered), ("stop", stopped)])
def test_its_fields_are_those_of_the_filled_interruption(bureau, code, make):
    under("jiaxian-health" if code == "interruption" else "chengde-safety")
    filled = unrecorded_slips.slip_of(make(factories.activity()))
    assert names_of(BY_CODE[code].make(bureau)) == names_of(filled)


def test_a_blank_slip_says_nothing(bureau):
    for blank in (device_papers.repair_slip(None, bureau),
                  device_papers.compensation_slip(None, bureau)):  # fmt: skip
        assert not any(said for line in blank.lines for _name, said in line.cells)

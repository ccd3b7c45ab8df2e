"""`liuhen second-copy`, and what `audit` and `scrub` say where there is one."""

import pytest

from faults.faulty import Bureau, make_card, set_up

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("second")
    return set_up(folder / "data", make_card(folder / "card"))


def test_begun_shown_audited_scrubbed_and_retired(bureau, monkeypatch):
    disk = bureau.data.parent / "disk"
    assert bureau.answer("second-copy") == {"ok": True, "place": None}
    assert bureau.answer("second-copy", "--begin")["refused"] == "second_copy.not_set"
    monkeypatch.setenv("LIUHEN_SECOND_COPY", str(disk))
    assert bureau.answer("second-copy", "--begin")["refused"] == "second_copy.no_folder"
    disk.mkdir()
    assert bureau.answer("second-copy", "--begin")["refused"] == "second_copy.same_disk"
    begun = bureau.answer("second-copy", "--begin", "--same-disk")
    assert (begun["place"], begun["waiting"]) == (str(disk), 0)
    assert bureau.answer("audit")["ok"]
    scrubbed = bureau.answer("scrub")
    assert (scrubbed["ok"], scrubbed["copies"], scrubbed["away"]) == (True, 0, None)
    disk.rename(disk.with_name("unplugged"))
    assert bureau.answer("scrub")["away"] == "second_copy_away"
    assert bureau.answer("audit")["deviations"][0]["code"] == "second_copy.away"
    retired = bureau.answer("second-copy", "--retire", "硬盘报废，已销毁")
    assert retired == {"ok": True, "place": None}
    assert bureau.answer("audit")["ok"]

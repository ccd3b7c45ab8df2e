from pathlib import Path

import pytest
from set_up import bringing, course
from set_up.faults import ALTERED, CERTIFICATE, NETWORK, OTHER, Fault, cause_of
from set_up.site import Site
from set_up.stamp import Stamp


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A checkout with two steps, of which the second works on the file `list`."""
    (tmp_path / "tools").mkdir()
    (tmp_path / ".venv").mkdir()
    (tmp_path / "list").write_text("1")
    steps = (
        course.Step("first", "first", (), lambda site: False),
        course.Step("second", "second", ("list",), lambda site: False),
    )
    monkeypatch.setattr(course, "STEPS", {"run": steps})
    monkeypatch.setattr(course, "here", lambda: Site(tmp_path))
    return Site(tmp_path)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps taken, in order."""
    steps: list[str] = []
    monkeypatch.setitem(bringing.BRING, "first", lambda site: steps.append("first"))
    monkeypatch.setitem(bringing.BRING, "second", lambda site: steps.append("second"))
    return steps


def test_a_second_start_takes_no_step_and_says_nothing(
    site: Site, taken: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    course.bring("run")
    capsys.readouterr()
    course.bring("run")
    assert taken == ["first", "second"]
    assert capsys.readouterr().out == ""


def test_a_changed_list_repeats_its_step_only(site: Site, taken: list[str]) -> None:
    course.bring("run")
    (site.root / "list").write_text("2")
    course.bring("run")
    assert taken == ["first", "second", "second"]


def test_after_a_failure_the_steps_before_it_stay_done(
    site: Site, taken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(site: Site) -> None:
        raise Fault(zh="停", en="stop")

    with monkeypatch.context() as broken:
        broken.setitem(bringing.BRING, "second", fail)
        with pytest.raises(Fault):
            course.bring("run")
    course.bring("run")
    assert taken == ["first", "second"]


def test_every_step_of_every_goal_has_its_work() -> None:
    named = {step.name for step in (*course.RUN, course.DEVELOPMENT)}
    assert named == set(bringing.BRING)


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", CERTIFICATE),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", CERTIFICATE),
        ("npm error code EAI_AGAIN", NETWORK),
        ("Failed to establish a new connection: [Errno 111] Connection refused", NETWORK),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", ALTERED),
        ("npm error code EINTEGRITY", ALTERED),
        ("Segmentation fault", OTHER),
    ],
)
def test_a_failure_is_explained_by_its_cause(said: str, advice: tuple[str, str]) -> None:
    assert cause_of(said) is advice


def test_a_failed_program_shows_its_last_words(site: Site) -> None:
    with pytest.raises(Fault, match="No space left") as fault:
        site.start("sh", "-c", "echo 'tar: No space left on device'; exit 2")
    assert "1 GB" in fault.value.en
    assert "No space left" in site.log.read_text()


def test_stamp_of_a_finished_set_up_lies_in_the_environment(site: Site, taken: list[str]) -> None:
    course.bring("run")
    assert set(Stamp(site.venv / "set-up.json").done) == {"first", "second"}

"""The virtual environment: made without Debian's python3-venv, filled from the locked lists."""

import importlib.util
import venv

from set_up import index, pinned_pip
from set_up.site import Site
from set_up.soundness import unsound

# Only wheels: nothing is compiled on the bureau's machine, and nothing runs at install time.
INSTALL = ("install", "--disable-pip-version-check", "--no-input")


def bring_venv(site: Site) -> None:
    """Make the environment anew and put pip into it; a sound one someone made is kept."""
    if not unsound(site):
        return
    venv.EnvBuilder(clear=True, symlinks=True).create(site.venv)
    if importlib.util.find_spec("ensurepip"):
        site.start(site.python, "-I", "-m", "ensurepip")
        return
    wheel = pinned_pip.fetch(site.root / "requirements" / "pip.txt", site.venv)
    # A wheel of pip runs from its archive; --no-index because the archive is all it needs.
    pip = wheel / "pip"
    site.start(site.python, pip, *INSTALL, "--no-index", "--no-deps", wheel)
    wheel.unlink()


def install(site: Site, *lists: str) -> None:
    """Install locked lists of `requirements/`, every file checked against its recorded hash."""
    wanted = [word for name in lists for word in ("-r", f"requirements/{name}.txt")]
    _pip(site, "--require-hashes", "--only-binary", ":all:", *wanted)


def install_project(site: Site) -> None:
    """Install this checkout itself, editable; needs no network."""
    _pip(site, "--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")


def _pip(site: Site, *words: str) -> None:
    # PIP_USER would put packages outside the environment; some distributions set it.
    settings = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", **index.trust()}
    site.start(site.python, "-I", "-m", "pip", *INSTALL, *words, environment=settings)

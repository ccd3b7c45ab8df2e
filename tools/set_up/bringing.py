"""What each step does, by its name."""

from collections.abc import Callable

from set_up import assets, environment, translations
from set_up.site import Site

BRING: dict[str, Callable[[Site], None]] = {
    "venv": environment.bring_venv,
    "packages": lambda site: environment.install(site, "run", "build"),
    "project": environment.install_project,
    "assets": assets.bring,
    "translations": translations.bring,
    "development": lambda site: environment.install(site, "dev"),
}

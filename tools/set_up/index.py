"""The package index this machine is set to use, read where pip itself reads it.

Source: pip's user guide, "Configuration": PIP_* variables win over the files, and the files
named later win over those named earlier.
"""

import configparser
import os
import ssl
from pathlib import Path

# What pip itself uses where nothing is configured (`pip config`, option index-url). Set-up needs
# it only where there is no pip to ask.
PIPS_OWN_DEFAULT = "https://pypi.org/simple"


def files() -> list[Path]:
    """pip's configuration files, the weakest first."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    shared = (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    found = [Path(folder) / "pip" / "pip.conf" for folder in reversed(shared)]
    found += [Path("/etc/pip.conf"), Path.home() / ".pip" / "pip.conf", home / "pip" / "pip.conf"]
    own = os.environ.get("PIP_CONFIG_FILE", "")
    if own == os.devnull:  # pip's way of saying: read none
        return []
    return [*found, Path(own)] if own else found


def setting(name: str) -> str:
    """One option of pip, such as `index-url`; "" where it is not set."""
    spoken = os.environ.get("PIP_" + name.upper().replace("-", "_"), "")
    if spoken:
        return spoken
    read = configparser.RawConfigParser()
    read.read(files(), encoding="utf-8")
    for section in ("install", "global"):
        value = read.get(section, name, fallback="").strip()
        if value:
            return value
    return ""


def address() -> str:
    """The index's address without a slash at the end."""
    return (setting("index-url") or PIPS_OWN_DEFAULT).rstrip("/")


def certificates() -> str:
    """File or folder of trusted certificates: pip's own setting, else the system's; "" if none."""
    system = ssl.get_default_verify_paths()  # honours SSL_CERT_FILE and SSL_CERT_DIR
    return setting("cert") or system.cafile or system.capath or ""


def trust() -> dict[str, str]:
    """What makes every pip trust the system's certificates; pip before 24.2 brings its own list."""
    return {"PIP_CERT": found} if (found := certificates()) else {}

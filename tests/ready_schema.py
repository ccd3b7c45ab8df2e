"""A database that has the schema already: made once for each state of the migrations, then copied.

Eighty migrations take ten seconds of a processor. A run of tests, each journey and each fault
would pay them again; that they work on an empty database, the making of this file shows.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache"
MAKE = """
import django
from liuhen.kernel.datadir import DataDir
DataDir.from_environment().create()
django.setup()
from liuhen.ops.boot import bring_up_schema
bring_up_schema()
"""


def ready() -> Path:
    """The file; never opened by a test itself. Of several at once, one makes it."""
    file = KEPT / f"schema-{digest()}.sqlite3"
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "schema.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                make(Path(folder)).replace(file)
    return file


def copy_to(file: Path) -> None:
    """A data directory's database, before its first start."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(ready(), file)
    file.chmod(0o600)


def digest() -> str:
    """Of everything the schema is made from."""
    said = hashlib.sha256()
    for name in ("django", "django-tasks-db", "pysqlite3"):
        said.update(version(name).encode())
    for file in sorted((ROOT / "src" / "liuhen").glob("*/migrations/*.py")):
        said.update(str(file.relative_to(ROOT)).encode())
        said.update(file.read_bytes())
    return said.hexdigest()[:16]


def make(data: Path) -> Path:
    kept = {k: v for k, v in os.environ.items() if k != "LIUHEN_DATABASE_URL"}
    settings = {"LIUHEN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "liuhen.config.settings"}
    subprocess.run([sys.executable, "-c", MAKE], env=kept | settings, check=True)
    return data / "liuhen.sqlite3"

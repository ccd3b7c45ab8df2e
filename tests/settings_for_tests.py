"""The product's settings over a data directory of this test run's own.

pytest-django reads settings before any conftest, so the directory is named here, and nowhere is
a person's real one touched.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="liuhen-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["LIUHEN_DATA"] = _folder

from liuhen.config.settings import *  # noqa: E402, F403

# The product's own takes a twentieth of a second and 100 MB each time.
PASSWORD_HASHERS = ["quick_hasher.QuickArgon2"]

"""Web and worker as children of one command."""

import subprocess
import sys

from liuhen.ops.serve import Child

KILLED = """
import os, signal
from liuhen.ops.serve import Child
Child("child", ["sleep", "600"]).start()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_children_end_when_their_parent_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE)
    # The child has the same pipe: it is at its end only when both are gone.
    assert parent.communicate(timeout=60) == (b"", None)


def test_a_child_that_ended_is_noticed():
    child = Child("child", ["true"])
    child.start()
    child.process.wait(60)
    assert child.has_ended()

"""Lock this process in with Landlock: read only code, write only one folder, no TCP.

For places where bubblewrap may not make namespaces. Numbers from linux/landlock.h; Linux ≥ 5.13.
"""

import ctypes
import os
from collections.abc import Iterable
from typing import Final

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG: Final = 1
_RULE_PATH_BENEATH: Final = 1
_RULE_NET_PORT: Final = 2
_CONNECT_TCP: Final = 1 << 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_O_PATH: Final = 0o10000000

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_REG, _TRUNCATE = 1 << 5, 1 << 8, 1 << 14
_READ: Final = _EXECUTE | _READ_FILE | _READ_DIR
_WRITE: Final = _READ_FILE | _READ_DIR | _WRITE_FILE | _REMOVE_FILE | _MAKE_REG | _TRUNCATE
_ALL_BY_VERSION: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_FILE_RIGHTS: Final = _EXECUTE | _READ_FILE | _WRITE_FILE | _TRUNCATE


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


class _NetPort(ctypes.Structure):
    _fields_ = [("allowed", ctypes.c_uint64), ("port", ctypes.c_uint64)]


def lock_in(readable: Iterable[str], writable: str, *, connect_port: int | None = None) -> bool:
    """From here on this process opens nothing else. False if the kernel has no Landlock.

    connect_port: the one TCP port it may connect to, if any.

    Files already open stay usable. UDP and Unix sockets are not covered below version 6.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    if version < 1:
        return False
    handled = _ALL_BY_VERSION[max(known for known in _ALL_BY_VERSION if known <= version)]
    wanted = _Ruleset(handled, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = libc.syscall(_CREATE_RULESET, ctypes.byref(wanted), size, 0)
    if rules < 0:
        return False
    try:
        for path in readable:
            _allow(libc, rules, path, _READ & handled)
        _allow(libc, rules, writable, _WRITE & handled)
        if connect_port is not None and version >= 4:
            port = _NetPort(_CONNECT_TCP, connect_port)
            libc.syscall(_ADD_RULE, rules, _RULE_NET_PORT, ctypes.byref(port), 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, _O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112  (pathlib is not loaded yet in the child)
            rights &= _FILE_RIGHTS
        rule = _PathBeneath(rights, place)
        libc.syscall(_ADD_RULE, rules, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(place)

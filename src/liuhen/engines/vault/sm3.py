"""SM3 (GB/T 32905-2016) from whichever library here computes it fastest.

libgcrypt's AVX2 code is 1.3 times as fast as OpenSSL's; both release the GIL.
"""

import contextlib
import ctypes
import functools
import hashlib
from collections.abc import Callable
from typing import Protocol

from liuhen.engines.vault.buffers import Readable

# gcrypt.h: stable since libgcrypt 1.9 (SM3), ABI 20.
_GCRY_MD_SM3 = 326
_GCRYCTL_DISABLE_SECMEM = 37
_GCRYCTL_INITIALIZATION_FINISHED = 38
_GCRYCTL_INITIALIZATION_FINISHED_P = 39
_SM3_BYTES = 32

# GB/T 32905-2016, appendix A: the digest of "abc".
_KNOWN_ANSWER = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


class Sm3(Protocol):
    """A running SM3; nothing may be added after `hexdigest`."""

    def update(self, data: Readable, /) -> None: ...

    def hexdigest(self) -> str: ...


@functools.cache
def _libgcrypt() -> ctypes.CDLL:
    """Raises OSError where libgcrypt is missing or cannot do SM3 (old, or FIPS mode)."""
    library = ctypes.CDLL("libgcrypt.so.20")
    library.gcry_check_version.restype = ctypes.c_char_p
    library.gcry_check_version.argtypes = [ctypes.c_char_p]
    library.gcry_md_open.argtypes = [
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_int,
        ctypes.c_uint,
    ]
    library.gcry_md_write.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
    library.gcry_md_write.restype = None
    library.gcry_md_read.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.gcry_md_read.restype = ctypes.c_void_p
    library.gcry_md_close.argtypes = [ctypes.c_void_p]
    library.gcry_md_close.restype = None
    # The manual, "Initializing the library": check_version first, then finish, once a process.
    if library.gcry_check_version(b"1.9.0") is None:
        raise OSError("libgcrypt is older than 1.9.0")
    if not library.gcry_control(_GCRYCTL_INITIALIZATION_FINISHED_P):
        library.gcry_control(_GCRYCTL_DISABLE_SECMEM, 0)  # no keys here, only public digests
        library.gcry_control(_GCRYCTL_INITIALIZATION_FINISHED, 0)
    return library


class GcryptSm3:
    """SM3 by libgcrypt. Raises OSError where it cannot be had."""

    def __init__(self) -> None:
        self._handle = ctypes.c_void_p()
        self._library = _libgcrypt()
        if error := self._library.gcry_md_open(ctypes.byref(self._handle), _GCRY_MD_SM3, 0):
            raise OSError(f"gcry_md_open: error {error}")

    def update(self, data: Readable, /) -> None:
        view = memoryview(data)
        if view.nbytes == 0:
            return
        if view.readonly:
            self._library.gcry_md_write(self._handle, bytes(view), view.nbytes)
        else:  # no copy: the one that counts, a worker's reused buffer
            start = ctypes.c_char.from_buffer(view)
            self._library.gcry_md_write(self._handle, ctypes.addressof(start), view.nbytes)

    def hexdigest(self) -> str:
        result = self._library.gcry_md_read(self._handle, _GCRY_MD_SM3)
        return ctypes.string_at(result, _SM3_BYTES).hex()

    def __del__(self) -> None:
        if self._handle:
            self._library.gcry_md_close(self._handle)


class CryptographySm3:
    """SM3 by the `cryptography` wheel's own OpenSSL, where Python's was built without."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import hashes

        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: Readable, /) -> None:
        self._hash.update(memoryview(data))

    def hexdigest(self) -> str:
        return self._hash.finalize().hex()


def _hashlib_sm3() -> Sm3:
    return hashlib.new("sm3")


@functools.cache
def backends() -> dict[str, Callable[[], Sm3]]:
    """Every SM3 that works here by name, fastest first."""
    candidates: dict[str, Callable[[], Sm3]] = {
        "libgcrypt": GcryptSm3,
        "hashlib": _hashlib_sm3,
        "cryptography": CryptographySm3,
    }
    return {name: make for name, make in candidates.items() if _works(make)}


@functools.cache
def fastest() -> Callable[[], Sm3]:
    """The first that works, without loading the slower ones. Raises RuntimeError if none."""
    for make in (GcryptSm3, _hashlib_sm3, CryptographySm3):
        if _works(make):
            return make
    raise RuntimeError("no library here computes SM3: install libgcrypt20 or cryptography")


def _works(make: Callable[[], Sm3]) -> bool:
    """Whether it is there and gives the standard's answer, asked once a process."""
    # OSError: no library; ValueError: OpenSSL without SM3; ImportError: no wheel.
    with contextlib.suppress(OSError, ValueError, ImportError):
        running = make()
        running.update(b"abc")
        return running.hexdigest() == _KNOWN_ANSWER
    return False

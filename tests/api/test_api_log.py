"""The log read by a foreign client: HTTP, hashlib and the specifications only."""

import base64
from hashlib import sha256

import pytest
from api_cast import NOON
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import transaction
from pymerkle import InmemoryTree, verify_inclusion

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.roles import Role

pytestmark = pytest.mark.usefixtures("bureau")


def grow(count: int) -> None:
    acts = [log.Act(Kind.RECORDING_OPENED, f"recording:{n}", "li", NOON) for n in range(count)]
    with transaction.atomic():
        log.record_all(acts)


class Outsider:
    """Knows C2SP tlog-tiles and RFC 9162, nothing of the program."""

    def __init__(self, client) -> None:
        self.client = client
        self.text, _, self.signatures = self.read("checkpoint").decode().partition("\n\n")
        self.origin, size, root = self.text.split("\n")[:3]
        self.size, self.root = int(size), base64.b64decode(root)

    def read(self, path: str) -> bytes:
        answer = self.client.get(f"/log/{path}")
        assert answer.status_code == 200, path
        return answer.content

    def tile(self, kind: str, index: int, width: int) -> bytes:
        groups = [f"{index // 1000**n % 1000:03d}" for n in range(2) if not n or index >= 1000**n]
        path = "/".join([f"x{group}" for group in groups[:0:-1]] + groups[:1])
        return self.read(f"tile/{kind}/{path}" + ("" if width == 256 else f".p/{width}"))

    def level(self, level: int) -> list[bytes]:
        count = self.size >> (8 * level)
        widths = [min(256, count - first) for first in range(0, count, 256)]
        tiles = (self.tile(str(level), n, width) for n, width in enumerate(widths))
        return [tile[at : at + 32] for tile in tiles for at in range(0, len(tile), 32)]

    def entries(self, index: int, width: int) -> list[bytes]:
        bundle, found = self.tile("entries", index, width), []
        while bundle:
            end = 2 + int.from_bytes(bundle[:2], "big")
            found.append(bundle[2:end])
            bundle = bundle[end:]
        return found


def tree_hash(hashes: list[bytes]) -> bytes:
    """RFC 9162 section 2.1.1, over leaf hashes, as it is written there."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01" + tree_hash(hashes[:split]) + tree_hash(hashes[split:])).digest()


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 700])
def test_the_checkpoints_root_is_that_of_the_tiles(client, size):
    grow(size)
    outsider = Outsider(client)
    leaves = outsider.level(0)
    assert (outsider.size, len(leaves)) == (size, size)
    assert tree_hash(leaves) == outsider.root


def test_each_level_is_the_hash_of_the_one_below(client):
    grow(700)
    outsider = Outsider(client)
    below = outsider.level(0)
    assert outsider.level(1) == [tree_hash(below[n : n + 256]) for n in (0, 256)]


def test_the_checkpoint_is_signed_by_the_published_key(client):
    grow(3)
    outsider = Outsider(client)
    vkey, _, pem = outsider.read("key").decode().partition("\n\n")
    name, key_id, _material = vkey.split("+", 2)
    signature = base64.b64decode(outsider.signatures.strip().split(" ")[2])
    assert (outsider.origin, signature[:4].hex()) == (name, key_id)
    load_pem_public_key(pem.encode()).verify(signature[4:], (outsider.text + "\n").encode())


def test_a_foreign_library_proves_an_entry_with_what_it_read(client, browser_of, officer):
    grow(300)
    outsider = Outsider(browser_of(officer("auditor", Role.AUDITOR)))
    tree = InmemoryTree(algorithm="sha256")
    for entry in outsider.entries(0, 256) + outsider.entries(1, outsider.size - 256):
        tree.append_entry(entry)
    proof = tree.prove_inclusion(280, outsider.size)
    verify_inclusion(outsider.level(0)[279], outsider.root, proof)


def test_entries_are_for_those_who_read_custody(client, browser, browser_of, officer):
    grow(3)
    url = "/log/tile/entries/000.p/3"
    assert (client.get(url).status_code, browser.get(url).status_code) == (401, 403)
    answer = browser_of(officer("auditor", Role.AUDITOR)).get(url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_an_older_checkpoints_partial_tile_stays(client):
    grow(300)
    full = client.get("/log/tile/0/000").content
    assert client.get("/log/tile/0/000.p/7").content == full[: 7 * 32]


@pytest.mark.parametrize(
    "path",
    [
        "0/001",
        "0/001.p/45",
        "1/000",
        "0/000.p/256",
        "0/000.p/0",
        "0/1",
        "0/x000/000",
        "64/000",
        "0/../1/000",
        "00/000",
        "0/000.p/٣",
        "0/000/",
        "entries/x/000",
    ],
)
def test_what_the_log_has_not_is_not_found(client, browser_of, officer, path):
    grow(300)
    auditor = browser_of(officer("auditor", Role.AUDITOR))
    answer = auditor.get(f"/log/tile/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "log.no_such_tile")


def test_a_tile_may_be_kept_for_ever_and_a_checkpoint_may_not(client):
    grow(256)
    assert client.get("/log/tile/0/000")["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/log/tile/0/000")["Content-Type"] == "application/octet-stream"
    assert client.get("/log/checkpoint")["Cache-Control"] == "no-cache"


def test_an_empty_log_has_no_checkpoint(client):
    assert client.get("/log/checkpoint").json()["code"] == "custody.no_such_event"

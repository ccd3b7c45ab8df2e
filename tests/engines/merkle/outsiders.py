"""What programs we did not write are given to judge, right and wrong mixed, as one JSON batch."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from engines.merkle.cases import EVERY_SIZE, LARGE, entry, flip, leaves, root, signer, tiles
from liuhen.engines.merkle.checkpoints import Checkpoint, sign_checkpoint
from liuhen.engines.merkle.notes import sign_note
from liuhen.engines.merkle.proofs import consistency_proof, inclusion_proof
from liuhen.engines.merkle.tiles import completed_tiles, partial_tiles

CONTRACTS = Path(__file__).parents[2] / "contracts" / "merkle"
LARGE_PLACES = (0, 1, 255, 256, 257, 65_535, 65_536, 69_887, 69_888, LARGE - 1)
WRONG_ONE_IN = 5
"""A wrong proof beside each fifth right one keeps the run short."""

Case = dict[str, Any]


def pairs() -> Iterator[tuple[int, int]]:
    """(smaller, larger): each leaf or old size of each tree, 1-130 and a large one."""
    for size in EVERY_SIZE:
        yield from ((smaller, size) for smaller in range(size))
    yield from ((place, LARGE) for place in LARGE_PLACES)


def inclusions() -> list[Case]:
    cases = []
    for index, size in pairs():
        path = inclusion_proof(index, size, tiles(size))
        case = {"size": size, "index": index, "entry": _base64(entry(index)), "valid": True}
        cases.append(case | _hashes(leaf=leaves(size)[index], root=root(size), path=path))
        if (index + size) % WRONG_ONE_IN == 0:
            wrong = [flip(path[0], size + index), *path[1:]] if path else [bytes(32)]
            cases.append(cases[-1] | _hashes(path=wrong) | {"valid": False})
    return cases


def consistencies() -> list[Case]:
    cases = []
    for old, new in pairs():
        if old == 0:
            continue  # RFC 9162 defines no proof from the empty tree
        path = consistency_proof(old, new, tiles(new))
        case = {"old_size": old, "new_size": new, "valid": True}
        cases.append(case | _hashes(old_root=root(old), new_root=root(new), path=path))
        if (old + new) % WRONG_ONE_IN == 0:
            wrong = [*path[:-1], flip(path[-1], old + new)]
            cases.append(cases[-1] | _hashes(path=wrong) | {"valid": False})
    return cases


def notes() -> list[Case]:
    log = signer("liuhen.example/county")
    note = sign_checkpoint(Checkpoint(log.name, LARGE, root(LARGE)), log)
    two = sign_note("证据\n\n— not a signature\n", signer("witness.example/legal"), log)
    forged = sign_checkpoint(Checkpoint(log.name, LARGE, root(1)), signer(log.name, "forged"))
    right = [{"vkey": log.verifier.vkey, "note": text, "valid": True} for text in (note, two)]
    altered = note.replace(f"\n{LARGE}\n", f"\n{LARGE + 1}\n")
    wrong = [{"vkey": log.verifier.vkey, "note": text} for text in (altered, forged, note[:-1])]
    return right + [case | {"valid": False} for case in wrong]


def tile_files() -> dict[str, str]:
    """Every tile of the large tree under its path."""
    present = [*completed_tiles(0, LARGE), *partial_tiles(LARGE)]
    reader = tiles(LARGE)
    return {tile.path: _base64(reader.tile(tile.level, tile.index, tile.width)) for tile in present}


@cache
def batch() -> Case:
    return {
        "inclusions": inclusions(),
        "consistencies": consistencies(),
        "notes": notes(),
        "tiles": {"size": LARGE, "root": _base64(root(LARGE)), "files": tile_files()},
    }


def _hashes(**values: bytes | Sequence[bytes]) -> Case:
    return {
        name: _base64(value) if isinstance(value, bytes) else [_base64(step) for step in value]
        for name, value in values.items()
    }


def _base64(data: bytes) -> str:
    return b64encode(data).decode()

"""What witnesses saw of the log, compared with the log as it is replayed."""

from collections import defaultdict
from collections.abc import Iterator

from liuhen.custody import keys
from liuhen.custody.deviations import Deviation
from liuhen.custody.models import Cosignature, WitnessKey
from liuhen.engines.merkle.checkpoints import Checkpoint as Head
from liuhen.engines.merkle.cosignatures import CosignatureVerifier, verify_cosignatures
from liuhen.engines.merkle.errors import EvidenceInvalid, StateInvalid
from liuhen.engines.merkle.tree import Frontier
from liuhen.engines.merkle.witness_state import WitnessState


class Sightings:
    """Cosignatures handed in, and one witness's own records where they are at hand.

    A cosigned checkpoint of a size that was never reached means that the log was cut.
    """

    def __init__(self, witness: WitnessState | None) -> None:
        self.problems: list[Deviation] = []
        self.roots: dict[int, bytes] = self.read(witness) if witness else {}
        self.lines: dict[int, list[Cosignature]] = defaultdict(list)
        for row in Cosignature.objects.order_by("pk"):
            self.lines[row.size].append(row)
        self.keys = {row.name: row.vkey for row in WitnessKey.objects.all()}

    def read(self, witness: WitnessState) -> dict[int, bytes]:
        """Size → root. A witness of another log contradicts this one as a whole."""
        try:
            pinned = witness.log()
            if pinned != keys.verifier():
                known = pinned.vkey if pinned else "none"
                self.problems.append(
                    Deviation("log.witness_differs", "log", f"the witness knows the key {known}")
                )
                return {}
            return {seen.head.size: seen.head.root for seen in witness.seen()}
        except StateInvalid as problem:
            where = str(witness.folder)
            self.problems.append(Deviation("log.witness_unreadable", where, str(problem)))
            return {}

    def check(self, frontier: Frontier) -> Iterator[Deviation]:
        """The log as replayed up to here against what was seen of this size."""
        where = f"checkpoint:{frontier.size}"
        root = self.roots.pop(frontier.size, None)
        if root is not None and root != frontier.root():
            yield Deviation("log.witness_differs", where, "the witness saw another root")
        for row in self.lines.pop(frontier.size, []):
            note = Head(keys.origin(), frontier.size, frontier.root()).text() + "\n" + row.line
            try:
                verify_cosignatures(note, CosignatureVerifier.from_vkey(self.keys[row.witness]))
            except KeyError:
                yield Deviation("log.cosignature_bad", where, f"{row.witness} is not registered")
            except EvidenceInvalid as problem:
                yield Deviation("log.cosignature_bad", where, f"{row.witness}: {problem}")

    def check_left(self, size: int) -> Iterator[Deviation]:
        """What was seen of sizes the log does not have (any more)."""
        for seen in sorted({*self.roots, *self.lines}):
            if seen > size:
                detail = f"a witness saw {seen} events, {size} are signed for"
                yield Deviation("log.rolled_back", f"checkpoint:{seen}", detail)

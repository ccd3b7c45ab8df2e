"""How much an untrusted file may cost. Every number has a unit and a reason."""

from dataclasses import asdict, dataclass
from typing import Final, Self

MIB: Final = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What the child may use; past any of them it is ended and the file gets a finding.

    cpu_seconds:      processor time. A 2 GB stream demuxes in about 2 s.
    wall_seconds:     clock time, for a slow disk and a busy machine.
    memory_bytes:     address space; libraries alone map 0.6 GiB, a 4K picture needs 0.2 GiB.
    written_bytes:    the largest file it may write.
    pixels:           the largest picture decoded; 200 million is twice the largest phone camera.
    measure_seconds:  clock time for walking through a file's packets; past it content facts are
                      marked incomplete.
    scan_cpu_seconds: processor time of the child, from its start, after which the scan decodes
                      no more and says so. A third is left to end in good order: one picture
                      takes up to a second.
    """

    cpu_seconds: int = 120
    wall_seconds: float = 300.0
    memory_bytes: int = 3 * 1024 * MIB
    written_bytes: int = 64 * MIB
    pixels: int = 200_000_000
    measure_seconds: float = 120.0
    scan_cpu_seconds: float = 80.0

    @classmethod
    def for_rendition(cls, duration_seconds: float | None = None) -> Self:
        """For re-encoding: a small PC needs up to twice real time, some files are hours long."""
        seconds = max(600.0, 4.0 * (duration_seconds or 6 * 3600.0))
        return cls(
            cpu_seconds=int(seconds * 4),
            wall_seconds=seconds * 2,
            memory_bytes=4 * 1024 * MIB,
            written_bytes=64 * 1024 * MIB,
        )

    def to_json(self) -> dict[str, float]:
        return asdict(self)

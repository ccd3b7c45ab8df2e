"""Leave to remove one original: the one token without which nothing is removed.

Only `retention.removing` makes one, in the course of an approved and witnessed disposal; a test
reads the sources and holds everybody else to it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leave:
    """For the content `sha256` under `key`, and nothing else.

    `event` is the index of the log's event that says it is about to go: written first, so that
    nothing is ever missing of which the log does not tell.
    """

    key: str
    sha256: str
    event: int

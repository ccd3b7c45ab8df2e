from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Deviation:
    """`code` is stable; `subject` says where; `detail` what was expected and what is there."""

    code: str
    subject: str
    detail: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = "LIUHEN_DATA"
PRIVATE = 0o700


@dataclass(frozen=True)
class DataDir:
    """Where one installation keeps everything. Reading the names creates nothing."""

    root: Path

    @classmethod
    def from_environment(cls) -> "DataDir":
        """`LIUHEN_DATA`, or `liuhen-data` in the home of the user the program runs as."""
        return cls(Path(os.environ.get(ENVIRONMENT) or Path.home() / "liuhen-data").absolute())

    @property
    def database(self) -> Path:
        return self.root / "liuhen.sqlite3"

    @property
    def vault(self) -> Path:
        """Sealed originals, in folders a person can read."""
        return self.root / "vault"

    @property
    def quarantine(self) -> Path:
        """What recovery could not account for; nothing here is deleted by the program."""
        return self.root / "quarantine"

    @property
    def derived(self) -> Path:
        """Thumbnails and renditions: may be lost, can be made again."""
        return self.root / "derived"

    @property
    def locks(self) -> Path:
        """One file for each intake under way, locked while its process lives."""
        return self.root / "locks"

    @property
    def uploads(self) -> Path:
        return self.root / "uploads"

    @property
    def watch(self) -> Path:
        """What FTP/SMB stations drop."""
        return self.root / "watch"

    @property
    def windows(self) -> Path:
        """What window cameras recorded and the vault has not taken in yet, a folder for each."""
        return self.root / "windows"

    @property
    def discs(self) -> Path:
        """Disc images on their way to discs: may be lost, can be made again."""
        return self.root / "discs"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def secret_file(self) -> Path:
        return self.keys / "session.key"

    @property
    def second_factor_file(self) -> Path:
        """Seals what officers' phones share with the server; lost, everyone enrols anew."""
        return self.keys / "second-factor.key"

    @property
    def vault_mark(self) -> Path:
        """By which the vault's disk is known again; also in the log."""
        return self.keys / "vault.mark"

    @property
    def exists(self) -> bool:
        return self.secret_file.is_file()

    def create(self) -> None:
        """Make the folders and the session secret; harmless when they are there."""
        self.root.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
        for folder in (self.vault, self.quarantine, self.derived, self.locks):
            folder.mkdir(exist_ok=True, mode=PRIVATE)
        for folder in (self.uploads, self.watch, self.windows, self.discs, self.keys):
            folder.mkdir(exist_ok=True, mode=PRIVATE)
        create_private_file(self.secret_file, secrets.token_urlsafe(48))
        create_private_file(self.second_factor_file, secrets.token_hex(32))

    def secret(self) -> str:
        """The session secret; before the directory is made, one for this process only."""
        if self.exists:
            return self.secret_file.read_text()
        return secrets.token_urlsafe(48)


def create_private_file(path: Path, text: str) -> None:
    """Write `text` durably to a new file only its owner may read; one that is there stays."""
    temp = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        # link, not rename: of two processes starting at once the first one's secret stays.
        os.link(temp, path)
    except FileExistsError:
        pass
    finally:
        temp.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

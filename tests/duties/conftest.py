from collections.abc import Callable

import pytest

import factories
from liuhen.custody import store
from liuhen.engines.policy.pack import Pack
from liuhen.engines.policy.values import Value
from liuhen.packs import catalogue


@pytest.fixture
def bureau(data, db):
    """A bureau that is set up, with a log of its own."""
    store._remembered = None
    return factories.agency()


@pytest.fixture
def rules(bureau, monkeypatch) -> Callable[..., None]:
    """The regulation the bureau follows since 2025-01-01 says this and nothing else."""

    def say(**parameters: Value | tuple[Value, ...]) -> None:
        series = {
            name: said if isinstance(said, tuple) else (said,) for name, said in parameters.items()
        }
        pack = Pack("own", "某县音像记录制度", "卫生监督", None, None, {}, series)
        monkeypatch.setattr(catalogue, "pack", lambda pack_id: pack)

    say()
    return say

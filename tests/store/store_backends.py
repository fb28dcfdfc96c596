"""The backends of the store, as the behaviour test takes them: a new one joins `BACKENDS` and passes the same test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tollbook.store import Store, create_store, open_store


@dataclass(frozen=True)
class Backend:
    """How a test makes a record and opens it again, as another process would."""

    name: str
    create: Callable[[Path], None]
    open: Callable[[Path], Store]


BACKENDS = [Backend("sqlite", create_store, open_store)]

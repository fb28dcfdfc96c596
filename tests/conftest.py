"""Settings and fixtures that all tests share."""

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import own_postgres
import pytest
from hypothesis import settings

# A test machine may be busy with something else: slowness is measured in bench/, not by a deadline for each example.
settings.register_profile("tollbook", deadline=None)
settings.load_profile("tollbook")


@contextmanager
def _file_limit(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


@pytest.fixture
def file_limit() -> Callable[[int], AbstractContextManager[None]]:
    """A block in which no file may grow beyond so many bytes, which is what a full disk does to a program.

    It holds for the block alone, not for a whole test: pytest's own output may be a file that is longer.
    """
    return _file_limit


@pytest.fixture(scope="session")
def server() -> Iterator[own_postgres.Server]:
    """A PostgreSQL server of the tests' own, started by the first test that asks for one."""
    with own_postgres.server() as running:
        yield running

"""Settings and fixtures that all tests share."""

import resource
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A test machine may be busy with something else: slowness is measured in bench/, not by a deadline for each example.
settings.register_profile("tollbook", deadline=None)
settings.load_profile("tollbook")


@pytest.fixture
def tiny_files() -> Iterator[None]:
    """The system refuses files over 10 kB, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, handler)

"""Settings and fixtures that all tests share."""

import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import own_postgres
import pytest
import waiting
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A test machine may be busy with something else: slowness is measured in bench/, not by a deadline for each example.
settings.register_profile("tollbook", deadline=None)
settings.load_profile("tollbook")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--screens DIR`: where tests/review/test_screens.py puts the documentation's pictures."""
    parser.addoption("--screens", metavar="DIR", help="put the pictures of the main screens here")


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


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium; where it is missing the tests fail and say so."""
    from playwright.sync_api import expect, sync_playwright  # once a session, for all folders: a second one is refused

    # Each wait ends when what it waits for is there; on a busy machine of two cores that may take long.
    expect.set_options(timeout=1_000 * waiting.MOST)

    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reports_reading import Read, read_both
from reports_server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on the loopback address."""
    with serving() as running:
        yield running


@pytest.fixture
def read() -> Read:
    """Reads INPUTs with options; gives reports and failures."""
    return read_both

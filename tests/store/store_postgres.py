"""What the tests of PostgreSQL share."""

from __future__ import annotations

import pytest

from tollbook.errors import TollbookError
from tollbook.store.address import Address
from tollbook.store.postgres import open_postgres


def refused(address: Address, **known: str) -> str:
    """The one line that opening a record gives, without the address before it."""
    with pytest.raises(TollbookError) as caught, open_postgres(address, wait=0.05, **known) as store, store.read():
        pass
    told = str(caught.value)
    assert "\n" not in told and told.startswith(str(address)) and told.count(": ") >= 1 and "; " in told
    return told.removeprefix(f"{address}: ")

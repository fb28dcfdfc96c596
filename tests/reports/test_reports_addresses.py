from __future__ import annotations

import pytest

from tollbook.errors import FetchRefused
from tollbook.reports.addresses import not_public, resolve

ADDRESSES = {
    "127.0.0.1": "loopback",
    "::1": "loopback",
    "::ffff:127.0.0.1": "loopback",
    "::ffff:10.1.2.3": "private",
    "2002:7f00:1::": "loopback",
    "2002:a00:1::": "private",
    "64:ff9b::a9fe:a9fe": "link-local",
    "64:ff9b::7f00:1": "loopback",
    "::7f00:1": "loopback",
    "::ffff:0:7f00:1": "loopback",
    "2a00::5efe:7f00:1": "loopback",
    "2a00::200:5efe:a00:1": "private",
    "64:ff9b:1::7f00:1": "reserved",
    "168.63.129.16": "reserved",
    "192.0.0.8": "reserved",
    "192.88.99.1": "reserved",
    "3fff::1": "reserved",
    "10.0.0.1": "private",
    "172.16.3.4": "private",
    "192.168.1.1": "private",
    "169.254.169.254": "link-local",
    "fe80::1%eth0": "link-local",
    "fc00::1": "private",
    "fec0::1": "private",
    "100.64.0.1": "reserved",
    "0.0.0.0": "no address",
    "::": "no address",
    "224.0.0.1": "no address",
    "ff02::1": "no address",
    "255.255.255.255": "address",
    "240.0.0.1": "address",
    "192.0.2.1": "address",
    "198.18.0.1": "address",
    "2001:db8::1": "address",
}


@pytest.mark.parametrize(("address", "kind"), ADDRESSES.items())
def test_addresses_that_are_not_public(address: str, kind: str) -> None:
    found = not_public(address)
    assert found is not None and kind in found


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert not_public(address) is None


def test_an_unknown_host() -> None:
    with pytest.raises(FetchRefused, match="is not known"):
        resolve("no-such-host.invalid", 80, ())

"""Which network addresses may be reached: public ones, and hosts that the user named.

Input: a host name, a port and the hosts allowed by name. Output: the addresses to connect to, each checked; a host with
any address that is not public is refused: "localhost" resolves to 127.0.0.1, which is the machine itself.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection

from tollbook.errors import FetchRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int, allowed: Collection[str]) -> list[str]:
    """The addresses of `host`, all public unless `allowed` names the host; raises `FetchRefused`."""
    name = host.strip("[]").rstrip(".").lower()
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchRefused(f"the host {name} is not known", advice="check the address and the network") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if name not in {item.strip("[]").lower() for item in allowed}:
        for address in addresses:
            kind = not_public(address)
            if kind:
                where = name if name == address else f"{name} ({address})"
                raise FetchRefused(f"{where} is {kind}", advice=f"allow it by --allow-host {name} if you mean it")
    return addresses


def not_public(address: str) -> str | None:
    """Why an address is not a public one ("a loopback address"), None where it is."""
    parsed = _inner(ipaddress.ip_address(address.partition("%")[0]))
    if parsed.is_loopback:
        return "a loopback address"
    if parsed.is_link_local:
        return "a link-local address"
    if parsed.is_multicast or parsed.is_unspecified:
        return "no address of a host"
    if parsed.is_private or (isinstance(parsed, ipaddress.IPv6Address) and parsed.is_site_local):
        return "a private address"
    return None if parsed.is_global else "a reserved address"


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address carries (mapped, 6to4, Teredo, NAT64, compatible), else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    low = int(address) & 0xFFFFFFFF
    if address in _NAT64 or (int(address) >> 32 == 0 and low > 0xFFFF):
        return ipaddress.IPv4Address(low)
    return address

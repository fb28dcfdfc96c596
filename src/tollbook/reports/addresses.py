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
# Networks in whose addresses the last 32 bits are one of IPv4: NAT64 (RFC 6052), SIIT (RFC 7915).
_CARRIERS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::ffff:0:0:0/96"))
# So do interfaces of ISATAP (RFC 5214), in any network: after this, with or without the bit for a global number.
_ISATAP = {0x00005EFE, 0x02005EFE}
# Not for the public though this Python may think so, and what a cloud answers to from inside (Azure's 168.63.129.16).
_RESERVED = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"),
    )
)


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
    if any(parsed in network for network in _RESERVED):  # before what releases of Python disagree on
        return "a reserved address"
    if parsed.is_private or (isinstance(parsed, ipaddress.IPv6Address) and parsed.is_site_local):
        return "a private address"
    return None if parsed.is_global else "a reserved address"


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address carries (mapped, 6to4, Teredo, NAT64, ISATAP…), else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    low, before = int(address) & 0xFFFFFFFF, int(address) >> 32
    isatap = before & 0xFFFFFFFF in _ISATAP
    if isatap or any(address in network for network in _CARRIERS) or (before == 0 and low > 0xFFFF):
        return ipaddress.IPv4Address(low)
    return address

"""How one run of the app is set up: whom it lets in, by which address, in which way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`alone` is who may enter by a one-time link and rule without an account, on one machine; None where people have
    accounts. `hosts` are the names, with ports, that requests may be for, the first of them told to people; `secure`:
    browsers come by https. `behind`: a proxy stands before the app and says in `X-Forwarded-For` who asks.
    """

    alone: str | None
    hosts: tuple[str, ...]
    secure: bool = False
    behind: bool = False

    @property
    def scheme(self) -> str:
        return "https" if self.secure else "http"

    @property
    def url(self) -> str:
        """Where people find the app, without a slash at the end."""
        return f"{self.scheme}://{self.hosts[0]}"

    @property
    def cookie(self) -> str:
        """The session cookie's name: two apps of one machine, at two ports, don't take each other's.

        By https it bears the prefix that browsers hold to: this host alone, the whole site, never in clear.
        """
        port = self.hosts[0].rpartition(":")[2] if ":" in self.hosts[0].rpartition("]")[2] else ""
        name = f"tollbook-{port}" if port else "tollbook"
        return f"__Host-{name}" if self.secure else name

r"""What a site's robots.txt allows, by RFC 9309.

Input: the text of robots.txt, a user agent and a path. Output: allowed or not, and the seconds to wait between
requests: after "User-agent: *\nDisallow: /private/", "/private/a.html" is not allowed and "/a.html" is.

Python's own parser takes the first rule that fits; the standard, and every large site, means the longest.
"""

from __future__ import annotations

import re
from dataclasses import field

from tollbook.values import dataclass

# RFC 9309 lets a reader stop after 500 kibibytes.
MAX_SIZE = 512_000


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one agent: (path pattern, allowed), and the delay asked for in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether `path` (with its query) may be read: the longest rule that fits decides, allow wins a tie."""
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


ALLOW_ALL = Robots()
REFUSE_ALL = Robots((("/", False),))


def parse(text: str, agent: str) -> Robots:
    """The rules of `text` for the product `agent` ("tollbook"), else those for "*"."""
    groups = _groups(text)
    product = agent.partition("/")[0].lower()
    mine = [group for group in groups if product in group.agents] or [group for group in groups if "*" in group.agents]
    rules = tuple(rule for group in mine for rule in group.rules)
    return Robots(rules, max((group.delay or 0.0 for group in mine), default=0.0))


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    naming = False
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not naming:
                groups.append(_Group())
            groups[-1].agents.append(value.partition("/")[0].lower())
        elif groups:
            _rule(groups[-1], key, value)
        naming = key == "user-agent"
    return groups


def _rule(group: _Group, key: str, value: str) -> None:
    if key in ("allow", "disallow") and value:
        group.rules.append((value, key == "allow"))
    elif key == "crawl-delay" and re.fullmatch(r"\d{1,6}(?:\.\d+)?", value):
        group.delay = float(value)


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as `pattern` says: `*` is any run of signs, a closing `$` the end."""
    anchored = pattern.endswith("$")
    first, *rest = pattern.rstrip("$").split("*") if anchored else pattern.split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    for number, piece in enumerate(rest):
        if anchored and number == len(rest) - 1:
            return path.endswith(piece) and len(path) - len(piece) >= position
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return position == len(path) if anchored else True

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.reports.robots import ALLOW_ALL, REFUSE_ALL, parse

TEXT = """\ufeff# of Norland Courier
User-agent: *
Disallow: /private/   # not for robots
Allow: /private/press/
Disallow: /*.pdf$
Disallow: /search?q=
Crawl-delay: 2.5

User-agent: othereader
User-agent: Tollbook/9.9
Disallow: /archive

User-agent: tollbook
Disallow: /drafts
"""
PATHS = {
    "/": True,
    "/private/a": False,
    "/private/press/a": True,
    "/a.pdf": False,
    "/a.pdf?x=1": True,
    "/search?q=harim": False,
    "/search": True,
}


@pytest.mark.parametrize(("path", "allowed"), PATHS.items())
def test_the_longest_rule_decides(path: str, allowed: bool) -> None:
    assert parse(TEXT, "anyone/1.0").allows(path) is allowed


def test_the_groups_that_name_the_agent_stand_for_all_others() -> None:
    mine = parse(TEXT, "tollbook/0.1.0")
    assert mine.allows("/private/a")
    assert not mine.allows("/archive/2019")
    assert not mine.allows("/drafts")
    assert mine.delay == 0.0
    assert parse(TEXT, "anyone").delay == 2.5


def test_no_rules_allow_all() -> None:
    assert parse("", "tollbook").allows("/a")
    assert parse("Disallow: /", "tollbook").allows("/a"), "a rule of no group is no rule"
    assert parse("User-agent: *\nDisallow:", "tollbook").allows("/a")
    assert ALLOW_ALL.allows("/") and not REFUSE_ALL.allows("/")


def test_allow_wins_a_tie() -> None:
    assert parse("User-agent: *\nDisallow: /a\nAllow: /a", "t").allows("/a/b")


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/a*b*c", "/axxbyyc", True),
        ("/a*b*c", "/axxc", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/*a$", "/a", True),
        ("/a*a$", "/a", False),
        ("/a*$", "/abc", True),
        ("*", "/x", True),
        ("/a**b", "/ab", True),
    ],
)
def test_stars_and_ends(pattern: str, path: str, fits: bool) -> None:
    assert parse(f"User-agent: *\nDisallow: {pattern}", "t").allows(path) is not fits


@given(st.text(alphabet="User-agent:*\nDisallow /abc$#.", max_size=200), st.text(max_size=20))
def test_any_file_can_be_read(text: str, path: str) -> None:
    assert parse(text, "tollbook").allows("/" + path) in (True, False)

"""The feed of changes: Atom as RFC 4287 has it, of what people corrected and which figure it moved, names masked."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import dossier_records as made
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_dossier_files import hostile

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.moved import Came, Figure, Shift
from tollbook.dossiers.site.feed import base_of, instant
from tollbook.errors import UsageError
from tollbook.model import Record, Ruling

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
KEY = b"k" * 32


def ruled() -> Record:
    """The small record, of which a ruling rejects the union's figure; another is a note, a third names somebody."""
    record = made.small(("range@1",))
    union = next(one for one in record.claims if one.said == "44 dead")
    other = next(one for one in record.claims if one.said == "31 people")
    return replace(
        record,
        rulings=(
            Ruling(3, "reject", "ann", "2031-05-11T09:30:00Z", "Tessaly Lindal says it counts the missing", union.id),
            Ruling(4, "note", "ben", "2031-05-12T10:00:00Z", "asked again", other.id),
            Ruling(5, "correct", "ann", "2031-05-13", "misread", other.id, values={"value": 32}),
        ),
    )


SHIFTS = (
    Shift(
        3, "i1", "range@1", "killed", "all", "person", Figure(31, None, 44, "disputed"), Figure(31, 31, 31, "single")
    ),
)


def feed(
    record: Record, base: str = "", shifts: tuple[Shift, ...] = SHIFTS, came: tuple[Came, ...] = ()
) -> ElementTree.Element:
    """The parsed feed of a record."""
    files = dict(html.render(build(record, salt=KEY, shifts=shifts, came=came), base=base))
    return ElementTree.fromstring(files["feed.xml"])


def text(node: ElementTree.Element, name: str) -> str:
    found = node.find(f"{ATOM}{name}")
    assert found is not None
    return found.text or ""


def test_each_change_is_an_entry_the_latest_first_and_a_note_is_none() -> None:
    entries = feed(ruled()).findall(f"{ATOM}entry")
    assert [text(one, "title") for one in entries] == [
        "Orvesk, 6 May 2031: killed corrected",
        "Orvesk, 6 May 2031: killed 31–44, disputed → 31, single",
    ]
    assert [text(one, "updated") for one in entries] == ["2031-05-13T00:00:00Z", "2031-05-11T09:30:00Z"]
    assert "killed: 31–44, disputed → 31, single by range@1" in text(entries[1], "content")


def test_what_reports_changed_is_an_entry_an_incident_and_what_they_told_of_first_one_a_day() -> None:
    record = made.small(("range@1",))
    first, last = record.reports[0].id, record.reports[-1].id
    figure, more = Figure(12, None, None, "single"), Figure(12, 31, 31, "single")
    shifts = (
        Shift(2, "i1", "range@1", "killed", "all", "person", None, figure),
        Shift(9, "i1", "range@1", "killed", "all", "person", figure, more),
    )
    came = (
        Came(2, "2031-05-08T08:00:00Z", (first,), ("i1",), ("i1",)),
        Came(9, "2031-05-10T08:00:00Z", (last,), (), ("i1",)),
    )
    later, earlier = feed(record, shifts=shifts, came=came).findall(f"{ATOM}entry")
    assert text(later, "title") == "Orvesk, 6 May 2031: killed ≥ 12 → 12–31 (best 31)"
    assert re.match(r"1 report came: R\d+\nkilled: ≥ 12 → 12–31 \(best 31\) by range@1$", text(later, "content"))
    assert text(later, "updated") == "2031-05-10T08:00:00Z"
    assert text(earlier, "title") == "1 new incident: Orvesk, 6 May 2031"
    assert text(earlier, "content") == "Orvesk, 6 May 2031: killed ≥ 12 by range@1"
    ids = [text(one, "id").rpartition(":")[2] for one in (later, earlier)]
    assert ids[0].startswith("reports-9-")
    assert ids[1] == "incidents-2"


def test_it_has_what_atom_requires() -> None:
    root = feed(ruled())
    ids = [text(one, "id") for one in (root, *root.findall(f"{ATOM}entry"))]
    assert len(set(ids)) == len(ids) == 3
    assert all(one.startswith("tag:tollbook.invalid,2026:") for one in ids)
    assert all(RFC3339.fullmatch(text(one, "updated")) for one in (root, *root.findall(f"{ATOM}entry")))
    assert text(root, "updated") == "2031-05-13T00:00:00Z"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    for node in (root, *root.findall(f"{ATOM}entry")):
        assert text(node, "title")
        assert {one.get("rel") for one in node.findall(f"{ATOM}link")} >= {"alternate"}


def test_neither_the_masked_nor_those_who_ruled_are_named() -> None:
    written = dict(html.render(build(ruled(), salt=KEY, shifts=SHIFTS)))["feed.xml"].decode()
    assert "[name " in written
    assert not re.search("lindal|tessaly|ann|ben", written.lower())


def test_an_address_makes_links_absolute_and_leaves_ids_alone() -> None:
    plain, based = feed(ruled()), feed(ruled(), base_of("https://example.org/floods"))
    hrefs = [one.get("href") or "" for one in based.iter(f"{ATOM}link")]
    assert all(one.startswith("https://example.org/floods/") for one in hrefs)
    assert [one.text for one in plain.iter(f"{ATOM}id")] == [one.text for one in based.iter(f"{ATOM}id")]


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org/", "https://", "https://a/?q=1", "https://a b/", "https://ann@a/"]
)
def test_what_is_no_address_of_pages_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is no address of a folder of pages"):
        base_of(address)


def test_a_record_that_nobody_ruled_on_has_a_feed_without_entries() -> None:
    root = feed(made.small(), shifts=())
    assert root.findall(f"{ATOM}entry") == []
    assert text(root, "updated") == "2031-05-10T00:00:00Z"


def test_hostile_text_is_text() -> None:
    record = hostile()
    evil = replace(record.rulings[0], action="reject", why=f"{record.rulings[0].why}\ufffe\x0b")
    root = feed(replace(record, rulings=(evil, *record.rulings[1:])), shifts=())
    assert "<script>alert(1)</script>" in text(root.findall(f"{ATOM}entry")[0], "content")


@given(st.text())
def test_any_time_becomes_an_instant(when: str) -> None:
    assert RFC3339.fullmatch(instant(when, "1970-01-01T00:00:00Z"))


def test_each_page_names_the_feed() -> None:
    files = dict(html.render(build(made.small())))
    for name, content in files.items():
        if name.endswith(".html"):
            assert b'<link rel="alternate" type="application/atom+xml" title="Changes" href="feed.xml">' in content

"""A text is cut where claims, sources and cue words begin and end, and can be put together again from its pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from tollbook.model import Claim, Quantity, Report, Source, Span
from tollbook.review.marks import SIZE, Marked, found_in, soft_ends


def report(text: str, title: str = "") -> Report:
    return Report("r", text, "", "", title=title)


def claim(start: int, end: int, name: str = "c", **more: object) -> Claim:
    return Claim(name, "r", Span(start, end), "", "killed", "all", "person", Quantity.exact(1), **more)  # type: ignore[arg-type]


def test_overlapping_claims_share_a_piece() -> None:
    """ "12 dead or hurt", in which "12 dead" is a claim of its own."""
    marked = Marked(report("12 dead or hurt."), [claim(0, 7, "a"), claim(0, 15, "b")])
    (block,) = marked.blocks()
    assert [(one.text, one.claims) for one in block.pieces or ()] == [
        ("12 dead", ("a", "b")),
        (" or hurt", ("b",)),
        (".", ()),
    ]


def test_a_chain_is_marked_with_its_cue() -> None:
    text = "At least 12 died, the Flood Office said."
    chain = (Source("Flood Office", "government", "said", Span(18, 34)),)
    pieces = Marked(report(text), [claim(0, 16, attribution=chain)]).blocks()[0].pieces or ()
    told = {one.text: {link for link in one.links if not link.endswith(":s")} for one in pieces}
    assert told["the Flood Office"] == {"c:0"}
    assert told["said"] == {"c:0c"}


def test_signs_that_are_not_seen_are_pieces_of_their_own() -> None:
    pieces = Marked(report("a\u202eb\r\nc"), []).blocks()[0].pieces or ()
    assert [(one.start, one.text, one.sign) for one in pieces] == [
        (0, "a", ""),
        (1, "\u202e", "202E"),
        (2, "b", ""),
        (3, "\r", "D"),
        (4, "\nc", ""),
    ]


def test_no_block_ends_within_a_claim() -> None:
    text = "word " * 4000
    spans = [(SIZE - 40, SIZE + 40), (SIZE + 20, SIZE + 90), (2 * SIZE - 3, 2 * SIZE + 200)]
    ends = [block.end for block in Marked(report(text), [claim(*one, str(one)) for one in spans]).blocks()]
    assert all(not start < end < last for end in ends for start, last in spans)


@given(
    some.lists(some.sampled_from(["word", "🌊", "\n", " ", "٣", "\u200f", "x" * 900]), max_size=60).map("".join),
    some.lists(some.tuples(some.integers(0, 900), some.integers(1, 60)), max_size=8),
)
def test_pieces_are_the_text_again(text: str, places: list[tuple[int, int]]) -> None:
    claims = [
        claim(start, min(start + length, len(text)), str(n))
        for n, (start, length) in enumerate(places)
        if start < len(text)
    ]
    marked = Marked(report(text), claims)
    blocks = [marked.block(block.start) for block in marked.blocks()]
    assert "".join(one.text for block in blocks for one in block.pieces or ()) == text
    for block in blocks:
        for one in block.pieces or ():
            assert text[one.start : one.start + len(one.text)] == one.text
            ids = {each.id for each in claims if each.span.start <= one.start < each.span.end}
            assert set(one.claims) == ids


def test_words_are_found_sign_by_sign() -> None:
    assert found_in("Seven boats, seven boats", "seven") == [13]
    assert found_in("aaa", "aa") == [0, 1]
    assert found_in("a b", " ") == []


def test_a_line_broken_at_a_margin_runs_on_and_a_table_does_not() -> None:
    prose = (
        "The river rose again in the night and the lower streets of the old\n"
        "town were under water by dawn, so that boats went from door to door\n"
        "and took out those who could not walk. Nine people were brought to\n"
        "the school on the hill, where they were given blankets and tea.\n"
    )
    table = "\nHouse          dead      hurt\nupper row         2         5\nlower row         1         0\n"
    assert soft_ends(prose + table) == [at for at, sign in enumerate(prose[:-1]) if sign == "\n"]
    pieces = Marked(report(prose), [claim(165, 177)]).blocks()[0].pieces or ()
    assert [one.text for one in pieces if one.soft] == ["\n"] * 3
    assert soft_ends("Dead:\nnine women\ntwo men\n") == []

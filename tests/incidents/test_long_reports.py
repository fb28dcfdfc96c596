"""A report of very many paragraphs is read in time proportional to its length, and spans are found without a scan."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from proportion import grows_at_most

from tollbook.claims import dates, places, settings
from tollbook.incidents.dates import resolve
from tollbook.lexicon import load
from tollbook.model import Report, Span, SpanIndex, digest
from tollbook.passages import split

SPANS = st.lists(
    st.builds(lambda start, length, part: Span(start, start + length, part), st.integers(0, 60), st.integers(1, 12),
              st.sampled_from(["text", "title"])),
    max_size=12,
)  # fmt: skip


@given(SPANS, st.integers(0, 60), st.integers(1, 40))
def test_an_index_finds_what_a_scan_finds(spans: list[Span], start: int, length: int) -> None:
    index, around = SpanIndex(spans), Span(start, start + length)
    assert sorted(index.inside(around)) == [i for i, span in enumerate(spans) if around.covers(span)]
    before = [span.start for span in spans if span.part == "text" and span.start <= start]
    found = index.opening(around)
    assert (found is None) == (not before)
    assert found is None or spans[found].start == max(before)


def _settled(paragraphs: int) -> Callable[[], object]:
    lexicon = load("en")
    text = "\n\n".join(
        f"On May {i % 27 + 1}, {1990 + i % 30}, a bomb killed {i % 90 + 2} people in Zarand." for i in range(paragraphs)
    )
    sha = digest(text, length=64)
    report = Report("long", text, sha, sha)
    passages = split(report, lexicon)

    def work() -> None:
        times = [mention for passage in passages for mention in dates.find(text, passage.span, lexicon)]
        settings.settle(report, passages, [], times, places.find(report, lexicon, None), lexicon)
        resolve(report, times)

    return work


def test_settings_and_dates_take_time_in_proportion_to_the_text() -> None:
    """Eight times the paragraphs take no more than twenty times as long (sixty-four would be the square)."""
    grows_at_most(20, _settled, 250, 2000)

"""Who says it: statements with their sources, and the chain of sources behind any words of a report.

In: a report, its passages and the lexicon. Out: `Statement` values, and for a span the `Source` links, innermost
first. In "State radio quoted the fire service as saying ten died" the chain of "ten" is the fire service, then state
radio.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tollbook.claims.speech_turns import assemble
from tollbook.claims.speech_words import words as words_of
from tollbook.lexicon import Lexicon
from tollbook.model import Part, Passage, Report, Source, Span, Statement

# Statements are kept by the stretch of text that they touch, of this many characters.
_STRETCH = 512
# Where two statements hold the same words, whoever is cited stands inside, whoever relays outside.
_RANK = {"cites": 0, "says": 1, "wants": 1, "relays": 2}


def statements(report: Report, passages: Sequence[Passage], lexicon: Lexicon) -> tuple[Statement, ...]:
    """Who says what in a report, in the order of the contents; the title's statements first."""
    words = words_of(lexicon)
    found = [*assemble(report, passages, words, "title"), *assemble(report, passages, words, "text")]
    return tuple(sorted(found, key=_order))


def _order(statement: Statement) -> tuple[bool, int, int, int]:
    content = statement.content
    return content.part == "text", content.start, -content.end, _RANK[statement.role]


class Chains:
    """The statements of a report by their place: finding a chain takes no longer in a longer text.

    Wishes and judgements ("condemned the attack that killed ten") don't vouch for the words in them and are left out.
    """

    def __init__(self, report: Report, statements: Sequence[Statement]) -> None:
        self._report = report
        self._near: dict[tuple[Part, int], list[Statement]] = {}
        for one in statements:
            if one.role != "wants" and one.name:
                content = one.content
                for stretch in range(content.start // _STRETCH, content.end // _STRETCH + 1):
                    self._near.setdefault((content.part, stretch), []).append(one)

    def of(self, span: Span) -> tuple[Source, ...]:
        """The sources of the words at `span`, innermost first; then, with null spans, wires and the publisher."""
        first, last = span.start // _STRETCH, span.end // _STRETCH
        near = self._near.get((span.part, first), ())
        if first != last:
            wide = (one for stretch in range(first, last + 1) for one in self._near.get((span.part, stretch), ()))
            near = sorted(dict.fromkeys(wide), key=_order)
        around = sorted((one for one in near if _holds(one, span)), key=_innermost)
        links = [link for one in around for link in (_link(one, self._report), one.via) if link]
        links += [Source(origin, "media") for origin in self._report.origins]
        if self._report.publisher:
            links.append(Source(self._report.publisher, "publisher"))
        return tuple(_distinct(links))


def _innermost(statement: Statement) -> tuple[int, int, int]:
    """Shorter contents stand further in; of sources cited for the same words the one cited last does."""
    cited = statement.cue.start if statement.role == "cites" and statement.cue else 0
    return len(statement.content), _RANK[statement.role], -cited


def _holds(statement: Statement, span: Span) -> bool:
    """True where a statement's content holds at least half of the words at `span`."""
    content = statement.content
    return 2 * (min(content.end, span.end) - max(content.start, span.start)) >= len(span)


def _link(statement: Statement, report: Report) -> Source:
    cue = report.words(statement.cue) if statement.cue else None
    return Source(statement.name or "", statement.kind or "anonymous", cue, statement.source)


def _distinct(links: Iterable[Source]) -> Iterable[Source]:
    """Each name once, where it stands innermost."""
    seen: set[str] = set()
    for link in links:
        key = link.source.lower()
        if key not in seen:
            seen.add(key)
            yield link

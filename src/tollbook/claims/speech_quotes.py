"""Quotations of a text as spans, also those that run over paragraphs, nest, mix styles or never close.

In: a text and the offsets of its paragraphs. Out: `Quotation` values, outermost only, in order. In "“We saw it,” she
said" it is the stretch from the opening mark to the closing one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.values import dataclass

# Each branch begins with its mark, for which the text is then searched; what stands before it is looked at afterwards.
_MARK = re.compile(
    r"``|''|\"|“|”|„|«|»|‟|'(?<![\w.,!?’']')(?=[A-Z“\"])|‘(?<![\w.,!?’']‘)(?=[A-Z“\"])"
    r"|'(?<=[.,!?…]')(?![\w'])|’(?<=[.,!?…]’)(?![\w'])"
)
# "``" and "''" are typed for the straight double mark.
_FAMILY = {"“": "curly", "”": "curly", "«": "angled", "»": "angled", "'": "single", "‘": "single", "’": "single"}
# A shorter quotation is a name or a word held at arm's length, not somebody's statement.
_SHORT = 3


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Quotation:
    """Offsets with the marks, and whether the same speaker goes on in the next paragraph's quotation."""

    start: int
    end: int
    goes_on: bool = False


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    sign: str
    opens: bool


def quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quotation]:
    """The outermost quotations of at least three words."""
    marked = [_marks(text, start, end) for start, end in paragraphs]
    found: list[Quotation] = []
    begun: int | None = None
    loose = [_unclosed(marks) for marks in marked]
    for number, (_, end) in enumerate(paragraphs):
        marks, opening = marked[number], begun
        if opening is not None:
            surplus = _surplus(marks)
            if surplus is None:
                continue
            found.append(Quotation(opening, surplus.end))
            marks, begun = [mark for mark in marks if mark.start >= surplus.end], None
        closed, left = _pair(marks)
        found.extend(closed)
        if left is None:
            continue
        until = _continued(text, paragraphs, marked, number)
        if until >= 0:
            found.append(Quotation(left.start, paragraphs[until][1], goes_on=True))
        elif _closes_later(marked, loose, number):
            begun = left.start
        else:
            found.append(Quotation(left.start, end))
    return [quote for quote in found if _is_speech(text[quote.start : quote.end])]


def _is_speech(said: str) -> bool:
    """True for three words, or for fewer with a comma or mark before the end ("“Nobody,” she said")."""
    return len(said.split()) >= _SHORT or said[:-1].endswith((",", "!", "?", "."))


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    """The quotation marks of a paragraph, each as opening or closing by its form or by the space around it."""
    marks: list[_Mark] = []
    for match in _MARK.finditer(text, start, end):
        sign = match.group()
        if sign in "“„«``‘":
            opens = True
        elif sign in "”»’":
            opens = False
        else:
            before = text[match.start() - 1] if match.start() > start else " "
            after = text[match.end()] if match.end() < end else " "
            left, right = before.isspace() or before in "([-–—:", after.isspace() or after in ".,;:!?)]-–—"
            open_now = bool(marks) and marks[-1].opens
            opens = left if left != right else not open_now
            # "… our relations, "she said." is a closing mark that stands a space too far to the right.
            if opens and open_now and text[start : match.start()].rstrip()[-1:] in {",", ".", "!", "?"}:
                opens = False
        marks.append(_Mark(match.start(), match.end(), sign, opens))
    return marks


def _same(opening: _Mark, closing: _Mark) -> bool:
    """Marks pair by style; the straight double mark closes any double style, and is closed by any (mixed typing)."""
    ours, theirs = _FAMILY.get(opening.sign, "double"), _FAMILY.get(closing.sign, "double")
    if "single" in (ours, theirs):
        return ours == theirs
    return ours == theirs or "double" in (ours, theirs)


def _pair(marks: list[_Mark]) -> tuple[list[Quotation], _Mark | None]:
    """The closed outermost quotations of a paragraph, and the outermost mark left open."""
    stack: list[_Mark] = []
    found: list[Quotation] = []
    for mark in marks:
        if mark.opens:
            stack.append(mark)
            continue
        at = next((n for n in range(len(stack) - 1, max(-1, len(stack) - 9), -1) if _same(stack[n], mark)), None)
        if at is None:
            continue
        opening = stack[at]
        del stack[at:]
        while found and found[-1].start > opening.start:
            found.pop()
        found.append(Quotation(opening.start, mark.end))
    doubles = [mark for mark in stack if mark.sign not in {"'", "‘"}]
    left = doubles[0] if doubles else None
    if left:
        found = [quote for quote in found if quote.start < left.start]
    return found, left


def _unclosed(marks: list[_Mark]) -> bool:
    return _pair(marks)[1] is not None


def _surplus(marks: list[_Mark]) -> _Mark | None:
    """The mark of a paragraph that closes a quotation opened in an earlier one."""
    depth = 0
    for mark in marks:
        if mark.sign in {"'", "‘", "’"}:
            continue
        depth += 1 if mark.opens else -1
        if depth < 0:
            return mark
    return None


def _continued(text: str, paragraphs: Sequence[tuple[int, int]], marked: list[list[_Mark]], number: int) -> int:
    """The paragraph before one that opens with a mark again, the custom for a quotation that goes on; else -1."""
    sign = next(mark.sign for mark in marked[number] if mark.opens)
    for later in range(number + 1, min(len(paragraphs), number + 3)):
        if text.startswith(sign, paragraphs[later][0]):
            return later - 1
        if marked[later]:
            return -1
    return -1


def _closes_later(marked: list[list[_Mark]], loose: list[bool], number: int) -> bool:
    """True where a later paragraph has a closing mark too many before another one is left open."""
    # Forty paragraphs are the longest speech in one pair of marks that we want to believe in.
    for later in range(number + 1, min(len(marked), number + 41)):
        if marked[later] and _surplus(marked[later]):
            return True
        if loose[later]:
            return False
    return False

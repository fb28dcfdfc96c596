"""What number a cell of a sheet states: read by the reader of quantities, with its bounds, or why it is none.

Input: a cell. Output: a `Stated`, None for a cell that gives no figure, or a line on why it is no number. Worked:
"10-15" is 10 to 15, "40+" and "~40" are 40, "dozens" is that word, "unknown" is no figure, "-5" can't be a count.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from tollbook.claims.quantities import find
from tollbook.lexicon import Lexicon
from tollbook.model import Bound, Number, Quantity
from tollbook.sheets import Cell, number_of, shown
from tollbook.text import fold, tokens
from tollbook.values import dataclass

_PLAIN = re.compile(r"\d{1,15}")
_GROUPED = re.compile(r"\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NEGATIVE = re.compile(r"[-−–]\s*\d")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}")
_LONGEST = 200
_DAMAGE = "a range such as 5-10 may have been turned into one"


@dataclass(frozen=True, slots=True)
class Stated:
    """The numbers between which a cell puts its figure, twice the same for one; `vague` for a word like "dozens"."""

    low: Number
    high: Number
    vague: bool = False


def stated(cell: Cell, lexicon: Lexicon) -> Stated | str | None:
    """What a cell states; a line that says why where it is no number, None where there is no figure."""
    found = amount(cell, lexicon)
    return _ends(found) if isinstance(found, Quantity) else found


def amount(cell: Cell, lexicon: Lexicon) -> Quantity | str | None:
    """The quantity of a cell with its bound; a line that says why where it is none, None where there is no figure."""
    if isinstance(cell, str):
        return _in_text(cell.strip(), lexicon)
    number = number_of(cell)
    if number is not None:
        return _count(number)
    if isinstance(cell, dt.date | dt.time):
        return f"“{shown(cell)}” is a day; {_DAMAGE}"
    if isinstance(cell, bool):
        return f"“{shown(cell)}” is no number"
    return None if cell is None else _in_text(shown(cell), lexicon)


def _count(number: Number) -> Quantity | str:
    if number < 0:
        return f"“{number:,}” is less than nothing"
    return Quantity.exact(number)


@lru_cache(100_000)
def _in_text(text: str, lexicon: Lexicon) -> Quantity | str | None:
    """What a text states: digits at once, all else by the reader of quantities."""
    words = lexicon.table("sheets")
    if _PLAIN.fullmatch(text):
        return Quantity.exact(int(text))
    if _GROUPED.fullmatch(text):
        return Quantity.exact(int(re.sub(r"\D", "", text)))
    plain = fold(text)
    if not plain or plain in words["unknown"]:
        return None
    if plain in words["nobody"]:
        return Quantity.none()
    why = _no_number(text, plain, lexicon)
    return f"“{_short(text)}” {why}" if why else _read(text, lexicon)


def _no_number(text: str, plain: str, lexicon: Lexicon) -> str | None:
    """Why a text that may hold digits is no number."""
    if text.startswith("="):
        return "is a formula without a value"
    if len(text) > _LONGEST:
        return "is a text"
    if _NEGATIVE.match(text):
        return "is less than nothing"
    words = re.findall(r"[^\W\d_]+", plain)
    if _DAY.fullmatch(text):
        return "is a day"
    if len(words) == 1 and words[0] in lexicon.table("sheets")["months"]:
        return f"is a day; {_DAMAGE}"
    return "is a share" if text.endswith("%") else None


def _read(text: str, lexicon: Lexicon) -> Quantity | str:
    """The one quantity of a text, beside what stands in brackets; "see note 3" has none, "12; 15" two."""
    bare = _ASIDE.sub(" ", text).strip() or text
    inside = tokens(bare)
    figures = find(inside, lexicon)
    if len(figures) > 1:
        return f"“{_short(text)}” holds {len(figures)} numbers"
    before = {token.low for token in inside[: figures[0].first] if token.is_word} if figures else set[str]()
    if not figures or not before <= set(lexicon.table("sheets")["before"]):
        return f"“{_short(text)}” is no number"
    return figures[0].quantity


def _ends(quantity: Quantity) -> Stated:
    """The numbers that stand for a quantity in a sheet: "40+" is 40, "10-15" both, "dozens" the least of them."""
    low = quantity.value if quantity.value is not None else quantity.low or 0
    high = quantity.high if quantity.bound is Bound.RANGE and quantity.high is not None else low
    return Stated(low, high, quantity.bound is Bound.VAGUE)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"

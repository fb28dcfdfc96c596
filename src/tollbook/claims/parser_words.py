"""Words as the parser takes them: text to tokens, and a token to the few features the network looks up.

*Input* a sentence's text. *Output* its tokens as spans, cut as the treebank cuts them (clitics, hyphens and stops stand
alone), and for each token its normal form, affixes and shape.

> "Morva's 76-year-old mayor didn't say." → Morva · 's · 76 · - · year · - · old · mayor · did · n't · say · .
"""

from __future__ import annotations

import re
import zlib

LONGEST = 40  # characters of a token that count; the rest of a longer one is not looked at
AFFIXES = ((-2, 1000), (-3, 4000), (-4, 6000), (3, 3000))  # letters (from the end if negative), rows of the table
SHAPES = 600

_ABBREVIATED = (
    "mr|mrs|ms|dr|gen|col|lt|sgt|maj|capt|cpl|brig|adm|cmdr|gov|sen|rep|rev|prof|st|jr|sr|vs|etc|dept|est|approx|inc|corp"
    "|co|ltd|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s<>]{1,300}(?<![.,;:!?)\"'\]])|[\w.+-]{1,64}@[\w-][\w.-]{0,100}\w"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    rf"|(?:{_ABBREVIATED})\.(?=\s|$)"
    r"|no\.(?=\s?\d)"
    r"|\d+(?:[.,:]\d+)*[^\W\d_]*"  # 1,000  10:30  1.2m  5th
    r"|[^\W\d_]\w*(?:['’][^\W\d_]+)*"  # didn't
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|([^\w\s])\1*"  # one mark, or a run of it
    r"|_+|\S",
    re.IGNORECASE,
)
_CLITIC = re.compile(r"(?:(?<=\w)n['’]t|['’](?:s|re|ve|ll|d|m|t)|(?<=\bcan)not)$", re.IGNORECASE)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def tokenise(text: str) -> list[tuple[int, int]]:
    """Spans of `text` in code points, start and end, in order; white space (line ends too) lies between them."""
    spans = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        clitic = _CLITIC.search(text, start, end) if end - start < LONGEST else None
        if clitic is None or clitic.start() == start:
            spans.append((start, end))
        else:
            spans += [(start, clitic.start()), (clitic.start(), end)]
    return spans


def normal(form: str) -> str:
    """The token in small letters, each digit a 0, quotes and dashes plain, cut to forty characters."""
    return "".join("0" if c.isdigit() else c for c in form[:LONGEST].translate(_QUOTES).lower())


def shape(form: str) -> str:
    """The kinds of the first characters, X x d, a run of one kind told up to four: "Morva" is Xxxxx, "1,000" d,ddd."""
    kinds: list[str] = []
    for c in form[:LONGEST].translate(_QUOTES):
        kind = "d" if c.isdigit() else ("X" if c.isupper() else "x") if c.isalpha() else c
        if kinds[-4:] != [kind] * 4:
            kinds.append(kind)
    return "".join(kinds)


def rows(form: str, vocabulary: dict[str, int]) -> tuple[int, ...]:
    """The rows to look up: of the normal form (0 where it isn't in the vocabulary), of each affix, and of the shape."""
    norm = normal(form)
    found = [vocabulary.get(norm, 0)]
    for letters, size in AFFIXES:
        found.append(_hashed(norm[letters:] if letters < 0 else norm[:letters], size))
    found.append(_hashed(shape(form), SHAPES))
    return tuple(found)


def _hashed(text: str, size: int) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % size

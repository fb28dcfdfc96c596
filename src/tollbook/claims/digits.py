"""Numbers in digits: what a run of them is worth, and how it goes on ("1 000", "2 1/2", "1.99 x 10^30")."""

from __future__ import annotations

import re
import unicodedata

from tollbook.model import Number
from tollbook.text import Token

# A number of more digits than this is an account or a key, and int() of thousands of digits is slow.
MAX_DIGITS = 18
EXACT = 1e15  # above it a float holds no longer every whole number
PARTS = {sign: unicodedata.numeric(sign) for sign in "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
_PARTED = (2, 3, 4, 5, 6, 8, 10, 16, 32, 64)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?\Z")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}\Z")
_SEPARATORS = str.maketrans({"٬": ",", "，": ",", "'": ",", "’": ",", "٫": "."})
_PHONE = re.compile(r"\d{3}\Z"), re.compile(r"\d{4}\Z")


def is_code(text: str) -> bool:
    """ "007", "020": digits that open with a zero."""
    return len(text) > 1 and text.isdecimal() and not int(text[0])


def parse_digits(text: str) -> Number | None:
    """ "1,000" → 1000, "0.9" → 0.9, "1.000.000" → 1000000; None for what is no plain number."""
    if len(text) > MAX_DIGITS or is_code(text):
        return None
    text = text.translate(_SEPARATORS)
    if _GROUPED.match(text):
        text = text.replace(",", "")
    elif _DOTTED.match(text):
        text = text.replace(".", "")
    if "," in text or text.count(".") > 1:
        return None
    return float(text) if "." in text else int(text)


def whole(value: Number) -> Number:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def scaled(value: Number, scale: int) -> Number:
    """1.005 million is 1,005,000, though the floats' product is 1004999.9999999999."""
    return whole(round(value * scale, 6))


def spaced_thousands(sentence: list[Token], at: int, value: int) -> tuple[int, int]:
    """ "1 000": groups of three digits, each one space from the last."""
    last = at + 1
    while last < len(sentence):
        token, previous = sentence[last], sentence[last - 1]
        if not (
            token.is_number and len(token.text) == 3 and token.text.isdecimal() and token.start - previous.end == 1
        ):
            break
        value, last = value * 1000 + int(token.text), last + 1
    return value, last


def mixed(sentence: list[Token], at: int, value: Number) -> tuple[Number, int] | None:
    """ "2½", "2 1/2": a whole number and a part of one."""
    if at >= len(sentence) or sentence[at].start - sentence[at - 1].end > 1:
        return None
    if sentence[at].text in PARTS:
        return value + PARTS[sentence[at].text], at + 1
    said = sentence[at : at + 3]
    if len(said) < 3 or said[1].text != "/" or said[0].start == sentence[at - 1].end or said[0].end != said[1].start:
        return None
    few, all_ = (parse_digits(token.text) if token.text.isdecimal() else None for token in (said[0], said[2]))
    if not isinstance(few, int) or not isinstance(all_, int) or all_ not in _PARTED or not 0 < few < all_:
        return None
    return value + few / all_, at + 3


def power(sentence: list[Token], at: int, value: Number) -> tuple[Number, int] | None:
    """ "1.99×10^30", "1.99 x 10-3": a number in scientific notation."""
    said = [token.text for token in sentence[at : at + 5]]
    if len(said) < 4 or said[0] not in ("×", "x") or said[1] != "10" or said[2] not in "^-−":
        return None
    negative = said[2] in "-−" or said[3] in "-−"
    digits = said[4] if said[3] in ("-", "−") and len(said) > 4 else said[3]
    if not digits.isdecimal() or len(digits) > 2:
        return None
    end = at + (5 if said[3] in ("-", "−") else 4)
    raised = float(f"{value}e{'-' if negative else ''}{int(digits)}")
    return (whole(raised) if raised < EXACT else raised), end


def is_phone(low: Token, high: Token, following: str) -> bool:
    """ "743-7210": three digits and four that are no round ends of a range of something."""
    written = bool(_PHONE[0].match(low.text) and _PHONE[1].match(high.text))
    return written and (int(low.text) % 10 > 0 or int(high.text) % 10 > 0 or not following.isalpha())

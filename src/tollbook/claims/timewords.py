"""The grammar of time words: one compiled expression made from a language's `times.toml`.

Input: a lexicon. Output: a `TimeGrammar` that `claims.dates` runs over folded text. "On Feb. 25-26, 1992" is met by the
alternative named `mdy`; the name of the alternative says how its groups are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tollbook.claims.timeahead import Tense, tense
from tollbook.lexicon import Lexicon
from tollbook.text import any_of as choice
from tollbook.values import dataclass

DASH = r"(?:\s*(?:-|–|—|/)\s*|\s+(?:to|and|through|until|till|or)\s+(?:the\s+)?)"
YEAR = r"(?:1[0-9]|20)\d\d(?![\w%]|[.,:]\d|-(?!\d\d(?:\d\d)?\b|\w*[a-z]))"
SHORT_YEAR = r"(?:(?:1[0-9]|20)\d\d|'?\d\d)(?![\w%]|[.,:]\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|th))?(?![\w%]|[.,:]\d)"
_ZONES = r"(?:gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|et|pt|ct|cet|bst|local\s+time|hours|hrs)\b"
ZONE = rf"(?:\s*\({_ZONES}\)|\s*\b{_ZONES})?"
# Not inside a word, a sum of money or a longer number.
LEFT = r"(?<![\w$£€%])(?<!\d[.,:])(?<!\w-)"


@dataclass(frozen=True, slots=True)
class TimeGrammar:
    """The compiled expression and the tables that its groups are read with.

    `hint` is the gate: half of the sentences hold nothing that it finds, and no time either.
    """

    pattern: re.Pattern[str]
    hint: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, str]
    units: dict[str, str]
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    tense: Tense
    tables: dict[str, Any]

    def words(self, name: str) -> frozenset[str]:
        return frozenset(self.tables[name]["words"])


@lru_cache(maxsize=8)
def grammar(lexicon: Lexicon) -> TimeGrammar:
    """The time grammar of a language, compiled once."""
    tables = lexicon.table("times")
    return TimeGrammar(
        pattern=re.compile(rf"{LEFT}(?='?\d|{_openings(tables)})(?:{'|'.join(_alternatives(_parts(tables)))})"),
        hint=re.compile(rf"\d|(?<!\w){_cores(tables)}"),
        months=tables["months"],
        weekdays=tables["weekdays"] | tables["weekday_abbreviations"],
        seasons=tables["seasons"],
        units=tables["units"],
        cardinals=tables["cardinals"],
        ordinals=tables["ordinals"],
        tense=tense(tables),
        tables=tables,
    )


def _cores(tables: dict[str, Any]) -> str:
    """What every time without a digit holds at least one of."""
    names = (
        "months", "weekdays", "weekday_abbreviations", "deictics", "dayparts", "units", "seasons", "sets", "holidays",
        "decades", "references", "movable", "easter", "many",
    )  # fmt: skip
    closed = {"overnight", "noon", "midday", "midnight", "period", "nineteen", "eighteen"}
    return _whole({*closed, *(word for name in names for word in tables[name])})


def _whole(words: Iterable[str]) -> str:
    """Some words, not the beginnings of others: "min" and "mins", no "minister"; "monthslong" is one too."""
    return rf"(?:{choice(words)}s?(?:long)?(?!\w))"


def _openings(tables: dict[str, Any]) -> str:
    """What every time without a digit in front starts with: the other words of a sentence are passed over."""
    names = (
        "months", "weekdays", "weekday_abbreviations", "deictics", "units", "seasons", "sets", "holidays", "decades",
        "references", "cardinals", "directions", "ordinals", "movable", "easter", "many",
    )  # fmt: skip
    words = [word for name in (*names, "dayparts") for word in tables[name]]
    words += [word for name in ("narrowing", "approximate", "vague_counts") for word in tables[name]["words"]]
    closed = (
        "the", "each", "every", "around", "about", "noon", "midday", "midnight", "overnight", "latest", "final",
        "recent", "half", "comparable", "end", "start", "beginning", "middle", "rest",
    )  # fmt: skip
    whole = _whole({*closed, "fiscal", *(re.split(r"[ -]", word)[0] for word in words)})
    return f"(?:{choice(('post-', 'pre-', 'mid-'))}|{whole})"


def _parts(tables: dict[str, Any]) -> dict[str, str]:
    """The building blocks, as expressions by name."""
    cardinals = tables["cardinals"]
    tens = choice(word for word, value in cardinals.items() if value in range(20, 100, 10))
    ones = choice(word for word, value in cardinals.items() if value < 20 and len(word) > 2)
    vague = choice(tables["vague_counts"]["words"])
    half = rf"half\s+an?|a\s+half|half(?=-)|(?:\d+|{ones})[-\s]and[-\s]a[-\s]half"
    many = rf"(?:an?|{ones})\s+{choice(tables['multiples'])}"
    number = rf"(?:{half}|{many}|\d+(?:[.,]\d+)?(?:\s\d/\d)?|{tens}[-\s]{ones}|{choice(cardinals)}|{vague})"
    said = choice(word for word, value in cardinals.items() if 10 <= value < 20)
    spoken = rf"(?:nineteen|eighteen)\s+(?:{tens}(?:[-\s]{ones})?|{said}|oh[-\s]{ones})\b(?!-)"
    days = choice(tables["weekdays"]) + r"(?!s\b)|" + choice(tables["weekday_abbreviations"]) + r"\.?(?=,?\s)"
    narrowing = choice(tables["narrowing"]["words"])
    return {
        "long": choice(set(tables["units"]) - {"second", "min", "hr", "yr"}),
        "kind": choice(tables["kinds_of_day"]["words"]),
        "mon": rf"(?:{choice(tables['months'])}\b\.?)",
        "wd": rf"(?:{days})",
        "fullday": choice(tables["weekdays"]),
        "part": choice(tables["dayparts"]),
        "unit": rf"(?:{choice(set(tables['units']) - {'second'})}s?|seconds)\b",
        "num": number,
        "season": choice(tables["seasons"]),
        "dir": choice(tables["directions"]),
        "ord": choice(tables["ordinals"]),
        "narrow": rf"(?:(?:the\s+)?{narrowing}[-\s]+(?:(?:in|of|on)\s+)?(?:the\s+)?)",
        "approx": rf"(?:{choice(tables['approximate']['words'])}\s+)",
        "ago": choice(tables["ago"]),
        "deixis": choice(tables["deictics"]),
        "ref": choice(tables["references"]),
        "set": choice(tables["sets"]),
        "holiday": choice(tables["holidays"]),
        "decade": choice(tables["decades"]),
        "movable": choice({*tables["movable"], *tables["easter"]}),
        "many": choice(tables["many"]),
        "Y": rf"(?:{YEAR}|{spoken})", "y": SHORT_YEAR, "D": DAY, "dash": DASH, "zone": ZONE,
    }  # fmt: skip


def _alternatives(p: dict[str, str]) -> list[str]:
    """One expression for each form of time words, tried in this order; the group's name is the form's."""
    lead = rf"{p['narrow']}?"
    after = r"(?:(?<=the\s)|(?<=early\s)|(?<=late\s)|(?<=mid-))"
    toward = rf"(?:(?:this\s+)?{p['dir']}\s+)?"
    tail = rf"(?:\s+(?:(?:early|late)\s+)?{p['part']}\b)?"
    return [
        r"(?P<iso>(?P<iso_y>\d{4})-(?P<iso_m>1[0-2]|0[1-9])-(?P<iso_d>3[01]|[12]\d|0[1-9])(?:t[\d:.]+z?)?(?!\d))",
        r"(?P<num>(?P<num_a>\d\d?)(?P<num_s>[/.])(?P<num_b>\d\d?)(?P=num_s)(?P<num_y>\d{4}|\d\d)(?![\d/.]\d|\d))",
        rf"(?P<mdy>{lead}(?:{toward}{p['wd']}(?P<mdy_p>{tail}),?\s+)?{lead}(?P<mdy_m>{p['mon']})\s*(?P<mdy_d>{p['D']}|(?:{p['ord']})\b)"
        rf"(?:{p['dash']}(?P<mdy_e>{p['D']}))?(?:,?\s+(?:of\s+)?(?P<mdy_y>{p['Y']}))?)",
        rf"(?P<dmy>(?:{lead}{p['wd']}(?P<dmy_p>{tail}),?\s+(?:the\s+)?)?(?:(?P<dmy_d>{p['D']}){p['dash']})?(?P<dmy_e>{p['D']}|{p['ord']}(?=\s+of))(?:\s+of)?\s+"
        rf"(?P<dmy_m>{p['mon']})(?:(?:,(?=\s+\d{{4}}))?\s+(?P<dmy_y>{p['y']}))?)",
        rf"(?P<my>{lead}(?P<my_m>{p['mon']})(?:,?\s+(?:of\s+)?|\s*-\s*)(?:(?P<my_y>{p['Y']})|(?P<my_r>{p['dir']})\s+year\b))",
        rf"(?P<month>{lead}(?:(?P<month_r>{p['dir']}|each|every)\s+)?(?P<month_m>{p['mon']}))(?!\w)",
        rf"(?P<wdays>(?P<wdays_d>{p['fullday']})(?:s|\s+{p['part']}s)\b)",
        rf"(?P<wday>(?!earlier\s|later\s){lead}(?:(?:this\s+(?=coming|past)|the\s+(?={p['dir']}))?(?P<wday_r>{p['dir']}|each|every|past)\s+)?(?P<wday_d>{p['wd']}){tail})(?!\w)",
        rf"(?P<before>(?:the\s+)?(?:(?:early|late)\s+)?(?:(?P<before_p>{p['part']})(?:\s+hours)?|(?:(?<=early\s)|small\s+|wee\s+)hours)"
        rf"(?=\s+(?:(?:of|on)\s+)?(?:{p['wd']}|{p['deixis']}\b)|(?<=hours)\s+of\s+(?:{p['mon']}|{p['D']}\s+{p['mon']})))",
        r"(?P<clock>(?:around\s+|about\s+)?(?:\d\d?(?:[:.]\d\d)?\s?(?:a\.m\.?|p\.m\.?|[ap]m\b)|(?:[01]?\d|2[0-3]):[0-5]\d"
        rf"(?![:\d])|(?<=at\s)(?:[01]\d|2[0-3])[0-5]\d(?!\d)|\d{{4}}(?=\s(?:gmt|hours|hrs|local))|\d\d?\s+o'clock|\d\d?\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night)\b|noon\b|midday\b|midnight\b){p['zone']})",
        rf"(?P<deixis>(?:the\s+day\s+(?P<deixis_x>before|after)\s+)?{lead}(?P<deixis_w>{p['deixis']})\b{tail})",
        rf"(?P<part>{lead}(?P<part_r>this|last|that|the\s+(?:next|following|same|previous))\s+(?P<part_p>{p['part']})\b)",
        r"(?P<prior>the\s+(?P<prior_u>night|day|week|month|year)\s+(?P<prior_x>before|after)\b(?=\s*(?:[.,;:)]|$)))",
        r"(?P<overnight>overnight\b)",
        rf"(?P<ago>{p['approx']}?(?P<ago_n>{p['num']})[-\s](?:more\s+)?(?P<ago_u>{p['unit']})(?:\s+or\s+(?:so|two|more)|\s+and\s+a\s+half)?"
        rf"\s+(?P<ago_d>{p['ago']})\b|(?P<ago_v>{p['unit']})\s+ago\b)",
        rf"(?P<after>{p['approx']}?(?P<after_n>{p['num']})\s+(?P<after_u>(?:day|week|month|year)s?)\b"
        r"(?=\s+after\s+(?:the|its|a|an|his|her|their|our|this|that)\b))",
        r"(?P<yearago>(?:the\s+)?(?:comparable\s+|same\s+)?year-(?:ago|earlier)\s+(?:quarter|period)\b|year-(?:ago|earlier)\b(?!\s+\w+\s+quarter))",
        r"(?P<spoken>the\s+(?:latest\s+period|quarter)\b(?!\s+(?:of|century)))",
        rf"(?P<several>(?:the\s+)?(?P<several_r>last|past|next|first|coming|final|latest)\s+(?P<several_n>{p['num']})(?:\s+(?:to|or)\s+{p['num']})?\s+(?P<several_u>{p['unit']})(?:\s+or\s+so\b)?)",
        rf"(?P<quarter>(?:the\s+)?(?:(?P<quarter_y>{p['Y']})\s+|(?P<quarter_r>last|this|next)\s+year's\s+|(?P<quarter_a>year-(?:ago|earlier))\s+)?"
        r"(?:fiscal\s+)?(?P<quarter_o>first|second|third|fourth)\s+quarter\b"
        rf"(?:\s+of\s+(?P<quarter_z>{p['Y']})|\s+(?:of\s+)?(?P<quarter_l>last|this|next)\s+year\b)?"
        r"|(?:fiscal\s+)?(?P<quarter_h>first|second|third|fourth)-quarter\b)",
        rf"(?P<half>(?:the\s+)?(?P<half_o>first|second|last|latter)\s+half\s+of\s+(?:(?P<half_y>{p['Y']})|(?P<half_r>last|this|next|the)\s+year\b))",
        rf"(?P<season>(?:(?P<season_r>last|this\s+past|this|next)\s+|(?:the\s+)?{p['narrow']}?)(?P<season_s>{p['season']})"
        rf"(?:(?:\s+of)?\s+(?P<season_y>{p['Y']})|\s+of\s+(?P<season_l>last|this|next)\s+year)?)\b",
        rf"(?P<rel>{lead}(?:the\s+)?(?P<rel_r>{p['dir']}|latest|recent)(?:\s+(?:past|coming|same|fiscal))?\s+(?P<rel_u>{p['unit']})(?:\s+or\s+so\b)?)",
        r"(?P<bare>(?:(?:earlier|later)\s+(?:in|on)\s+)?(?:(?:the\s+)?(?:end|start|beginning|middle|rest)\s+of\s+)?"
        r"the\s+(?:(?:full|whole|entire|fiscal)\s+)?(?P<bare_u>year|weekend|week|month|day)\b(?!-))",
        r"(?P<yearend>year(?:-|\s+|'s\s+)end\b)",
        rf"(?P<set>{p['set']}\b|(?:every|each)\s+(?:(?P<set_n>other|{p['num']})\s+)?(?P<set_u>{p['unit']}))",
        rf"(?P<long>(?P<long_u>{p['long']}s?)-?long\b)",
        rf"(?P<dur>(?:(?<=for\s)|(?!over\s+(?!an?\b))){p['approx']}?(?:the\s+(?={p['num']}\s+[a-z]+s\b))?(?:an?\s+(?:additional|entire|whole|full)\s+)?(?P<dur_n>{p['num']})(?:\s+(?:to|or)\s+{p['num']}|\s+(?:more|straight|consecutive|full|whole))?[-\s]+"
        rf"(?:{p['kind']}\s+)?(?P<dur_u>{p['unit']})(?:-long)?(?P<dur_h>\s+and\s+a\s+half\b)?(?!-(?:ago|earlier)\b|[-\s]+olds?\b|\s+of\s+age))",
        rf"(?P<loose>(?:(?<=over\s)the\s+|the\s+(?P<loose_r>first|early|final)\s+|the\s+(?=\w+\s+ahead\b))?"
        rf"(?P<loose_u>{p['many']})(?:\s+(?:or|and)\s+{p['many']})?\b(?P<loose_a>\s+ahead\b)?(?!-|\s+old\b|\s+of\s+age\b))",
        rf"(?P<decade>(?:the\s+)?{lead}(?:(?P<decade_y>(?:1[0-9]|20)\d0)'?s\b|'(?P<decade_d>[2-9]0)s\b|{after}(?P<decade_w>{p['decade']})\b|mid-(?P<decade_m>(?:1[0-9]|20)\d0)'?s\b))",
        rf"(?P<century>(?:the\s+)?{lead}(?:(?P<century_n>\d\d?)(?:st|nd|rd|th)|{after}(?P<century_o>{p['ord']}))\s+century\b)",
        rf"(?P<span>(?P<span_a>{p['Y']})\s*[-–—/]\s*(?P<span_b>(?:1[0-9]|20)\d\d|\d\d)(?![\w.,-]\d|\w))",
        rf"(?P<year>{lead}(?:fiscal\s+|post-|pre-)?(?P<year_y>{p['Y']}))",
        rf"(?P<movable>(?:(?P<movable_r>last|this|next)\s+)?(?P<movable_w>{p['movable']})\b(?:\s+(?P<movable_y>{p['Y']}))?)",
        r"(?P<dom>(?<=on\s)the\s+(?P<dom_d>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b(?=\s*(?:[.,;:)]|$|and\b|at\b|when\b)))",
        rf"(?P<holiday>(?:(?P<holiday_r>last|this|next)\s+)?(?P<holiday_w>{p['holiday']})\b(?:\s+(?P<holiday_y>{p['Y']}))?)",
        rf"(?P<ref>{p['ref']}\b)",
    ]  # fmt: skip

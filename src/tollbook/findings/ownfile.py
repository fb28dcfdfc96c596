"""A rule set of a user's own is read from its TOML file; what doesn't fit is one line that names the key.

Input: the text of the file and its name. Output: a `RuleSet`. `low = "lowes"` is answered by "[figures] low can't be
'lowes'; there are: lowest, latest, fitting, best, none".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, get_args

from tollbook.errors import UsageError
from tollbook.findings.own import AS_SAID, BEST, BOUNDS, HIGH, LOW, NOTHING, NUMBER, Meant, Method, plain, rule_set
from tollbook.findings.rules import RULES
from tollbook.findings.ruleset import RuleSet
from tollbook.lexicon import load_taxonomy
from tollbook.model import GRADES, SourceKind

NO_GRADE = "none"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")

Check = Callable[[Any], Any]


def from_text(text: str, file: str) -> RuleSet:
    """The rule set that a file's text describes. Raises UsageError, which names the file and the key."""
    import tomllib  # on first need: few projects have a file of their own

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"is no TOML ({error})", what=file, advice="see docs/rules.md for an example") from None
    try:
        fields = _fields(raw)
    except _Misfit as misfit:
        raise UsageError(str(misfit), what=file, advice=misfit.advice) from None
    return rule_set(Method(**fields), file=file, sha256=hashlib.sha256(text.encode()).hexdigest(), told=text)


class _Misfit(Exception):
    """What doesn't fit, before the file's name is known."""

    def __init__(self, message: str, advice: str | None = None) -> None:
        super().__init__(message)
        self.advice = advice


# ---- checks of single values ----


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        if value not in choices:
            raise _Misfit(f"can't be {_shown(value)}; there are: {', '.join(choices)}")
        return str(value)

    return check


def _some_of(*choices: str) -> Check:
    def check(value: Any) -> tuple[str, ...]:
        some = [value] if isinstance(value, str) else value
        if not isinstance(some, list) or not all(isinstance(one, str) for one in some):
            raise _Misfit("must be a list of words", 'write for example ["latest", "lowest"]')
        return tuple(some if not choices else [_one_of(*choices)(one) for one in some])

    return check


def _count(least: int) -> Check:
    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise _Misfit(f"must be a whole number, {least} or more, not {_shown(value)}")
        return value

    return check


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Misfit(f"must be true or false, not {_shown(value)}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Misfit(f"must be words in quotation marks, not {_shown(value)}")
    return " ".join(value.split())


def _name(value: Any) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise _Misfit(f"can't be {_shown(value)}", "write small letters, digits and hyphens")
    if value in RULES:
        raise _Misfit(f"'{value}' is a rule set that comes with tollbook", "choose another name")
    return value


def _meant(value: Any) -> Meant | None:
    """What a word means: a number, two ends, one end ("100 or more") or nothing."""
    if value == NOTHING:
        return None
    ends = value if isinstance(value, list) else [value, value]
    if not 1 <= len(ends) <= 2 or not all(
        isinstance(end, int) and not isinstance(end, bool) and end >= 0 for end in ends
    ):
        raise _Misfit(f"can't be {_shown(value)}", 'write a number, [3, 9], [100] for 100 or more, or "nothing"')
    if len(ends) == 2 and ends[0] > ends[1]:
        raise _Misfit(f"has its ends the wrong way round: {_shown(value)}")
    return (ends[0], ends[1] if len(ends) == 2 else None)


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


# ---- tables ----

_TOP: dict[str, tuple[str, Check]] = {
    "name": ("name", _name),
    "version": ("version", _count(1)),
    "about": ("about", _text),
    "source": ("source", _text),
    "unlisted_words": ("unlisted", _one_of(AS_SAID, NOTHING)),
}
_TABLES: dict[str, dict[str, tuple[str, Check]]] = {
    "covers": {"measures": ("measures", lambda value: frozenset(_some_of(*load_taxonomy().measures)(value)))},
    "claims": {
        "parties": ("parties", _count(1)),
        "independent": ("independent", _yes_or_no),
        "without_parties": ("without_parties", lambda value: frozenset(_some_of()(value))),
        "without_kinds": ("without_kinds", lambda value: frozenset(_some_of(*get_args(SourceKind))(value))),
        "kinds_first": ("kinds_first", lambda value: frozenset(_some_of(*get_args(SourceKind))(value))),
        "numbers_first": ("numbers_first", _yes_or_no),
        "without_outgrown": ("without_outgrown", _yes_or_no),
        "grades": ("grades", _some_of(*GRADES, NO_GRADE)),
    },
    "figures": {"low": ("low", _one_of(*LOW)), "best": ("best", _some_of(*BEST)), "high": ("high", _one_of(*HIGH))},
    "refuse": {
        "fewer_parties_than": ("fewer_parties_than", _count(1)),
        "conflict": ("conflict", _yes_or_no),
        "open_end": ("open_end", _yes_or_no),
    },
}


def _fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a `Method`, every key of the file known and every value checked."""
    tables = ("words", "bounds", *_TABLES)
    _known(raw, (*_TOP, *tables), "")
    for name in ("name", "version", "about"):
        if name not in raw:
            raise _Misfit(f"lacks '{name}'", f"add {name} = …")
    found = {field: _checked(check, raw[key], key) for key, (field, check) in _TOP.items() if key in raw}
    for name in tables:
        if not isinstance(raw.get(name, {}), dict):
            raise _Misfit(f"'{name}' must be a table", f"write [{name}]")
    for name, keys in _TABLES.items():
        _known(raw.get(name, {}), keys, f"[{name}] ")
        for key, value in raw.get(name, {}).items():
            field, check = keys[key]
            found[field] = _checked(check, value, f"[{name}] {key}")
    found["words"] = {
        plain(word): _checked(_meant, value, f"[words] {word}") for word, value in raw.get("words", {}).items()
    }
    _known(raw.get("bounds", {}), BOUNDS, "[bounds] ")
    found["bounds"] = {
        key: _checked(_one_of(AS_SAID, NUMBER, NOTHING), value, f"[bounds] {key}")
        for key, value in raw.get("bounds", {}).items()
    }
    return found


def _known(keys: Collection[str], choices: Collection[str], where: str) -> None:
    strange = next((key for key in keys if key not in choices), None)
    if strange is not None:
        import difflib  # on first need, as for any wrong word

        close = difflib.get_close_matches(strange, list(choices), n=1)
        meant = f"did you mean '{close[0]}'? " if close else ""
        raise _Misfit(f"{where}has no key '{strange}'", f"{meant}there are: {', '.join(choices)}")


def _checked(check: Check, value: Any, key: str) -> Any:
    try:
        return check(value)
    except _Misfit as misfit:
        raise _Misfit(f"{key} {misfit}", misfit.advice) from None

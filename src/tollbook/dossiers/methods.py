"""A rule set in words: what it is, how it reads words that give no number, and the hash of the text that says so.

Input: a rule set's own text. Output: `Method`s, ready for a page. Worked: "Decides: the lowest." in the text of
`acled@1` is ("Decides", "the lowest."); of a user's own file the text is shown as it stands, names masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tollbook.dossiers.masking import Masker

# A line of a built-in's text that starts a part of it: "Decides: …", "Reliable, assumed: …".
_PART = re.compile(r"^(?P<name>[A-Z][A-Za-z, ]{2,40}): (?P<rest>.*)$")
_NUMBERED = re.compile(r"^\s*[0-9]\. ")


@dataclass(frozen=True, slots=True)
class Method:
    """A rule set by its id ("acled@1"): one line, its whole text, and how it reads words, as (words, reading).

    `source` and `sha256` are of a user's own; empty for those that come with tollbook.
    """

    rules: str
    about: str
    told: str
    words: tuple[tuple[str, str], ...] = ()
    source: str = ""
    sha256: str = ""

    @property
    def parts(self) -> Iterator[tuple[str, str]]:
        """The text of a built-in part by part, as (name, words); what has no name before the first has none.

        Lines stay apart where the text numbers them or leaves one empty.
        """
        name, lines = "", list[str]()
        for line in self.told.strip().splitlines()[1:]:
            found = _PART.match(line)
            if found:
                if lines:
                    yield name, "\n".join(lines)
                name, lines = found["name"], [found["rest"]]
            elif not line.strip() or not lines or _NUMBERED.match(line):
                lines += [line.strip()] if line.strip() else []
            else:
                lines[-1] = f"{lines[-1]} {line.strip()}"
        if lines:
            yield name, "\n".join(lines)


def masked_method(method: Method, masker: Masker) -> Method:
    """As it may be shown: a user's own text may hold names, that of a built-in knows nobody."""
    if not method.source:
        return method
    mask = masker.text
    return replace(method, about=mask(method.about), told=mask(method.told), source=mask(method.source))

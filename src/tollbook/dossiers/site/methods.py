"""The methods page: what each rule set does, in words, how it reads words without a number, what the statuses mean.

Input: a `Site`. Output: `methods.html`. Worked: under `acled@1` stands its text, part by part, and that "dozens" is 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from tollbook.dossiers.site.frame import Site, unseen_named

_CODE = re.compile(r"`([^`]+)`")


def coded(text: str) -> Markup:
    """A text with what stands between backticks as code."""
    parts = _CODE.split(str(unseen_named(text)))
    return Markup("").join(
        Markup("<code>{}</code>").format(one) if at % 2 else escape(one) for at, one in enumerate(parts)
    )


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The one page."""
    known = {method.rules: method for method in site.dossier.methods}
    listed = [(rules, known.get(rules)) for rules in site.dossier.rules]
    phrases = [words for words, _ in next((method.words for _, method in listed if method), ())]
    yield (
        "methods.html",
        site.page("methods.html", styles=("pages.css",), methods=listed, phrases=phrases, coded=coded),
    )

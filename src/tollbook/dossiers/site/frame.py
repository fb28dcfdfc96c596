"""What all pages share: templates with escaping always on, a style and a script of their own, a policy for these alone.

Input: a `Dossier`. Output: the bytes of a page. Worked: `site.page("index.html", styles=("index.css",))` is the index
with the common style and its own in one element, and a policy that allows this style by its hash and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from tollbook.dossiers.site import filters
from tollbook.dossiers.value import Dossier, Reference

# Signs that turn the direction of text or hide in it are named, not obeyed; C0 and C1 controls and surrogates likewise.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Site:
    """What every page knows: the dossier, its reports by number, and the names of what is written beside the pages.

    `exports` are the files of data, `bundled` says that the dossier is in a bundle that can be verified, `base` is the
    address under which the pages will be found, empty where nobody said so.
    """

    dossier: Dossier
    by_ref: Mapping[str, Reference] = field(default_factory=dict)
    exports: Sequence[str] = ()
    bundled: bool = False
    base: str = ""

    def page(
        self,
        template: str,
        *,
        styles: Sequence[str] = (),
        scripts: Sequence[str] = (),
        drawn: str | None = None,
        **values: object,
    ) -> bytes:
        """A page from its template; `styles` and `scripts` are files of templates/ that follow the common ones.

        `drawn` is the style that a drawing library will put into the page: given, the page may load a script beside it.
        """
        style, script = joined("style.css", *styles), joined("script.js", *scripts)
        given = {"site": self, "dossier": self.dossier, "by_ref": self.by_ref, **values}
        first = policy(style, script) if drawn is None else drawing_policy(style, script, drawn)
        given["confined"] = None if drawn is None else confining_policy(script)
        return encoded(environment().get_template(template).render(style=style, script=script, policy=first, **given))


def encoded(text: str) -> bytes:
    """The bytes of a page; half a sign, which has none, is a question mark."""
    return text.encode("utf-8", "replace")


@cache
def joined(*names: str) -> Markup:
    """Files of templates/ one after the other; they come with the package, so that they go in as they are."""
    return Markup("").join(Markup(_sources()[name]) for name in names)


def policy(style: str, script: str = "") -> str:
    """A content security policy under which nothing is loaded and only this style and this script count."""
    scripts = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; style-src {_hash(style)}; {scripts}base-uri 'none'; form-action 'none'"


def drawing_policy(style: str, script: str, drawn: str) -> str:
    """A policy by which this script may load another, that one may put the style `drawn` into the page, and pictures
    may be made of what the page holds (`data:`). No element of the page can load a script.
    """
    return (
        f"default-src 'none'; style-src {_hash(style)} {_hash(drawn)}; script-src 'strict-dynamic' {_hash(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def confining_policy(script: str) -> str:
    """A second policy, which holds as well: what is loaded lies beside the page, and no script is written into it.

    On a disk that is `file:`, for a file is no part of anybody's 'self' to some browsers, and none can check its hash.
    """
    return f"script-src 'self' file: {_hash(script)}"


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


@cache
def _sources() -> dict[str, str]:
    folder = files("tollbook.dossiers") / "templates"
    return {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir() if item.is_file()}


@cache
def environment() -> Environment:
    """Templates with escaping always on; a name that nothing fills is an error."""
    env = Environment(
        loader=DictLoader(_sources()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=unseen_named,
    )
    env.filters.update(filters.FILTERS)
    return env


def unseen_named(value: object) -> object:
    """What a template puts out: texts with unseen signs named."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return UNSEEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", value)

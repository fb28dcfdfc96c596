"""The page that verifies a bundle in a browser, from disk, without a network.

Input: the version. Output: the bytes of `verify.html`. Its script does the checks of `verify.py` once more, in the same
words; its policy allows that script and its style by their hashes, and nothing to be loaded.
"""

from __future__ import annotations

from tollbook.dossiers.site.frame import environment, joined, policy


def verify_page(version: str) -> bytes:
    """The page, alike in every bundle of one version."""
    style, script = joined("style.css", "verify.css"), joined("verify.js")
    page = environment().get_template("verify.html")
    return page.render(style=style, script=script, policy=policy(style, script), version=version).encode()

"""The page that verifies a bundle in a browser, from disk, without a network.

Input: the version. Output: the bytes of `verify.html`. Its script does the checks of `verify.py` once more, in the same
words; its policy allows that script and its style by their hashes, and nothing to be loaded.
"""

from __future__ import annotations

from markupsafe import Markup

from tollbook.dossiers.html import environment, policy


def verify_page(version: str) -> bytes:
    """The page, alike in every bundle of one version."""
    env = environment()
    style = Markup("{}{}").format(env.globals["style"], env.globals["verify_style"])
    script = env.globals["verify_script"]
    page = env.get_template("verify.html")
    return page.render(style=style, script=script, policy=policy(str(style), str(script)), version=version).encode()

"""Makes docs/dossier.png: the matrix of the sample's largest page, and the words behind one of its figures.

python tools/screenshot_dossier.py [OUT.png]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tollbook.pipeline.demo import demo

# Wide enough for nine counts, high enough for the rows and, below them, the words.
SIZE = {"width": 1200, "height": 1120}
# Shown beside the matrix, not over it: a picture can't be clicked.
_BESIDE = """panel => { panel.close(); panel.show();
    Object.assign(panel.style, { position: "fixed", inset: "auto 40px 24px auto", zIndex: 20 }); }"""
# A figure in conflict that one claim carries alone: its words are short enough for a picture.
_SHORT = """links => links.filter(link => link.querySelector(".mark")
    && document.getElementById(link.dataset.words).querySelectorAll(".entry").length === 1)[0].click()"""
OUT = Path(__file__).parent.parent / "docs" / "dossier.png"


def main() -> None:
    """Build the sample's dossier and photograph its largest page."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        done = demo(Path(folder) / "demo")
        largest = max(done.dossier.pages, key=lambda page: (page.claims, page.slug))
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
        page.goto((done.index.parent / f"{largest.slug}.html").as_uri())
        page.locator("#matrix").evaluate("matrix => matrix.scrollIntoView({behavior: 'instant'})")
        page.locator("#matrix td a").evaluate_all(_SHORT)
        page.locator("#panel").evaluate(_BESIDE)
        page.locator("#panel-close").evaluate("button => button.blur()")
        page.screenshot(path=out)
        browser.close()


if __name__ == "__main__":
    main()

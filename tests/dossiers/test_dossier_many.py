"""Sources, counts, methods and changes of 1,000 reports in 200 incidents: size and links, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import wide_records as made
from opened_pages import Opener
from test_dossier_browser import violations

from tollbook.dossiers.build import build
from tollbook.dossiers.moved import Came, Figure, Shift
from tollbook.dossiers.site import corrections, counts, methods, sources
from tollbook.dossiers.site.frame import Site
from tollbook.model import Record


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of sources, counts, methods and changes, by two rule sets; on many pages where these are long."""
    folder = tmp_path_factory.mktemp("many")
    record = made.wide(1000, 200, rules=("range@1", "acled@1"))
    dossier = build(record, quoted=False, **changed(record))
    site = Site(dossier, {report.ref: report for report in dossier.reports})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "_MOST", 150)
        patch.setattr(corrections, "_MOST", 150)
        for kind in (sources, counts, methods, corrections):
            for name, content in kind.files(site):
                (folder / name).write_bytes(content)
    return folder


def changed(record: Record) -> dict[str, Any]:
    """Reports of 100 days after the first, each of which moved three figures."""
    day = [f"2034-{1 + at // 28:02}-{1 + at % 28:02}T08:00:00Z" for at in range(101)]
    ids = [one.id for one in record.incidents]
    came = [Came(1, day[0], tuple(report.id for report in record.reports[:900]), tuple(ids), tuple(ids))]
    shifts = []
    for at in range(1, 101):
        here = tuple(ids[at : at + 3])
        came.append(Came(at + 1, day[at], (record.reports[899 + at].id,), (), here))
        shifts += [
            Shift(
                at + 1,
                one,
                "range@1",
                "killed",
                "all",
                "person",
                Figure(at, at, at, "single"),
                Figure(at, None, 2 * at),
            )
            for one in here
        ]
    return {"came": came, "shifts": shifts}


def largest(folder: Path, kind: str) -> Path:
    return max(folder.glob(f"{kind}-*.html"), key=lambda path: path.stat().st_size)


def test_every_page_is_small_and_every_source_has_one(folder: Path) -> None:
    assert len(list(folder.glob("source-*.html"))) == 60
    assert max(path.stat().st_size for path in folder.iterdir()) < 1_000_000


@pytest.mark.parametrize("width", [1440, 400])
def test_none_scrolls_sideways_asks_for_anything_or_is_at_fault(width: int, folder: Path, opened: Opener) -> None:
    lists = [folder / f"{name}.html" for name in ("sources", "methods", "corrections", "corrections-page-2")]
    for path in (*lists, largest(folder, "source"), largest(folder, "count")):
        watched = opened(path, viewport={"width": width, "height": 900})
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, path.name
        assert watched.asked == [path.as_uri()]
        assert watched.complaints == []
        if width == 1440:
            # Colours are those of the small pages, and their contrast takes most of the time.
            assert violations(watched.page, {"color-contrast": {"enabled": False}}) == []


def test_the_rule_set_is_chosen_in_a_table_of_two_hundred_incidents(folder: Path, opened: Opener) -> None:
    page = opened(largest(folder, "count")).page
    shown = page.locator(".across tbody tr").filter(visible=True).count()
    page.get_by_role("radio", name="side by side").check()
    assert page.locator(".across tbody tr").filter(visible=True).count() == 2 * shown
    assert shown > 50


def test_what_is_long_goes_on_on_further_pages_that_lead_to_each_other(folder: Path, opened: Opener) -> None:
    for kind, line in (("count-killed", ".across tbody tr"), ("corrections", "article.told-in")):
        page = opened(folder / f"{kind}.html").page
        number, seen = page.locator("nav.leaves").first.locator("li").count(), 0
        assert number == len(list(folder.glob(f"{kind}-page-*.html"))) + 1 > 1
        for at in range(1, number + 1):
            seen += page.locator(line).count()
            if at < number:
                page.locator("nav.leaves").first.get_by_role("link", name=str(at + 1), exact=True).click()
                assert page.url.endswith(f"{kind}-page-{at + 1}.html")
        assert seen >= 101
    assert page.get_by_text("900 reports came").count() == 1
    assert page.get_by_role("link", name="188 more incidents").count() == 1

"""The page of a check, sources by address and by id, and how much is held of a long sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from reports_server import Page, Site, serving
from sheets_made import Formula, workbook

from tollbook.pipeline import check_page, cited
from tollbook.pipeline.checking import Checked, check
from tollbook.reports import InputOptions
from tollbook.sheets import open_sheet

DAM = """Dam breaks near Marwen

At least 47 people, including 12 women, were killed when a dam broke near Marwen on Tuesday, the governor said.
Orsa Lindal, 9, was among the dead. Lindal's mother was hurt."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dam.txt").write_text(DAM)
    return tmp_path


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def run(folder: Path, text: str, **more: object) -> tuple[Checked, str]:
    """What a check of a sheet of this text comes to, and its page."""
    (folder / "own.csv").write_text(text)
    done = check(folder / "own.csv", folder / "out", **more)  # type: ignore[arg-type]
    return done, unescape((folder / "out" / "report.html").read_text())


def test_the_page_shows_each_figure_in_doubt_with_the_words_of_its_source(folder: Path) -> None:
    _, page = run(folder, "Killed,Women killed,Source\n74,12,dam.txt\n47,50,gone.txt\n")
    assert "4 figures in 2 rows, held against 1 source" in page
    assert '<b class="num">74</b>' in page
    assert "row 2, Killed" in page
    assert "<mark>At least 47 people</mark>" in page
    assert "50 is more than the 47 that the row gives as its whole" in page
    assert "gone.txt: no such file" in page
    assert "Women killed: killed, women, a part of Killed" in page


def test_the_page_runs_nothing_and_loads_nothing(folder: Path) -> None:
    run(folder, "Killed,Source\n74,dam.txt\n<script>x</script>,dam.txt\n")
    page = (folder / "out" / "report.html").read_text()
    assert "<script" not in page
    assert "default-src 'none'" in unescape(page)
    assert "&lt;script&gt;x&lt;/script&gt;" in page


def test_names_in_the_words_of_sources_are_masked_in_page_and_sheet(folder: Path) -> None:
    _, page = run(folder, "Killed,Injured,Source\n1,1,dam.txt\n")
    for text in (page, (folder / "out" / "sheet.csv").read_text()):
        assert "Lindal" not in text
        assert "[name 1]" in text


def test_of_many_figures_the_first_are_listed_and_the_rest_is_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_page, "LISTED", 3)
    _, page = run(folder, "Killed,Source\n" + "51,dam.txt\n" * 1200)
    assert page.count('<b class="num">51</b>') == 3
    assert "And 1,197 more of this kind: see <code>sheet.csv</code>" in page


def test_an_address_is_fetched_once_and_one_that_fails_is_told_once(folder: Path, site: Site) -> None:
    site.pages["/dam"] = Page(DAM.encode(), headers={"Content-Type": "text/plain"})
    rows = [f"47,{site.url('/dam')}", f"51,{site.url('/dam')}", f"4,{site.url('/gone')}", f"5,{site.url('/gone')}"]
    options = InputOptions(allow_hosts=frozenset({"127.0.0.1"}), delay=0.0)
    done, page = run(folder, "Killed,Source\n" + "\n".join(rows) + "\n", options=options)
    assert done.counts == {"supported": 1, "contradicted": 1, "source not readable": 2}
    assert done.unread == {site.url("/gone"): f"{site.url('/gone')}: the server answered 404 Not Found"}
    assert sorted(site.asked) == ["/dam", "/gone", "/robots.txt"]
    assert page.count("the server answered 404 Not Found") == 1


def test_a_host_that_is_not_public_is_not_asked(folder: Path, site: Site) -> None:
    done, _ = run(folder, f"Killed,Source\n47,{site.url('/dam')}\n")
    assert done.counts == {"source not readable": 1}
    assert site.asked == []


def test_sources_may_be_rows_of_a_file_by_id_or_address(folder: Path) -> None:
    rows = [{"id": "r1", "text": DAM}, {"id": "r2", "text": "Nine people were hurt.", "url": "https://a.example/2"}]
    (folder / "reports.jsonl").write_text("\n".join(map(json.dumps, rows)))
    done, _ = run(
        folder,
        "Killed,Injured,Source\n47,,r1\n,9,https://a.example/2\n47,,r3\n",
        sources=folder / "reports.jsonl",
    )
    assert done.counts == {"supported": 2, "source not readable": 1, "no figure": 3}
    assert done.unread == {"r3": "r3: stands in no row of reports.jsonl"}
    (folder / "dam.json").write_text('{"publisher": "Marwen Wire"}')
    done, _ = run(folder, "Killed,Injured,Source\n47,,r1\n,9,https://a.example/2\n47,,dam\n")
    assert done.counts == {"supported": 3, "no figure": 3}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("a.html; b.html", ("a.html", "b.html")),
        ("a.html;b.html", ("a.html", "b.html")),
        ("https://a.example/x;id=1; b.html", ("https://a.example/x;id=1", "b.html")),
        ("https://a.example/1;https://a.example/2", ("https://a.example/1", "https://a.example/2")),
        (
            "https://a.example/1 https://a.example/2\nfull name.pdf",
            ("https://a.example/1", "https://a.example/2", "full name.pdf"),
        ),
        (" ; ", ()),
    ],
)
def test_several_sources_may_stand_in_a_cell(text: str, sources: tuple[str, ...]) -> None:
    assert cited.named_in(text) == sources


def test_words_that_nobody_knows_are_told(folder: Path) -> None:
    done, page = run(folder, "figure,counted,group,source\n47,killed,fisherfolk,dam.txt\n12,killed,women,dam.txt\n")
    assert done.counts == {"supported": 2}
    assert done.notes == ["“fisherfolk” in group (1 row) names nothing that is known: figures of anything count"]
    assert done.notes[0] in page


def test_a_workbook_comes_back_as_one_without_a_formula(folder: Path) -> None:
    rows = [
        ["Note", "Killed", "Source"],
        ['=HYPERLINK("http://x")', Formula("40+7", 47), "dam.txt"],
        ["x", Formula("B2+1"), None],
    ]
    done = check(workbook(folder / "own.xlsx", {"Data": rows}, merges=["C2:C3"]), folder / "out")
    assert done.counts == {"supported": 1, "not a number": 1}
    assert done.files == ("sheet.xlsx", "report.html")
    assert len(done.notes) == 3
    first, second = open_sheet(folder / "out" / "sheet.xlsx").rows()
    assert list(first.values()) == [
        '\'=HYPERLINK("http://x")',
        47,
        "dam.txt",
        "supported",
        "the source says “At least 47 people”",
    ]
    assert list(second.values()) == [
        "x",
        "'=B2+1",
        "dam.txt",
        "not a number",
        "B3: “=B2+1” is a formula without a value",
    ]


def test_parquet_comes_back_as_parquet(folder: Path) -> None:
    import pyarrow as pa

    pq.write_table(pa.table({"Killed": [47, 74], "Source": ["dam.txt", "dam.txt"]}), folder / "own.parquet")
    check(folder / "own.parquet", folder / "out")
    assert pq.read_table(folder / "out" / "sheet.parquet")["Killed: verdict"].to_pylist() == [
        "supported",
        "looks transposed",
    ]


def test_what_is_too_much_to_hold_is_read_from_disk_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cited, "_HELD", 1)
    monkeypatch.setattr(cited, "_PORTION", 1)
    (folder / "fire.txt").write_text("Nine people were injured when a hall burned down in Orune, police said.")
    done, _ = run(folder, "Killed,Injured,Source\n" + "47,,dam.txt\n,9,fire.txt\n" * 3)
    assert done.counts == {"supported": 6, "no figure": 6}


def test_a_long_sheet_is_never_held_and_a_source_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What grows with the rows is what is written: each source is read once, and opened once."""
    opened: list[str] = []
    found = cited._found

    def counting(names: list[str], *rest: object) -> object:
        opened.extend(names)
        return found(names, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(cited, "_found", counting)
    steps: list[tuple[str, int]] = []
    rows = "47,dam.txt\n51,dam\n" * 2_500
    done, _ = run(folder, "Killed,Source\n" + rows, progress=lambda stage, at, total: steps.append((stage, at)))
    assert opened == ["dam.txt", "dam"]
    assert done.counts == {"supported": 2_500, "contradicted": 2_500}
    assert [at for stage, at in steps if stage == "checking rows"] == [1_000, 2_000, 3_000, 4_000, 5_000]

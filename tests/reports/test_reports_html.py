from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proportion import grows_at_most
from reports_reading import Read

from tollbook.reports.html import unusual_shape, without_title

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Two hurt in Harim | Norland Courier</title>
<meta property="og:title" content="Two hurt in Harim">
<meta property="og:site_name" content="Norland Courier">
<meta name="author" content="Ada Roe">
<meta property="article:published_time" content="2019-05-07T08:00:00Z">
<link rel="canonical" href="https://courier.example/2019/harim">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport: 12 goals</a></li></ul></nav>
<article><h1>Two hurt in Harim</h1>
<p>At least two people were hurt in Harim on Monday when a wall fell in the old town, officials said.</p>
<p>The district office said that forty houses had no water, and that the road to Bela was closed until Thursday.</p>
<p>“No one is missing,” said the mayor, who visited the place in the evening with the head of the fire service.</p>
</article>
<aside><h3>Most read</h3><ul><li><a href="/1">Storm kills 99 elsewhere</a></li></ul></aside>
<footer>Copyright Norland Courier. All rights reserved.</footer>
</body></html>"""


def nested(tag: str, levels: int, words: str) -> str:
    deep = f"<{tag}>" * levels + words + f"</{tag}>" * levels
    return f"<html><body><article><p>{PAGE_LEAD}</p>{deep}</article></body></html>"


PAGE_LEAD = "Two people were hurt in Harim on Monday, the district office of Norland said in the evening. "
# Tags, or what looks like them: past 30,000 a page is read in another way, so that both are past it.
MANY = (50_000, 200_000)
DEEP = "A third person was found under the wall on Tuesday morning by the fire service of Bela. "


def test_main_text_and_particulars(tmp_path: Path, read: Read) -> None:
    (tmp_path / "harim.html").write_text(PAGE, encoding="utf-8")
    (report,), failures = read(tmp_path / "harim.html")
    assert failures == []
    assert "At least two people were hurt" in report.text
    assert "forty houses" in report.text
    assert "99" not in report.text and "goals" not in report.text
    assert report.title == "Two hurt in Harim"
    assert report.publisher == "Norland Courier"
    assert report.author == "Ada Roe"
    assert report.published == "2019-05-07"
    assert report.url == "https://courier.example/2019/harim"
    assert report.extractor.startswith("trafilatura ")


def test_a_sidecar_stands_before_the_page(tmp_path: Path, read: Read) -> None:
    (tmp_path / "harim.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "harim.json").write_text('{"outlet": "Bela Post", "published": "2019-05-08"}')
    (report,), _ = read(tmp_path)
    assert (report.publisher, report.published, report.title) == ("Bela Post", "2019-05-08", "Two hurt in Harim")


def test_a_date_to_come_is_read_as_it_stands(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.html").write_text(PAGE.replace("2019-05-07T", "2087-05-07T"), encoding="utf-8")
    (report,), _ = read(tmp_path / "a.html")
    assert report.published == "2087-05-07"


@pytest.mark.parametrize(
    "tag", ["div", "span", "b", "blockquote", "section", "ul><li", "table><tr><td", "a", "p", "font"]
)
def test_a_hundred_thousand_nested_tags_lose_no_word(tmp_path: Path, read: Read, tag: str) -> None:
    closing = "</".join(reversed([f"{name}>" for name in tag.split("><")])).removesuffix(">")

    def prepared(depth: int) -> Callable[[], object]:
        page = nested("X", depth, DEEP * 4).replace("<X>", f"<{tag}>").replace("</X>", f"</{closing}>")
        (tmp_path / f"{depth}.html").write_text(page, encoding="utf-8")
        return lambda: read(tmp_path / f"{depth}.html")

    grows_at_most(8, prepared, *MANY)
    (report,), failures = read(tmp_path / f"{MANY[-1]}.html")
    assert failures == []
    assert PAGE_LEAD.strip() in report.text
    assert DEEP.strip() in report.text


def test_a_list_of_a_hundred_thousand_items_keeps_its_words(tmp_path: Path, read: Read) -> None:
    def prepared(count: int) -> Callable[[], object]:
        items = "".join(f"<li>Item {number}</li>" for number in range(count))
        page = PAGE.replace("</article>", f"<ul>{items}</ul></article>")
        (tmp_path / f"{count}.html").write_text(page, encoding="utf-8")
        return lambda: read(tmp_path / f"{count}.html")

    grows_at_most(8, prepared, *MANY)
    (report,), _ = read(tmp_path / f"{MANY[-1]}.html")
    assert "Item 99999" in report.text
    assert (report.title, report.published) == ("Two hurt in Harim", "2019-05-07")
    assert "tags" in report.notices[0].message


def test_nesting_is_told(tmp_path: Path, read: Read) -> None:
    (tmp_path / "deep.html").write_text(nested("div", 5000, DEEP), encoding="utf-8")
    (report,), _ = read(tmp_path / "deep.html")
    assert [notice.code for notice in report.notices] == ["no_article"]
    assert "deeper" in report.notices[0].message


def test_a_page_of_common_depth_is_left_as_it_is() -> None:
    assert unusual_shape(PAGE) is None
    assert unusual_shape(nested("div", 60, DEEP)) is None
    assert unusual_shape("<p>" * 5000) is None


def test_a_page_without_an_article_gives_all_its_words(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.html").write_text("<html><body><b>Two hurt</b><script>var x = 99;</script></body></html>")
    (report,), failures = read(tmp_path / "a.html")
    assert failures == []
    assert report.text == "Two hurt"


@pytest.mark.parametrize("page", ["<html><body><script>x()</script></body></html>", "<html></html>", "<!doctype html>"])
def test_a_page_without_text_is_one_line(tmp_path: Path, read: Read, page: str) -> None:
    (tmp_path / "a.html").write_text(page)
    reports, (failure,) = read(tmp_path / "a.html")
    assert reports == []
    assert str(failure) == "a.html: a page without text"


def test_the_page_names_its_legacy_encoding(tmp_path: Path, read: Read) -> None:
    page = PAGE.replace("utf-8", "iso-8859-2").replace("the mayor", "the mayor of Łódź")
    (tmp_path / "a.html").write_bytes(page.replace("“", '"').replace("”", '"').encode("iso-8859-2"))
    (report,), _ = read(tmp_path / "a.html")
    assert "mayor of Łódź" in report.text


def test_html_is_known_by_its_look(tmp_path: Path, read: Read) -> None:
    (tmp_path / "page").write_text("<!-- saved -->\n" + PAGE, encoding="utf-8")
    (report,), _ = read(tmp_path / "page")
    assert report.title == "Two hurt in Harim"


def test_junk_named_html_is_refused(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.html").write_bytes(bytes(range(256)) * 10)
    _, (failure,) = read(tmp_path / "a.html")
    assert "binary" in str(failure)


@pytest.mark.parametrize("unit", ["<", "<a ", "<a '", "<!--", "&"])
def test_a_hostile_page_takes_time_in_proportion(tmp_path: Path, read: Read, unit: str) -> None:
    def prepared(count: int) -> Callable[[], object]:
        page = f"<html><body><p>{PAGE_LEAD * 3}</p>{unit * count}</body></html>"
        (tmp_path / f"{count}.html").write_text(page, encoding="utf-8")
        return lambda: read(tmp_path / f"{count}.html")

    grows_at_most(8, prepared, *MANY)
    reports, failures = read(tmp_path / f"{MANY[-1]}.html")
    assert len(reports) + len(failures) == 1


def headed(title: str, heading: str, site: str = "Norland Courier", body: str = PAGE) -> str:
    page = body.replace("<h1>Two hurt in Harim</h1>", f"<h1>{heading}</h1>").replace("Norland Courier", site)
    return page.replace('content="Two hurt in Harim"', f'content="{title}"')


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Two hurt in Harim", "Two hurt in Harim"),
        ("Two hurt in Harim", "TWO  HURT in\nHarim "),
        ("Two hurt in Harim", "Two hurt<br>in Harim"),
        ("Two hurt in Harim", "Two <em>hurt</em> in Harim"),
        ("“Two hurt” in Harim’s old town", "“Two hurt” in Harim's old town"),
        ("Two hurt in Harim | Norland Courier", "Two hurt in Harim"),
        ("Two hurt in Harim - Norland Courier", "Two hurt in Harim"),
    ],
)
def test_the_headline_is_no_line_of_the_text(tmp_path: Path, read: Read, title: str, heading: str) -> None:
    (tmp_path / "a.html").write_text(headed(title, heading), encoding="utf-8")
    (report,), _ = read(tmp_path / "a.html")
    assert report.text.startswith("At least two people were hurt in Harim on Monday")
    assert report.title is not None
    assert report.title.startswith(title[:9])


def test_a_first_line_that_says_more_than_the_title_stays(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.html").write_text(headed("Two hurt in Harim", "Two hurt in Harim: what we know"), encoding="utf-8")
    (report,), _ = read(tmp_path / "a.html")
    assert report.text.startswith("Two hurt in Harim: what we know\nAt least")


@pytest.mark.parametrize(
    "body", ["<h1>Two hurt in Harim</h1>", "<h1>Two hurt in Harim</h1><h1>Two hurt in Harim</h1>", "Two hurt in Harim"]
)
def test_a_page_that_says_only_its_title_keeps_it(tmp_path: Path, read: Read, body: str) -> None:
    page = f"<html><head><title>Two hurt in Harim</title></head><body>{body}</body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (report,), failures = read(tmp_path / "a.html")
    assert failures == []
    assert report.text.split("\n")[0] == "Two hurt in Harim"


def test_a_text_keeps_its_headline(tmp_path: Path, read: Read) -> None:
    text = "Two hurt in Harim\n\nAt least two people were hurt.\n"
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.json").write_text('{"title": "Two hurt in Harim"}')
    (report,), _ = read(tmp_path)
    assert report.text == text


@given(st.text(alphabet="Aa İ\n#|1.", max_size=40), st.text(alphabet="Aa İ\n#|1.", max_size=12))
def test_only_the_headline_is_taken_away(text: str, title: str) -> None:
    left = without_title(text, title)
    assert text.endswith(left)
    assert left or not text


def test_a_notice_on_the_page_s_bytes_names_no_place_in_the_text(tmp_path: Path, read: Read) -> None:
    page = PAGE.replace("evening", "évening").encode()
    (tmp_path / "a.html").write_bytes(page.replace(b"Thursday", b"Th\xffrsday").replace(b"<nav>", b"<nav>\xc3\xa9"))
    (report,), _ = read(tmp_path / "a.html")
    (notice,) = report.notices
    assert (notice.code, notice.start, notice.end) == ("encoding", None, None)
    assert notice.message == "1 place is no valid UTF-8 and stands as U+FFFD"

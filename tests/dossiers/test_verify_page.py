"""The page that verifies a bundle, in a real browser from disk: the same lines as verify.py, and no network."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import bundles_made as made
import pytest
from opened_pages import Opener, Watched
from playwright.sync_api import expect

from tollbook.bundles import verify
from tollbook.zips import pack

KEY = str(made.DESK.public)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made.make(tmp_path_factory.mktemp("bundles") / "floods")
    return made.bundle(folder, folder.parent / "bundle")


def checked(watched: Watched, path: Path, key: str = "", earlier: Path | None = None) -> list[str]:
    """What the page says of a folder or zip, a line each, the verdict last."""
    page = watched.page
    if key or earlier:
        page.get_by_text("Who signed it").click()
        page.get_by_label("Public key").fill(key)
    if earlier:
        page.get_by_label("of an earlier bundle").set_input_files(earlier)
    page.get_by_label("folder" if path.is_dir() else "or the bundle’s zip").set_input_files(path)
    expect(page.locator("#result[data-state=done]")).to_be_visible(timeout=60_000)
    return [" ".join(text.split()) for text in (*page.locator("#lines li").all_inner_texts(), verdict(watched))]


def verdict(watched: Watched) -> str:
    return watched.page.locator("#verdict").text_content() or ""


def by_python(path: Path, *more: str) -> list[str]:
    """The same by verify.py."""
    done = subprocess.run(
        [sys.executable, "-I", verify.__file__, path, *more], capture_output=True, text=True, check=False
    )
    return [" ".join(line.split()) for line in done.stdout.splitlines()]


def test_it_says_what_verify_py_says_and_asks_for_nothing(bundle: Path, opened: Opener) -> None:
    watched = opened(bundle / "verify.html")
    said = checked(watched, bundle)
    assert said == by_python(bundle)
    assert said[-1] == "all that was checked matches"
    assert watched.asked == [(bundle / "verify.html").as_uri()]
    assert watched.complaints == []


def test_a_zip_a_key_and_an_earlier_checkpoint(bundle: Path, tmp_path: Path, opened: Opener) -> None:
    with (tmp_path / "set.zip").open("wb") as file:
        pack(file, {path.name: path for path in bundle.iterdir()})
    earlier = bundle / "checkpoint"
    said = checked(opened(bundle / "verify.html"), tmp_path / "set.zip", KEY, earlier)
    assert said == by_python(tmp_path / "set.zip", "--key", KEY, "--checkpoint", str(earlier))
    other = checked(opened(bundle / "verify.html"), bundle, str(made.OTHER.public))
    assert other == by_python(bundle, "--key", str(made.OTHER.public))
    assert other[-1] == "1 thing does not match"


def test_one_byte_altered_is_found_in_every_file_in_the_same_words(
    bundle: Path, tmp_path: Path, opened: Opener
) -> None:
    watched = opened(bundle / "verify.html")
    for path in sorted(bundle.iterdir()):
        copy = made.altered(bundle, tmp_path / path.name, path.name)
        said = checked(watched, copy)
        assert said == by_python(copy)
        assert any(line.startswith("WRONG") and path.name in line for line in said), path.name
        watched.page.reload()
    assert watched.complaints == []


def test_what_is_forged_missing_or_put_in_is_found_in_the_same_words(
    bundle: Path, tmp_path: Path, opened: Opener
) -> None:
    copy = made.altered(
        bundle, tmp_path / "copy", "figures.jsonl", b'{"supports":["c9\xc3\xa9"],"low":3,"best":2}\n[]\n'
    )
    lines = (copy / "log.jsonl").read_bytes().splitlines(keepends=True)
    (copy / "log.jsonl").write_bytes(b"".join([*lines[:3], *lines[4:6], b"{}\n"]))
    (copy / "redactions.jsonl").write_bytes(b'{"withheld": 3, "kind": "", "commitment": null}\n{')
    (copy / "claims.csv").unlink()
    (copy / "more.txt").write_bytes(b"more")
    (copy / ".hidden").write_bytes(b"more")
    reports = (copy / "reports.csv").read_text(encoding="utf-8").replace("R2,", 'R2,"with, ""quotes""\r\nand lines",')
    (copy / "reports.csv").write_text(reports, encoding="utf-8", newline="")
    watched = opened(bundle / "verify.html")
    assert checked(watched, copy) == by_python(copy)
    assert watched.complaints == []


@pytest.mark.parametrize(
    ("member", "says"),
    [("../x", "'../x' is no plain name of a file; don't unpack it"), ("claims.csv", "'claims.csv' comes twice"),
     ("bomb.csv", "unpacks to more than 200 times its size")],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_harmful_zip_is_refused_in_one_line(
    member: str, says: str, bundle: Path, tmp_path: Path, opened: Opener
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(bundle.iterdir()):
            file.writestr(path.name, path.read_bytes())
        file.writestr(member, bytes(12_000_000))
    (tmp_path / "set.zip").write_bytes(out.getvalue())
    (line,) = checked(opened(bundle / "verify.html"), tmp_path / "set.zip")
    assert line.startswith("set.zip: ")
    assert says in line


def test_what_is_no_bundle_and_what_is_no_key_is_said(bundle: Path, tmp_path: Path, opened: Opener) -> None:
    whole = io.BytesIO()
    pack(whole, {path.name: path for path in bundle.iterdir()})
    for name, content, says in (
        ("cut.zip", whole.getvalue()[:-200], "is no whole zip; get it again"),
        ("none.zip", b"words", "is no whole zip"),
        ("bent.zip", whole.getvalue().replace(b"PK\x03\x04", b"PK\x03\x05"), "can't be read; get it again"),
    ):
        (tmp_path / name).write_bytes(content)
        (line,) = checked(opened(bundle / "verify.html"), tmp_path / name)
        assert says in line
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("mine")
    (line,) = checked(opened(bundle / "verify.html"), tmp_path / "empty")
    assert line == "empty: is no bundle: it has no SHA256SUMS"
    (line,) = checked(opened(bundle / "verify.html"), bundle, "desk+00000000+AAAA")
    assert line.startswith("'desk+00000000+AAAA': is no public key")


def test_a_browser_without_ed25519_says_so(bundle: Path, opened: Opener) -> None:
    watched = opened(bundle / "verify.html")
    watched.page.evaluate(
        "() => { crypto.subtle.importKey = () => Promise.reject(new DOMException('no', 'NotSupportedError')); }"
    )
    said = checked(watched, bundle, KEY)
    assert "note signatures not checked: this browser knows no Ed25519; use verify.py" in said
    assert said[-1] == "all that was checked matches"


def test_without_a_script_it_says_how_else(bundle: Path, opened: Opener) -> None:
    page = opened(bundle / "verify.html", java_script_enabled=False).page
    expect(page.locator("#form")).to_be_hidden()
    expect(page.locator("#none")).to_contain_text("python3 verify.py")


def test_the_index_leads_to_it_and_back(bundle: Path, opened: Opener) -> None:
    page = opened(bundle / "index.html").page
    page.get_by_role("link", name="Verify this bundle").click()
    expect(page.get_by_role("heading", name="Verify this bundle")).to_be_visible()
    page.get_by_role("link", name="Incidents").click()
    expect(page).to_have_url((bundle / "index.html").as_uri())


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_and_it_never_scrolls_sideways(
    scheme: str, width: int, bundle: Path, tmp_path: Path, opened: Opener
) -> None:
    from test_dossier_browser import violations

    copy = made.altered(bundle, tmp_path / "copy", "claims.csv")
    watched = opened(bundle / "verify.html", color_scheme=scheme, viewport={"width": width, "height": 800})
    checked(watched, copy)
    watched.page.get_by_text("Who signed it").click()
    assert violations(watched.page) == []
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width

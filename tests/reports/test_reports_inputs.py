from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports_reading import Read

from tollbook.lexicon.sources import SourceBook, parse_sources
from tollbook.model import Report
from tollbook.reports import Failure, InputOptions, gather, read_inputs

LEAD = "Two people were hurt in Harim on Monday."


def test_ids_are_paths_inside_the_input(tmp_path: Path, read: Read) -> None:
    (tmp_path / "day2" / "late").mkdir(parents=True)
    (tmp_path / "b.txt").write_text(LEAD)
    (tmp_path / "day2" / "a.txt").write_text(LEAD + " One.")
    (tmp_path / "day2" / "late" / "z.md").write_text(LEAD + " Two.")
    (tmp_path / ".hidden.txt").write_text(LEAD)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text(LEAD)
    reports, failures = read(tmp_path)
    assert failures == []
    assert [report.id for report in reports] == ["b.txt", "day2/a.txt", "day2/late/z.md"]
    (single,), _ = read(tmp_path / "day2" / "a.txt")
    assert single.id == "a.txt"


def test_a_text_keeps_its_line_ends_and_loses_only_its_mark(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf Two hurt.\r\n\r\nOne\rmissing.\n ")
    (report,), _ = read(tmp_path / "a.txt")
    assert report.text == " Two hurt.\r\n\r\nOne\rmissing.\n "


def test_a_sidecar_gives_particulars_and_is_no_report(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    about = {"title": "Two hurt", "published": "2019-05-07", "outlet": "Courier", "url": "https://courier.example/"}
    (tmp_path / "a.json").write_text(json.dumps(about), encoding="utf-8-sig")
    for given_input in (tmp_path, tmp_path / "a.txt"):
        (report,), failures = read(given_input)
        assert failures == []
        assert (report.title, report.published, report.publisher) == ("Two hurt", "2019-05-07", "Courier")
        assert report.url == "https://courier.example/"


@pytest.mark.parametrize("published", ["1066-10-14", "9998-01-01"])
def test_a_year_in_which_nothing_is_published_is_kept_and_told(tmp_path: Path, read: Read, published: str) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    (tmp_path / "a.json").write_text(json.dumps({"published": published}))
    (report,), _ = read(tmp_path / "a.txt")
    (notice,) = report.notices
    assert (report.published, report.published_date, notice.code) == (published, None, "published")
    assert published in notice.message


@pytest.mark.parametrize("sidecar", ["{broken", "[]", "7", "[" * 100_000])
def test_a_broken_sidecar_is_told_and_its_report_read(tmp_path: Path, read: Read, sidecar: str) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    (tmp_path / "a.json").write_text(sidecar)
    (report,), (failure,) = read(tmp_path)
    assert report.id == "a.txt"
    assert failure.input == "a.json"
    assert str(failure).startswith("a.json: no JSON")


def test_a_lone_json_file_as_input_fails(tmp_path: Path, read: Read) -> None:
    (tmp_path / "other.json").write_text("{}")
    reports, (failure,) = read(tmp_path / "other.json")
    assert reports == []
    assert failure.input == "other.json"
    assert "write one report a line into a .jsonl" in str(failure)


def hurt_folder(folder: Path) -> Path:
    """A folder with one good report and all that can be wrong with a file."""
    (folder / "good.txt").write_text(LEAD)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\t\r\n")
    (folder / "mark.txt").write_bytes(b"\xef\xbb\xbf \n")
    (folder / "junk.txt").write_bytes(bytes(range(256)) * 4)
    (folder / "large.txt").write_bytes(b"hurt " * 500)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "lost.txt").symlink_to("nowhere.txt")
    (folder / "round").symlink_to(folder)
    (folder / "broken.txt").symlink_to("/proc/self/mem")  # a file whose first byte can't be read, for root either
    os.mkfifo(folder / "pipe.txt")
    return folder


def test_each_bad_file_is_one_line_and_the_rest_goes_on(tmp_path: Path, read: Read) -> None:
    reports, failures = read(hurt_folder(tmp_path), max_size=2000)
    assert [report.id for report in reports] == ["good.txt"]
    said = {failure.input: str(failure) for failure in failures}
    assert said == {
        "blank.txt": "blank.txt: empty: there is nothing to read",
        "broken.txt": "broken.txt: can't be read (input/output error)",
        "empty.txt": "empty.txt: empty: there is nothing to read",
        "junk.txt": "junk.txt: no text but binary data; give the text itself, or a page or PDF",
        "large.txt": "large.txt: larger than 2,000 bytes; raise --max-size to read it",
        "loop.txt": "loop.txt: a link that leads to itself; remove it",
        "lost.txt": "lost.txt: a link that leads nowhere; remove it",
        "mark.txt": "mark.txt: empty: there is nothing to read",
        "pipe.txt": "pipe.txt: no regular file; only files are read from a folder",
        "round": "round: a link that leads back to a folder above it; remove it",
    }
    assert len(failures) == len(said)


@pytest.mark.parametrize(
    "name", ["empty.txt", "blank.txt", "junk.txt", "large.txt", "loop.txt", "lost.txt", "broken.txt"]
)
def test_a_bad_file_as_input_is_one_line(tmp_path: Path, read: Read, name: str) -> None:
    reports, (failure,) = read(hurt_folder(tmp_path) / name, max_size=2000)
    assert reports == []
    assert name in str(failure) and "\n" not in str(failure)


@pytest.mark.parametrize("data", [b"", b"\n \n\n"])
def test_an_empty_list_of_reports_is_told(tmp_path: Path, read: Read, data: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(data)
    reports, (failure,) = read(tmp_path)
    assert reports == []
    assert str(failure) == "a.jsonl: empty: there is nothing to read"


def test_an_input_that_holds_nothing_is_told(tmp_path: Path, read: Read) -> None:
    (tmp_path / "bare" / "within").mkdir(parents=True)
    _, (folder, name) = read(tmp_path / "bare", "")
    assert str(folder).endswith("bare: a folder without reports")
    assert str(name) == "'': an empty name is no input"


def test_an_input_that_is_not_there(tmp_path: Path, read: Read) -> None:
    reports, (failure,) = read(tmp_path / "gone.txt")
    assert reports == []
    assert str(failure).endswith("gone.txt: there is no such file; check the name")


def test_a_file_without_permission(tmp_path: Path) -> None:
    """Read by a user who is not root: root may read all."""
    (tmp_path / "shut.txt").write_text(LEAD)
    (tmp_path / "shut.txt").chmod(0)
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut").chmod(0)
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "a.txt").write_text(LEAD)
    (tmp_path / "names").chmod(0o444)  # its names may be listed, its files not even looked at
    code = (
        "import os, sys\n"
        "from tollbook.lexicon import load, load_sources\n"
        "from tollbook.reports import read_inputs\n"
        "load(), load_sources()  # Python itself may lie where only root may read\n"
        "if os.getuid() == 0:\n    os.chdir('/')\n    os.setuid(65534)\n"
        "print(*read_inputs(['.' if os.path.samefile('.', sys.argv[1]) else sys.argv[1]]), sep='\\n')\n"
    )
    temporary = Path(tempfile.gettempdir())
    for folder in (tmp_path, *(one for one in tmp_path.parents if temporary in one.parents)):
        folder.chmod(0o755)
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    (tmp_path / "shut").chmod(0o700)
    (tmp_path / "names").chmod(0o700)
    assert run.stdout.splitlines() == [
        "shut.txt: may not be read; check its permissions",
        "names/a.txt: may not be read; check its permissions",
        "shut/: may not be read; check its permissions",
    ]


def test_a_folder_linked_twice_is_no_loop(tmp_path: Path, read: Read) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text(LEAD)
    (tmp_path / "link").symlink_to("real")
    reports, failures = read(tmp_path)
    assert failures == []
    assert [report.id for report in reports] == ["link/a.txt", "real/a.txt"]


def test_a_name_that_is_no_utf8_and_one_that_steers_a_terminal(tmp_path: Path, read: Read) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(LEAD)
    (tmp_path / "\x1b[2Jred.txt").write_text(LEAD + " One.")
    (tmp_path / "new\nline.txt").write_bytes(b"")
    reports, (failure,) = read(tmp_path)
    assert sorted(report.id for report in reports) == ["\\x1b[2Jred.txt", "caf\\xe9.txt"]
    assert str(failure) == "new\\nline.txt: empty: there is nothing to read"


def test_one_report_from_standard_input() -> None:
    (report,) = read_inputs(["-"], InputOptions(stdin=io.BytesIO(b"Two hurt.\nOne missing.\n")))
    assert isinstance(report, Report)
    assert report.text == "Two hurt.\nOne missing.\n"
    assert report.id == report.text_sha256


@pytest.mark.parametrize("data", [b"", b"  \n\n", bytes(range(256))])
def test_standard_input_with_nothing_to_read(data: bytes) -> None:
    (failure,) = read_inputs(["-"], InputOptions(stdin=io.BytesIO(data)))
    assert isinstance(failure, Failure)
    assert str(failure).startswith("standard input: ")


def test_a_page_and_a_brace_from_standard_input() -> None:
    page = b"<!doctype html><html><body><p>Two people were hurt in Harim on Monday.</p></body></html>"
    (report,) = read_inputs(["-"], InputOptions(stdin=io.BytesIO(page)))
    assert isinstance(report, Report) and report.text == LEAD
    (report,) = read_inputs(["-"], InputOptions(stdin=io.BytesIO(b"{sic} Two people were hurt.")))
    assert isinstance(report, Report) and report.text == "{sic} Two people were hurt."


def test_a_pipe_as_input(tmp_path: Path, read: Read) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b'{"id": "r1", "text": "Two hurt."}\n',))
    writer.start()
    (report,), failures = read(pipe)
    writer.join()
    assert (report.id, failures) == ("r1", [])


def test_one_id_with_two_texts(tmp_path: Path, read: Read) -> None:
    rows = [{"id": "r1", "text": "Two hurt."}, {"id": "r2", "text": "None hurt."}, {"id": "r1", "text": "Six hurt."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    reports, (failure,) = read(tmp_path / "a.jsonl")
    assert [report.text for report in reports] == ["Two hurt.", "None hurt."]
    assert str(failure).startswith("a.jsonl:3: id 'r1': the id is taken by another text, of a.jsonl:1")
    gathered = gather([str(tmp_path / "a.jsonl")])
    assert [report.id for report in gathered.reports] == ["r2"]
    assert [failure.input for failure in gathered.failures] == ["a.jsonl"]
    assert "id 'r1': several texts have this id (a.jsonl)" in str(gathered.failures[0])


def test_files_of_one_path_in_two_folders_are_told_apart(tmp_path: Path, read: Read) -> None:
    for folder, words in (("day1", "Two hurt."), ("day2", "Six hurt.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "wire.txt").write_text(words)
    inputs = [str(tmp_path / "day1"), str(tmp_path / "day2")]
    gathered = gather(inputs)
    assert gathered.reports == ()
    (failure,) = gathered.failures
    assert failure.input == "wire.txt"
    where = f"{inputs[0]}/wire.txt, {inputs[1]}/wire.txt"
    told = "none is kept; rename one, or give the folder above both"
    assert str(failure) == f"wire.txt: several texts have this id ({where}); {told}"
    assert [str(one) for one in gather(inputs[::-1]).failures] == [str(failure)]
    _, (streamed,) = read(*inputs)
    assert f"the id is taken by another text, of {inputs[0]}/wire.txt;" in str(streamed)
    assert {report.id for report in gather([str(tmp_path)]).reports} == {"day1/wire.txt", "day2/wire.txt"}


def test_the_same_report_twice_is_kept_once_and_told(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    reports, (failure,) = read(tmp_path, tmp_path / "a.txt")
    assert [report.id for report in reports] == ["a.txt"]
    assert str(failure) == "a.txt: the same report as a.txt; kept once"
    gathered = gather([str(tmp_path), str(tmp_path / "a.txt")])
    assert [report.id for report in gathered.reports] == ["a.txt"]
    assert "kept once" in str(gathered.failures[0])


def test_two_reports_may_have_one_text(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    (tmp_path / "b.txt").write_text(LEAD)
    reports, failures = read(tmp_path)
    assert len(reports) == 2 and failures == []


ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from("abc"), "text": st.sampled_from(["Two hurt.", "Six hurt."])},
        optional={"title": st.sampled_from(["T", "U"]), "published": st.just("2019-05-06")},
    ),
    max_size=7,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_gathered_reports_do_not_depend_on_order(rows: list[dict[str, str]], shuffle: random.Random) -> None:
    def reports(these: list[dict[str, str]]) -> list[tuple[str, str, str | None, str | None]]:
        data = b'{"id": "z", "text": "None."}\n' + b"".join(json.dumps(row).encode() + b"\n" for row in these)
        found = gather(["-"], InputOptions(stdin=io.BytesIO(data))).reports
        return [(report.id, report.text, report.title, report.published) for report in found]

    other = rows[:]
    shuffle.shuffle(other)
    assert reports(rows) == reports(other)


def test_failures_are_in_the_order_of_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("x\n" * 12)
    assert [failure.input for failure in gather([str(tmp_path)]).failures] == [f"a.jsonl:{n}" for n in range(1, 13)]


@pytest.mark.parametrize("given", ["ftp://a.example/x.txt", "file:///srv/wire.txt"])
def test_another_kind_of_url_is_told(read: Read, given: str) -> None:
    reports, (failure,) = read(given)
    assert reports == []
    assert str(failure) == f"{given}: no URL that can be fetched; give an http or https URL, or the path of a file"


def test_a_credit_has_the_spelling_of_the_book(tmp_path: Path, read: Read) -> None:
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "Harim Wire"\nkind = "media"\naliases = ["HW"]\n')
    book = SourceBook.load(tmp_path / "sources.toml")
    shouted = "HARIM, 6 MAY 89 (HARIM WIRE) -- TWO PEOPLE WERE HURT IN THE OLD TOWN ON MONDAY.\n"
    rows = [
        {"id": "r1", "text": shouted},
        {"id": "r2", "text": f"By Ada Roe, HW\n\n{LEAD}"},
        {"id": "r3", "text": f"Source: Associated Press\n\n{LEAD}"},
        {"id": "r4", "text": shouted, "publisher": "HW"},
        {"id": "r5", "text": shouted.replace("HARIM WIRE", "BELA WIRE")},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    reports, _ = read(tmp_path / "a.jsonl", sources=book)
    assert [report.origins for report in reports] == [("Harim Wire",), (), ("AP",), (), ("BELA WIRE",)]
    known = '[[source]]\nname = "Harim Wire"\nkind = "media"\nagency = true\naliases = ["HW"]\n'
    reports, _ = read(tmp_path / "a.jsonl", sources=SourceBook.of(parse_sources(known)))
    assert reports[1].origins == ("Harim Wire",)


def test_an_agency_s_name_that_begins_another_is_no_credit(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(f"{LEAD}\nCopyright 2012 Trend Shoes. All rights reserved.\n")
    (tmp_path / "b.txt").write_text(f"{LEAD}\nCopyright 2012 AP All rights reserved.\n")
    reports, _ = read(tmp_path)
    assert [report.origins for report in reports] == [(), ("AP",)]

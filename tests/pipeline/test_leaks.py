"""No masked or withheld name is in any file that is published, in no spelling, no encoding and no hash."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from leaks import files, found_hashes, found_names
from project_values import ANN

from tollbook.bundles import verify
from tollbook.dossiers.formats import HOUSES
from tollbook.pipeline.checking import PAGE, check
from tollbook.pipeline.project import add, init, record, rule
from tollbook.pipeline.publish import export_all, publish

# Invented people: minors, victims, witnesses, somebody with a street of that name.
MASKED = (
    "Orsa Lindalvik", "Temmel Birköztan", "Jean-Aurel d’Avrisse", "Łucja Drømsted", "Sana al-Qorrashi", "Ирма Торвина",
    "Wemmo Tasselby", "Mave O’Tarreth",
)  # fmt: skip
OFFICIAL, PAPER = "Dagna Threlwick", "Quillmere Courier"
SURNAMES = ("Lindalvik", "Birköztan", "Avrisse", "Drømsted", "Qorrashi", "Торвина", "Tasselby", "Tarreth", "Threlwick")
PUBLIC = (
    "Twelve people were killed in Tessavar on 6 May 2031, the Flood Office said.",
    "Nine people were injured in Tessavar on 6 May 2031.",
)

# fmt: off
ROWS = [
    {
        "id": "2031/orsa-lindalvik-9.txt",
        "title": "ORSA LINDALVIK, 9, AMONG THE DEAD IN TESSAVAR",
        "url": "https://tallow.example/2031/05/07/orsa-lindalvik-killed",
        "publisher": "Tallow Wire",
        "published": "2031-05-07",
        "text":
        "At least 12 people were killed in Tessavar on 6 May 2031, the Flood Office said. Among the dead was Orsa "
        "Lindalvik, 9. Lindalvik’s mother, Sana al-Qorrashi, was injured. A resident, Temmel Birköztan, said 14 "
        "people were killed. Łucja Drømsted, 16, was hurt near Orsa Lindalvik School in Tessavar. Write to "
        "birkoztan@mail.example.",
    },
    {
        "id": "b.txt",
        "title": "Witness: “they ran”",
        "url": "https://post.example/story?who=d%27Avrisse&id=7",
        "publisher": "Cadmer Post",
        "author": "Temmel Birköztan",
        "published": "2031-05-08",
        "text":
        "Jean-Aurel d’Avrisse, 44, was wounded in Tessavar on 6 May 2031. Mr d’Avrisse told the Cadmer Post that "
        "13 people were killed. “Mave O’Tarreth died beside me,” he said. #OrsaLindalvik was seen on walls. "
        "Orsa&#32;Lindalvik and %D0%98%D1%80%D0%BC%D0%B0%20%D0%A2%D0%BE%D1%80%D0%B2%D0%B8%D0%BD%D0%B0 were read out. "
        "Or\u00adsa Lin\u00addalvik too.",
    },
    {
        "id": "c.txt",
        "title": "Ирма Торвина, 7, killed in Tessavar",
        "publisher": "Radio Sarn",
        "published": "2031-05-09",
        "text":
        "Ирма Торвина, 7, was killed in Tessavar on 6 May 2031. Wemmo Tasselby, 12, was injured; Tasselby’s sister "
        "Ирма was killed. The Flood Office said 15 people had been killed in Tessavar on 6 May 2031.",
    },
    {
        "id": "d.txt",
        "title": "Governor counts the dead",
        "url": "https://radio.example/governor-threlwick",
        "publisher": "Radio Sarn",
        "published": "2031-05-10",
        "text":
        "Governor Dagna Threlwick said 16 people were killed in Tessavar on 6 May 2031. Threlwick’s office counted "
        "30 people injured. “16,” THRELWICK said. She lives behind the old tannery on Vellmer Row.",
    },
    {
        "id": "quillmere-notes.txt",
        "title": "What the ferryman wrote down",
        "url": "https://quillmere.example/ferryman",
        "publisher": PAPER,
        "author": "Corvin Maddle",
        "published": "2031-05-11",
        "text":
        "A ferryman at Ostrel Landing wrote that 17 people were killed in Tessavar on 6 May 2031. He hid the list "
        "under the third plank.",
    },
    {"id": "open.txt", "title": "Flood in Tessavar", "publisher": "Plain Herald", "published": "2031-05-07",
     "url": "https://plain.example/2031/flood-in-tessavar", "text": " ".join(PUBLIC)},
]
# fmt: on
SECRET_WORDS = ("old tannery", "Vellmer Row", "ferryman", "Ostrel Landing", "third plank", "Corvin Maddle", PAPER)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of invented people, with all kinds of withholding in it."""
    folder = tmp_path_factory.mktemp("leaks")
    project = folder / "lindalvik-case"
    init(project, ANN)
    (project / "sources.toml").write_text(
        '[[source]]\nname = "Temmel Birköztan"\nkind = "witness"\n\n'
        '[[source]]\nname = "Quillmere Courier"\nkind = "media"\n'
        'aliases = ["the Courier of Quillmere"]\n',
        encoding="utf-8",
    )
    (project / "salt.key").write_bytes(bytes(range(32)))
    (folder / "lindalvik.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    assert add(project, [str(folder / "lindalvik.jsonl")], ANN).failed == ()
    now = record(project)
    rule(project, "d.txt", "withhold", {"name": OFFICIAL}, "Threlwick is in danger", ANN)
    rule(
        project, "d.txt", "withhold", {"words": "She lives behind the old tannery on Vellmer Row."}, "where she is", ANN
    )
    rule(project, "quillmere-notes.txt", "withhold", {}, "the Quillmere Courier would be closed", ANN)
    first = next(claim for claim in now.claims if claim.report == "2031/orsa-lindalvik-9.txt")
    rule(project, first.id, "note", {}, "Orsa Lindalvik’s father, Wemmo Tasselby, read this", ANN)
    rule(project, now.incidents[0].id, "actors", {"side_a": "Mave O'Tarreth", "said_by": "Radio Sarn"}, "his word", ANN)
    return project


@pytest.fixture(scope="module")
def published(project: Path) -> list[Path]:
    """Everything that can be published of it."""
    out = project.parent / "out"
    out.mkdir()
    publish(project, out / "dossier", rules=("range", *HOUSES))
    publish(project, out / "bundle.zip", rules=("range", *HOUSES))
    export_all(project, out / "exports", rules=("range",))
    return [out / "dossier", out / "bundle.zip", out / "exports"]


def test_what_is_sought_is_there_to_be_found(project: Path) -> None:
    assert len(found_names(project / "archive", MASKED)) > len(MASKED)
    assert found_hashes(project / "archive", [ROWS[0]["text"]])


def test_what_is_published_verifies_and_a_redaction_altered_is_found(published: list[Path], tmp_path: Path) -> None:
    for path in published[:2]:
        assert [line for check in verify.verify(path) for line in check.wrong if check.name != "signatures"] == []
    shutil.copytree(published[0], tmp_path / "altered")
    lines = (tmp_path / "altered" / "redactions.jsonl").read_text(encoding="utf-8")
    for old, new in (("where she is", "where he is"), ('"name"', '"report"'), (lines[-20:-4], "0" * 16)):
        assert old in lines
        (tmp_path / "altered" / "redactions.jsonl").write_text(lines.replace(old, new, 1), encoding="utf-8")
        assert any("redactions.jsonl" in line for check in verify.verify(tmp_path / "altered") for line in check.wrong)


def test_open_words_are_published(published: list[Path]) -> None:
    shown = b"".join(content for path in published for _, content in files(path)).decode("utf-8", "replace")
    assert "Nine people" in shown
    assert "Flood Office" in shown
    assert "Plain Herald" in shown


def test_no_name_is_published_in_any_spelling_or_encoding(published: list[Path]) -> None:
    assert [hit for path in published for hit in found_names(path, (*MASKED, OFFICIAL, *SURNAMES))] == []


def test_nothing_withheld_is_published(published: list[Path]) -> None:
    assert [hit for path in published for hit in found_names(path, SECRET_WORDS)] == []


def test_no_hash_of_a_name_or_text_is_published_plain_or_under_a_key_that_can_be_guessed(
    project: Path, published: list[Path]
) -> None:
    now = record(project)
    names = [*MASKED, OFFICIAL, *SURNAMES, *SECRET_WORDS, *(one.lower() for one in (*MASKED, *SURNAMES))]
    texts = [
        row[key] for row in ROWS if row["id"] != "open.txt" for key in ("text", "title", "url", "id") if key in row
    ]
    ids = [
        one
        for claim in now.claims
        if claim.report != "open.txt"
        for one in (claim.id, f"claim\x1f{claim.report}\x1f{claim.id}")
    ]
    hashes = [one for report in now.reports if report.id != "open.txt" for one in (report.sha256, report.text_sha256)]
    keys = [project.name.encode(), *(str(row["id"]).encode() for row in ROWS)]
    secrets = [*names, *texts, *ids, *hashes]
    assert [hit for path in published for hit in found_hashes(path, secrets, keys)] == []
    plain = [
        *ids,
        *hashes,
        *(one.id for one in now.incidents),
        *(name for one in now.incidents for name in one.aliases),
    ]
    shown = b"".join(content for path in published for _, content in files(path)).decode("utf-8", "replace")
    assert [one for one in plain if one in shown] == []


def test_no_name_is_on_the_page_of_a_check(tmp_path: Path) -> None:
    named = {"orsa-lindalvik.txt": ROWS[0], "lindalvik2.txt": ROWS[0], "c.txt": ROWS[2], "torvina.txt": ROWS[2]}
    for name, row in named.items():
        (tmp_path / name).write_text(str(row["text"]), encoding="utf-8")
    cells = "".join(f"{number},{name}\r\n" for number, name in enumerate(named, 11))
    (tmp_path / "deaths.csv").write_text(f"killed,source\r\n{cells}", encoding="utf-8")
    check(tmp_path / "deaths.csv", tmp_path / "out")
    (tmp_path / "page").mkdir()
    (tmp_path / "out" / PAGE).rename(tmp_path / "page" / PAGE)
    shown = (tmp_path / "page" / PAGE).read_text(encoding="utf-8")
    assert "c.txt" in shown
    assert found_names(tmp_path / "page", (*MASKED, *SURNAMES)) == []
    assert found_hashes(tmp_path / "page", (*MASKED, *(row["text"] for row in named.values()))) == []

"""What verify.py finds: every altered byte, everything missing or put in, and nothing in a bundle as published."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import bundles_made as made
import pytest

from tollbook.bundles import verify
from tollbook.store import Event, merkle
from tollbook.store.log import Stamp, follow, leaf_of
from tollbook.store.notes import Checkpoint, Note

KEY = str(made.DESK.public)


def lines(path: Path, *more: str) -> tuple[int, str]:
    """Status and output of the verify.py in a bundle, run as a stranger runs it, with no package in reach."""
    code = path / "verify.py" if (path / "verify.py").exists() else Path(verify.__file__)
    done = subprocess.run([sys.executable, "-I", code, path, *more], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def wrong(path: Path, *keys: str) -> list[str]:
    """Everything that does not match, by check."""
    found = verify.verify(path, [verify.read_key(key) for key in keys])
    return [f"{check.name}: {line}" for check in found for line in check.wrong]


def test_a_bundle_as_published_matches(bundle: Path) -> None:
    status, said = lines(bundle, "--key", KEY)
    assert status == 0, said
    assert "signed by 'desk+" in said
    assert "1 withheld, each" in said
    assert said.endswith("all that was checked matches\n")
    assert (bundle / "verify.py").read_bytes() == Path(verify.__file__).read_bytes()


def test_an_unsigned_one_says_so(project_folder: Path, tmp_path: Path) -> None:
    status, said = lines(made.bundle(project_folder, tmp_path / "out", None))
    assert status == 0
    assert "not signed: nobody vouches for it" in said


def names(bundle: Path) -> list[str]:
    return sorted(path.name for path in bundle.iterdir())


def test_one_byte_altered_is_found_in_every_file(bundle: Path, tmp_path: Path) -> None:
    kinds = {Path(name).suffix or name for name in names(bundle)}
    assert kinds == {
        ".csv", ".geojson", ".html", ".json", ".jsonl", ".jsonld", ".py", ".js", ".xml", "SHA256SUMS", "checkpoint",
    }  # fmt: skip
    for name in names(bundle):
        size = (bundle / name).stat().st_size
        for at in (0, size // 2, size - 1):
            found = wrong(made.altered(bundle, tmp_path / f"{name} {at}", name, at=at))
            assert any(name in one for one in found), (name, at, found)


@pytest.mark.no_cover
def test_every_byte_of_the_checkpoint_counts(bundle: Path, tmp_path: Path) -> None:
    copy = made.altered(bundle, tmp_path / "copy", "checkpoint", b"")
    whole = (bundle / "checkpoint").read_bytes()
    for at in range(len(whole)):
        for bit in (1, 32):
            (copy / "checkpoint").write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
            assert wrong(copy), (at, bit)


def resigned(folder: Path) -> None:
    """Make the sums and checkpoint of a bundle anew over what is in it, as a forger with a key of his own would."""
    names = sorted(path.name for path in folder.iterdir() if path.name not in {"SHA256SUMS", "checkpoint"})
    listed = verify.Bundle(folder, {}, [], lambda name: (folder / name).open("rb"))
    sums = "".join(f"{verify.digest_of(listed, name)}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text(sums)
    old = verify.read_checkpoint((folder / "checkpoint").read_bytes())
    assert old is not None
    more = (f"bundle sha256:{verify.digest_of(listed, 'SHA256SUMS')}",)
    note = Note(Checkpoint(old.origin, old.size, old.root, more).text)
    (folder / "checkpoint").write_text(str(note.signed(made.OTHER)), encoding="utf-8")


def test_whoever_makes_sums_and_checkpoint_anew_lacks_the_key(bundle: Path, tmp_path: Path) -> None:
    copy = made.altered(bundle, tmp_path / "copy", "claims.csv")
    resigned(copy)
    assert wrong(copy) == ["signatures: checkpoint: is not signed by 'desk+" + made.DESK.public.id.hex() + "'"]
    assert wrong(copy, str(made.OTHER.public)) == wrong(copy)


LOG = [
    (lambda told: told[:-1], "checkpoint: its root is not that of the log"),
    (lambda told: told[:1] + told[2:], "is event 3, where event 2 should be"),
    (lambda told: [told[0], told[2], told[1], *told[3:]], "is event 3, where event 2 should be"),
    (lambda told: [*told[:2], {**told[2], "kind": "note"}, *told[3:]], "event 3 does not have the hash"),
    (lambda told: [*told[:2], {**told[2], "when": "2001"}, *told[3:]], "event 3 does not have the hash"),
    (lambda told: [*told[:2], {**told[2], "seq": "3"}, *told[3:]], "line 3: is no event"),
    (lambda told: [], "checkpoint: is over "),
]  # fmt: skip


@pytest.mark.parametrize(("change", "says"), LOG)
def test_a_log_that_was_altered_does_not_fit_its_checkpoint(
    change: object, says: str, bundle: Path, tmp_path: Path
) -> None:
    told = [json.loads(line) for line in (bundle / "log.jsonl").read_text().splitlines()]
    text = "".join(json.dumps(one) + "\n" for one in change(told))  # type: ignore[operator]
    copy = made.altered(bundle, tmp_path / "copy", "log.jsonl", text.encode())
    resigned(copy)
    found = wrong(copy)
    assert any(says in one for one in found), found


DATA = [
    ("figures.jsonl", {"supports": ["c99"]}, "its supports names 'c99', which is not there"),
    ("figures.jsonl", {"set_aside": [{"claim": "c98", "why": ""}]}, "its set_aside names 'c98'"),
    ("figures.jsonl", {"incident": "incident-nowhere"}, "its incident names 'incident-nowhere'"),
    ("figures.jsonl", {"low": 99, "best": 9}, "low, best and high are no numbers in order"),
    ("figures.jsonl", {"low": "9"}, "low, best and high are no numbers in order"),
    ("claims.jsonl", {"report": "R9"}, "its report names 'R9'"),
    ("claims.jsonl", {"copies": "R1 R9"}, "its copies names 'R9'"),
    ("claims.jsonl", {"claim": "c2"}, "its claim is missing or comes twice"),
    ("incidents.jsonl", {"reports": ["R9", None]}, "its reports names None"),
    ("rulings.jsonl", {"ruling": 2}, "the log has no ruling of that number and time"),
    ("rulings.jsonl", {"claim": ["c99"]}, "its claim names 'c99'"),
    ("redactions.jsonl", {"commitment": "9f"}, "its commitment is no SHA-256"),
    ("redactions.jsonl", {"reason": " "}, "says no kind or no reason"),
    ("redactions.jsonl", {"withheld": 1}, "the log has no ruling of that number"),
    ("evidence.jsonl", {"sha256": "9f"}, "report 'R1': evidence.jsonl and reports.csv differ"),
    ("evidence.jsonl", {"report": "R8"}, "report 'R8': evidence.jsonl and reports.csv differ"),
]


@pytest.mark.parametrize(("name", "change", "says"), DATA)
def test_data_that_does_not_fit_together_is_found_though_the_sums_do(
    name: str, change: dict[str, object], says: str, bundle: Path, tmp_path: Path
) -> None:
    first, *rest = (bundle / name).read_text(encoding="utf-8").splitlines()
    content = "\n".join([json.dumps({**json.loads(first), **change}), *rest, ""]).encode()
    copy = made.altered(bundle, tmp_path / "copy", name, content)
    resigned(copy)
    found = wrong(copy)
    assert any(says in one for one in found), found


@pytest.mark.parametrize(
    "line",
    [b"[" * 100_000, b'{"a":' * 100_000, b'{"claim": ' + b"9" * 5000 + b"}", b'{"low": NaN}', b"\xff", b"[]", b"\n"],
)
def test_a_line_that_is_no_object_is_named(line: bytes, bundle: Path, tmp_path: Path) -> None:
    content = (bundle / "claims.jsonl").read_bytes() + line
    copy = made.altered(bundle, tmp_path / "copy", "claims.jsonl", content)
    resigned(copy)
    assert any("is no JSON object" in one for one in wrong(copy))


def test_what_is_missing_or_put_in_is_named(bundle: Path, tmp_path: Path) -> None:
    copy = made.altered(bundle, tmp_path / "copy", "claims.csv")
    (copy / "claims.csv").unlink()
    (copy / "more.txt").write_text("more")
    (copy / ".hidden").write_text("more")
    (copy / "inner").mkdir()
    (copy / "link.html").symlink_to("/etc/passwd")
    (copy / ".DS_Store").write_text("left by a system")
    status, said = lines(copy)
    assert status == 1
    told = [line for line in said.splitlines() if "files" in line]
    assert told == [
        "WRONG  files       '.hidden': is no file of a bundle",
        "WRONG  files       'inner': is no file of a bundle",
        "WRONG  files       'link.html': is no file of a bundle",
        "WRONG  files       claims.csv: is missing",
        "WRONG  files       more.txt: is not listed in SHA256SUMS",
    ]


def test_of_many_things_that_do_not_match_twenty_are_shown(bundle: Path, tmp_path: Path) -> None:
    copy = made.altered(bundle, tmp_path / "copy", "claims.csv")
    for number in range(30):
        (copy / f"more{number:02}.txt").write_text("more")
    _, said = lines(copy)
    assert said.count("WRONG  files") == 21
    assert "WRONG  files       and 11 more\n" in said


# ---- keys, earlier checkpoints ----


def test_another_key_has_not_signed(bundle: Path) -> None:
    status, said = lines(bundle, "--key", str(made.OTHER.public))
    assert status == 1
    assert "WRONG  signatures  checkpoint: is not signed by 'd\\xe9sk+" in said


def test_a_key_can_be_given_as_a_file(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "desk.pub").write_text(f"{KEY}\n")
    assert lines(bundle, "--key", str(tmp_path / "desk.pub"))[0] == 0


@pytest.mark.parametrize("key", ["desk", "desk+00000000+AAAA", KEY[:-2], KEY.replace("desk", "desc"), "", "+++"])
def test_a_garbled_key_is_one_line(key: str, bundle: Path) -> None:
    status, said = lines(bundle, "--key", key)
    assert status == 2
    assert said.count("\n") == 1
    assert "is no public key" in said


def test_a_later_log_goes_on_from_the_earlier_checkpoint(bundle: Path, project_folder: Path, tmp_path: Path) -> None:
    made.shutil.copytree(project_folder, tmp_path / "later")
    made.rule(tmp_path / "later", "14 people", "reject", "the clinic took it back")
    later = made.bundle(tmp_path / "later", tmp_path / "out.zip")
    for earlier in (bundle, bundle / "checkpoint"):
        status, said = lines(later, "--checkpoint", str(earlier), "--key", KEY)
        assert status == 0, said
        assert "ok     earlier     the log goes on from the earlier checkpoint over" in said
    assert "WRONG  earlier     the earlier checkpoint is over" in lines(bundle, "--checkpoint", str(later))[1]


def test_another_log_does_not_go_on_from_it(bundle: Path, project_folder: Path, tmp_path: Path) -> None:
    other = made.bundle(made.make(tmp_path / "floods"), tmp_path / "other")
    assert "WRONG  earlier     the earlier checkpoint is of another log" in lines(bundle, "--checkpoint", str(other))[1]
    noted = verify.read_checkpoint((bundle / "checkpoint").read_bytes())
    assert noted is not None
    for size, root in ((noted.size - 1, noted.root), (noted.size, bytes(32)), (0, bytes(32))):
        (tmp_path / "note").write_text(str(Note(Checkpoint(noted.origin, size, root).text)))
        assert "its first" in lines(bundle, "--checkpoint", str(tmp_path / "note"))[1]
    status, said = lines(bundle, "--checkpoint", str(bundle / "claims.csv"))
    assert (status, said.count("\n")) == (2, 1)


# ---- equal to the package ----


def test_tree_leaf_and_checkpoint_are_those_of_the_package() -> None:
    last: Event | None = None
    leaves, hashes = list[bytes](), list[bytes]()
    for number in range(70):
        before = last.hash if last else "0" * 64
        last = follow(last, "kind", f'{{"ü": {number}}}', Stamp("ann", f"2031 \x7f \U0001f30a {number}"), "salt")
        told = verify.Event(last.seq, last.kind, last.when, made_promise(last), last.hash)
        assert verify.leaf_of(told, before) == leaf_of(last).encode()
        leaves.append(leaf_of(last).encode())
        hashes.append(merkle.leaf_hash(leaves[-1]))
        assert verify.merkle_root(hashes) == merkle.root(leaves)
    assert verify.merkle_root([]) == merkle.EMPTY
    text = Checkpoint("tollbook/9f", 70, merkle.root(leaves), ("more", "than one")).text
    for note in (Note(text), Note(text).signed(made.DESK), Note(text).signed(made.DESK).signed(made.OTHER)):
        noted = verify.read_checkpoint(str(note).encode())
        assert noted is not None
        assert (noted.text, noted.size, noted.more) == (note.text, 70, ["more", "than one"])
        keys = [verify.read_key(str(key.public)) for key in (made.DESK, made.OTHER)]
        assert len(verify.unsigned(noted, keys)) == 2 - len(note.signatures)


def made_promise(event: Event) -> str:
    from tollbook.store.log import commitment

    return commitment(event.payload, event.who, event.salt)


def test_it_is_one_file_of_the_standard_library_for_python_3_8() -> None:
    tree = ast.parse(Path(verify.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))
    used = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
    used |= {name.name for one in ast.walk(tree) if isinstance(one, ast.Import) for name in one.names}
    assert {str(name).partition(".")[0] for name in used} <= sys.stdlib_module_names
    later = {"removeprefix", "removesuffix", "bit_count", "pairwise", "is_relative_to", "randbytes", "with_stem"}
    assert not {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)} & later

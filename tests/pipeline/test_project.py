"""A project from init to verify: adding, ruling, reading again, and what goes wrong on the way."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from project_values import ANN, BEN, PLAIN, TEXTS, WIDE, read_plain, write

from tollbook.errors import OutputError, StoreError, UsageError
from tollbook.model import Claim, Finding, Record, Report
from tollbook.pipeline.analyse import conclude, in_order
from tollbook.pipeline.project import Added, Reader, add, explain, init, reader_of, record, rule, verify
from tollbook.pipeline.regroup import split_id
from tollbook.reports import gather
from tollbook.store import Event, open_store


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    return [str(path) for path in write(tmp_path / "in", TEXTS)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init(tmp_path / "floods", ANN)
    return tmp_path / "floods"


@pytest.fixture
def filled(folder: Path, inputs: list[str]) -> Path:
    add(folder, inputs, ANN, reader=PLAIN)
    return folder


def log(folder: Path) -> list[Event]:
    with open_store(folder / "tollbook.sqlite") as store, store.read() as unit:
        return list(unit.events())


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def groups(found: Record) -> set[tuple[str, ...]]:
    return {one.claims for one in found.incidents}


def nameless(found: Record) -> list[Finding]:
    """Findings with the claims of their incident in place of its id."""
    members = {one.id: "+".join(one.claims) for one in found.incidents}
    return sorted((replace(one, incident=members[one.incident]) for one in found.findings), key=repr)


def claim(found: Record, said: str, measure: str = "killed", report: str | None = None) -> Claim:
    return next(
        one for one in found.claims if one.said == said and one.measure == measure and report in (None, one.report)
    )


def figure(found: Record, measure: str = "killed", group: str = "all", year: int = 2031) -> Finding:
    years = {one.id: one.date.start.year for one in found.incidents if one.date}
    return next(
        one for one in found.findings if (one.measure, one.group, years.get(one.incident)) == (measure, group, year)
    )


def test_a_new_project_has_its_first_event_and_nothing_else(folder: Path) -> None:
    (first,) = log(folder)
    assert (first.kind, first.who, first.when) == ("project", "ann", ANN.when)
    assert record(folder).reports == record(folder).findings == ()
    assert {path.name for path in folder.iterdir()} == {"tollbook.sqlite", "archive"}


# ---- adding ----


def test_what_is_added_is_the_record_of_one_run(filled: Path, inputs: list[str]) -> None:
    reports = in_order(gather(inputs).reports)
    whole = conclude(reports, read_plain(reports))
    kept = record(filled)
    assert (kept.reports, kept.claims, kept.findings) == (whole.reports, whole.claims, whole.findings)
    assert kept.incidents == whole.incidents
    assert len(kept.incidents) == 2
    assert len(kept.claims) == 7


def test_adding_the_same_again_changes_not_a_byte_of_the_log(filled: Path, inputs: list[str]) -> None:
    events, before, files = log(filled), record(filled), tree(filled / "archive")
    again = add(filled, list(reversed(inputs)), BEN, reader=PLAIN)
    assert again == Added(known=("a.txt", "b.txt", "c.txt", "d.txt", "e.txt"))
    assert log(filled) == events
    assert record(filled) == before
    assert tree(filled / "archive") == files


ORDERS = list(permutations(range(len(TEXTS))))


@pytest.mark.parametrize("order", ORDERS[::11])
def test_reports_added_one_by_one_in_any_order_make_the_same_record(
    tmp_path: Path, inputs: list[str], order: Sequence[int]
) -> None:
    reports = in_order(gather(inputs).reports)
    whole = conclude(reports, read_plain(reports))
    init(tmp_path / "floods", ANN)
    for number in order:
        add(tmp_path / "floods", [inputs[number]], ANN, reader=PLAIN)
    kept = record(tmp_path / "floods")
    assert kept.reports == whole.reports
    assert groups(kept) == groups(whole)
    assert nameless(kept) == nameless(whole)
    assert [one.name for one in kept.incidents] != [] and verify(tmp_path / "floods") == ()


def test_an_incident_keeps_its_id_as_reports_come_in(folder: Path, inputs: list[str]) -> None:
    first = add(folder, [inputs[1]], ANN, reader=PLAIN)
    (born,) = first.incidents
    for each in (inputs[0], inputs[4], inputs[2], inputs[3]):
        add(folder, [each], BEN, reader=PLAIN)
    kept = {one.id: one for one in record(folder).incidents}
    assert born in kept
    assert len(kept[born].reports) == 3


def test_an_input_that_fails_is_listed_and_the_rest_is_kept(folder: Path, inputs: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" ")
    added = add(folder, [str(tmp_path / "empty.txt"), str(tmp_path / "none.txt"), *inputs], ANN, reader=PLAIN)
    assert added.new == ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    assert {failure.input for failure in added.failed} >= {"empty.txt", str(tmp_path / "none.txt")}
    assert len(record(folder).reports) == 5


def test_an_id_that_comes_again_with_another_text_is_refused(filled: Path, inputs: list[str]) -> None:
    events = log(filled)
    Path(inputs[0]).write_text("Quite another text, with no figure.")
    added = add(filled, [inputs[0]], ANN, reader=PLAIN)
    assert [str(one) for one in added.failed] == ["a.txt: this id already stands for another text; give it another id"]
    assert log(filled) == events
    assert "12 people" in record(filled).reports[0].text


def test_new_particulars_of_the_same_text_are_taken_and_logged(filled: Path, inputs: list[str]) -> None:
    Path(inputs[0]).with_suffix(".json").write_text('{"publisher": "Arvelle Herald", "published": "2031-05-02"}')
    added = add(filled, [inputs[0]], BEN, reader=PLAIN)
    assert (added.new, added.changed) == ((), ("a.txt",))
    kept = record(filled)
    assert kept.reports[0].publisher == "Arvelle Herald"
    assert claim(kept, "12 people").attribution[-1].source == "Arvelle Herald"
    assert [one.who for one in log(filled) if one.kind == "report"][-1] == "ben"


# ---- ruling ----


def test_a_rejected_claim_supports_nothing_and_comes_back_when_that_is_withdrawn(filled: Path) -> None:
    before = record(filled)
    twelve = claim(before, "12 people")
    assert twelve.id in figure(before).supports
    made = rule(filled, twelve.id, "reject", {}, "the board withdrew it", ANN)
    after = record(filled)
    assert twelve.id not in figure(after).supports
    assert "the board withdrew it" in next(one.why for one in figure(after).set_aside if one.claim == twelve.id)
    rule(filled, f"#{made.seq}", "withdraw", {}, "the board confirmed it", BEN)
    assert record(filled).findings == before.findings
    assert verify(filled) == ()


def test_a_corrected_claim_counts_as_corrected_and_keeps_its_words(filled: Path) -> None:
    forty = claim(record(filled), "40 people")
    rule(filled, forty.id[:8], "correct", {"value": 41, "bound": "at_least"}, "recounted", ANN)
    found = figure(record(filled), year=2030)
    assert (found.low, found.best) == (41, 41)
    assert claim(record(filled), "40 people").said == "40 people"


def test_the_same_ruling_again_is_one_event(filled: Path) -> None:
    target = claim(record(filled), "12 people").id
    made = rule(filled, target, "reject", {}, "seen", ANN)
    events = log(filled)
    assert rule(filled, target, "reject", {}, " seen ", replace(ANN, when="2032-01-01T00:00:00Z")) == made
    assert log(filled) == events
    assert rule(filled, target, "reject", {}, "seen", BEN).seq == made.seq + 1
    assert rule(filled, target, "accept", {}, "seen after all", ANN).seq == made.seq + 2
    assert rule(filled, target, "reject", {}, "seen", ANN).seq == made.seq + 3


def test_a_claim_is_linked_elsewhere_and_split_off(filled: Path) -> None:
    before = record(filled)
    forty, twelve = claim(before, "40 people"), claim(before, "12 people")
    rule(filled, forty.id, "link", {"incident": twelve.incident or ""}, "the same river", ANN)
    assert claim(record(filled), "40 people").incident == twelve.incident
    assert figure(record(filled)).high == 40
    rule(filled, forty.id, "split", {}, "after all another", ANN)
    assert claim(record(filled), "40 people").incident == split_id(forty.id)
    rule(filled, forty.id, "unlink", {}, "no event at all", BEN)
    assert claim(record(filled), "40 people").incident is None


def test_merged_incidents_stay_merged_when_more_is_added(folder: Path, inputs: list[str]) -> None:
    add(folder, inputs[:3], ANN, reader=PLAIN)
    before = record(folder)
    dorn, arvelle = claim(before, "40 people").incident or "", claim(before, "12 people").incident or ""
    rule(folder, dorn, "merge", {"into": arvelle[:6]}, "one and the same", ANN)
    add(folder, inputs[3:], ANN, reader=PLAIN)
    (one,) = record(folder).incidents
    assert (one.id, one.aliases) == (arvelle, (dorn,))
    rule(folder, dorn, "note", {}, "found by its old name", ANN)
    assert record(folder).rulings[-1].values == {"incident": arvelle}


@pytest.mark.parametrize(
    ("target", "action", "values", "line"),
    [
        ("ffff", "accept", {}, "no claim or incident 'ffff'"),
        ("12 people", "aprove", {}, "no action 'aprove'; there are: accept"),
        ("12 people", "correct", {"value": -2}, "'value' can't be negative"),
        ("12 people", "correct", {"measure": "drowned"}, "no measure 'drowned'; there are:"),
        ("12 people", "link", {"incident": "ffff"}, "no incident 'ffff'"),
        ("12 people", "merge", {"into": "x"}, "'merge' is about an incident, not a claim"),
        ("#99", "withdraw", {}, "no ruling '#99'; there are: none"),
        ("#1", "withdraw", {}, "no ruling '#1'"),
        ("incident", "accept", {}, "'accept' is about a claim, not an incident"),
        ("incident", "merge", {"into": "itself"}, "an incident can't be merged into itself"),
    ],
)
def test_a_ruling_that_does_not_fit_is_one_line_and_no_event(
    filled: Path, target: str, action: str, values: dict[str, str | int], line: str
) -> None:
    found = record(filled)
    ids = {"12 people": claim(found, "12 people").id, "incident": found.incidents[0].id}
    given = {name: found.incidents[0].id if value == "itself" else value for name, value in values.items()}
    events = log(filled)
    with pytest.raises(UsageError) as caught:
        rule(filled, ids.get(target, target), action, given, "because", ANN)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)
    assert log(filled) == events


def test_corrections_that_do_not_go_together_never_enter_the_log(filled: Path) -> None:
    target = claim(record(filled), "12 people").id
    rule(filled, target, "correct", {"low": 10, "high": 14}, "two lists", ANN)
    for values in ({"high": 5}, {"low": 20}, {"value": 3, "bound": "exact", "low": 10, "high": 2}):
        with pytest.raises(UsageError):
            rule(filled, target, "correct", values, "a slip", ANN)
    assert [one.values for one in record(filled).rulings] == [{"low": 10, "high": 14}]


def test_a_figure_of_a_project_is_explained_with_its_ruling(filled: Path) -> None:
    twelve = claim(record(filled), "12 people")
    rule(filled, twelve.id, "accept", {}, "seen the list", ANN)
    told = explain(record(filled), twelve.id)
    quote = next(one for one in told.quotes if one.claim.id == twelve.id)
    assert quote.before + quote.words + quote.after == "12 people were killed in Arvelle on 1 May 2031, Board said."
    assert [one.why for one in told.rulings] == ["seen the list"]


# ---- a newer reader ----


def test_a_newer_reader_replaces_readings_and_keeps_rulings_and_ids(filled: Path, inputs: list[str]) -> None:
    before = record(filled)
    rule(filled, claim(before, "12 people").id, "reject", {}, "the board withdrew it", ANN)
    added = add(filled, inputs[:1], BEN, reader=WIDE)
    assert (added.known, added.incidents) == (("a.txt",), ())
    assert added.reread == ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    after = record(filled)
    moved = claim(after, "12 people were killed")
    assert moved.id != claim(before, "12 people").id
    assert {one.id for one in after.incidents} == {one.id for one in before.incidents}
    assert next(one.why for one in figure(after).set_aside if one.claim == moved.id).endswith("the board withdrew it")
    assert after.rulings[0].claim == moved.id
    assert verify(filled) == ()
    assert add(filled, inputs, BEN, reader=WIDE).reread == ()


def test_a_ruling_whose_words_are_read_no_more_is_told_and_kept(filled: Path, inputs: list[str]) -> None:
    made = rule(filled, claim(record(filled), "12 people").id, "reject", {}, "withdrawn", ANN)

    def read_none(reports: Sequence[Report]) -> list[object]:
        return [replace(one, claims=(), settings={}) for one in read_plain(reports)]

    add(filled, inputs, BEN, reader=Reader(read_none, "none@1"))  # type: ignore[arg-type]
    after = record(filled)
    assert after.findings == ()
    (notice,) = [one for one in after.reports[0].notices if one.code == "loose_ruling"]
    assert f"ruling {made.seq} (reject)" in notice.message
    assert after.reports[0].text[notice.start : notice.end] == "12 people"
    add(filled, inputs, BEN, reader=PLAIN)
    assert claim(record(filled), "12 people").id not in figure(record(filled)).supports


def test_a_projects_own_places_make_another_reader(folder: Path) -> None:
    plain = reader_of(folder).name
    (folder / "places.toml").write_text("")
    own = reader_of(folder).name
    assert own.startswith(f"{plain}+")
    (folder / "places.toml").write_text("# more\n")
    assert reader_of(folder).name not in (plain, own)


# ---- what goes wrong ----


def test_a_folder_without_a_project_is_told_as_such(tmp_path: Path, inputs: list[str]) -> None:
    for use in (record, verify, lambda folder: add(folder, inputs, ANN, reader=PLAIN)):
        for place in (tmp_path / "in", tmp_path / "nowhere"):
            with pytest.raises(StoreError, match="is no project folder; make one with 'tollbook init'"):
                use(place)
    assert {path.name for path in (tmp_path / "in").iterdir()} == set(TEXTS)
    assert not (tmp_path / "nowhere").exists()


def test_a_project_is_made_once(filled: Path) -> None:
    before = log(filled)
    with pytest.raises(StoreError, match="is a project already"):
        init(filled, BEN)
    assert log(filled) == before


def test_a_project_is_made_beside_files_that_lie_there(tmp_path: Path, inputs: list[str]) -> None:
    init(tmp_path / "in", ANN)
    assert {path.name for path in (tmp_path / "in").iterdir()} == {*TEXTS, "tollbook.sqlite", "archive"}


def test_a_file_can_be_no_project(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file, not a folder"):
        init(tmp_path / "file", ANN)


def test_an_altered_text_is_named_and_never_used(filled: Path) -> None:
    before = record(filled).reports[1]
    path = next((filled / "archive").rglob(f"{before.text_sha256}.txt"))
    path.chmod(0o644)
    path.write_text(before.text.replace("14", "41"))
    (found,) = [one for one in verify(filled) if "text" in one.what]
    assert found.what == f"report b.txt, text {before.text_sha256}"
    with pytest.raises(StoreError, match="an archived text can't be used: altered"):
        record(filled)


def test_a_text_that_is_gone_is_named(filled: Path) -> None:
    next((filled / "archive" / "text").rglob("*.txt")).unlink()
    assert [one.why for one in verify(filled)] == ["not in the archive"]
    with pytest.raises(StoreError, match="not in the archive"):
        record(filled)


def test_an_altered_log_is_named(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "tollbook.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("UPDATE events SET who = 'eve' WHERE seq = 3")
    assert [one.what for one in verify(filled)] == [f"event 3 ({log(filled)[2].kind})"]


def test_a_project_in_use_is_told_at_once(filled: Path, inputs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from tollbook.pipeline import project_folder

    def impatient(path: Path) -> object:
        return open_store(path, wait=0.05)

    monkeypatch.setattr(project_folder, "open_store", impatient)
    with open_store(filled / "tollbook.sqlite") as other, other.write():
        assert len(record(filled).reports) == 5
        with pytest.raises(StoreError, match="is in use by another process; try again"):
            add(filled, inputs, ANN, reader=PLAIN)


def test_a_read_only_project_is_shown_and_not_changed(filled: Path, inputs: list[str]) -> None:
    target = claim(record(filled), "12 people").id
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(filled, Path(place) / "floods"))
        Path(place).chmod(0o755)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)  # the modes of files mean nothing to root
        try:
            assert record(folder) == record(filled) if not root else len(record(folder).claims) == 7
            assert verify(folder) == ()
            for change in (
                lambda: add(folder, inputs, ANN, reader=PLAIN),
                lambda: rule(folder, target, "accept", {}, "seen", ANN),
                lambda: init(folder / "inner", ANN),
            ):
                with pytest.raises(StoreError, match=r"may only be read|can't be made"):
                    change()
        finally:
            if root:
                os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


def test_no_space_left_keeps_whole_reports_and_adding_again_goes_on(folder: Path, tmp_path: Path) -> None:
    many = {
        f"n{number:03}.txt": f"Note {number}. {number} people were killed in Arvelle on 1 May 2031. " + "Water. " * 900
        for number in range(1, 120)
    }
    inputs = [str(path) for path in write(tmp_path / "many", many)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, hard))
    try:
        with pytest.raises(OutputError, match="no space left"):
            add(folder, inputs, ANN, reader=PLAIN)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    kept = record(folder)
    assert 0 < len(kept.reports) < 119
    assert verify(folder) == ()
    assert len(kept.claims) == len(kept.reports)
    assert not list(folder.rglob(".*"))
    add(folder, inputs, ANN, reader=PLAIN)
    assert len(record(folder).claims) == 119


ADDER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from project_values import ANN, PLAIN
    from tollbook.pipeline.project import add
    print("go", flush=True)
    add(Path({folder!r}), [{inputs!r}], ANN, reader=PLAIN)
    print("done", flush=True)
"""


def test_two_processes_add_to_one_project_and_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    adders = []
    for half in ("odd", "even"):
        many = {
            f"{half}{number:02}.txt": f"Note {half} {number}. {number} people were killed in Arvelle on 1 May 2031. "
            for number in range(1, 30)
        }
        write(tmp_path / half, many)
        script = textwrap.dedent(
            ADDER.format(tests=str(Path(__file__).parent), folder=str(folder), inputs=str(tmp_path / half))
        )
        adders.append(subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True))
    told = [adder.communicate()[0] for adder in adders]
    assert told == ["go\ndone\n"] * 2
    assert verify(folder) == ()
    found = record(folder)
    assert len(found.reports) == len(found.claims) == 58
    assert [event.seq for event in log(folder)] == list(range(1, len(log(folder)) + 1))


@pytest.mark.parametrize("pause", [0.0, 0.02, 0.05, 0.09, 0.14, 0.2])
def test_a_kill_in_the_middle_of_adding_leaves_a_whole_record(folder: Path, tmp_path: Path, pause: float) -> None:
    many = {
        f"n{number:03}.txt": f"Note {number}. {number} people were killed in Arvelle on {number % 28 + 1} May 2031. "
        for number in range(1, 100)
    }
    write(tmp_path / "many", many)
    script = textwrap.dedent(
        ADDER.format(tests=str(Path(__file__).parent), folder=str(folder), inputs=str(tmp_path / "many"))
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as adder:
        assert adder.stdout is not None
        assert adder.stdout.readline() == "go\n"
        time.sleep(pause)
        os.kill(adder.pid, signal.SIGKILL)
    kept = record(folder)
    assert verify(folder) == ()
    assert len(kept.claims) == len(kept.reports)
    done = add(folder, [str(tmp_path / "many")], ANN, reader=PLAIN)
    assert len(done.new) + len(kept.reports) == 99
    reports = in_order(gather([str(tmp_path / "many")]).reports)
    assert nameless(record(folder)) == nameless(conclude(reports, read_plain(reports)))

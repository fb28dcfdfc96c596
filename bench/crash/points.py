"""The points at which a process is killed: each by its name, the job that comes by it, and how it is known.

`Call` is a call of the operating system on a path of the job's folder; the letters are those of `calls.c`. `Statement`
is an SQL statement as the store gives it to its database, with the beginning of its values. `Function` is the beginning
or the end of a function. Nothing in tollbook knows of these: they are looked for from outside.
"""

from __future__ import annotations

from dataclasses import dataclass

from shim import AFTER, BEFORE, HALF


@dataclass(frozen=True)
class Call:
    """Before, half way through or after a call: C created, W written, T cut, S synced, F folder synced, R renamed,
    X exchanged, L linked, U removed, D folder removed, M folder made, * any of these; `path` is a POSIX pattern.
    """

    kind: str
    path: str
    when: int = BEFORE


@dataclass(frozen=True)
class Statement:
    """Before or after an SQL statement that matches; its text is followed by its values."""

    text: str
    when: int = BEFORE


@dataclass(frozen=True)
class Function:
    """Before or after a call of `module.name`."""

    module: str
    name: str
    when: int = BEFORE


@dataclass(frozen=True)
class Point:
    """A name, the job that passes it, and how it is known."""

    name: str
    job: str
    at: Call | Statement | Function


_WAL, _DB = r"tollbook\.sqlite-wal$", r"tollbook\.sqlite$"
_PART = r"archive/.*/\.part-"

POINTS = (
    Point("the record is made, but has no name yet", "init", Call("L", r"\.partial$")),
    Point("the record has its name, the folder isn't synced", "init", Call("L", r"\.partial$", AFTER)),
    Point("an archive file is half written", "add", Call("W", _PART, HALF)),
    Point("an archive file is written, without a name", "add", Call("L", _PART)),
    Point("an archive file has its name, its folder is not synced", "add", Call("L", _PART, AFTER)),
    Point("raw bytes are archived, the text is not", "add", Call("C", r"archive/text/.*/\.part-")),
    Point("the text is archived, how it came is not", "add", Call("L", r"archive/text/.*/\.part-", AFTER)),
    Point("an event is in the log, its row isn't", "add", Statement(r"INSERT INTO events .*'report'", AFTER)),
    Point("a report has its row, its reading none", "add", Statement(r"INSERT INTO reports ", AFTER)),
    Point("all rows are written, COMMIT has not begun", "add", Statement("^COMMIT")),
    Point("COMMIT has half written a page of its log", "add", Call("W", _WAL, HALF)),
    Point("COMMIT waits for the disk", "add", Call("S", _WAL)),
    Point("COMMIT is on the disk, nobody was told", "add", Call("S", _WAL, AFTER)),
    Point("a checkpoint has half written a page", "add", Call("W", _DB, HALF)),
    Point("a checkpoint is done, its log still there", "add", Call("S", _DB, AFTER)),
    Point("reports are kept, not one is linked", "link", Function("tollbook.pipeline.adding", "settle")),
    Point("a portion is half linked", "link", Statement(r"INSERT INTO (linked|text)_", AFTER)),
    Point("a portion is linked and kept, more are to come", "link", Statement(r"SELECT made_by")),
    Point("ids are given, COMMIT has not begun", "link", Statement(r"INSERT INTO events .*'settled'", AFTER)),
    Point("a ruling is in the log, COMMIT has not begun", "rule", Statement(r"INSERT INTO events .*'ruling'", AFTER)),
    Point("a ruling's COMMIT waits for the disk", "rule", Call("S", _WAL)),
    Point("the project's secret is half written", "publish", Call("W", r"salt\.key", HALF)),
    Point("some files of a dossier are written", "publish", Call("W", r"\.partial/", HALF)),
    Point("a dossier is written, not in its place", "publish", Call("X", r"\.partial$")),
    Point("a dossier is in its place, the old one beside", "publish", Call("X", r"\.partial$", AFTER)),
    Point("half of the old dossier is removed", "publish", Call("U", r"\.partial/", AFTER)),
    Point("between two statements of a migration", "migrate", Statement(r"CREATE (TABLE|INDEX) ", AFTER)),
    Point("a step is done, the version not set", "migrate", Statement("PRAGMA user_version = ")),
    Point("a migration's COMMIT waits for the disk", "migrate", Call("S", _WAL)),
    Point("a published zip is half written", "publish", Call("W", r"\.out\.zip\..*\.partial$", HALF)),
    Point("a published zip is written, not in its place", "publish", Call("R", r"\.out\.zip\..*\.partial$")),
    Point("some members of a backup are written", "backup", Call("W", r"\.b\.zip\..*\.partial$", HALF)),
    Point("a backup is written, but has no name yet", "backup", Call("L", r"\.b\.zip\..*\.partial$")),
    Point("a backup has its name, the folder isn't synced", "backup", Call("L", r"\.b\.zip\..*\.partial$", AFTER)),
    Point("some evidence of a restored project is written", "restore", Call("W", r"\.r\..*\.partial/archive/", HALF)),
    Point("the log of a restored project is half taken in", "restore", Statement("INSERT INTO events", AFTER)),
    Point("a restored project is whole, not in its place", "restore", Call("R", r"\.r\..*\.partial$")),
    Point("half of the orphans are removed", "clean", Call("U", r"archive/(raw|text)/a./", AFTER)),
    Point("the orphans are removed, their mark is still there", "clean", Call("U", r"archive/\.adding-0")),
    *(
        Point(f"any call of {job}", job, Call("*", "", AFTER))
        for job in ("init", "add", "rule", "publish", "migrate", "backup", "restore")
    ),
)  # fmt: skip

# The same where PostgreSQL keeps the record: statements go to the server together, some are seen before that.
SERVED = (
    Point("the record is half made", "init", Statement("CREATE TABLE", AFTER)),
    Point("the record is made, its folder doesn't know it", "init", Statement("^COMMIT", AFTER)),
    Point("an event is in the log, its row isn't", "add", Statement(r"INSERT INTO events .*'report'", AFTER)),
    Point("a report has its row, its reading none", "add", Statement(r"INSERT INTO reports ", AFTER)),
    Point("all rows are written, COMMIT has not begun", "add", Statement("^COMMIT")),
    Point("COMMIT is done, nobody was told", "add", Statement("^COMMIT", AFTER)),
    Point("a portion is half linked", "add", Statement(r"INSERT INTO (linked|text)_", AFTER)),
    Point("ids are given, COMMIT has not begun", "add", Statement(r"INSERT INTO events .*'settled'", AFTER)),
    Point("a ruling is in the log, COMMIT has not begun", "add", Statement(r"INSERT INTO events .*'ruling'", AFTER)),
    Point("an archive file has its name, its folder is not synced", "add", Call("L", _PART, AFTER)),
)

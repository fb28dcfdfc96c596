"""A project's checkpoints: how its log stands, signed, as an event of the log and as a file to keep elsewhere.

Input: the folder and a private key; output: the checkpoint, and the event by which the log has it. It is signed only
where the log adds up.
"""

from __future__ import annotations

import os
from pathlib import Path

from tollbook.errors import OutputError, StoreError, UsageError
from tollbook.files import put_file
from tollbook.pipeline.project_folder import open_project
from tollbook.store import Mismatch, Stamp
from tollbook.store.checkpoints import KIND, Checkpoints, Kept, called
from tollbook.store.notes import Checkpoint, Note, NoteError, PrivateKey
from tollbook.store.verify import Links, walk
from tollbook.values import dataclass

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Made:
    """A checkpoint that was made: what it says, who signed it, its text, and the number of its event."""

    checkpoint: Checkpoint
    signer: str
    note: str
    event: int


def add_checkpoint(folder: Path, key: PrivateKey, by: Stamp, *, out: Path | None = None) -> Made:
    """Sign how the log stands, in the log and in `out`, which is never overwritten; both or neither.

    Raises StoreError where the log doesn't add up or an earlier checkpoint by this key doesn't fit it.
    """
    if out is not None and os.path.lexists(out):
        raise OutputError("is there already", what=str(out), advice="an old checkpoint is worth keeping; name another")
    links, tree = Links(), Checkpoints()
    with open_project(folder) as store:
        # Most of the log is read before anyone has to wait for this.
        with store.read() as unit:
            _refuse(folder, walk(unit, (links, tree)))
        with store.write() as unit:
            _refuse(folder, walk(unit, (links, tree), after=links.seq))
            told = Checkpoint(tree.origin, tree.tree.size, tree.root)
            note = str(Note(told.text).signed(key))
            event = unit.append(KIND, {"key": str(key.public), "note": note}, by)
            if out is not None:
                put_file(note.encode(), out)
    return Made(told, called(key.public), note, event.seq)


def _refuse(folder: Path, found: list[Mismatch]) -> None:
    if found:
        raise StoreError(
            f"nothing was signed, for the log does not add up ({found[0]})", what=str(folder),
            advice="'tollbook verify' names all that is wrong",
        )  # fmt: skip


def read_kept(path: Path) -> Kept:
    """A checkpoint from a file. Raises NoteError where it is none, UsageError where it can't be read."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as error:
        raise UsageError(
            f"can't be read ({error.strerror})", what=str(path), advice="name a file of 'tollbook checkpoint --out'"
        ) from None
    try:
        return Kept.parse(str(path), content.decode("utf-8"))
    except UnicodeDecodeError:
        raise NoteError("is no signed note", what=str(path), advice="name another file") from None
    except NoteError as error:
        raise NoteError(error.message, what=str(path), advice=error.advice) from None

"""Projects of invented reports, and bundles published from them, for the tests of bundles."""

from __future__ import annotations

import shutil
from pathlib import Path

from project_values import ANN, BEN, PLAIN, write

from tollbook.pipeline import project
from tollbook.pipeline.publish import publish
from tollbook.store.notes import PrivateKey

DESK = PrivateKey("desk", bytes(range(32)))
OTHER = PrivateKey("désk", bytes(range(1, 33)))
TEXTS = {
    "a.txt": "A flood came. 12 people were killed in Arvelle on 1 May 2031, Board said. "
    "30 people were injured in Arvelle on 1 May 2031.",
    "b.txt": "Days later: 14 people were killed in Arvelle on 1 May 2031, Clinic said. "
    "3 children were killed in Arvelle on 1 May 2031. “Water – everywhere,” wrote Orsa Lindal, a witness.",
    "c.txt": "The year before, 40 people were killed in Dorn on 7 May 2030. That was another river.",
}


def make(folder: Path) -> Path:
    """A project with three reports, two rulings that stand, one withdrawn, and a name that is withheld."""
    project.init(folder, ANN)
    add(folder, TEXTS)
    first = rule(folder, "30 people", "reject", "the list was wrong")
    rule(folder, "12 people", "note", "it is raining – still")
    project.rule(folder, f"#{first}", "withdraw", {}, "the list was right", BEN)
    project.rule(folder, "b.txt", "withhold", {"name": "Orsa Lindal"}, "she asked for it", BEN)
    return folder


def add(folder: Path, texts: dict[str, str]) -> None:
    """Add some texts, read by the plain reader."""
    inputs = write(folder.parent / f"{folder.name}-texts", texts)
    added = project.add(folder, [str(path) for path in inputs], ANN, reader=PLAIN)
    assert not added.failed


def rule(folder: Path, said: str, action: str, why: str, **values: str | int) -> int:
    """Rule on the claim of these words; the ruling's number."""
    claim = next(one for one in project.record(folder).claims if one.said == said)
    return project.rule(folder, claim.id, action, values, why, BEN).seq


def bundle(folder: Path, out: Path, key: PrivateKey | None = DESK) -> Path:
    publish(folder, out, key=key)
    return out


def altered(bundle: Path, out: Path, name: str, change: bytes | None = None, at: int | None = None) -> Path:
    """A copy of a bundle with one byte of a file altered, or with other content of that file."""
    shutil.copytree(bundle, out)
    content = bytearray((out / name).read_bytes())
    place = len(content) // 2 if at is None else at
    if change is None:
        content[place] ^= 1
    (out / name).write_bytes(bytes(content) if change is None else change)
    return out

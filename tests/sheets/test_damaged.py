"""A workbook whose bytes were changed at random is read, or refused in one line; nothing else happens."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from sheets_made import Formula, workbook

from tollbook.errors import TollbookError
from tollbook.sheets import open_sheet

ROWS = [["Killed", "Sure", "Source"], [4, True, "a"], [Formula("A2+1", 5), None, "b"]]
INSERTED = (b"99999999999", b"-1", b"1e999", b"nan", b"_xD800_", b"ZZZ9", b'"', b"<", b">", b"&")


def damaged(data: bytes, draw: random.Random) -> bytes:
    """Bytes with one to three changes."""
    changed = bytearray(data)
    for _ in range(draw.randrange(1, 4)):
        at = draw.randrange(len(changed))
        if draw.random() < 0.3:
            del changed[at : at + draw.randrange(1, 30)]
        elif draw.random() < 0.5:
            changed[at:at] = draw.choice(INSERTED)
        else:
            changed[at] = draw.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_workbook_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    whole = workbook(tmp_path / "s.xlsx", {"Data": ROWS}, merges=["C2:C3"], leading={"C2": "https://a.example"})
    with zipfile.ZipFile(whole) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    draw = random.Random(seed)
    for name in list(parts) * 2:
        with zipfile.ZipFile(tmp_path / "d.xlsx", "w") as file:
            for part, data in parts.items():
                file.writestr(part, damaged(data, draw) if part == name else data)
        try:
            sheet = open_sheet(tmp_path / "d.xlsx")
            with sheet.copy(tmp_path / "c.xlsx", ["why"]) as copy:
                for row in sheet.rows():
                    copy.row(row, ["x"])
        except TollbookError as error:
            assert "\n" not in str(error)
        else:
            assert open_sheet(tmp_path / "c.xlsx").headings[:-1] == sheet.headings

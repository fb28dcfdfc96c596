"""The sample: an invented incident told by fourteen reports in four formats, with its expected record.

In: nothing. Out: the folder with the raw reports, as inputs of `tollbook run`, and the rows that a careful recorder
wrote by hand before the reader existed. "At least 17 people were killed, the Civil Protection Office said." is the row
killed, all, 17 or more, said by the Civil Protection Office, published by Wexmoor Wire. No place, person or outlet in
it is real; docs/sample.md tells the story.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

Layer = Literal["claims", "reports", "incidents", "findings", "characterisations", "ignored", "names"]


@contextmanager
def path() -> Iterator[Path]:
    """The sample's folder on disk for the length of a `with` block: `reports/`, `expected/`, `sources.toml`."""
    with as_file(files(__package__)) as folder:
        yield folder


@contextmanager
def inputs() -> Iterator[tuple[str, ...]]:
    """What to hand to `tollbook run`: the one folder of raw reports, so that ids are their file names."""
    with path() as folder:
        yield (str(folder / "reports"),)


def sources() -> str:
    """The invented outlets, agencies and offices with their parents, as the text of a sources file."""
    return (files(__package__) / "sources.toml").read_text(encoding="utf-8")


def expected(layer: Layer) -> list[dict[str, Any]]:
    """The rows of one layer of the expected record, as docs/sample.md describes them."""
    text = (files(__package__) / "expected" / f"{layer}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]

"""Parquet as a sheet: typed columns, read a few thousand rows at a time.

Input: a file. Output: a `Sheet`; a copy keeps the type of every column and has text columns more. Lists are shown as
their items, set apart by semicolons. Nothing runs a cell of Parquet, so that its text stays as it is. Needs the extra
`parquet` (pyarrow), which is imported only when a file of that kind is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Any

from tollbook.errors import InputError, UsageError
from tollbook.sheets.cells import Cell, Cells, Copy, named, shown
from tollbook.values import dataclass

_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Parquet:
    """A Parquet file as rows."""

    path: Path
    headings: tuple[str, ...]
    suffix: str = ".parquet"
    notes: Sequence[str] = ()

    def rows(self) -> Iterator[Cells]:
        """The rows in order."""
        for batch in _batches(self.path):
            columns = [map(_cell, column.to_pylist()) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                yield dict(zip(self.headings, cells, strict=True))

    def place(self, number: int, heading: str) -> str:
        """ "row 5, Killed"."""
        return f"row {number}, {heading}"

    @contextmanager
    def copy(self, out: Path, more: Sequence[str]) -> Iterator[Copy]:
        """The same columns with their types, and more of text."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pq.ParquetFile(self.path).schema_arrow
        for name in more:
            schema = schema.append(pa.field(name, pa.string()))
        with pq.ParquetWriter(out, schema) as writer:
            yield _Copy(_batches(self.path), writer, schema)


@dataclass(slots=True)
class _Copy:
    """Holds what was told until a whole batch of the original can be written with it."""

    batches: Iterator[Any]
    writer: Any
    schema: Any
    told: list[Sequence[str]] = field(default_factory=list)
    batch: Any = None

    def row(self, cells: Cells, more: Sequence[str]) -> None:
        self.told.append(more)
        if self.batch is None:
            self.batch = next(self.batches)
        if len(self.told) == len(self.batch):
            self._write()

    def _write(self) -> None:
        import pyarrow as pa

        added = [pa.array([text or None for text in column], pa.string()) for column in zip(*self.told, strict=True)]
        self.writer.write_batch(pa.RecordBatch.from_arrays([*self.batch.columns, *added], schema=self.schema))
        self.told, self.batch = [], None


def open_parquet(path: Path) -> Parquet:
    """The sheet in a Parquet file; one line where pyarrow is missing, or the file is none."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise UsageError("Parquet needs pyarrow", advice="pip install 'tollbook[parquet]'") from error
    try:
        names = pq.ParquetFile(path).schema_arrow.names
    except (pa.ArrowException, OSError) as error:
        raise InputError("is damaged, or no Parquet", what=str(path)) from error
    return Parquet(path, named(names, path))


def _batches(path: Path) -> Iterator[Any]:
    """The rows in pieces of `_ROWS`, the last shorter, whatever the groups of rows in the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        yield from pq.ParquetFile(path).iter_batches(batch_size=_ROWS)
    except (pa.ArrowException, OSError) as error:
        raise InputError("is damaged, or no Parquet", what=str(path)) from error


def _cell(value: Any) -> Cell:
    """A value as a cell: a list as its items, a record as its text."""
    if isinstance(value, list):
        return "; ".join(shown(_cell(item)) for item in value if item is not None)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    known = value is None or isinstance(value, str | int | float | dt.date | dt.time)
    return value if known else str(value)

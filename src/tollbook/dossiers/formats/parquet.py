"""A table as Parquet: the columns of its CSV, typed, so that an empty file has them too.

Input: columns with their kinds, and rows. Output: bytes. Worked: `claims.parquet` has the columns of `claims.csv`, its
numbers as floats. Needs the extra `parquet` (pyarrow), which is imported only when asked for; `publish` leaves it out.
Text is as it was, without apostrophes: nothing runs a cell of Parquet. A lone surrogate, which it can't hold, is "?".
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib.util import find_spec

from tollbook.dossiers.formats.tables import Columns, Kind, Row, Value
from tollbook.errors import UsageError


def there() -> bool:
    """True where the extra is installed."""
    return find_spec("pyarrow") is not None


def as_parquet(kinds: Columns, rows: Iterable[Row]) -> bytes:
    """The bytes of the file; one line where pyarrow is missing."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise UsageError("Parquet needs pyarrow", advice="pip install 'tollbook[parquet]'") from error
    types = {"text": pa.string(), "number": pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
    fitted = [{name: _fit(row.get(name), kind) for name, kind in kinds.items()} for row in rows]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(fitted, schema=schema), out)
    return out.getvalue()


def _fit(value: Value, kind: Kind) -> Value:
    if value is None or value == "":
        return None
    return float(value) if kind == "number" else str(value).encode("utf-8", "replace").decode()

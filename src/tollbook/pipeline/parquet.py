"""The public rows as Parquet: the same names, the same columns, typed, so that an empty file has them too.

Input: rows of one file; output: `claims.parquet` beside `claims.jsonl`. Needs the extra `parquet` (pyarrow), which is
imported only here and only when asked for. Parquet's strings are UTF-8 and can't hold a lone surrogate: U+FFFD stands
in its place, so that offsets still count the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tollbook.errors import UsageError
from tollbook.rows import Row

_SURROGATES = re.compile("[\ud800-\udfff]")

# Columns by type, in a notation of our own: s text, i whole number, f number, [x] list, {name: x} record.
Shape = str | list[Any] | dict[str, Any]

_OFFSETS: dict[str, Shape] = {"start": "i", "end": "i"}
_AT: dict[str, Shape] = {"part": "s", **_OFFSETS}
_BOUNDS: dict[str, Shape] = {"low": "f", "high": "f", "bound": "s"}
_DATE: Shape = {"start": "s", "end": "s", "precision": "s", "rule": "s"}
_POINT: dict[str, Shape] = {"name": "s", "geonames": "i", "lat": "f", "lon": "f", "country": "s"}
_PLACE: Shape = {**_POINT, "precision": "i"}
_CHAIN: Shape = [{"source": "s", "kind": "s", "cue": "s", **_AT}]

SHAPES: dict[str, dict[str, Shape]] = {
    "reports": {
        **dict.fromkeys(("report", "sha256", "text_sha256", "url", "title", "publisher", "published", "language"), "s"),
        "copy_of": "s",
        "family": "s",
        "origins": ["s"],
        "incident": "s",
        "incidents": ["s"],
        "notices": [{"code": "s", "message": "s", **_OFFSETS}],
    },
    "claims": {
        "claim": "s",
        "report": "s",
        **_AT,
        **dict.fromkeys(("said", "measure", "group", "affiliation", "unit"), "s"),
        "value": "f",
        **_BOUNDS,
        "basis": "s",
        "part_of": "s",
        "computed_from": ["s"],
        "alternatives": [_BOUNDS],
        "modality": "s",
        "attribution": _CHAIN,
        "date": _DATE,
        "as_of": "s",
        "place": _PLACE,
        "incident": "s",
        "trigger": _OFFSETS,
        "confidence": "f",
        "reader": "s",
    },
    "statements": {
        "report": "s",
        **_AT,
        "source": {**_OFFSETS, "name": "s", "kind": "s"},
        "cue": _OFFSETS,
        "style": "s",
        "modality": "s",
    },
    "characterisations": {
        "report": "s",
        **_AT,
        **dict.fromkeys(("said", "kind", "value", "modality"), "s"),
        "attribution": _CHAIN,
        "incident": "s",
    },
    "annotations": {
        "report": "s",
        **_AT,
        "said": "s",
        "layer": "s",
        **dict.fromkeys(("why", "type"), "s"),
        "value": "s",
        **_BOUNDS,
        **dict.fromkeys(("unit", "start_date", "end_date"), "s"),
        **_POINT,
    },
    "incidents": {
        "incident": "s",
        "aliases": ["s"],
        "name": "s",
        "kind": "s",
        "date": _DATE,
        "place": _PLACE,
        "actors": [{"name": "s", "role": "s", "said_by": "s"}],
        "reports": ["s"],
        "claims": ["s"],
        "links": [{"claim": "s", "score": "f", "reasons": ["s"]}],
    },
    "findings": {
        **dict.fromkeys(("incident", "measure", "group", "unit", "rules"), "s"),
        "low": "f",
        "best": "f",
        "high": "f",
        **dict.fromkeys(("status", "grade", "as_of"), "s"),
        "origins": "i",
        "parties": ["s"],
        "positions": [{"party": "s", "low": "f", "high": "f", "claims": ["s"]}],
        "supports": ["s"],
        "set_aside": [{"claim": "s", "why": "s"}],
        "conflicts": [["s"]],
        "derivation": ["s"],
    },
}


def require() -> None:
    """Say early, and in one line, that pyarrow is missing."""
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError as error:
        raise UsageError("--parquet needs pyarrow", advice="pip install 'tollbook[parquet]'") from error


def write(path: Path, name: str, rows: list[Row]) -> None:
    """Write the rows of the file `name` ("claims") to `path`, with the columns of SHAPES in their order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def typed(shape: Shape) -> Any:
        if isinstance(shape, dict):
            return pa.struct([(key, typed(inner)) for key, inner in shape.items()])
        if isinstance(shape, list):
            return pa.list_(typed(shape[0]))
        return {"s": pa.string(), "i": pa.int64(), "f": pa.float64()}[shape]

    columns = SHAPES[name]
    schema = pa.schema([(key, typed(shape)) for key, shape in columns.items()])
    fitted = [fit(row, columns) for row in rows]
    pq.write_table(pa.Table.from_pylist(fitted, schema=schema), path)


def fit(value: Any, shape: Shape) -> Any:
    """A value as its column holds it: numbers as floats where the column is one, text without lone surrogates."""
    if value is None:
        return None
    if isinstance(shape, dict):
        return {key: fit(value.get(key), inner) for key, inner in shape.items()}
    if isinstance(shape, list):
        return [fit(item, shape[0]) for item in value]
    if shape == "s":
        return _SURROGATES.sub("\ufffd", str(value))
    return float(value) if shape == "f" else value

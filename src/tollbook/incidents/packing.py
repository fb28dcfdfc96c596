"""What linking keeps, as bytes and back: for a store that can hold nothing but bytes and numbers.

Input: a node, ties, a part, a sample. Output: bytes that say all of it, the same for the same value in any process, and
the value again. JSON where values are mixed, plain little-endian numbers where they are many; nothing that could run.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import zlib
from array import array
from collections.abc import Mapping
from typing import Any

from tollbook.incidents.evidence import NO_WORDS, Vector
from tollbook.incidents.groups import Grouped
from tollbook.incidents.kept import Place
from tollbook.incidents.marks import Marks
from tollbook.incidents.nodes import kinds_of
from tollbook.incidents.outlines import Resolved
from tollbook.incidents.places import Spot
from tollbook.incidents.spoken import Told
from tollbook.incidents.traits import Node
from tollbook.incidents.versions import Sample, Tie
from tollbook.model import DateRange, Notice
from tollbook.model import Place as Where

Json = Any
_PLACE = 12


# ---- nodes ----


def pack_node(node: Node) -> bytes:
    """A node with its number."""
    marks = node.marks
    return _pack([
        node.index, node.report, [node.main, node.aggregate, node.apart, node.firm, node.gathering],
        _range(node.date), _range(node.window), _told(node.told), node.publisher,
        [_spot(spot) for spot in node.spots], [_spot(spot) for spot in node.regions],
        sorted(node.cities), sorted(node.areas), node.counts, sorted(node.figures),
        " ".join(node.vector.words), _little(node.vector.weights).hex(),
        " ".join(node.names.words), _little(node.names.weights).hex(),
        [sorted(marks.streets), sorted(marks.blocks), marks.ages, sorted(marks.clock)],
        sorted(day.toordinal() for day in node.days), node.family, node.first, node.toll,
    ])  # fmt: skip


def unpack_node(data: bytes) -> Node:
    """The node that was packed."""
    (
        index, report, signs, date, window, told, publisher, spots, regions, cities, areas, counts, figures,
        words, weights, names, rarities, (streets, blocks, ages, clock), days, family, first, toll,
    ) = _unpack(data)  # fmt: skip
    main, aggregate, apart, firm, gathering = signs
    own = tuple(map(_spot_of, spots))
    return Node(
        index=index, report=report, main=main, aggregate=aggregate, apart=apart, firm=firm, gathering=gathering,
        date=_range_of(date), window=_range_of(window), told=_told_of(told), publisher=publisher,
        spots=own, regions=tuple(map(_spot_of, regions)), keys=frozenset(spot.key for spot in own),
        cities=frozenset(cities), areas=frozenset(areas), kinds=kinds_of(dict(counts)),
        counts=tuple((kind, count) for kind, count in counts),
        figures=frozenset((measure, group, value) for measure, group, value in figures),
        vector=_vector(words, weights), names=_vector(names, rarities),
        marks=Marks(frozenset(streets), frozenset(blocks), tuple(ages), frozenset(clock)),
        days=frozenset(map(dt.date.fromordinal, days)), family=family, first=first, toll=toll,
    )  # fmt: skip


def _vector(words: str, weights: str) -> Vector:
    if not words:
        return NO_WORDS
    return Vector.held(words.split(" "), _numbers("H", bytes.fromhex(weights)))


def _told(told: Told | None) -> Json:
    if told is None:
        return None
    return [None if told.day is None else told.day.toordinal(), _range(told.month), told.calendar]


def _told_of(value: Json) -> Told | None:
    if value is None:
        return None
    day, month, point = value
    return Told(None if day is None else dt.date.fromordinal(day), _range_of(month), point and (point[0], point[1]))


def _range(date: DateRange | None) -> Json:
    return None if date is None else [date.start.toordinal(), date.end.toordinal(), date.precision, date.rule]


def _range_of(value: Json) -> DateRange | None:
    if value is None:
        return None
    start, end, precision, rule = value
    return DateRange(dt.date.fromordinal(start), dt.date.fromordinal(end), precision, sys.intern(rule))


def _spot(spot: Spot) -> Json:
    return [spot.key, spot.name, _where(spot.place)]


def _spot_of(value: Json) -> Spot:
    key, name, told = value
    return Spot(key, name, Where(*told) if told else None)


# ---- what ties them ----


def pack_ties(ties: Mapping[int, float]) -> bytes:
    """Scores by number."""
    return _pack([list(ties), list(ties.values())])


def unpack_ties(data: bytes) -> dict[int, float]:
    """The scores that were packed."""
    return dict(zip(*_unpack(data), strict=True))


def pack_part(part: Grouped) -> bytes:
    """Groups of what hangs together."""
    return _pack([part.groups, part.capped])


def unpack_part(data: bytes) -> Grouped:
    """The groups that were packed."""
    groups, capped = _unpack(data)
    return Grouped(tuple(map(tuple, groups)), capped)


# ---- texts ----


def pack_sample(sample: Sample) -> bytes:
    """A sample of a text."""
    assert len(sample.place) == _PLACE
    return sample.place + _little(sample.runs)


def unpack_sample(data: bytes) -> Sample:
    """The sample that was packed."""
    place: Place = data[:_PLACE]
    return Sample(place, _numbers("I", data[_PLACE:]))


def pack_copies(ties: Mapping[int, Tie]) -> bytes:
    """Ties of near-copies by number."""
    rows = ties.items()
    return _pack([[other, tie.words, tie.shorter, tie.longer, tie.copy, tie.version] for other, tie in rows])


def unpack_copies(data: bytes) -> dict[int, Tie]:
    """The ties that were packed."""
    return {other: Tie(*told) for other, *told in _unpack(data)}


# ---- bytes ----


# ---- reports ----


def pack_draft(kept: tuple[list[Resolved], tuple[Notice, ...]]) -> bytes:
    """What a draft adds to its reading, and its notices; dates and places, of which many are the same, once each."""
    dates: dict[DateRange | None, int] = {None: 0}
    places: dict[Where | None, int] = {None: 0}
    rows = []
    for as_of, event, date, place, aggregate in kept[0]:
        when, where = dates.setdefault(date, len(dates)), places.setdefault(place, len(places))
        rows.append([as_of and as_of.toordinal(), event, when, where, aggregate])
    notices = [[one.code, one.message, one.start, one.end] for one in kept[1]]
    return _pack([rows, list(map(_range, dates)), list(map(_where, places)), notices])


def unpack_draft(data: bytes) -> tuple[list[Resolved], tuple[Notice, ...]]:
    """What was added, and the notices."""
    rows, dates, places, notices = _unpack(data)
    days, spots = list(map(_range_of, dates)), [Where(*told) if told else None for told in places]
    own: list[Resolved] = [
        (as_of and dt.date.fromordinal(as_of), event, days[date], spots[place], aggregate)
        for as_of, event, date, place, aggregate in rows
    ]
    return own, tuple(Notice(*told) for told in notices)


def _where(place: Where | None) -> Json:
    return place and [place.name, place.geonames, place.lat, place.lon, place.country, place.precision]


def pack_credits(told: tuple[int, tuple[str, ...]]) -> bytes:
    """How long a text is, and whom it credits."""
    return _pack([told[0], list(told[1])])


def unpack_credits(data: bytes) -> tuple[int, tuple[str, ...]]:
    """The same again."""
    length, names = _unpack(data)
    return int(length), tuple(names)


def pack_lines(lines: list[str]) -> bytes:
    """Some lines."""
    return _pack(lines)


def unpack_lines(data: bytes) -> list[str]:
    """The lines again."""
    return list(map(str, _unpack(data)))


def _pack(value: Json) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)


def _unpack(data: bytes) -> Json:
    return json.loads(zlib.decompress(data))


def _little(numbers: array[int]) -> bytes:
    copy = array(numbers.typecode, numbers)
    if sys.byteorder == "big":
        copy.byteswap()
    return copy.tobytes()


def _numbers(typecode: str, data: bytes) -> array[int]:
    found = array(typecode)
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found

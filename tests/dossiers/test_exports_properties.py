"""Any record: what goes into an export comes back, and of a masked name nothing goes in, not even its length."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import dossier_records as made
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.formats import FORMATS, acled, airwars, claims, findings, geojson, hxl, jsonld, totals, ucdp
from tollbook.dossiers.formats.tables import Columns, Row, read
from tollbook.dossiers.value import Dossier
from tollbook.model import Claim, DateRange, Place, Quantity, Record, Report, Source

RULES = ("range@1", "ucdp@1", "acled@1", "airwars@1")
NAMES = ("Orsa Lindal", "Tamsine Vorbekkeren")
# {n} is a person who must be masked; {f} the words of a figure.
SENTENCES = (
    "{f} died, the Flood Office said.",
    "{n}, 9, was among {f} who died.",
    "“We counted {f} killed,” her mother told {n}’s aunt.",
    "{f} were hurt; =SUM(A1) stood on a wall.",
    "Of {n} nothing was known, though {f} were found.",
)
TITLES = (None, "Clash at Orvesk", "+{n}, 9, is dead at Orvesk", "'quoted'")
URLS = (None, "https://post.example/orvesk", "https://post.example/orsa-lindal-and-tamsine-vorbekkeren")
QUANTITIES = (
    st.integers(0, 5000).map(Quantity.exact)
    | st.integers(0, 5000).map(Quantity.at_least)
    | st.integers(1, 5000).map(Quantity.less_than)
    | st.floats(0.5, 900.5, allow_nan=False).map(lambda value: Quantity.about(round(value, 2)))
    | st.tuples(st.integers(0, 50), st.integers(50, 900)).map(lambda ends: Quantity.between(*ends))
    | st.just(Quantity.vague("dozens", 24))
    | st.just(Quantity.none())
)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2031, 12, 31))
DATES = st.none() | st.builds(
    lambda start, more, precision: DateRange(start, start + dt.timedelta(more), precision, "told"),
    DAYS, st.integers(0, 400), st.sampled_from(["day", "days", "week", "month", "season", "year", "years"]),
)  # fmt: skip
PLACES = st.none() | st.builds(
    Place, st.sampled_from(["Orvesk", "-Sarn"]), st.none(), st.none() | st.floats(-90, 90), st.floats(-180, 180),
    st.sampled_from([None, "AZ"]), st.integers(1, 7),
)  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> Callable[[str], Record]:
    """A record of up to three reports, as a function of the name in it."""
    telling = [
        (draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)), draw(st.sampled_from(TITLES)),
         draw(st.sampled_from(URLS)), draw(st.none() | DAYS))
        for _ in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    figures = [
        [(draw(QUANTITIES), draw(st.sampled_from(["killed", "injured"])), draw(st.sampled_from(["all", "women"])),
          draw(DATES), draw(st.none() | DAYS)) for _ in sentences]
        for sentences, *_ in telling
    ]  # fmt: skip
    where, when = draw(PLACES), draw(DATES)
    kind, loose = draw(st.sampled_from(["clash", "flood"])), draw(st.booleans())

    def record(name: str) -> Record:
        reports, read = [], []
        for number, ((sentences, title, url, day), some) in enumerate(zip(telling, figures, strict=True)):
            words = [f"{number}{at} people" for at in range(len(sentences))]
            text = " ".join(one.format(n=name, f=f) for one, f in zip(sentences, words, strict=True))
            known = {"publisher": "Radio Sarn", "published": day and day.isoformat(), "url": url}
            one = made.report(f"r{number}", text, title=title and title.format(n=name), **known)
            reports.append(one)
            read += [_claim(one, f, figure, name, loose) for f, figure in zip(words, some, strict=True)]
        told = made.record(reports, read, rules=RULES)
        incident = replace(told.incidents[0], kind=kind, place=where, date=when)
        return replace(told, incidents=(incident,))

    return record


def _claim(of: Report, said: str, figure: tuple[object, ...], name: str, loose: bool) -> Claim:
    quantity, measure, group, date, as_of = figure
    chain = (("Flood Office", "government"), (name, "witness"))
    made_one = made.claim(of, said, quantity, *chain, measure=measure, group=group, date=date, as_of=as_of)  # type: ignore[arg-type]
    inner = replace(made_one, attribution=(Source(name, "witness", "said"), *made_one.attribution))
    return replace(inner, incident=None) if loose and said.startswith("01") else inner


SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def _without_blanks(rows: Iterator[Row], kinds: Columns) -> list[Row]:
    return [{name: None if row.get(name) == "" else row.get(name) for name in kinds} for row in rows]


@pytest.fixture(scope="module")
def tables() -> list[tuple[str, Columns, Callable[[Dossier], Iterator[Row]]]]:
    return [
        ("claims-csv", claims.COLUMNS, claims.rows),
        ("findings-csv", findings.COLUMNS, findings.rows),
        ("reports-csv", findings.REPORTS, findings.reports),
        ("totals-csv", totals.COLUMNS, totals.rows),
        ("ucdp-ged", ucdp.COLUMNS, ucdp.rows),
        ("acled", acled.COLUMNS, acled.rows),
        ("airwars", airwars.COLUMNS, airwars.rows),
    ]


@SLOW
@given(records())
def test_every_table_comes_back_as_it_went_in(
    tables: list[tuple[str, Columns, Callable[[Dossier], Iterator[Row]]]], record: Callable[[str], Record]
) -> None:
    dossier = build(record(NAMES[0]), salt=b"k" * 32)
    for name, kinds, rows in tables:
        text = FORMATS[name].content(dossier).decode()
        assert list(read(text, kinds)) == _without_blanks(rows(dossier), kinds), name
        if (twin := name.replace("csv", "parquet")) != name and twin in FORMATS:
            back = pq.read_table(io.BytesIO(FORMATS[twin].content(dossier))).to_pylist()
            assert back == _without_blanks(rows(dossier), kinds), twin
    lines = FORMATS["claims-jsonl"].content(dossier).decode().splitlines()
    assert [json.loads(line) for line in lines] == [dict(row) for row in claims.rows(dossier)]
    back = [{k: v for k, v in row.items() if v is not None} for row in read(hxl.write(dossier), hxl.COLUMNS, skip=1)]
    assert back == [{k: v for k, v in row.items() if v not in (None, "")} for row in hxl.rows(dossier)]
    assert json.loads(geojson.write(dossier))["features"] == list(geojson.features(dossier))
    assert json.loads(jsonld.write(dossier))["@graph"] == list(jsonld.graph(dossier))


@SLOW
@given(records())
def test_no_masked_name_nor_a_hash_of_it_is_in_any_file(record: Callable[[str], Record]) -> None:
    told = record(NAMES[0])
    dossier = build(told, salt=b"k" * 32)
    files = {**dict(html.render(dossier)), **{form.file: form.content(dossier) for form in FORMATS.values()}}
    secret = [NAMES[0], *NAMES[0].split()]
    hashes = [hashlib.new(kind, one.encode()).hexdigest()[:16] for kind in ("sha256", "sha1", "md5") for one in secret]
    masked = [one for one in told.reports if NAMES[0] in f"{one.title} {one.text}"]
    plain = [*secret, *hashes, *(claim.id for claim in told.claims), *(one.text_sha256 for one in masked)]
    for name, content in files.items():
        assert [one for one in plain if one.encode() in content] == [], name


@SLOW
@given(records())
def test_with_another_name_of_another_length_every_file_is_the_same(record: Callable[[str], Record]) -> None:
    """Nothing that is written tells who is masked, nor how long the name is."""
    one, other = (build(record(name)) for name in NAMES)
    assert dict(html.render(one)) == dict(html.render(other))
    for form in FORMATS.values():
        assert form.content(one) == form.content(other), form.file

"""JSON-LD: selectors that find their words, quotations without masked names, and RDF that holds what went in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import dossier_records as made
import pytest
import rdflib

from tollbook.dossiers.build import build
from tollbook.dossiers.formats import jsonld
from tollbook.model import Quantity, Record, Ruling

# The terms of the Web Annotation context that the export uses, as that context has them.
ANNO_TERMS = {
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "describing": "oa:describing",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": "oa:start",
    "end": "oa:end",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
}


# PROV-O's domains and ranges of the terms that the export uses.
PROV_TERMS = {
    "hadPrimarySource": ("Entity", "Entity"),
    "wasDerivedFrom": ("Entity", "Entity"),
    "wasGeneratedBy": ("Entity", "Activity"),
    "atLocation": ("Entity", "Location"),
}
BASE = "https://example.org/record"


def clear() -> Record:
    """A report in which nobody is masked, with a figure in its title and one in its text."""
    one = made.report("r", "The office counted 12 dead.", title="12 dead in Orvesk", publisher="Radio Sarn")
    title = made.claim(one, "12 dead in", Quantity.exact(12))
    return made.record([one], [title, made.claim(one, "12 dead", Quantity.exact(12))])


def named() -> Record:
    """A record with a ruling that names a side."""
    values = {"incident": "i1", "side_a": "River Guard", "said_by": "Flood Office"}
    return replace(clear(), rulings=(Ruling(1, "actors", "Ann", "", "its statement", None, values=values),))


def records() -> list[Record]:
    return [made.small(), clear(), named(), made.record([], [])]


def nodes(record: Record | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(jsonld.write(build(record or made.small())))["@graph"]
    return found


def annotations(record: Record | None = None) -> list[dict[str, Any]]:
    return [node for node in nodes(record) if "Annotation" in node["type"]]


def graph(record: Record) -> rdflib.Graph:
    text = jsonld.write(build(record)).replace(json.dumps(jsonld.ANNO), json.dumps(ANNO_TERMS), 1)
    return rdflib.Graph().parse(data=text, format="json-ld", base=BASE)


# ---- selectors ----


def test_selectors_find_the_words_in_the_report() -> None:
    record = clear()
    (report,) = record.reports
    for node in annotations(record):
        text = report.title if node["target"]["part"] == "title" else report.text
        where, quote = node["target"]["selector"]
        assert text is not None
        assert text[where["start"] : where["end"]] == quote["exact"]
        assert quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "") in text


def test_quotations_stand_in_the_report_whatever_is_masked() -> None:
    record = made.small()
    dossier = build(record)
    texts = {f"#{one.ref}": next(r for r in record.reports if r.title == one.title and r.publisher == one.publisher)
             for one in dossier.reports if one.title}  # fmt: skip
    checked = 0
    for node in (one for one in annotations() if one["target"]["source"] in texts):
        report = texts[node["target"]["source"]]
        text = report.title if node["target"]["part"] == "title" else report.text
        for quote in (one for one in node["target"].get("selector", []) if one["type"] == "TextQuoteSelector"):
            assert quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "") in (text or "")
            checked += 1
    assert checked >= 5


def test_a_report_with_a_masked_name_has_no_positions() -> None:
    """Where figures stand would tell how long the names before them are."""
    dossier = build(made.small())
    plain = {f"#{one.ref}" for one in dossier.reports if one.hash_kind == "sha256"}
    kinds = {one["type"] for node in annotations() for one in node["target"].get("selector", [])}
    assert kinds >= {"TextQuoteSelector"}
    for node in annotations():
        told = {one["type"] for one in node["target"].get("selector", [])}
        assert ("TextPositionSelector" in told) == (node["target"]["source"] in plain)


def test_masked_words_are_no_quotation() -> None:
    assert "[name" not in json.dumps([one["target"] for one in annotations()])


# ---- there and back ----


def test_figures_come_back_as_they_went_in() -> None:
    dossier = build(made.small())
    entries = [entry for page in dossier.pages for entry in page.entries]
    told = {node["id"]: node["body"] for node in annotations()}
    assert len(told) == len(entries)
    for entry in entries:
        body, quantity = told[f"#{entry.ref}"], entry.quantity
        assert [body.get(name) for name in ("value", "low", "high")] == [quantity.value, quantity.low, quantity.high]
        assert (body["measure"], body["bound"]) == (entry.measure, str(quantity.bound))
        assert body["said_by"]["@list"] == [link.name for link in entry.chain]
        assert body["date"] == "2031-05-06/2031-05-06"


def test_a_finding_derives_from_the_claims_that_support_it() -> None:
    found = [node for node in nodes() if "tb:Finding" in node["type"]]
    ids = {node["id"] for node in nodes()}
    assert all(ref["id"] in ids for node in found for ref in node["prov:wasDerivedFrom"])
    assert {node["prov:wasGeneratedBy"]["rules"] for node in found} == {"range@1", "acled@1"}


# ---- the shapes of the standards ----


@pytest.mark.parametrize("record", records())
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # of its own parser
def test_provenance_keeps_to_the_classes_of_prov(record: Record) -> None:
    read, kind = graph(record), rdflib.RDF.type
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    used = {str(p).removeprefix(prov) for p in read.predicates() if str(p).startswith(prov)}
    assert used <= PROV_TERMS.keys()
    for name, (domain, range_) in PROV_TERMS.items():
        for subject, object_ in read.subject_objects(prov[name]):
            assert (subject, kind, prov[domain]) in read
            assert (object_, kind, prov[range_]) in read


@pytest.mark.parametrize("record", records())
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_annotations_have_the_shape_of_the_data_model(record: Record) -> None:
    """One body, one target with one source, selectors with what they must have (Web Annotation Data Model, 3 and 4)."""
    read, kind = graph(record), rdflib.RDF.type
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    told = annotations(record)
    assert len(set(read.subjects(kind, oa.Annotation))) == len(told)
    for one in read.subjects(kind, oa.Annotation):
        assert isinstance(one, rdflib.URIRef)
        assert [len(list(read.objects(one, term))) for term in (oa.hasBody, oa.hasTarget)] == [1, 1]
        assert list(read.objects(one, oa.motivatedBy)) == [oa.describing]
        (target,) = read.objects(one, oa.hasTarget)
        assert [len(list(read.objects(target, oa.hasSource))), (target, kind, oa.SpecificResource) in read] == [1, True]
        for selector in read.objects(target, oa.hasSelector):
            (of,) = read.objects(selector, kind)
            wanted = [oa.exact] if of == oa.TextQuoteSelector else [oa.start, oa.end]
            assert of in {oa.TextQuoteSelector, oa.TextPositionSelector}
            assert [len(list(read.objects(selector, term))) for term in wanted] == [1] * len(wanted)
    assert {str(one) for one in read.objects(None, oa.exact)} == {
        selector["exact"] for node in told for selector in node["target"].get("selector", []) if "exact" in selector
    }

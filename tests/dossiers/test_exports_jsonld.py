"""JSON-LD: selectors that find their words, quotations without masked names, and RDF that holds what went in."""

from __future__ import annotations

import json
from typing import Any

import dossier_records as made
import pytest
import rdflib

from tollbook.dossiers import build
from tollbook.dossiers.formats import jsonld

# The terms of the Web Annotation context that the export uses, as that context has them.
ANNO_TERMS = {
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
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


def nodes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(jsonld.write(build(made.small())))["@graph"]
    return found


def test_selectors_find_the_words_in_the_report() -> None:
    record = made.small()
    dossier = build(record)
    texts = {f"#{one.ref}": next(r for r in record.reports if r.title == one.title and r.publisher == one.publisher)
             for one in dossier.reports if one.title}  # fmt: skip
    checked = 0
    for node in (one for one in nodes() if one["type"] == "Annotation" and one["target"]["source"] in texts):
        report = texts[node["target"]["source"]]
        text = report.title if node["target"]["part"] == "title" else report.text
        where, *quotes = node["target"]["selector"]
        for quote in quotes:
            whole = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
            assert text[where["start"] : where["end"]] == quote["exact"]
            assert whole in text
            checked += 1
    assert checked >= 5


def test_masked_words_are_no_quotation() -> None:
    assert "[name" not in json.dumps([one["target"] for one in nodes() if one["type"] == "Annotation"])


def test_figures_come_back_as_they_went_in() -> None:
    dossier = build(made.small())
    entries = [entry for page in dossier.pages for entry in page.entries]
    told = {node["id"]: node["body"] for node in nodes() if node["type"] == "Annotation"}
    assert len(told) == len(entries)
    for entry in entries:
        body, quantity = told[f"#{entry.ref}"], entry.quantity
        assert [body.get(name) for name in ("value", "low", "high")] == [quantity.value, quantity.low, quantity.high]
        assert (body["measure"], body["bound"]) == (entry.measure, str(quantity.bound))
        assert body["said_by"] == [link.name for link in entry.chain]


def test_a_finding_derives_from_the_claims_that_support_it() -> None:
    found = [node for node in nodes() if "tb:Finding" in node["type"]]
    ids = {node["id"] for node in nodes()}
    assert all(ref["id"] in ids for node in found for ref in node["prov:wasDerivedFrom"])
    assert {node["prov:wasGeneratedBy"]["rules"] for node in found} == {"range@1", "acled@1"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # of its own parser
def test_rdflib_reads_annotations_and_provenance() -> None:
    text = jsonld.write(build(made.small())).replace(json.dumps(jsonld.ANNO), json.dumps(ANNO_TERMS), 1)
    read = rdflib.Graph().parse(data=text, format="json-ld", base="https://example.org/record")
    kind, quotes = rdflib.RDF.type, rdflib.Namespace("http://www.w3.org/ns/oa#")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    told = [node for node in nodes() if node["type"] == "Annotation"]
    assert len(set(read.subjects(kind, quotes.Annotation))) == len(told)
    assert len(set(read.subjects(kind, quotes.TextPositionSelector))) == len(told)
    assert len(list(read.triples((None, prov.hadPrimarySource, None)))) == len(told)
    assert {str(one) for one in read.objects(None, quotes.exact)} == {
        selector["exact"] for node in told for selector in node["target"]["selector"] if "exact" in selector
    }

"""JSON-LD by pyld: what is expanded comes back by compaction as it was, and a frame finds every annotation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyld import jsonld as pyld
from test_exports_jsonld import ANNO_TERMS, BASE, records

from tollbook.dossiers.build import build
from tollbook.dossiers.formats import jsonld
from tollbook.model import Record


@pytest.mark.parametrize("record", records())
def test_pyld_expands_and_compacts_without_loss(record: Record) -> None:
    text = jsonld.write(build(record, salt=b"k" * 32))
    document = json.loads(text)
    context = [ANNO_TERMS, jsonld.OWN]
    expanded = pyld.expand({**document, "@context": context}, {"base": BASE})
    back = pyld.compact(expanded, context, {"base": BASE, "graph": True})
    assert [_plain(node) for node in back["@graph"]] == [_plain(node) for node in document["@graph"]]
    framed = pyld.frame({**document, "@context": context}, {"@context": context, "type": "Annotation"}, {"base": BASE})
    told = framed.get("@graph", [framed] if "id" in framed else [])
    assert len(told) == sum("Annotation" in node["type"] for node in document["@graph"])


def _plain(node: Any) -> Any:
    """A node in which a list of one is that one, as JSON-LD has it, and the keys of lists are lists."""
    if isinstance(node, dict):
        return {key: [_plain(one) for one in value] if key == "@list" else _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return _plain(node[0]) if len(node) == 1 else [_plain(one) for one in node]
    return node

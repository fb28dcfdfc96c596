"""A published bundle as values, once its files are known to be what its sums list.

Input: a folder or zip. Output: a `Loaded`. Claims, reports and incidents are found by their keys, which stay from one
publishing to the next; numbers such as "c12" don't.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tollbook.bundles import verify
from tollbook.errors import InputError

Json = dict[str, Any]
# What a figure is of: incident's key, measure, group, unit, name of the rule set without its version.
Of = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Loaded:
    """What a bundle's data files hold, line by line."""

    path: Path
    manifest: Json
    incidents: Sequence[Json]
    claims: Sequence[Json]
    figures: Sequence[Json]
    evidence: Sequence[Json]
    rulings: Sequence[Json]
    redactions: Sequence[Json]
    events: Sequence[str]

    @cached_property
    def places(self) -> Mapping[str, Json]:
        """Incidents by key."""
        return {one["key"]: one for one in self.incidents}

    @cached_property
    def reports(self) -> Mapping[str, Json]:
        """Lines of evidence by key."""
        return {one["key"]: one for one in self.evidence}

    @cached_property
    def said(self) -> Mapping[str, Json]:
        """Claims by key, each with the key of its incident and its report in place of slug and number."""
        slugs = {one["incident"]: one["key"] for one in self.incidents}
        numbers = {one["report"]: one["key"] for one in self.evidence}
        return {
            one["key"]: {**one, "incident": slugs.get(one["incident"], ""), "report": numbers.get(one["report"], "")}
            for one in self.claims
        }

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Keys of claims by their number."""
        return {one["claim"]: one["key"] for one in self.claims}

    @cached_property
    def found(self) -> Mapping[Of, Json]:
        """Figures by what they are of, in order; supports and what is set aside by the keys of claims."""
        slugs = {one["incident"]: one["key"] for one in self.incidents}
        return {
            (slugs[one["incident"]], one["measure"], one["group"], one["unit"], one["rules"].partition("@")[0]): {
                **one,
                "supports": [self.keys[ref] for ref in one["supports"]],
                "set_aside": {self.keys[aside["claim"]]: aside["why"] for aside in one["set_aside"]},
            }
            for one in self.figures
        }


def load(path: Path) -> Loaded:
    """The bundle at a path, a folder or zip; InputError, one line, where it is none or not what it says it is."""
    try:
        with closing(verify.open_bundle(path)) as bundle:
            manifest = verify.read_manifest(bundle)
            wrong = list(verify.check_files(bundle).wrong)
            rows = {
                name: [line for _, line in bundle.lines(f"{name}.jsonl", wrong)]
                for name in ("incidents", "claims", "figures", "evidence", "rulings", "redactions", "log")
            }
        events = [str(one.get("hash")) for one in rows.pop("log")]
        loaded = Loaded(path, manifest, **rows, events=events)
        doubled = [key for key, count in Counter(one["key"] for one in loaded.claims).items() if count > 1]
        if not wrong and (doubled or len(loaded.found) != len(loaded.figures)):
            wrong.append("two claims or two figures of one key")
    except (verify.Refused, OSError) as error:
        raise InputError(str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "its data files do not fit together", what=str(path), advice="see how: tollbook verify"
        ) from error
    if wrong:
        raise InputError(f"is not what it says it is: {wrong[0]}", what=str(path), advice="see all: tollbook verify")
    return loaded

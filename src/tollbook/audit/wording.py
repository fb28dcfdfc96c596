"""What the words of a sheet mean: a heading or a cell, to a measure and a group of the taxonomy.

Input: "Women killed", "No. of houses destroyed", "detained". Output: ("killed", "women"), ("destroyed", "buildings"),
("arrested", None): names of the public files, None for what the words don't say or nobody knows. The words are those by
which the reader knows measures and groups in a text, so that a sheet and its sources are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from tollbook.lexicon import Lexicon, load_taxonomy
from tollbook.lexicon.nouns import modifier_table, noun_table

# Kinds of words that name a measure on their own; "home to" before a number doesn't.
_NAMING = ("counted", "toll", "state", "transitive", "intransitive")
# Whoever is hit, in whatever way.
HIT = "affected"
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 4


def meaning(words: str, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """The measure and the group that words name; of two groups the one that is no mere "people"."""
    known = load_taxonomy()
    plain = words.strip().lower().replace(" ", "_")
    if plain in known.measures:
        return plain, None
    if plain in known.labels:
        return None, plain
    parts = [part.lower() for part in _WORDS.findall(words.replace("_", " "))]
    measures = list(_named(parts, _measures(lexicon)))
    groups = sorted(_named(parts, _groups(lexicon)), key=lambda group: group == "all")
    both = f"killed_or_{'missing' if 'missing' in measures else 'injured'}"
    measure = both if len({"killed", "missing", "injured"} & set(measures)) == 2 else next(iter(measures), None)
    return measure, next(iter(groups), None)


def counts_people(measure: str | None, group: str | None, lexicon: Lexicon) -> bool | None:
    """Whether a figure of a measure and a group counts people; None where neither tells."""
    known = load_taxonomy().measures.get(measure or "")
    if known is not None and known.people:
        return True
    persons = {noun.person for noun in noun_table(lexicon).values() if noun.group == group and group != "all"}
    return persons.pop() if len(persons) == 1 else None


def measures_in(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The measures that words of a text name: "the toll rose, 40 are still missing" killed and missing.

    Victims were hit in some way: "affected".
    """
    parts = [part.lower() for part in _WORDS.findall(text)]
    if not _victims(lexicon).isdisjoint(parts):
        yield HIT
    yield from _named(parts, _measures(lexicon))


@cache
def _victims(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.table("grammar")["victims"])


def _named(parts: list[str], table: Mapping[str, str]) -> Iterator[str]:
    """What the longest runs of words that are known stand for, in order."""
    at = 0
    while at < len(parts):
        for size in range(min(_LONGEST, len(parts) - at), 0, -1):
            name = table.get(" ".join(parts[at : at + size]))
            if name is not None:
                yield name
                at += size - 1
                break
        at += 1


@cache
def _measures(lexicon: Lexicon) -> dict[str, str]:
    """Measure by every form of the words that name it; the first that claims a word has it."""
    table: dict[str, str] = {}
    for kind in _NAMING:
        for measure, words in lexicon.table("measures").items():
            for entry in words.get(kind, ()):
                for form in entry.split():
                    table.setdefault(form.replace("_", " "), measure)
    return table


@cache
def _groups(lexicon: Lexicon) -> dict[str, str]:
    """Group by every noun and adjective that names it; a noun before an adjective."""
    nouns = {form: noun.group for form, noun in noun_table(lexicon).items()}
    return {**modifier_table(lexicon), **nouns}

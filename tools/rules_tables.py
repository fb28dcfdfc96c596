"""Make the tables of docs/rules.md: what each rule set reads in words, and the sample's record under all of them.

    python tools/rules_tables.py [--write]

Prints the tables; with --write they take their places between the page's markers. A test holds the page to them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from tollbook import sample  # noqa: E402
from tollbook.claims import read  # noqa: E402
from tollbook.findings import RULES  # noqa: E402
from tollbook.findings.intervals import Interval  # noqa: E402
from tollbook.findings.ownfile import from_text  # noqa: E402
from tollbook.lexicon import load  # noqa: E402
from tollbook.model import Finding, Quantity, Report  # noqa: E402
from tollbook.pipeline.analyse import Overlays, analyse  # noqa: E402
from tollbook.reports import gather  # noqa: E402

PAGE = ROOT / "docs" / "rules.md"
NAMES = ("range", *(name for name in sorted(RULES) if name != "range"))
PHRASES = (
    "at least 40", "more than 40", "about 40", "10 to 40", "up to 40", "a number of", "several", "many", "a few",
    "tens of", "dozens of", "scores of", "hundreds of", "thousands of",
)  # fmt: skip


def words_table() -> str:
    """Each phrase, and what each rule set takes it to mean when it stands alone."""
    rows = [[phrase, *(_meant(name, _quantity(phrase)) for name in NAMES)] for phrase in PHRASES]
    return _table(["“… people were killed”", *(f"`{name}`" for name in NAMES)], rows)


def _quantity(phrase: str) -> Quantity:
    text = f"{phrase.capitalize()} people were killed."
    return read(Report(id="r", text=text, sha256="", text_sha256="r", language="en"), load()).claims[0].quantity


def _meant(name: str, quantity: Quantity) -> str:
    meaning = RULES[name].read(quantity)
    return _ends(meaning.interval.low, meaning.interval.high, meaning.point)


Lines = dict[tuple[str, str, str], dict[str, Finding]]


@cache
def _sample(own: str = "") -> Lines:
    """The findings of the sample's main incident, by line and rule set, deaths first; with a file's, if any."""
    sets = [*NAMES, *([from_text(own, "mine.toml")] if own else [])]
    with sample.path() as files:
        reports = gather([str(files / "reports")]).reports
        record = analyse(reports, rules=sets, overlays=Overlays(sources=files / "sources.toml"))
    main = max(record.incidents, key=lambda one: len(one.reports)).id
    lines: Lines = {}
    for one in record.findings:
        if one.incident == main:
            lines.setdefault((one.measure, one.group, one.unit), {})[one.rules.partition("@")[0]] = one
    return dict(
        sorted(lines.items(), key=lambda line: (line[0][0] != "killed", line[0][0], line[0][1] != "all", line[0]))
    )


def sample_table() -> str:
    """Each line of the sample's main incident under each rule set: the ends, and the best where there is one."""
    rows = [[_line(*line), *(_shown(found.get(name)) for name in NAMES)] for line, found in _sample().items()]
    return _table(["", *(f"`{name}`" for name in NAMES)], rows)


def own_table(page: str) -> str:
    """The lines of the sample under the page's example of a rule set of one's own, beside `range`."""
    found = re.search(r"(?:^    .*\n|^\n)+", page[page.index("    name = ") :], re.MULTILINE)
    text = "\n".join(line.removeprefix("    ") for line in found[0].splitlines()) if found else ""
    name = from_text(text, "mine.toml").name
    rows = [
        [_line(*line), _shown(some.get("range")), _shown(some[name])]
        for line, some in _sample(text).items()
        if name in some
    ]
    return _table(["", "`range`", f"`{name}`"], rows)


def sample_reasons() -> str:
    """For each line of which the rule sets make different figures, the steps of each."""
    told = []
    for line, found in _sample().items():
        if len({_shown(one) for one in found.values()}) > 1:
            told.append(f"**{_line(*line)}**\n")
            told += [f"- {step}" for name in NAMES if name in found for step in _steps(found[name])]
            told.append("")
    return "\n".join(told).rstrip()


def _steps(finding: Finding) -> list[str]:
    """The steps that the rule set decided, its name in front."""
    return [
        f"`{finding.rules}`{step.removeprefix(finding.rules)}"
        for step in finding.derivation
        if step.startswith(f"{finding.rules}: ")
    ]


def _line(measure: str, group: str, unit: str) -> str:
    return f"{measure}, {group}" if unit in ("person", group.removesuffix("s")) else f"{measure}, {group} ({unit})"


def _shown(finding: Finding | None) -> str:
    if finding is None:
        return ""
    if finding.low is None and finding.high is None:
        return "none"
    return _ends(finding.low or 0, finding.high, finding.best)


def _ends(low: float, high: float | None, best: float | None) -> str:
    """ "34–38", "24+", "34–38, best 38", and one number alone where all are equal."""
    span = Interval(low, high)
    ends = f"{low:,}" if span.is_point else f"{low:,}+" if high is None else f"{low:,}–{high:,}"
    return ends if best is None or (span.is_point and best == low) else f"{ends}, best {best:,}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    cells = list(head)
    lines = [cells, ["---"] * len(cells), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def filled(page: str) -> str:
    """The page with its tables as they come out now."""
    tables = {"words": words_table(), "own": own_table(page), "sample": sample_table(), "reasons": sample_reasons()}
    for name, table in tables.items():
        marker = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        page = marker.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", page)
    return page


def main() -> None:
    """Print the page's tables, or write them."""
    if "--write" in sys.argv[1:]:
        PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(words_table(), sample_table(), sample_reasons(), sep="\n\n")


if __name__ == "__main__":
    main()

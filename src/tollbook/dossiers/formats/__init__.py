"""What a dossier shows, as data: one visible registry of formats.

Input: a `Dossier`, in which names are masked already. Output: the text of one file for each format. Worked:
`FORMATS["claims-csv"]` writes `claims.csv`, a row a claim. A format of the field is added here as one more entry, and
a wrong name lists the choices.
"""

from __future__ import annotations

from collections.abc import Callable

from tollbook.dossiers.formats import (
    acled,
    airwars,
    claims,
    findings,
    ftm,
    geojson,
    hxl,
    jsonld,
    totals,
    ucdp,
)  # fmt: skip
from tollbook.dossiers.formats.parquet import as_parquet
from tollbook.dossiers.value import Dossier
from tollbook.errors import UsageError
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """The file that a format writes, how it is written, and the rule set whose figures alone it holds, if any.

    What needs more than tollbook itself is not `published` beside the pages, only exported.
    """

    file: str
    write: Callable[[Dossier], str | bytes]
    rules: str | None = None
    published: bool = True

    def content(self, dossier: Dossier) -> bytes:
        """The file's bytes: UTF-8, and a question mark for what UTF-8 can't hold."""
        made = self.write(dossier)
        return made if isinstance(made, bytes) else made.encode("utf-8", "replace")


FORMATS: dict[str, Format] = {
    "claims-csv": Format("claims.csv", claims.write_csv),
    "claims-jsonl": Format("claims.jsonl", claims.write_jsonl),
    "claims-parquet": Format(
        "claims.parquet", lambda dossier: as_parquet(claims.COLUMNS, claims.rows(dossier)), published=False
    ),
    "findings-csv": Format("findings.csv", findings.write),
    "findings-parquet": Format(
        "findings.parquet", lambda dossier: as_parquet(findings.COLUMNS, findings.rows(dossier)), published=False
    ),
    "reports-csv": Format("reports.csv", findings.write_reports),
    "reports-parquet": Format(
        "reports.parquet", lambda dossier: as_parquet(findings.REPORTS, findings.reports(dossier)), published=False
    ),
    "totals-csv": Format("totals.csv", totals.write),
    "ucdp-ged": Format("ucdp-ged.csv", ucdp.write, ucdp.RULES),
    "acled": Format("acled.csv", acled.write, acled.RULES),
    "airwars": Format("airwars.csv", airwars.write, airwars.RULES),
    "hxl": Format("hxl.csv", hxl.write),
    "geojson": Format("incidents.geojson", geojson.write),
    "followthemoney": Format("entities.ftm.json", ftm.write),
    "json-ld": Format("record.jsonld", jsonld.write),
}

# The rule sets of houses that have a table of their own.
HOUSES = tuple(form.rules for form in FORMATS.values() if form.rules)


def published(dossier: Dossier) -> list[Format]:
    """What stands beside the pages: a house's table only where figures are by the house's own rule set too."""
    named = {rules.partition("@")[0] for rules in (*dossier.rules, *dossier.asked)}
    return [form for form in FORMATS.values() if form.published and (form.rules is None or form.rules in named)]


def format_of(name: str) -> Format:
    """The format of this name; an unknown one lists those there are."""
    if name not in FORMATS:
        raise UsageError(f"no format '{name}'; there are: {', '.join(sorted((*FORMATS, 'all')))}")
    return FORMATS[name]

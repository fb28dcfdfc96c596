"""Print where a run over the sample differs from its expected record: `python tests/sample/differences.py`."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from comparison import Comparison, Row, compare, rows, slugs

from tollbook import sample
from tollbook.pipeline.analyse import Overlays
from tollbook.pipeline.run import RunOptions, run


def main() -> None:
    """Run the sample into a folder of its own and tell claims, incidents and findings apart from the record."""
    with tempfile.TemporaryDirectory() as folder, sample.path() as files:
        out = Path(folder) / "run"
        overlays = Overlays(sources=files / "sources.toml")
        summary = run([str(files / "reports")], out, RunOptions(("range", "acled"), jobs=1, overlays=overlays))
        claims, incidents, findings = (rows(out, name) for name in ("claims", "incidents", "findings"))
    reports = {report.id: report for report in summary.reports}
    compared = compare(sample.expected("claims"), claims, reports)
    tell_claims(compared)
    tell_incidents(compared, incidents)
    tell_findings(slugs(compared), findings)


def tell_claims(compared: Comparison) -> None:
    for row in compared.missed:
        print(f"missed    {row['report']}: {row['near']!r} {row['measure']}")
    for row in compared.spurious:
        print(f"not there {row['report']}: {row['said']!r} {row['measure']} {row['group']} ({row['part']})")
    counts: Counter[str] = Counter()
    for row, read in compared.required():
        differences = compared.differences(row, read)
        counts.update(list(differences) or ["(as recorded)"])
        for key, (wanted, found) in differences.items():
            print(f"differs   {row['report']}: {row['near']!r} {key}: {found!r} for {wanted!r}")
    print("claims by key that differs:", dict(counts.most_common()))


def tell_incidents(compared: Comparison, incidents: list[Row]) -> None:
    known = slugs(compared)
    for row, read in compared.required():
        if row["incident"] and read["incident"] != known.get(row["incident"]):
            print(f"stray     {row['report']}: {row['near']!r} of {row['incident']} is in {read['incident']}")
    names = {value: key for key, value in known.items()}
    for row in incidents:
        told = f"{row['name']} ({row['kind']}), {len(row['claims'])} claims in {len(row['reports'])} reports"
        print(f"incident  {row['incident']} {names.get(row['incident'], '?')}: {told}")


def tell_findings(known: dict[str, str], findings: list[Row]) -> None:
    for row in sample.expected("findings"):
        wanted = (row["low"], row["best"], row["high"], row["status"], len(row["origins"]))
        name = f"{row['rules']} {row['incident']} {row['measure']} {row['group']}"
        for each in findings:
            same = all(each[key] == row[key] for key in ("measure", "group", "unit"))
            if same and each["incident"] == known.get(row["incident"]) and each["rules"].startswith(row["rules"]):
                found = tuple(each[key] for key in ("low", "best", "high", "status", "origins"))
                print(f"{'as said  ' if found == wanted else 'finding  '} {name}: {found}, record {wanted}")
                break
        else:
            print(f"finding   {name}: none, record {wanted}")


if __name__ == "__main__":
    main()

"""The demo: the sample's reports become a record and a dossier, in one folder.

Input: where to write; output: the dossier, and the folder with `record/` (the public files) and `dossier/` (web pages).
The sample's own file of sources says who runs whom, as a user's own file would.
"""

from __future__ import annotations

from pathlib import Path

from tollbook import sample
from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.files import is_dossier
from tollbook.dossiers.value import Dossier
from tollbook.files import names, replacing
from tollbook.findings.totals import totals
from tollbook.lexicon.towns import Towns
from tollbook.pipeline.analyse import Overlays, Progress, analyse, silent, source_book
from tollbook.pipeline.described import described
from tollbook.pipeline.methods import methods
from tollbook.pipeline.run import RunOptions, Summary, is_run, run
from tollbook.values import dataclass

RULES = ("range", "acled")
RECORD, DOSSIER = "record", "dossier"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo came to: the run's summary, the dossier, and its first page."""

    summary: Summary
    dossier: Dossier
    index: Path


def demo(out: Path, progress: Progress = silent) -> Demo:
    """Write the sample's record and dossier to `out`, in place of an earlier demo; anything else there is refused."""
    with replacing(out, ours=_is_demo, what="an earlier demo") as folder, sample.path() as files:
        overlays = Overlays(sources=files / "sources.toml")
        options = RunOptions(RULES, annotations=True, overlays=overlays)
        summary = run([str(files / "reports")], folder / RECORD, options, progress)
        record = analyse(summary.reports, rules=RULES, overlays=overlays)
        sums = totals(record.incidents, record.findings, record.grades, ["grade"])
        dossier = build(
            record, sources=source_book(overlays), totals=sums, atlas=Towns(), methods=described(methods(RULES))
        )
        html.write(dossier, folder / DOSSIER)
    return Demo(summary, dossier, out / DOSSIER / "index.html")


def _is_demo(folder: Path) -> bool:
    return names(folder) == {RECORD, DOSSIER} and is_run(folder / RECORD) and is_dossier(folder / DOSSIER)

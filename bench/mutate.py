"""Score the reader on corpora whose names, numbers, places and dates were swapped: the same, or it was fitted to words.

    python bench/mutate.py write CORPUS OUT [--seed N] [--swap KIND...]
    python bench/mutate.py score SCOREBOARD CORPUS... [--seeds 1 2 3] [--swap KIND...] [--errors N] [--keep DIR]

CORPUS is a folder with gold.jsonl and the texts it names (and a .json beside a text with its title and date); OUT is
written in the same form: every gold row is there, its quote found word for word. SCOREBOARD is the scorers'
`scoreboard.py`. `score` prints each figure on the corpus, on its mutations and the difference; `--errors` lists gold
rows read rightly before and wrongly after, and those put with other rows than before. KIND is names, numbers, places
or dates; without --swap all are.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from swap_corpus import KINDS, Mutation, Row, read, write

FIGURES = (
    "found F1", "value F1", "full F1", "attribution accuracy", "attribution accuracy, named", "incident BCubed F1",
)  # fmt: skip
ALLOWED = 0.02


class Scorer:
    """The independent scorers, and `tollbook run` of this checkout."""

    def __init__(self, scoreboard: Path) -> None:
        sys.path.insert(0, str(scoreboard.resolve().parent))
        self.claims, self.reports, self.common = map(importlib.import_module, ("score_claims", "reports", "common"))

    def run(self, corpus: Path, work: Path) -> dict[str, float]:
        """The scores of a corpus; what was read lies in `work`/out."""
        gold = corpus / "gold.jsonl"
        work.mkdir(parents=True, exist_ok=True)
        self.common.write_jsonl(work / "reports.jsonl", self.reports.reports("claims", gold, texts=corpus))
        words = [sys.executable, "-m", "tollbook", "run", str(work / "reports.jsonl"), "--out", str(work / "out")]
        subprocess.run([*words, "--annotations"], stdout=subprocess.DEVNULL, check=True)
        scores: dict[str, float] = self.claims.score(gold, work / "out", texts=corpus)
        return scores

    def clusters(self, corpus: Path, work: Path) -> list[str | None]:
        """For each gold row the incident that its reading was put with."""
        rows, _ = self.claims.read_gold(corpus / "gold.jsonl", corpus)
        order = {id(row): at for at, row in enumerate(rows)}
        put: list[str | None] = [None] * len(rows)
        for row, claim in self.claims.collect(rows, self.common.Run(work / "out"))[0]:
            put[order[id(row)]] = claim["incident"]
        return put

    def verdicts(self, corpus: Path, work: Path) -> list[tuple[str, str]]:
        """For each gold row what is wrong with its reading ("" where nothing is), and the reading in words."""
        rows, texts = self.claims.read_gold(corpus / "gold.jsonl", corpus)
        order = {id(row): at for at, row in enumerate(rows)}
        pairs, missed, _ = self.claims.collect(rows, self.common.Run(work / "out"))
        verdicts = [("", "")] * len(rows)
        for row in missed:
            verdicts[order[id(row)]] = ("missed", self._told(row, None, texts))
        for row, claim in pairs:
            wrong = [level for level, right in self.claims.judge(row, claim).items() if not right][:1]
            wrong += [] if self.claims.attribution_agrees(row, claim) else ["attribution"]
            verdicts[order[id(row)]] = (", ".join(wrong), self._told(row, claim, texts))
        return verdicts

    def _told(self, row: Row, claim: Row | None, texts: dict[str, str]) -> str:
        start, end = row["spans"][0]
        said = self.claims.context(texts[row["file"]], start, end)
        read_as = claim and (
            f"read {claim['low']}..{claim['high']} {claim['bound']} {claim['measure']}/{claim['group']} "
            f"by {[link['source'] for link in claim.get('attribution') or []]}"
        )
        gold = f"gold {row['value']} {row['bound']} {row['measure']}/{row['group']} by {row['attributed_to']!r}"
        return f"{row['file']}: {gold}; {read_as or 'not read'}\n      {said}"


def regrouped(before: Sequence[str | None], after: Sequence[str | None]) -> list[int]:
    """The rows that stand with other rows than before."""

    def with_whom(put: Sequence[str | None]) -> list[frozenset[int]]:
        members: dict[str | None, set[int]] = {}
        for at, name in enumerate(put):
            members.setdefault(name, set()).add(at)
        return [frozenset(members[name]) if name else frozenset([at]) for at, name in enumerate(put)]

    return [at for at, (was, now) in enumerate(zip(with_whom(before), with_whom(after), strict=True)) if was != now]


def compare(
    scorer: Scorer, folder: Path, seeds: Sequence[int], work: Path, *, kinds: Sequence[str] = KINDS, errors: int = 0
) -> bool:
    """Print a corpus's figures before and after; whether all stayed within the limit."""
    corpus = read(folder)
    write(corpus, work / "corpus")
    before, verdicts = scorer.run(work / "corpus", work / "run"), scorer.verdicts(work / "corpus", work / "run")
    put = scorer.clusters(work / "corpus", work / "run")
    after, lost, changed = [], [], []
    for seed in seeds:
        at = work / f"seed-{seed}"
        mutation = Mutation(corpus, seed, kinds)
        write(mutation.corpus_of(), at / "corpus")
        changed.append(f"seed {seed}: {mutation.told()}")
        after.append(scorer.run(at / "corpus", at / "run"))
        now = scorer.verdicts(at / "corpus", at / "run")
        lost += [(seed, why, told) for (was, _), (why, told) in zip(verdicts, now, strict=True) if why and why != was]
        other = regrouped(put, scorer.clusters(at / "corpus", at / "run"))
        lost += [(seed, "other incident", f"{corpus.gold[i]['incident']} {now[i][1]}") for i in other]
    steady = True
    for figure in FIGURES:
        mean = sum(scores[figure] for scores in after) / len(after)
        steady = steady and before[figure] - mean <= ALLOWED
        shown = " ".join(f"{100 * scores[figure]:.1f}" for scores in after)
        change = 100 * (mean - before[figure])
        print(f"| {folder.name} | {figure} | {100 * before[figure]:.1f} | {shown} | {change:+.1f} |")
    print("\n".join(f"   {line}" for line in changed), file=sys.stderr)
    for seed, why, told in lost[:errors]:
        print(f"   seed {seed} {why}: {told}")
    return steady


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("write", help="write a mutated corpus")
    one.add_argument("corpus", type=Path)
    one.add_argument("out", type=Path)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--swap", nargs="+", choices=KINDS, default=KINDS)
    many = commands.add_parser("score", help="score corpora and their mutations")
    many.add_argument("scoreboard", type=Path, help="the scorers' scoreboard.py")
    many.add_argument("corpora", type=Path, nargs="+")
    many.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    many.add_argument("--swap", nargs="+", choices=KINDS, default=KINDS)
    many.add_argument("--errors", type=int, default=0, help="list so many errors that the swap made, for each corpus")
    many.add_argument("--keep", type=Path, help="keep corpora and runs in this folder")
    args = parser.parse_args()
    if args.command == "write":
        if args.out.exists() and any(args.out.iterdir()):
            parser.error(f"{args.out} is not empty")
        write(Mutation(read(args.corpus), args.seed, args.swap).corpus_of(), args.out)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        work, scorer, steady = args.keep or Path(scratch), Scorer(args.scoreboard), True
        print("| corpus | figure | as written | mutated | difference |\n|---|---|---|---|---|")
        for folder in args.corpora:
            shutil.rmtree(work / folder.name, ignore_errors=True)
            steady &= compare(scorer, folder, args.seeds, work / folder.name, kinds=args.swap, errors=args.errors)
    return 0 if steady else 1


if __name__ == "__main__":
    sys.exit(main())

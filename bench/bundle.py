"""What publishing a record costs as a bundle, and what verifying that bundle costs a stranger.

    python bench/bundle.py [--sizes 1000 10000] [--seed N] [--jobs N] [--keep DIR]

Reports are those of growth.py, with nothing of a real one in them. For each size, a project of so many reports is made,
published as a folder and as a zip by `tollbook publish`, and verified by the `verify.py` inside, run by itself: seconds
by the clock and of processor time, peak memory, how many files, bytes and events. Each is a process of its own, its
start included. `--keep` leaves project and bundles in a folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from growth import write
from speed import Cost, spent

PROGRAM = [sys.executable, "-m", "tollbook"]


def measure(size: int, seed: int, jobs: int, scratch: Path) -> None:
    """The lines of one size."""
    project, folder, zipped = scratch / f"project{size}", scratch / f"bundle{size}", scratch / f"bundle{size}.zip"
    reports = scratch / f"reports{size}.jsonl"
    if not project.exists():
        write(reports, size, seed)
        subprocess.run([*PROGRAM, "init", str(project)], check=True, stdout=subprocess.DEVNULL)
        add = ["add", str(reports), "--project", str(project), "--jobs", str(jobs)]
        subprocess.run([*PROGRAM, *add], check=True, stdout=subprocess.DEVNULL)
    for out in (folder, zipped):
        cost, _ = spent([*PROGRAM, "publish", str(out), "--project", str(project)], size)
        told(size, f"publish {'zip' if out is zipped else 'folder'}", cost)
    for path in (folder, zipped):
        cost, said = spent([sys.executable, "-I", str(folder / "verify.py"), str(path)], size)
        told(size, f"verify {'zip' if path is zipped else 'folder'}", cost)
        assert said.endswith("all that was checked matches\n"), said
    counts = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))["counts"]
    files = [path.stat().st_size for path in folder.iterdir()]
    print(
        f"{len(files):,} files, {sum(files) / 1e6:.0f} MB, as a zip {zipped.stat().st_size / 1e6:.0f} MB; "
        + ", ".join(f"{number:,} {name}" for name, number in counts.items()),
        flush=True,
    )


def told(size: int, what: str, cost: Cost) -> None:
    """One line of the table."""
    print(f"| {size:,} | {what} | {cost.clock:.1f} | {cost.processor:.1f} | {cost.peak:.0f} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes that read (2)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make project and bundles there, and leave them")
    args = parser.parse_args()
    print("| reports | what | s by the clock | of processor time | peak MB |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for size in args.sizes:
            measure(size, args.seed, args.jobs, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How far the confidence of claims can be believed: shipped, and fitted anew with each event left out.

    python bench/calibration.py SCORERS GOLD...

SCORERS is the folder of the public scorers, each GOLD a file of hand-made claims with its texts beside it. ECE is the
expected calibration error over ten bins, "ranked" how often a right claim has more confidence than a wrong one. What
ships was fitted to some gold: on that gold, believe the lines of events left out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from fit_confidence import bins, judged, report, summary  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    given = parser.parse_args()
    claims = judged(given.scorers, given.gold)
    shipped, right = [claim.shipped for claim in claims], [claim.right for claim in claims]
    print(summary("all, as shipped", shipped, right))
    for count, mean, share in bins(shipped, right):
        print(f"  {count:>5} claims, confidence {mean:.2f}, right {share:.2f}")
    print("\n".join(report(claims)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

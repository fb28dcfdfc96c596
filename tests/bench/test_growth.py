"""The growing record: its reports are the same ones each time, and the scores are those of the definitions."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
growth = __import__("growth")

WORLD = growth.World.load()


def test_the_same_seed_gives_the_same_reports() -> None:
    first, again, other = (list(islice(growth.reports(seed, WORLD), 200)) for seed in (1, 1, 2))
    assert first == again != other
    assert len({row["id"] for row, _ in first}) == 200
    assert {"id", "text", "title", "published", "publisher"} == set(first[0][0])


def test_incidents_have_one_to_eight_reports_and_some_are_near_copies() -> None:
    some = list(islice(growth.reports(1, WORLD), 600))
    told = [name for _, name in some][:-8]  # the last incident may be cut short
    assert {told.count(name) for name in told} == {1, 2, 3, 4, 5, 6, 8}
    assert 30 < sum(row["title"].endswith("- report") for row, _ in some) < 200
    assert not any("{" in row["text"] + row["title"] for row, _ in some)


def test_scores_are_bcubed_and_pairwise() -> None:
    truth = {"a": "x", "b": "x", "c": "y", "d": "y"}
    assert growth.scores(truth, truth) == (100.0, 100.0)
    cubed, pairwise = growth.scores(truth, {"a": "1", "b": "1", "c": "1", "d": "2"})
    assert (round(cubed, 1), round(pairwise, 1)) == (70.6, 40.0)


def test_ties_of_made_reports_are_those_of_all_at_once_in_any_portions() -> None:
    """What is a formula by now was none when earlier ties were made, be it in the samples of one text only."""
    from tollbook.incidents.copies import Copies, sampled
    from tollbook.incidents.versions import Texts
    from tollbook.model import Report

    some = [
        Report(
            row["id"], row["text"], "", "", title=row["title"], publisher=row["publisher"], published=row["published"]
        )
        for row, _ in islice(growth.reports(1, WORLD), 900)
    ]
    samples = {number: sampled(report.text) for number, report in enumerate(some)}

    def tied(portion: int) -> dict[int, object]:
        texts = Texts()
        made = Copies(some.__getitem__, texts)
        for start in range(0, len(some), portion):
            made.add({number: samples[number] for number in range(start, min(start + portion, len(some)))})
            made.regroup()
        return dict(texts.ties)

    assert tied(60) == tied(900)

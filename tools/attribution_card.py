"""The data statement of the attribution weights, filled in with the scores of a training run."""

from __future__ import annotations

from collections.abc import Sequence

TEXT = """# Weights for attribution

How much each sign speaks for or against a cue, and the stems of words that can be one: `weights.json`, {signs:,} signs
and {stems} stems, read by `claims/speech_weigh.py`. What the signs are is in `claims/speech_signs.py`.

**Learned from** PolNeAR 1.0 (Newell, Margolin and Ruths 2018, *An Attribution Relations Corpus for Political News*,
LREC), its training half: {articles} news articles of seven US publishers on the election of 2016, in English, marked by
six trained people, one for each article; {candidates:,} candidates, {right:,} of them marked. The corpus states no
licence. What is kept of it are weights: a sign holds a word or two and what kinds of words stand around, a name is only
told to be one, none was seen fewer than {least} times, and there is no sentence. No other text went into it.

**What it is for.** Deciding which attitudes ("savaged the plan", "is wary of") make a statement. It adds no figure to a
source and takes none away: such statements have the role `wants`, which `chain` leaves out.

**What it is not for.** Other languages; judging whether somebody is right. Politics of one country and year: what an
annotator took for an attitude there ("endorsed", "vetoed") is over-represented, the language of courts and of war
under-represented.

**Scores** on the corpus's own dev articles, which were not learned from: candidates P {p:.1f}, R {r:.1f}, F1 {f:.1f}.
The figures of whole statements are in docs/benchmarks.md (`polnear.dev`). The bar ({bar}) was chosen on a tenth of the
training half that was set aside, before the last run over all of it.

**Made by** `tools/train_attribution.py`, seed {seed}, {epochs} epochs, one thread.
"""


def card(figures: Sequence[float], about: dict[str, float]) -> str:
    """The page for a run: precision, recall and F1 on dev, and what the run was."""
    p, r, f = (100 * figure for figure in figures)
    return TEXT.format(p=p, r=r, f=f, **about)

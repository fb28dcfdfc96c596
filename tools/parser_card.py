"""The parser's model card, filled in with the scores of a training run."""

from __future__ import annotations

TEXT = """# The parser's weights

A tagger and dependency parser for English, small enough to ship: {size:.1f} MB, float16. Licence of `weights.npz`:
**Creative Commons Attribution-ShareAlike 4.0 International (CC BY-SA 4.0)**, because it is learned from texts under
that licence; the code that runs it is under the licence of the package.

**Learned from** Universal Dependencies: UD_English-EWT (CC BY-SA 4.0; web logs, newsgroups, e-mail, reviews, answers)
and the documents of UD_English-GUM under CC BY (its genres whow, fiction, reddit, essay, letter and podcast, under NC
licences, are left out). {about}.
No text of any report, benchmark or user went into it.
Three sentences in ten were seen in capitals, in small letters or as a headline (present tense, no articles, commas for
"and"), one in seven without its final stop, one in five with numbers in the place of their nouns ("40 were injured").

**What it gives.** For each token a head, a relation (UD v2; of the subtypes only those that say who did what to whom:
`nsubj:pass`, `csubj:pass`, `aux:pass`, `acl:relcl`, `obl:agent`, `obl:unmarked`, `nmod:poss`, `nmod:unmarked`,
`compound:prt`) and a universal part of speech. No lemma, no names, no meaning.

**Scores** in per cent on gold tokens and sentences, by the code and weights that ship. UAS and LAS leave punctuation
out and compare universal relations. Chosen by dev alone.

{table}

**Made by** `tools/train_parser.py`, one thread, seeded. **Not for** other languages, verse, or as a judge of anything:
it proposes where words attach, and a reader of claims decides whether to believe it.

**Cite.** Silveira et al. 2014, *A Gold Standard Dependency Corpus for English* (LREC); Zeldes 2017, *The GUM Corpus*
(Language Resources and Evaluation 51); Nivre et al. 2020, *Universal Dependencies v2* (LREC).
"""


def card(scores: dict[str, dict[str, float]], about: str, size: int) -> str:
    """The card in Markdown; `scores` by the name of the text scored, `size` in bytes."""
    names = list(next(iter(scores.values())))
    lines = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {text} | " + " | ".join(f"{row[name]:.1f}" for name in names) + " |" for text, row in scores.items()]
    return TEXT.format(size=size / 1e6, about=about, table="\n".join(lines))

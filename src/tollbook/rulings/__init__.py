"""What people decide, beside the claims: the actions, what each needs, and how decisions add up. Pure.

Input: `Ruling`s in the order they were made. Output: a `Decision` on a claim, which the findings read. "Ann accepts the
613, Ben corrects it to 485, Ann withdraws Ben's": the 613 is accepted again, and all three rulings stay in the log.

A ruling is never edited and never deleted; the later one stands, a `withdraw` takes one back and can itself be taken
back. A ruling binds to words (text hash, span, measure), so a newer reader's claims find it again.
"""

from tollbook.rulings.actions import ACTIONS, WHO, Action, Shape, Target, Value, check, parse_values
from tollbook.rulings.actors import Named, named_actors
from tollbook.rulings.binding import Bindings, bind, tie_values, tied_to
from tollbook.rulings.by_hand import HAND, by_hand, claim_of_words, id_of, taken_by, with_hand
from tollbook.rulings.corrections import corrected
from tollbook.rulings.decisions import Decision, Verdict, decide, standing
from tollbook.rulings.fates import Fate, fates, with_withdrawals
from tollbook.rulings.fields import fields_of
from tollbook.rulings.stages import Stage, Staged, is_coder, stage_of, stages
from tollbook.rulings.withholding import Opening, Withheld, commitment, opening, token, withheld

__all__ = [
    "ACTIONS", "HAND", "WHO", "Action", "Bindings", "Decision", "Fate", "Named", "Opening", "Shape", "Stage", "Staged",
    "Target", "Value", "Verdict", "Withheld", "bind", "by_hand", "check", "claim_of_words", "commitment", "corrected",
    "decide", "fates", "fields_of", "id_of", "is_coder", "named_actors", "opening", "parse_values", "stage_of",
    "stages", "standing", "taken_by", "tie_values", "tied_to", "token", "with_hand", "with_withdrawals", "withheld",
]  # fmt: skip

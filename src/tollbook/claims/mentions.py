"""A figure in its sentence: what it counts, and, once `attach` has read it, what happened to those counted."""

from __future__ import annotations

from dataclasses import field, replace

from tollbook.claims.counted import Counted
from tollbook.claims.grammar import Grammar, grammar
from tollbook.claims.quantities import Figure
from tollbook.claims.roles import Role
from tollbook.claims.triggers import Trigger, trigger_words
from tollbook.lexicon import Lexicon
from tollbook.text import Token
from tollbook.values import dataclass


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Mention:
    """A figure with what it counts, and what was made of it: measures, trigger tokens, by which pattern, how surely.

    `host` is the index of the mention that this one is a part of.
    """

    figure: Figure
    role: Role
    counted: Counted
    measures: tuple[str, ...] = ()
    trigger: tuple[int, int] | None = None
    how: str = ""
    score: float = 0.0
    host: int | None = None
    denied: bool = False

    @property
    def start(self) -> int:
        return self.figure.first

    @property
    def end(self) -> int:
        return max(self.counted.end, self.figure.last)

    @property
    def opening(self) -> int:
        """The first token with the office before a name: "judge Ann Lee"."""
        return self.start if self.figure.office is None else self.figure.office

    @property
    def possesses(self) -> bool:
        """ "Ann Lee's", which tells of what is hers."""
        return self.figure.possessive

    @property
    def is_read(self) -> bool:
        return bool(self.measures)

    @property
    def is_composed(self) -> bool:
        """ "The dead include 12 women": its whole stands in an earlier sentence."""
        return self.how == "composed"

    @property
    def is_count(self) -> bool:
        return self.role.kind == "count"

    @property
    def is_listable(self) -> bool:
        """Figures make lists and parts; names do not, for a list of victims is not a list of figures."""
        return self.is_count and not self.figure.named and not self.figure.known

    @property
    def is_zero(self) -> bool:
        return self.figure.quantity.high == 0

    @property
    def is_narrow(self) -> bool:
        """True for one person, for nobody and for "others": they are hurt, or missing, but no population."""
        return self.figure.lone or self.is_zero or self.figure.is_others

    def read_as(self, measure: str, trigger: tuple[int, int] | None, how: str, score: float) -> Mention:
        return replace(self, measures=(measure,), trigger=trigger, how=how, score=score)

    def by(self, trigger: Trigger, how: str, score: float) -> Mention:
        return self.read_as(trigger.measure, (trigger.start, trigger.end), how, score)


@dataclass(slots=True)
class Scene:
    """A sentence as the patterns see it: tokens, figures, and the expressions that start and end at each token."""

    sentence: list[Token]
    mentions: list[Mention]
    words: Grammar
    starts: set[int]
    named: set[int] = field(default_factory=set)  # where people said by name start, their offices included
    owner: dict[int, int] = field(default_factory=dict)  # index of the mention that holds a token
    opening: dict[int, list[Trigger]] = field(default_factory=dict)
    closing: dict[int, list[Trigger]] = field(default_factory=dict)

    @classmethod
    def of(cls, sentence: list[Token], mentions: list[Mention], lexicon: Lexicon) -> Scene:
        counted = {mention.start for mention in mentions if mention.is_listable}
        scene = cls(sentence, mentions, grammar(lexicon), counted)
        scene.named = {mention.opening for mention in mentions if mention.figure.named}
        for index, mention in enumerate(mentions):
            scene.owner.update(dict.fromkeys(range(mention.start, mention.end), index))
        triggers = trigger_words(lexicon)
        for index, token in enumerate(sentence):
            if token.low not in triggers.by_first:
                continue
            for trigger in triggers.at(sentence, index):
                scene.opening.setdefault(index, []).append(trigger)
                scene.closing.setdefault(trigger.end, []).append(trigger)
        return scene

    def starting(self, index: int, *kinds: str) -> list[Trigger]:
        return [trigger for trigger in self.opening.get(index, ()) if trigger.kind in kinds]

    def ending(self, index: int, *kinds: str) -> list[Trigger]:
        return [trigger for trigger in self.closing.get(index, ()) if trigger.kind in kinds]

    def low(self, index: int) -> str:
        """The folded word at a token, "" outside the sentence."""
        return self.sentence[index].low if 0 <= index < len(self.sentence) else ""

    def glued(self, index: int) -> bool:
        """True for a sign that touches the words on both sides."""
        if not 0 < index < len(self.sentence) - 1:
            return False
        before, sign, after = self.sentence[index - 1 : index + 2]
        return before.end == sign.start and sign.end == after.start

    def upto(self, index: int) -> int:
        return min(len(self.sentence), index)

    def before(self, mention: Mention, most: int) -> list[Mention]:
        """Up to `most` mentions that end before this one starts, in order."""
        index = self.owner.get(mention.start, 0)
        return [other for other in self.mentions[max(0, index - most) : index] if other.end <= mention.start]

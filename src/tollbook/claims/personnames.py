"""Where a person's name ends: "Ana Maria Lee-Orr", "Tem al-Orr", and not "Orne Rescue Unit" or "the Orr family".

Input: a sentence's tokens. Output: for a token the one behind the name that starts there.
"""

from __future__ import annotations

from tollbook.claims.grammar import grammar
from tollbook.claims.personwords import person_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.dictionary import is_plain, load_words
from tollbook.text import Token

MOST = 14  # tokens of a name, links and hyphens counted
_JOINERS = frozenset("-‑'’‘")


class Names:
    """A sentence in which names of people are sought."""

    def __init__(self, sentence: list[Token], lexicon: Lexicon) -> None:
        self.sentence, self.words = sentence, person_words(lexicon)
        self.links, self.lows, self.size = self.words["links"], [token.low for token in sentence], len(sentence)
        self.grammar, self.dictionary = grammar(lexicon), load_words(lexicon.language)
        self.demonyms = lexicon.table("places")["demonyms"]

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < self.size else ""

    def name(self, at: int) -> int:
        """The token behind a person's name that starts at a token; the token itself where none does."""
        end, full = at, 0
        while end < min(len(self.sentence), at + MOST):
            low = self.lows[end].removesuffix("'s")
            if (low in self.links or low in _JOINERS) and self._links(end, low, first=end == at):
                end += 1
            elif self._fits(end, low, first=full == 0):
                end, full = end + 1, full + 1
                if self.low(end - 1).endswith("'s"):
                    break
            else:
                break
        if full == 0:
            return at
        follows = self.low(end)
        body = follows in self.words["bodies"] or follows in self.grammar.name_endings
        if not self._is_somebody(at, end):
            return at
        return at if body and not self.low(end - 1).endswith("'s") else end

    def _links(self, at: int, low: str, *, first: bool) -> bool:
        """What stands within a name, "al", "bin", a hyphen; a capital link may open it: "Abu Orr"."""
        if low in self.links:
            return self._is_capital_behind(at) and (not first or self.is_capital(at))
        return (not first and self._joins(at)) or (low == "‘" and self.is_capital(at + 1))

    def _is_somebody(self, start: int, end: int) -> bool:
        """False for an initial, a handle ("@OrneNews"), a people ("Danes") and plain words ("Rescue Unit")."""
        if self.low(start - 1) in ("@", "#"):
            return False
        named = [self.low(at).removesuffix("'s") for at in range(start, end) if self.sentence[at].is_capital]
        if any(low in self.words.given for low in named):
            return True
        known = [low in self.demonyms or is_plain(low, self.dictionary) or len(low) < 2 for low in named]
        return not all(known)

    def _fits(self, at: int, low: str, *, first: bool) -> bool:
        token = self.sentence[at]
        if not (token.is_capital and token.is_word) or low in self.words.unnamed:
            return False
        if len(token.text) > 1 and token.text.isupper():
            return False
        return not (first and at == 0 and low not in self.words.given and is_plain(low, self.dictionary))

    def _joins(self, at: int) -> bool:
        """A hyphen or an apostrophe within a name: "al-Orr", "Is'haq"."""
        if self.low(at) not in _JOINERS or at + 1 >= len(self.sentence):
            return False
        before, sign, after = self.sentence[at - 1 : at + 2]
        return sign.end == after.start and before.end == sign.start and after.is_word

    def is_capital(self, at: int) -> bool:
        return at < len(self.sentence) and self.sentence[at].is_word and self.sentence[at].is_capital

    def _is_capital_behind(self, at: int) -> bool:
        """Another word of the name follows, links and hyphens passed over."""
        for index in range(at + 1, min(len(self.sentence), at + 5)):
            if self.low(index) not in self.links and self.low(index) not in ("-", "'"):
                return self.is_capital(index)
        return False

    def words_of(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(token.low.removesuffix("'s") for token in self.sentence[start:end] if token.is_word)

"""Lists of people in a sentence, and what they came to: "killed along with Ana and Tem Lee", "Ana, Tem and Bo died".

Input: a sentence and its `Person`s. Output: runs of people with nothing but links between them, and for each run what
the words right before it or right behind it say that they came to.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from tollbook.claims.grammar import grammar
from tollbook.claims.numerals import matches
from tollbook.claims.personwords import Person, person_words
from tollbook.claims.triggers import Entry, trigger_words
from tollbook.lexicon import Lexicon
from tollbook.text import Token

MOST_GAP = 8  # tokens between two of a list
MOST_CLAUSE = 16  # tokens of "who was expecting a child," between them
MOST_LEAD = 30  # tokens from what happened to a list
_HARMS = ("killed", "injured")
Harm = tuple[str, tuple[int, int]]  # a measure, and the tokens of the words that say it


@cache
def _harming(lexicon: Lexicon) -> dict[str, list[Entry]]:
    """The expressions for dead and hurt by their first words; "shot" is none, it leaves open what came of it."""
    told: dict[str, list[Entry]] = {}
    for first, entries in trigger_words(lexicon).by_first.items():
        harms = [entry for entry in entries if entry.measure in _HARMS]
        if harms and first not in grammar(lexicon).causes:
            alike = len({entry.measure for entry in harms}) == 1
            told[first] = sorted(harms, key=lambda entry: len(entry.words)) if alike else harms
    slain = (Entry((word,), "killed", "state") for word in person_words(lexicon)["slain"])
    return told | {entry.words[0]: [entry] for entry in slain}


class Line:
    """A sentence in which people are listed."""

    def __init__(self, sentence: list[Token], lexicon: Lexicon, last: str | None) -> None:
        self.sentence, self.last = sentence, last
        self.words, self.grammar = person_words(lexicon), grammar(lexicon)
        self.lows, self.size = [token.low for token in sentence], len(sentence)
        self.triggers = trigger_words(lexicon)
        self.harmed = self._harmed(_harming(lexicon))

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < self.size else ""

    def _harmed(self, harming: dict[str, list[Entry]]) -> dict[int, str]:
        """What each word for it says that somebody came to, by its token."""
        if harming.keys().isdisjoint(self.lows):
            return {}
        told = ((at, entry) for at, low in enumerate(self.lows) if low in harming for entry in harming[low])
        found: dict[int, str] = {}
        for at, entry in told:
            if at not in found and (len(entry.words) == 1 or matches(self.sentence, at, entry.words)):
                found[at] = entry.measure
        return found

    def tells(self) -> bool:
        """True where a word says that somebody was killed or hurt, or names those of whom the last sentence did."""
        if self.harmed or not self.words["heads"].isdisjoint(self.lows):
            return True
        goes_on = self.last is not None and not self.words["they"].isdisjoint(self.lows)
        return goes_on and not self.words["naming"].isdisjoint(self.lows)

    def is_vague(self, one: Person) -> bool:
        """A single word, with nothing that tells that it is a person's name."""
        return len(one.names) == 1 and one.kind is None and one.years is None and one.names[0] not in self.words.given

    def first_harm(self) -> str | None:
        """What the sentence first says that somebody came to."""
        return next(iter(self.harmed.values()), None)

    def runs(self, found: list[Person]) -> list[list[Person]]:
        """The people in lists: those with nothing but links, or a clause about the one before, between them."""
        runs: list[list[Person]] = []
        for index, one in enumerate(found):
            if self._owns(one, found[index + 1 : index + 2]):
                continue
            if runs and self._goes_on(runs[-1][-1].end, one.start):
                runs[-1].append(one)
            else:
                runs.append([one])
        return runs

    def _owns(self, one: Person, following: list[Person]) -> bool:
        """ "Tem and Ana's daughters": the first of two whose they are."""
        behind = following[0] if following else None
        bare = len(one.names) == 1 and one.kind is None and one.years is None and behind is not None
        own = bare and behind is not None and behind.owner not in (None, "his", "her", "their")
        return own and behind is not None and [self.low(at) for at in range(one.end, behind.start)] == ["and"]

    def _goes_on(self, end: int, start: int) -> bool:
        gap = [self.low(at) for at in range(end, start)]
        if "as" in gap and "well" not in gap:
            return False
        if len(gap) <= MOST_GAP and all(low in self.words["between"] for low in gap):
            return True
        first = gap[1:2] if gap[0] == "," else gap[:1]
        clause = (
            first
            and first[0] in self.words["aside"]
            and gap[-1] in (",", "and", "&")
            and len(gap) <= MOST_CLAUSE
            and ";" not in gap
        )
        return bool(clause) and not any(at in self.harmed for at in range(end, start))

    def harm(self, run: list[Person]) -> Harm | None:
        """(measure, its tokens) of what the people of a list came to, None where nothing says it of them."""
        end = run[-1].end
        if self.low(end) in self.grammar.saying or self.low(end + 1) in self.grammar.saying:
            return None  # "… were hurt, Ana Lee said"
        return self._behind(end) or self._before(run[0].start, several=len(run) > 1)

    def _behind(self, end: int) -> Harm | None:
        """ "… were all killed", "… died", "… were among the victims"."""
        between: set[str] = set()
        end = self._past_aside(end)
        for at in range(end, min(len(self.sentence), end + MOST_GAP * 2)):
            low, measure = self.low(at), self.harmed.get(at)
            if low in self.words["heads"] and between & self.words["counting"]:
                return measure or "killed", (at, at + 1)
            if measure is not None and (self._is_finite(at) or between & self.words["counting"]):
                return measure, (at, at + 1)
            if low not in self.words["following"] and self.words.number(low) is None:
                return None
            between.add(low)
        return None

    def _past_aside(self, end: int) -> int:
        """The token behind an aside: "…, first reported missing, was also killed"."""
        if self.low(end) != ",":
            return end
        near = range(end + 1, min(len(self.sentence), end + MOST_CLAUSE))
        close = next((at for at in near if self.low(at) == "," or at in self.harmed), None)
        helped = close is not None and self.low(close) == "," and self.grammar.helps(self.low(close + 1))
        return close + 1 if helped and close is not None else end

    def _is_finite(self, at: int) -> bool:
        """ "Died", "perished": said of the people before it by itself."""
        return any(t.kind == "intransitive" and "past" in t.forms for t in self.triggers.at(self.sentence, at))

    def _before(self, start: int, *, several: bool) -> Harm | None:
        """ "Killing …", "killed along with …", "the death of …", "the victims were identified as …"."""
        if self._is_posted(start):
            return None
        named = False
        for at in range(start - 1, max(-1, start - MOST_LEAD), -1):
            low, measure = self.low(at), self.harmed.get(at)
            if measure is not None and self._is_event(at):
                continue
            if measure is not None or low in self.words["heads"]:
                bare = at == start - 2 and self.low(start - 1) == "," and low not in self.grammar.victims
                return (measure or "killed", (at, at + 1)) if self._leads(at) and not bare else None
            if low in self.words["they"] and self.last and named:
                return self.last, (at, at + 1)
            named = named or low in self.words["naming"]
            leads = low in self.words["leading"] or self.words.number(low) is not None or self._is_family(at)
            if not leads and not self._names_by(at, start):
                break
        return self._headed(start, several=several)

    def _is_posted(self, start: int) -> bool:
        """ "Neighbours who posted lists of those killed included: …": who tells of the dead."""
        before = [self.low(at) for at in range(max(0, start - MOST_LEAD), start)]
        return any(low == "who" and after in self.words["told_of"] for low, after in pairwise(before))

    def _is_event(self, at: int) -> bool:
        """ "In the fatal shooting": what happened, and to nobody named behind."""
        noun = self.low(at).endswith(("ing", "ings"))
        return noun and (self.low(at - 1) in self.grammar.determiners or self.low(at - 2) in self.grammar.determiners)

    def _is_family(self, at: int) -> bool:
        """A word of "belonging to the al-Orr family"."""
        near = (self.low(index) for index in range(at + 1, at + 5))
        name = self.sentence[at].is_capital or self.low(at) in self.words["links"] or self.low(at) == "-"
        return name and any(low in ("family", "families") for low in near)

    def _names_by(self, at: int, start: int) -> bool:
        """A word of who names them: "identified by friends on the radio as …"."""
        back = range(at, max(-1, at - MOST_GAP), -1)
        by = next((index for index in back if self.low(index) in ("by", "on", "in", "as")), None)
        as_ = any(self.low(index) == "as" for index in range(at, start))
        return as_ and by is not None and any(self.low(i) in self.words["naming"] for i in range(by - 1, by - 4, -1))

    def _leads(self, at: int) -> bool:
        """False where what happened is denied."""
        return not any(self.low(back) in self.words["never"] for back in range(at - 4, at))

    def _headed(self, start: int, *, several: bool) -> Harm | None:
        """ "Nine people who were killed by the blast were: …": a list behind a colon, and a head for the dead."""
        colon = next((at for at in range(start - 1, max(-1, start - 4), -1) if self.low(at) == ":"), None)
        if colon is None or not several:
            return None
        head = [self.low(at) for at in range(colon)]
        at = next((at for at in range(colon - 1, -1, -1) if at in self.harmed or head[at] in self.words["heads"]), None)
        return (self.harmed.get(at) or "killed", (at, at + 1)) if at is not None else None

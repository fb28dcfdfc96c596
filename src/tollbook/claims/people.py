"""One person through a report: "A man was shot on Friday. … He died in hospital" is one death, told of "a man".

Input: sentences as they are read, with the claims of lone people in them. Output: which claims of earlier sentences
tell of a person who died after all, and which mentions only say again what is known of somebody. Who is meant is told
by sex, by name, else by nearness; a person never counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

from tollbook.claims import predicates, suffered
from tollbook.claims.counted import Counted
from tollbook.claims.grammar import Grammar, grammar
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.nouns import noun_at
from tollbook.claims.quantities import Figure
from tollbook.claims.roles import Role
from tollbook.claims.triggers import Trigger
from tollbook.lexicon import Lexicon
from tollbook.lexicon.dictionary import is_plain, load_words
from tollbook.model import Bound, Claim, Quantity
from tollbook.text import Token, fold
from tollbook.values import dataclass

OWN = 16  # tokens from "killed" to "and then himself"
RECALLED = 8  # sentences after which "he" is somebody else
FATES = frozenset({"killed", "injured"})
_SEXES = {"men": "men", "boys": "men", "women": "women", "girls": "women"}


@dataclass(slots=True)
class Person:
    """Somebody told of: which claims of the page tell of it, in which sentence last, and what is known of who it is."""

    claims: list[int]
    sentence: int
    sex: str | None
    names: frozenset[str]
    said: str


@dataclass(slots=True)
class People:
    """The lone people of a report so far."""

    text_sha256: str
    sentence: int = 0
    told: list[Person] = field(default_factory=list)
    slain: str | None = None  # the last claim of people whom somebody killed, who is none of them
    alone: str | None = None  # … or of one person, who is not the gunman
    ended: bool = False  # whoever did it is counted among the dead
    fates: set[str] = field(default_factory=set)  # ids of claims that tell of the death of somebody told of before
    hit: dict[str, int] = field(default_factory=dict)  # claims of several shot or struck, and in which sentence
    seen: dict[str, int] = field(default_factory=dict)  # sentences of claims of the dead
    renamed: dict[str, str] = field(default_factory=dict)  # ids of claims whose people died after all

    def turn(self, *, anew: bool) -> None:
        """Goes to the next sentence; a headline tells what the text tells again."""
        self.sentence += 1
        if anew:
            self.told.clear()
            self.slain = self.alone = None
            self.ended = False

    def tells(
        self,
        claim: Claim,
        mention: Mention,
        names: frozenset[str],
        claims: list[Claim],
        *,
        known: bool,
        bare: bool = False,
    ) -> bool:
        """True where another claim of the person stands already, so that this one is not needed.

        One that said "hurt" now says "killed", where this one tells of a death.
        """
        if claim.measure not in FATES or claim.modality != "asserted":
            return False
        person = self._meant(mention, names, _plain(claim.said), known)
        if person is None:
            self.told.append(Person([len(claims)], self.sentence, sex_of(mention), names, _plain(claim.said)))
            return False
        person.names |= names
        person.sentence = self.sentence
        dead = any(claims[at].measure == "killed" for at in person.claims)
        if claim.measure == "killed" and not dead:
            for at in person.claims:
                claims[at] = self._fated(claims[at], claim)
            person.claims.append(len(claims))
            self.fates.add(claim.id)
            return bare
        if known or (dead and claim.measure == "injured"):
            return True
        person.claims.append(len(claims))
        return False

    def _fated(self, old: Claim, death: Claim) -> Claim:
        """The claim of somebody hurt as one of somebody killed, by the words that tell of the death."""
        fated = replace(
            death,
            id=Claim.id_of(self.text_sha256, old.span, "killed"),
            span=old.span,
            said=old.said,
            group=old.group,
            affiliation=old.affiliation,
            basis=old.basis,
            part_of=old.part_of,
            beside=old.beside,
        )
        self.renamed[old.id] = fated.id
        self.seen[fated.id] = self.sentence
        return fated

    def knows(self, names: frozenset[str]) -> bool:
        """True where somebody was told of by one of the names."""
        return any(names & one.names for one in self.told)

    def notes(self, claim: Claim, mention: Mention, scene: Scene) -> None:
        """Remembers several who were shot or struck, of whom some may die, and the dead."""
        plain = claim.basis == "incident" and claim.modality == "asserted" and claim.quantity.bound is Bound.EXACT
        if not plain or not mention.counted.person or claim.part_of:
            return
        if claim.measure == "killed":
            self.seen[claim.id] = self.sentence
            self.alone = claim.id if mention.how == "object" or claim.quantity.value == 1 else None
            self.slain = claim.id if mention.how == "object" else None
        elif claim.measure == "injured" and (claim.quantity.value or 0) > 1 and not mention.counted.others:
            first, last = mention.trigger or (0, 0)
            words = {scene.low(at) for at in range(first, last)}
            if words & (scene.words.causes | {"gunshot"}):
                self.hit[claim.id] = self.sentence

    def ends(self) -> bool:
        """True the first time that whoever did it is said to have died."""
        first, self.ended = not self.ended, True
        return first

    def among(self, claims: list[Claim]) -> list[Claim]:
        """The claims, the dead as a part of those hit: "five people were shot. … One woman died"."""
        by_id = {claim.id: claim for claim in claims}
        hit = [by_id[name] for name in self.hit if name in by_id]
        dead = [by_id[name] for name in self.seen if name in by_id]
        made: dict[str, Claim] = {}
        for whole in hit:
            some = [one for one in dead if self._is_among(one, whole)]
            most = max(some, key=lambda one: (one.quantity.low or 0, one.id), default=None)
            if most is not None:
                made.setdefault(most.id, replace(most, part_of=whole.id))
        return [made.get(claim.id, claim) for claim in claims]

    def _is_among(self, one: Claim, whole: Claim) -> bool:
        fewer = (one.quantity.low or 0) < (whole.quantity.low or 0)
        where = one.span.part == whole.span.part or whole.span.part == "title"
        return fewer and self.seen[one.id] != self.hit[whole.id] and where

    def settled(self, claims: list[Claim]) -> list[Claim]:
        """The claims, those that name a renamed one by its new id."""
        if not self.renamed:
            return claims
        new = self.renamed
        return [
            replace(claim, part_of=new.get(claim.part_of or "", claim.part_of),
                    beside=new.get(claim.beside or "", claim.beside)) for claim in claims
        ]  # fmt: skip

    def _meant(self, mention: Mention, names: frozenset[str], said: str, known: bool) -> Person | None:
        """The person that "he", "the boy", a name or the same words again mean, None where nobody fits."""
        if names:
            same = [one for one in self.told if one.names and (names <= one.names or one.names <= names)]
            nameless = (one for one in reversed(self.told) if not one.names)
            bare = len(names) == 1 and not any(names & one.names for one in self.told)
            return same[0] if len(same) == 1 else next(nameless, None) if bare else None
        if not known:
            again = (one for one in self.told if one.said == said and one.sentence != self.sentence)
            return next(again, None) if "old" in said and not mention.figure.more else None
        sex = sex_of(mention)
        near = (one for one in reversed(self.told) if self.sentence - one.sentence <= RECALLED)
        return next((one for one in near if sex is None or one.sex in (None, sex)), None)


def _plain(said: str) -> str:
    return fold(said).removeprefix("a ").removeprefix("an ")


def sex_of(mention: Mention) -> str | None:
    return _SEXES.get(mention.counted.group)


def names_of(mention: Mention, sentence: list[Token]) -> frozenset[str]:
    """The words of a name, folded, without a genitive."""
    if not mention.figure.named:
        return frozenset()
    words = (fold(token.text).removesuffix("'s") for token in sentence[mention.start : mention.figure.last])
    return frozenset(word for word in words if len(word) > 1)


def is_one(mention: Mention) -> bool:
    """True for one person hurt or killed, by whatever words: "a man", "one woman", "Ann Lee"."""
    person = mention.counted.person and mention.counted.known and mention.counted.head is not None
    return mention.is_count and person and mention.figure.quantity.value == 1 and mention.host is None


def recalled(sentence: list[Token], scene: Scene | None, lexicon: Lexicon) -> list[tuple[Mention, Scene]]:
    """What is said of "he", "she" or a bare surname, read by the words right behind."""
    found = []
    for at, sex in _spoken_of(sentence, lexicon):
        scene = scene or Scene.of(sentence, [], lexicon)
        if at in scene.owner:
            continue
        figure = Figure(at, at, at + 1, Quantity.exact(1), lone=True, named=sex is None, known=sex is not None)
        mention = Mention(figure, Role("count", at + 1), Counted(at + 1, at, sex or "all", "person"))
        patterns = (predicates.near, suffered.hospitalised, suffered.struck, suffered.suffering)
        read = [pattern(mention, scene) for pattern in patterns]
        best = max((one for one in read if one is not None), key=lambda one: one.score, default=None)
        if best is not None and best.measures[0] in FATES and not best.denied:
            found.append((best, scene))
    return found


def by_own_hand(sentence: list[Token], scene: Scene | None, lexicon: Lexicon) -> tuple[Mention, Scene] | None:
    """ "Killed two people and then himself", "turned the gun on herself", "took his own life", "committed suicide"."""
    words = grammar(lexicon)
    for at, token in enumerate(sentence):
        low = token.low
        if at == 0 or not (low in words.reflexives or low in ("own", "suicide")):
            continue
        scene = scene or Scene.of(sentence, [], lexicon)
        start = _own_death(at, scene)
        if start is not None and not _is_unreal(start, scene):
            first = at - 1 if low == "own" else at
            figure = Figure(first, first, at + 1, Quantity.exact(1), lone=True)
            counted = Counted(at + 2 if low == "own" else at + 1, at, "all", "person")
            return Mention(figure, Role("count", at + 1), counted).read_as("killed", (start, at), "object", 0.8), scene
    return None


def _own_death(at: int, scene: Scene) -> int | None:
    """The token at which the words for somebody's own death start, None where they say something else."""
    low, before, words = scene.low(at), scene.low(at - 1), scene.words
    if low == "suicide":
        return at - 1 if before in ("committed", "commits", "committing") else None
    if low == "own":
        took = before in words.possessives and scene.low(at + 1) == "life"
        return at - 2 if took and scene.low(at - 2) in ("took", "taking", "takes", "taken") else None
    if before == "on":
        turned = any(scene.low(back) in words.firearms for back in range(at - 4, at - 1))
        return at - 3 if turned else None
    if before in ("then", "and"):
        return next((t.start for back in range(at - 1, max(0, at - OWN), -1) for t in _kills(back, scene)), None)
    return next((trigger.start for trigger in _kills(at, scene)), None)


def _kills(end: int, scene: Scene) -> list[Trigger]:
    return [trigger for trigger in scene.ending(end, "transitive") if trigger.measure == "killed"]


def _is_unreal(at: int, scene: Scene) -> bool:
    """ "Threatened to kill himself", "tried to take his own life"."""
    near = {scene.low(back) for back in range(at - 3, at)}
    return bool(near & (scene.words.negations | {"to", "would", "might", "may", "could", "if"}))


def is_doer(mention: Mention, scene: Scene) -> bool:
    """ "The gunman": none of those whom it was done to."""
    head = mention.counted.head
    return mention.figure.known and head is not None and scene.low(head) in scene.words.doers


def _spoken_of(sentence: list[Token], lexicon: Lexicon) -> Iterator[tuple[int, str | None]]:
    """Where "he" or "she" stands, with the sex, or a bare surname, without one."""
    words = grammar(lexicon)
    for at, token in enumerate(sentence):
        if token.low in words.he:
            yield at, "men"
        elif token.low in words.she:
            yield at, "women"
        elif token.text[0].isupper() and _is_surname(at, sentence, lexicon, words):
            yield at, None


def _is_surname(at: int, sentence: list[Token], lexicon: Lexicon, words: Grammar) -> bool:
    """ "Vormell was pronounced dead": one capitalised word that opens a clause, and a verb right behind it."""
    token = sentence[at]
    if len(token.text) < 3 or token.text.isupper():
        return False
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if not (words.helps(following) or following in words.deaths) or is_plain(token.low, load_words(lexicon.language)):
        return False
    before = sentence[at - 1].low if at else ""
    opens = at == 0 or before in (",", "and", "but", "that", '"', "“", ";")
    plain = token.low in words.never_named or token.low in words.noun_stops or token.low in words.determiners
    return opens and not plain and noun_at(sentence, at, lexicon) is None

"""Ties each counted figure of a sentence to the words that say what happened to those counted.

"The offensive killed 613 citizens, including 116 women, and injured 487 others" → 613 and 116 killed, 487 injured; the 116
are a part of the 613. Flat patterns over tokens, each a function with a name and a score; the best one wins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tollbook.claims.nouns import Counted
from tollbook.claims.quantities import Figure
from tollbook.claims.roles import Role
from tollbook.claims.triggers import Trigger, Triggers
from tollbook.text import Token

BE = {"is", "are", "was", "were", "be", "been", "being", "'re", "'s", "got", "get", "gets", "getting"}
AUX = BE | {"has", "have", "had", "may", "might", "could", "can", "would", "will", "shall", "should", "must", "to", "not", "did",
            "do", "does", "n't", "having"}  # fmt: skip
ADVERBS = {"also", "already", "still", "now", "all", "both", "so", "far", "then", "later", "thus", "just", "once", "too", "either",
           "reportedly", "said", "believed", "feared", "reported", "confirmed", "known", "thought", "presumed", "found", "left",
           "listed", "remain", "remained", "remains", "declared", "pronounced", "alleged", "claimed", "feared", "apparently",
           "today", "yesterday", "most", "alone", "themselves", "estimated", "as", "including", "went", "gone", "became", "become",
           "up", "even", "ever", "yet", "again", "only", "there", "instantly", "overnight"}  # fmt: skip
RELATIVES = {"who", "that", "which", "whom"}
BREAKS = {
    ";",
    ":",
    ".",
    "!",
    "?",
    "but",
    "while",
    "although",
    "though",
    "whereas",
    "because",
    "if",
    "after",
    "before",
    "when",
}
PREPOSITIONS = {"in", "at", "on", "from", "of", "near", "to", "with", "by", "for", "inside", "outside", "between", "during",
                "across", "around", "over", "under", "aboard", "among", "within", "against", "along", "behind", "into"}  # fmt: skip
DETERMINERS = {"the", "a", "an", "his", "her", "their", "its", "this", "these", "those", "some", "any", "all", "at", "about", "around",
               "more", "over", "up", "nearly", "almost", "himself", "herself", "themselves", "him", "them", "us"}  # fmt: skip
OPENERS = {"including", "include", "includes", "included", "among", "with", "of", "(", "-", "–", "—", "[", "comprising", "mostly",
           "namely", "most"}  # fmt: skip
REACH = 14
FAR = 26  # how far a main verb may stand from its subject when clauses lie between
# What can happen to one person, or be said of nobody; a lone "a man who lives there" is no population of one.
HARMS = {
    "killed",
    "injured",
    "missing",
    "killed_or_injured",
    "captured",
    "abducted",
    "arrested",
    "disappeared",
    "rescued",
}
HURTS = {"injuries", "injury", "wounds", "wound", "burns", "fractures", "lacerations", "trauma", "gunshot"}
SUFFERS = {
    "suffer",
    "suffers",
    "suffered",
    "suffering",
    "sustain",
    "sustained",
    "sustaining",
    "receive",
    "received",
    "had",
    "with",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure of a sentence with what it counts, and what was made of it."""

    figure: Figure
    role: Role
    counted: Counted
    measures: tuple[str, ...] = ()
    trigger: tuple[int, int] | None = None
    how: str = ""
    score: float = 0.0
    host: int | None = None  # index of the mention that this one is a part of
    denied: bool = False

    @property
    def start(self) -> int:
        return self.figure.first

    @property
    def end(self) -> int:
        return max(self.counted.end, self.figure.last)

    @property
    def read(self) -> bool:
        return bool(self.measures)

    def with_(self, measures: tuple[str, ...], trigger: tuple[int, int] | None, how: str, score: float) -> Mention:
        return replace(self, measures=measures, trigger=trigger, how=how, score=score)


def attach(mentions: list[Mention], sentence: list[Token], triggers: Triggers) -> list[Mention]:
    """The mentions, in order, with measure, trigger and host where the sentence gives them."""
    found = _Found(sentence, triggers)
    read = [_own(mention, index, mentions, found) for index, mention in enumerate(mentions)]
    read = _parts(read, sentence)
    read = _listed(read, sentence, found)
    read = _parts(read, sentence)
    return _rescued(read, sentence)


class _Found:
    """The expressions of a sentence by first and by last token."""

    def __init__(self, sentence: list[Token], triggers: Triggers) -> None:
        self.sentence = sentence
        self.starts: dict[int, list[Trigger]] = {}
        self.ends: dict[int, list[Trigger]] = {}
        for index in range(len(sentence)):
            for trigger in triggers.at(sentence, index):
                self.starts.setdefault(index, []).append(trigger)
                self.ends.setdefault(trigger.end, []).append(trigger)

    def starting(self, index: int, *kinds: str) -> list[Trigger]:
        return [trigger for trigger in self.starts.get(index, ()) if trigger.kind in kinds]

    def ending(self, index: int, *kinds: str) -> list[Trigger]:
        return [trigger for trigger in self.ends.get(index, ()) if trigger.kind in kinds]

    def low(self, index: int) -> str:
        return self.sentence[index].low if 0 <= index < len(self.sentence) else ""


def _own(mention: Mention, index: int, mentions: list[Mention], found: _Found) -> Mention:
    """The reading that the words right around a mention give."""
    if mention.role.kind != "count":
        return mention
    starts = {other.start: position for position, other in enumerate(mentions)}
    candidates = [
        _noun(mention, found),
        _after_noun(mention, found),
        _toll(mention, found, mentions),
        _predicate(mention, found, starts),
        _object(mention, found, mentions),
        _agents(mention, found),
        _apposed(mention, found),
        _suffering(mention, found),
        _sent(mention, found),
        _distant(mention, found, starts),
    ]
    narrow = mention.figure.lone or mention.figure.quantity.high == 0
    best = max(
        (c for c in candidates if c is not None and not (narrow and c.measures[0] not in HARMS)),
        key=lambda c: c.score,
        default=None,
    )
    if best is None:
        return mention
    return _widened(best, found)


# ---- patterns: each returns the mention read its way, or None ----


def _noun(mention: Mention, found: _Found) -> Mention | None:
    """ "99 civilian deaths", "the 80 wounded", "290 missing people"."""
    if mention.counted.measure is None or mention.figure.lone:
        return None
    score = 0.9
    if mention.counted.group in ("hostages", "refugees"):
        score = 0.6  # "five hostages were freed": what happened to them may be another thing
        if found.low(mention.start - 1) in ("for", "to"):
            return None  # "supplies for 15,000 refugees": a capacity
    if mention.counted.measure == "population" and (mention.figure.quantity.low or 0) < 1000:
        return None  # "three residents" are people, not a population
    return mention.with_((mention.counted.measure,), mention.counted.trigger, "noun", score)


def _after_noun(mention: Mention, found: _Found) -> Mention | None:
    """ "The deaths of six people", "population of 7,000", "home to 22,000 refugees"."""
    at = mention.start
    for trigger in found.ending(at, "before"):
        if trigger.measure == "affected":
            vehicle = any(found.low(k) in VEHICLES for k in range(max(0, trigger.start - 6), trigger.start))
            if not vehicle or not mention.counted.person or mention.figure.lone:
                continue
        if trigger.measure == "captured" and mention.counted.group != "hostages":
            continue
        return mention.with_((trigger.measure,), (trigger.start, trigger.end), "before", 0.95)
    while at and found.low(at - 1) in ("the", "all", "these", "those", "somewhere", "between", "about"):
        at -= 1
    if at and found.low(at - 1) in ("of", ":"):
        for trigger in found.ending(at - 1, "of", "toll"):
            if trigger.kind == "of" and found.low(at - 1) == ":":
                continue
            return mention.with_((trigger.measure,), (trigger.start, trigger.end), "of", 0.92)
    return None


VEHICLES = {"ferry", "ship", "boat", "plane", "aircraft", "bus", "train", "jet", "airliner", "flight", "vessel", "helicopter",
            "minibus", "truck", "car", "van", "airplane", "coach", "liner", "barge", "canoe", "trawler"}  # fmt: skip
_TOLL_LINKS = {"to", "at", "is", "was", "of", "reaches", "reached", "hits", "hit", "passes", "passed", "exceeds", "exceeded", "tops",
               "topped", "surpasses", "surpassed", "stands", "stood", "reach", "now", ":", "reaching", "as", "were", "are",
               "remains", "remained", "nears", "neared", "estimated"}  # fmt: skip


def _toll(mention: Mention, found: _Found, mentions: list[Mention]) -> Mention | None:
    """ "The death toll rose from 8 to 10", "Deaths: 161+", "the number of dead is put at 12", "raising the toll to 24"."""
    if mention.figure.lone or mention.counted.measure:
        return None
    links = int("estimated" in [token.low for token in found.sentence[mention.start : mention.figure.number]])
    for at in range(mention.start, max(-1, mention.start - REACH), -1):
        for trigger in found.ending(at, "toll"):
            if found.low(trigger.start - 1) in BE and trigger.measure != "population" and len(found.low(at - 1)) > 4:
                continue
            if links:
                return mention.with_(
                    (trigger.measure,), (trigger.start, trigger.end), "toll", 0.93 - 0.01 * (mention.start - at)
                )
        low = found.low(at - 1)
        if low in _TOLL_LINKS:
            links += 1
        if low in ("and", ";", ".", "while") or (low == "," and not links):
            return None
        other = next((o for o in mentions if o.start <= at - 1 < o.end and o is not mention), None)
        if other and found.low(other.start - 1) != "from" and other.role.kind == "count":
            return None
    return None


def _predicate(mention: Mention, found: _Found, starts: dict[int, int]) -> Mention | None:
    """What is said of the counted: "were killed", "have died", "dead", "who fled", "in rural areas needed …"."""
    if found.low(mention.start - 1) == "by" and not mention.counted.person:
        return None
    at, helped, negated, skipped = mention.end, False, False, 0
    limit = mention.end + REACH
    while at < min(len(found.sentence), limit):
        low = found.low(at)
        hit = _verb_at(mention, at, helped, found, starts)
        if hit:
            score = 0.9 - 0.015 * (at - mention.end) - 0.08 * bool(skipped)
            if hit.measure == "affected" and hit.kind == "state":
                score = 0.45
            elif (
                not helped
                and hit.measure in ("displaced", "affected", "population", "registered")
                and ("ing" in hit.forms or hit.kind == "state")
            ):
                score = 0.5  # "civilians sheltering in the base are killed": the main verb may follow
            return replace(mention.with_((hit.measure,), (hit.start, hit.end), "predicate", score), denied=negated)
        if low in AUX:
            helped = helped or low in BE
            negated = negated or low in ("not", "n't")
            at += 1
        elif low in RELATIVES or low in ADVERBS or low.endswith("ly") or low in ("'", "’", '"', "else"):
            at += 1
        elif low in ("and", "or") and at == mention.end and _bare_noun(at + 1, found):
            at += 2
        elif low in ASIDES and not skipped:
            end = _aside_end(at, found, limit)
            if end is None:
                return None
            at, skipped = end, skipped + 1
        elif low in PREPOSITIONS and skipped < 2 and not helped:
            end = _prepositional_end(at, found, starts, limit)
            if end is None:
                return None
            at, skipped = end, skipped + 1
        else:
            return None
    return None


def _verb_at(mention: Mention, at: int, helped: bool, found: _Found, starts: dict[int, int]) -> Trigger | None:
    """The expression at a token that can be said of the mention as its subject."""
    for trigger in found.starting(at, "intransitive", "state", "transitive", "agent", "counted"):
        if trigger.kind == "state":
            return trigger
        if trigger.kind == "counted":
            if found.low(at - 1) in BE or trigger.measure in ("missing",):
                return trigger if trigger.measure in ("missing", "injured", "killed", "captured", "displaced") else None
            continue
        if trigger.kind == "agent":
            return trigger if not helped or "ing" in trigger.forms else None
        if trigger.kind == "intransitive":
            return trigger
        if "participle" in trigger.forms and (helped or not _takes_object(trigger.end, found, starts)):
            return trigger
    return None


def _takes_object(at: int, found: _Found, starts: dict[int, int]) -> bool:
    """True where a noun phrase follows, so that the verb before it acts on that: "three gunmen killed 12"."""
    low = found.low(at)
    if (
        not low
        or low in PREPOSITIONS - {"over", "around"}
        or low in (",", ".", ";", ":", "and", "or", ")", '"', "”", "’")
    ):
        return False
    if at in starts or low in DETERMINERS:
        return True
    token = found.sentence[at]
    shouted = found.sentence[at - 1].text.isupper()
    return token.is_word and (token.is_capital and not shouted or low.endswith("s")) and low not in (
        "as", "this", "yesterday", "during", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "last", "late", "early", "so", "when", "while", "after", "since", "because",
    )  # fmt: skip


ASIDES = {"(": ")", "[": "]", "-": "-", "--": "--", "–": "–", "—": "—", ",": ","}


def _bare_noun(at: int, found: _Found) -> bool:
    """ "No children or staff were injured": a second noun without a number of its own."""
    return found.low(at).isalpha() and found.low(at + 1) in AUX and not found.starts.get(at)


def _aside_end(at: int, found: _Found, limit: int) -> int | None:
    """The token after a paired comma, dash or bracket: "Three people, a man and two women, were killed"."""
    closing = ASIDES[found.low(at)]
    if closing != ")" and (found.low(at + 1) in RELATIVES or found.starting(at + 1, "transitive", "intransitive")):
        participles = found.starting(at + 1, "transitive", "intransitive")
        if not participles or any(t.forms & {"participle", "past"} for t in participles):
            return at + 1
    for end in range(at + 1, min(len(found.sentence), limit)):
        if found.low(end) in (";", "."):
            return None
        if found.low(end) == closing:
            after = found.low(end + 1)
            if after in AUX or after in ADVERBS or found.starting(end + 1, "intransitive", "transitive", "state"):
                return end + 1
            if closing != ",":
                return end + 1
            return None
    return None


def _prepositional_end(at: int, found: _Found, starts: dict[int, int], limit: int) -> int | None:
    """The token after a phrase such as "in rural regions" or "from the villages of", where a verb follows it."""
    for end in range(at + 1, min(len(found.sentence), limit)):
        low = found.low(end)
        if low in AUX and low != "to":
            return end
        if found.starting(end, "intransitive", "transitive", "agent") and found.low(end - 1) not in DETERMINERS:
            return end
        if low in BREAKS or low in (",", "and", "or", "(", "that") or (end in starts and end > at + 1):
            return None
        if low in RELATIVES:
            return end
    return None


def _object(mention: Mention, found: _Found, mentions: list[Mention]) -> Mention | None:
    """What is acted on: "killed 613 people", "killing himself and 12 others", "left three others wounded" is a predicate."""
    at, steps = mention.start, 0
    listed = False
    while at > 0 and steps < REACH:
        for trigger in found.ending(at, "transitive"):
            if _is_passive(trigger, found):
                if (
                    steps == 0
                    and found.low(trigger.start - 1) in BE
                    and found.low(trigger.start - 2) in ("", ".", "also")
                ):
                    return None
                continue
            if steps and not listed:
                continue
            if (
                mention.figure.lone
                and trigger.forms & {"base"}
                and found.low(trigger.start - 1) in ("to", "not", "would", "will")
            ):
                return None
            score = 0.88 - 0.012 * steps
            return mention.with_((trigger.measure,), (trigger.start, trigger.end), "object", score)
        low = found.low(at - 1)
        if low in ("and", ",", "&", "or", "plus") and not listed:
            listed = True
        elif low in BREAKS or low in AUX or low in RELATIVES or low in ("said", "says", "by"):
            return None
        elif listed and (low in ("with", "at", "that", ":", "after", "on") or steps > 9):
            return None
        elif not listed and not (
            low.endswith("ly") or low in ADVERBS or low in DETERMINERS or low in ("-", "–", "additional")
        ):
            return None
        at, steps = at - 1, steps + 1
    return None


def _is_passive(trigger: Trigger, found: _Found) -> bool:
    """ "were killed" acts on what stands before it."""
    if "participle" not in trigger.forms:
        return False
    at = trigger.start - 1
    while at >= 0 and (found.low(at).endswith("ly") or found.low(at) in ADVERBS - {"left", "found"}):
        at -= 1
    return found.low(at) in BE


def _agents(mention: Mention, found: _Found) -> Mention | None:
    """ "Recognised by 13 countries"."""
    at = mention.start
    while at and found.low(at - 1) in ("the", "all"):
        at -= 1
    if found.low(at - 1) != "by":
        return None
    for trigger in found.ending(at - 1, "agent"):
        return mention.with_((trigger.measure,), (trigger.start, trigger.end), "agent", 0.9)
    return None


def _apposed(mention: Mention, found: _Found) -> Mention | None:
    """ "Killed were 12 people", "Also injured: three"; "Among the dead were two children"."""
    at = mention.start - 1
    if found.low(at) not in ("were", "was", "are", "is", ":"):
        return None
    for back in range(at, max(-1, at - 8), -1):
        for trigger in found.ending(back, "transitive", "counted", "state"):
            if "participle" in trigger.forms or trigger.kind in ("counted", "state"):
                opening = found.low(trigger.start - 1)
                if opening in ("", "also", "the", "were", "among", ".", ",") or trigger.start == 0:
                    if found.low(trigger.start - 1) == "the" and found.low(trigger.start - 2) not in ("among", "of"):
                        continue
                    return mention.with_((trigger.measure,), (trigger.start, trigger.end), "inverted", 0.8)
    return None


def _suffering(mention: Mention, found: _Found) -> Mention | None:
    """ "Four victims suffered gunshot wounds", "two teens with minor injuries", "a man suffering from burns"."""
    for at in range(mention.end, min(len(found.sentence), mention.end + REACH)):
        low = found.low(at)
        if low in SUFFERS:
            for end in range(at + 1, min(len(found.sentence), at + 9)):
                if found.low(end) in HURTS:
                    words = {found.low(k) for k in range(at, end)}
                    measure = "killed" if "fatal" in words or "mortal" in words else "injured"
                    return mention.with_((measure,), (at, end + 1), "predicate", 0.84 - 0.015 * (at - mention.end))
                if found.low(end) in BREAKS:
                    return None
        if low in BREAKS or low in ("and", "or", "said"):
            return None
    return None


def _sent(mention: Mention, found: _Found) -> Mention | None:
    """ "Sent four people to the hospital"; "stabbed 11 students to death"."""
    following = [found.low(at) for at in range(mention.end, mention.end + 4)]
    if following[:2] == ["to", "death"] and mention.start:
        return mention.with_(("killed",), (mention.end, mention.end + 2), "object", 0.93)
    if following[0] == "to" and "hospital" in following and found.low(mention.start - 1) in ("sent", "sending", "sends", "send",
                                                                                         "took", "taking", "put", "rushed"):  # fmt: skip
        return mention.with_(("injured",), (mention.start - 1, mention.start), "object", 0.8)
    return None


def _distant(mention: Mention, found: _Found, starts: dict[int, int]) -> Mention | None:
    """A main verb after a clause about its subject: "A woman who was waiting for a bus was killed", "was hit and killed"."""
    if not mention.counted.person or found.low(mention.start - 1) in ("by", "of", "to", "with", "from", "in"):
        return None
    helped = False
    for at in range(mention.end, min(len(found.sentence), mention.end + FAR)):
        low = found.low(at)
        if low in BREAKS or low in ("said", "says", "told", "whose") or (at in starts and at > mention.end + 1):
            return None
        helped = helped or low in BE
        for trigger in found.starting(at, "transitive", "intransitive", "state"):
            if trigger.measure not in HARMS or trigger.kind == "state" and trigger.measure != "killed":
                continue
            before = found.low(at - 1)
            adjacent = before in BE or before in ADVERBS or before.endswith("ly")
            if trigger.kind == "intransitive" and "past" in trigger.forms and before not in ("and", "to"):
                return mention.with_((trigger.measure,), (trigger.start, trigger.end), "predicate", 0.55)
            if helped and "participle" in trigger.forms and (adjacent or before == "and"):
                if _takes_object(trigger.end, found, starts):
                    return None
                return mention.with_((trigger.measure,), (trigger.start, trigger.end), "predicate", 0.55)
            if "participle" in trigger.forms and not adjacent:
                return None
    return None


def _widened(mention: Mention, found: _Found) -> Mention:
    """ "Killed or injured", "killed or missing", "no casualties": one figure, two measures, or a merged one."""
    zero = mention.figure.quantity.high == 0
    measures = mention.measures
    if mention.trigger and measures[0] in ("killed", "injured", "missing", "killed_or_injured"):
        end = mention.trigger[1]
        joined = found.low(end) in ("or", "and", "nor", "and/or", "/")
        second = (
            next(iter(found.starting(end + 1, "transitive", "state", "counted", "intransitive")), None)
            if joined
            else None
        )
        if (
            second
            and {measures[0], second.measure} <= {"killed", "injured", "missing"}
            and second.measure != measures[0]
        ):
            after = found.low(second.end)
            acts = second.end < len(found.sentence) and (
                found.sentence[second.end].is_number or after in ("another", "at", "about")
            )
            if not acts:
                pair = {measures[0], second.measure}
                if zero:
                    measures = (measures[0], second.measure)
                elif found.low(end) in ("or", "and/or", "/") or mention.how == "predicate":
                    measures = ("killed_or_missing",) if pair == {"killed", "missing"} else ("killed_or_injured",)
    if zero and "killed_or_injured" in measures:
        measures = ("killed", "injured")
    return replace(mention, measures=measures)


# ---- figures that take their measure from a neighbour ----


def _between(sentence: list[Token], left: Mention, right: Mention) -> list[str]:
    return [token.low for token in sentence[left.end : right.start]]


def _list_gap(sentence: list[Token], left: Mention, right: Mention) -> list[str]:
    """The words between two figures without bracketed asides and without "of the …" right after the first."""
    gap: list[str] = []
    closing = ""
    for token in sentence[left.end : right.start]:
        if closing:
            closing = "" if token.low == closing else closing
        elif token.low in ASIDES and token.low != ",":
            closing = ASIDES[token.low]
        else:
            gap.append(token.low)
    if closing:
        return ["unclosed"]
    if gap[:1] and gap[0] in ("of", "from", "in", "at"):
        links = [at for at, word in enumerate(gap) if word in (",", "and", "or")]
        if links and links[0] <= 6 and not set(gap[: links[0]]) & (AUX | RELATIVES):
            gap = gap[links[0] :]
    return gap


def _listed(mentions: list[Mention], sentence: list[Token], found: _Found) -> list[Mention]:
    """Members of a list share what is said of one of them: "60 children, 100 women and 70 old people were killed"."""
    read = list(mentions)
    order = [index for index, mention in enumerate(read) if mention.role.kind == "count"]
    for step in (1, -1):
        chain = order if step == 1 else order[::-1]
        for previous, current in _neighbours(chain, read, sentence):
            mine, other = read[current], read[previous]
            if mine.read or not other.read or other.how in ("noun", "toll") and step == 1 and not mine.counted.head:
                continue
            left, right = (other, mine) if step == 1 else (mine, other)
            gap = _list_gap(sentence, left, right)
            if not _is_list(gap) or not _alike(mine, other):
                continue
            if step == 1 and other.how == "predicate" and other.trigger and other.trigger[0] < mine.start:
                continue
            if step == -1 and other.how in ("object", "of", "before"):
                continue
            read[current] = replace(
                mine.with_(other.measures, other.trigger, "listed", other.score - 0.08),
                host=other.host,
                denied=other.denied,
            )
    return read


def _neighbours(chain: list[int], mentions: list[Mention], sentence: list[Token]) -> list[tuple[int, int]]:
    """Pairs of figures that may be members of one list: next to each other, or with only an aside between them."""
    pairs = list(zip(chain, chain[1:], strict=False))
    for skip in (2, 3):
        for first, second in zip(chain, chain[skip:], strict=False):
            left, right = sorted((first, second))
            if (
                "unclosed" not in (gap := _list_gap(sentence, mentions[left], mentions[right]))
                and _is_list(gap)
                and len(gap) < 4
            ):
                pairs.append((first, second))
    return pairs


def _is_list(gap: list[str]) -> bool:
    words = [
        word
        for word in gap
        if word not in (",", "and", "or", "&", "as", "well", "plus", "also", "another", "including")
    ]
    return not words and bool(gap) and "including" not in gap


def _alike(one: Mention, other: Mention) -> bool:
    """People are listed with people."""
    return one.counted.person == other.counted.person and not one.counted.of_figure


def _parts(mentions: list[Mention], sentence: list[Token]) -> list[Mention]:
    """A figure after "including", "among them", "of whom", or set apart by dashes, is a part of the one before it."""
    read = list(mentions)
    for index, mention in enumerate(read):
        if mention.host is not None or mention.role.kind != "count":
            continue
        host = _host(read, index, sentence)
        if host is None:
            continue
        whole = read[host]
        if mention.read and mention.measures != whole.measures and mention.how not in ("predicate", "listed"):
            continue
        if not mention.read and not whole.read:
            continue
        if not mention.read:
            mention = mention.with_(whole.measures, whole.trigger, "part", whole.score - 0.06)
        if mention.measures == whole.measures:
            read[index] = replace(mention, host=host)
    return read


def _host(read: list[Mention], index: int, sentence: list[Token]) -> int | None:
    """The index of the figure that a mention is a part of, or None."""
    mention = read[index]
    if mention.counted.of_figure and index + 1 < len(read):
        return index + 1
    for back in range(index - 1, -1, -1):
        whole = read[back]
        if whole.role.kind != "count" or not whole.counted.person:
            continue
        gap = _between(sentence, whole, mention)
        opened = [word for word in gap if word in OPENERS]
        if mention.counted.of_pronoun or _opens_part(gap):
            while whole.host is not None and whole.how in ("part", "listed"):
                back = whole.host
                whole = read[back]
            larger = whole.figure.quantity.low is None or (mention.figure.quantity.low or 0) <= (
                whole.figure.quantity.low or 0
            )
            return back if larger or whole.figure.is_vague else None
        if (
            _is_list(gap)
            and whole.host is not None
            and not opened
            and whole.how in ("part", "listed")
            and not _closed(gap)
        ):
            return whole.host
        if len(gap) > 8:
            return None
    return None


def _closed(gap: list[str]) -> bool:
    return any(word in (")", "]", "-", "--", "–", "—") for word in gap)


def _opens_part(gap: list[str]) -> bool:
    """ ", including", "(", " - ", ", among them", ", of whom"; a full stop between them closes the host's sentence."""
    if not gap or "." in gap or ";" in gap:
        return False
    first = [word for word in gap if word not in (",", "at", "least", "the", "all")]
    if not first:
        return False
    if first[0] in (
        "including",
        "include",
        "includes",
        "included",
        "comprising",
        "mostly",
        "namely",
        "(",
        "[",
        "-",
        "--",
        "–",
        "—",
    ):
        return True
    return first[:2] in (
        ["among", "them"],
        ["of", "whom"],
        ["of", "them"],
        ["among", "whom"],
        ["some", "of"],
        ["including", "at"],
    ) or ("including" in first[-2:])


def _rescued(mentions: list[Mention], sentence: list[Token]) -> list[Mention]:
    """A lone person, or a bare number without a noun, counts only where the sentence says what happened."""
    kept = []
    for mention in mentions:
        one_of = mention.figure.quantity.value == 1 and mention.counted.of_figure
        if (mention.read or not mention.figure.lone) and not one_of:
            kept.append(mention)
    return kept

"""Ties each counted figure of a sentence to the words that say what happened to those counted.

"The offensive killed 613 citizens, including 116 women, and injured 487 others" → 613 and 116 killed, 487 injured;
the 116 are a part of the 613. Flat patterns over tokens, each a named function with a score; the best one wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tollbook.claims import outcomes, patterns, predicates, suffered, tolls, treepatterns, wholes
from tollbook.claims.lists import divide, share, shares_of, sum_up
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.shares import rates
from tollbook.claims.told import Told, fill
from tollbook.claims.trees import Tree
from tollbook.claims.triggers import Trigger
from tollbook.lexicon import Lexicon
from tollbook.text import Token

PATTERNS: tuple[Callable[[Mention, Scene], Mention | None], ...] = (
    patterns.noun,
    patterns.complement,
    tolls.toll,
    tolls.raised,
    predicates.near,
    patterns.acted_on,
    patterns.agent,
    patterns.inverted,
    patterns.composed,
    patterns.alongside,
    patterns.graded,
    suffered.suffering,
    suffered.sent,
    suffered.sheltered,
    suffered.in_camps,
    predicates.made_to_leave,
    suffered.hospitalised,
    suffered.described,
    suffered.struck,
    suffered.hit,
    wholes.over_parts,
    predicates.far,
)
# All that may tell of a person said by name.
BESIDE = (patterns.complement, patterns.possessed, predicates.near, patterns.acted_on, patterns.inverted)
MOST_AGE = 6  # tokens of ", 45-year-old"
_PAIRS = frozenset({"killed", "injured", "missing"})
_STATUSES = frozenset({"captured", "arrested", "abducted", "displaced", "rescued", "injured", "missing"})
_ENDS = frozenset({"killed", "injured"})  # what can befall whoever has a status
_SURE = 0.75  # score from which a predicate is right beside its subject


def attach(mentions: list[Mention], sentence: list[Token], lexicon: Lexicon) -> Scene:
    """The scene of a sentence, its mentions in the same order, with measure, trigger and host by flat patterns."""
    scene = Scene.of(sentence, mentions, lexicon)
    read = rates([_own(mention, scene) for mention in mentions], scene)
    scene.mentions = _shared(shares_of(read, scene), scene)
    return scene


def complete(scene: Scene, tree: Tree | None, told: Told, lexicon: Lexicon) -> Scene:
    """The scene with what its tree, and then what was `told` before, give to figures still unread.

    Lone persons in a row are summed up last.
    """
    read = scene.mentions
    if tree:
        view = treepatterns.View(scene, tree)
        read = _shared([_seen(mention, view) for mention in read], scene)
    read = divide(fill(read, told, scene, lexicon), scene)
    read = [_unless_escaped(mention, scene) for mention in sum_up(read, scene)]
    return replace(scene, mentions=_once(read, scene))


def _shared(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """Members of lists and parts of wholes take the reading of their neighbours."""
    return divide(share(divide(mentions, scene), scene), scene)


def _seen(mention: Mention, view: treepatterns.View) -> Mention:
    """The reading that the tree gives, to a figure that has none."""
    found = view.read(mention) if treepatterns.wants(mention) else None
    return _merged(found, view.scene) if found else mention


def _once(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """ "A third man, 45-year-old Lee Orr, was killed": the name behind the comma is the man's own."""
    read: list[Mention] = []
    before: Mention | None = None
    for mention in mentions:
        if before and mention.figure.named and mention.trigger == before.trigger and scene.low(before.end) == ",":
            near = mention.start - before.end <= MOST_AGE
            mention = replace(mention, measures=()) if near else mention
        before = mention if mention.figure.lone and mention.is_count else before
        read.append(mention)
    return read


def _unless_escaped(mention: Mention, scene: Scene) -> Mention:
    """ "The two gunmen fled", "three suspects fled": nobody drove them out."""
    if "displaced" not in mention.measures:
        return mention
    fled = mention.trigger is not None and scene.low(mention.trigger[0]) in ("flee", "flees", "fled", "fleeing")
    head = mention.counted.head
    suspect = head is not None and scene.low(head) in scene.words.fugitives
    return replace(mention, measures=()) if fled and (mention.counted.group == "militants" or suspect) else mention


def _own(mention: Mention, scene: Scene) -> Mention:
    """The reading that the words right around a mention give."""
    if not mention.is_count or scene.low(mention.figure.last) in scene.words.body:
        return mention  # "just above one eye"
    narrow = mention.is_narrow
    found = [pattern(mention, scene) for pattern in (BESIDE if mention.figure.named else PATTERNS)]
    fitting = [m for m in found if m is not None and not (narrow and m.measures[0] not in predicates.HARMS)]
    best = max(fitting, key=lambda m: m.score, default=None)
    if best and best.how == "noun" and best.measures[0] in _STATUSES and not _is_outcome(best, scene):
        ends = (m for m in fitting if m.how == "predicate" and m.measures[0] in _ENDS and m.score > _SURE)
        best = next(ends, best)
    return outcomes.outcome(_merged(best, scene), scene) if best else mention


def _is_outcome(mention: Mention, scene: Scene) -> bool:
    """ "One detained, 17 killed" says all; after "12 detainees" and "two of the wounded" more may follow."""
    end = mention.counted.end
    participle = any("participle" in trigger.forms for trigger in scene.closing.get(end, ()))
    return participle and scene.low(end - 2) != "the"


def _merged(mention: Mention, scene: Scene) -> Mention:
    """ "Killed or injured" is one merged figure; "no one was killed or injured" and "no casualties" are two zeros."""
    measures = mention.measures
    both = _of_both(mention, scene)
    if both:
        return replace(mention, measures=both)
    second = _second_measure(mention, scene)
    if second and mention.trigger and scene.low(mention.trigger[0]) in scene.words.causes:
        measures = (second,)  # "shot and killed"
    elif second == "killed" and mention.figure.lone and mention.trigger and scene.low(mention.trigger[1]) == "and":
        measures = (second,)  # "a man was injured and died"
    elif second:
        pair = {measures[0], second}
        if mention.is_zero:
            measures = (measures[0], second)
        elif "killed" in pair:
            measures = ("killed_or_missing",) if "missing" in pair else ("killed_or_injured",)
    if mention.is_zero and "killed_or_injured" in measures:
        measures = ("killed", "injured")
    return mention if measures == mention.measures else replace(mention, measures=measures)


def _of_both(mention: Mention, scene: Scene) -> tuple[str, ...]:
    """ "Several deaths and injuries", "the deaths and injuries of several people": some of each, uncounted."""
    if not mention.figure.is_vague or mention.trigger is None or mention.measures[0] not in _ENDS:
        return ()
    first, last = mention.trigger
    joined: list[Trigger] = []
    if mention.how == "noun" and scene.low(last) == "and":
        joined = scene.starting(last + 1, "counted")
    elif mention.how == "of" and scene.low(first - 1) == "and":
        joined = scene.ending(first - 1, "of")
    other = next((one.measure for one in joined if one.measure in _ENDS and one.measure not in mention.measures), None)
    return (mention.measures[0], other) if other else ()


def _second_measure(mention: Mention, scene: Scene) -> str | None:
    """The measure of a verb joined to the trigger by "or" or "and", where it has no object of its own."""
    if not mention.trigger or mention.measures[0] not in _PAIRS:
        return None
    end = mention.trigger[1]
    link = scene.low(end)
    if mention.how == "object" and scene.low(mention.trigger[0] - 1) in ("or", "/"):
        first = next(iter(scene.ending(mention.trigger[0] - 1, "transitive")), None)
        if first and first.measure in _PAIRS and first.measure != mention.measures[0]:
            return first.measure  # "killed or wounded 12"
    if link not in ("or", "nor", "/", "and"):
        return None
    at = end + 1
    further = mention.figure.lone or link == "or"  # "was hit twice and was later pronounced dead", "or are missing"
    while further and (scene.words.helps(scene.low(at)) or scene.words.adverbial(scene.low(at))):
        at += 1
    second = next(iter(scene.starting(at, "transitive", "state", "counted", "intransitive")), None)
    if second is None or second.measure not in _PAIRS or second.measure == mention.measures[0]:
        return None
    after = scene.low(second.end)
    if second.end in scene.starts or after in ("another", "about") or (after == "at" and not mention.figure.lone):
        return None
    return second.measure if mention.is_zero or link != "and" or mention.how == "predicate" else None

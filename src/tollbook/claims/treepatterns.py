"""What the tree of a sentence says of a figure that no flat pattern reads.

*Input* a mention, its scene and the sentence's tree. *Output* the mention read, or None.

> "A man whose house was a factory was arrested" → *man* is the subject of *arrested*, whatever stands between.

Each relation has a function and an example. Where flat patterns see something they are right more often than a tree, so
trees come second: decision 21 has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.predicates import HARMS
from tollbook.claims.trees import ROOT, Tree
from tollbook.claims.triggers import Trigger
from tollbook.values import dataclass

OBJECT, SUBJECT, CLAUSE, JOINED, BARE = 0.84, 0.84, 0.8, 0.7, 0.66  # scores of the relations
STEP = 0.03  # what each step through a list costs
MOST_STEPS = 12
AFTER, BEFORE = 15, 3  # tokens from a figure to a trigger that make a parse worth it; for one person only what follows
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET", "SYM"})
_SAME = frozenset({"appos", "nummod", "compound", "flat", "nmod:unmarked", "det"})  # relations within one noun phrase
_STATES = frozenset({"missing", "injured", "killed", "captured", "displaced"})  # nouns that can be said of a subject
_NOT_READ = frozenset({"population", "affected", "registered"})

Found = tuple[Trigger, str, float]


def wants(mention: Mention) -> bool:
    """True for counted people who have no reading yet; bare numbers and nouns that the lexicon lacks are let be."""
    figure, counted = mention.figure, mention.counted
    if not mention.is_count or mention.is_read or figure.named:
        return False
    if counted.head is None and not counted.of_pronoun:
        return False  # an age, a day
    return (counted.person or counted.unit == "household") and (counted.known or counted.agentive)


def helps(scene: Scene) -> bool:
    """True where a tree may give a reading: somebody is unread, and close by something happens to nobody yet."""
    unread = [mention for mention in scene.mentions if wants(mention)]
    if not unread:
        return False
    free = list(_free(scene))
    starts = {trigger.start for trigger in free}
    harms = {trigger.start for trigger in free if trigger.measure in HARMS}
    ends = {trigger.end for trigger in free}
    for mention in unread:
        behind = range(mention.end, mention.end + AFTER + 1)
        if not (harms if mention.is_narrow else starts).isdisjoint(behind):
            return True
        if not mention.is_narrow and not ends.isdisjoint(range(mention.start - BEFORE, mention.start + 1)):
            return True
    return False


def _free(scene: Scene) -> Iterator[Trigger]:
    """Triggers that gave no figure its reading and stand in none."""
    spent = {token for mention in scene.mentions if mention.trigger for token in range(*mention.trigger)}
    spent.update(scene.owner)
    for triggers in scene.opening.values():
        for trigger in triggers:
            readable = trigger.kind != "before" and trigger.measure not in _NOT_READ
            if readable and trigger.start not in spent and trigger.end - 1 not in spent:
                yield trigger


@dataclass(slots=True)
class View:
    """A scene and its tree side by side."""

    scene: Scene
    tree: Tree
    triggers: dict[int, list[Trigger]] = field(init=False)  # by the nodes of their first and last word

    def __post_init__(self) -> None:
        self.triggers = {}
        for found in self.scene.opening.values():
            for trigger in found:
                for token in {trigger.start, trigger.end - 1}:
                    node = self.tree.at(self.scene.sentence[token].start)
                    if node is not None:
                        self.triggers.setdefault(node, []).append(trigger)

    def read(self, mention: Mention) -> Mention | None:
        """The mention by the best relation that ties it to a trigger."""
        narrow = mention.is_narrow
        fitting = [
            mention.by(*found)
            for found in self.relations(mention)
            if found[0].measure not in _NOT_READ and not (narrow and found[0].measure not in HARMS)
        ]
        return max(fitting, key=lambda m: m.score, default=None)

    def relations(self, mention: Mention) -> Iterator[Found]:
        """Every trigger that the tree ties the mention to, how, and with what score."""
        top = self._top(mention)
        if top is None:
            return
        tree = self.tree
        node, steps = self._shared(top)
        cost = STEP * steps
        for noun in dict.fromkeys((top, node)):
            for verb in tree.children(noun, "acl", "acl:relcl"):
                yield from self._clause(verb, cost)
        head, label = tree.head(node), tree.label(node)
        if head == ROOT:
            return
        if label in ("nsubj", "nsubj:pass"):
            yield from self._predicate(head, cost)
        elif label == "obj":
            yield from self._object(head, cost)

    def _top(self, mention: Mention) -> int | None:
        """The node of the mention's own words that all others of them hang on."""
        first, last = self.scene.sentence[mention.start].start, self.scene.sentence[mention.end - 1].end
        token = mention.figure.first if mention.counted.head is None else mention.counted.head
        node = self.tree.at(self.scene.sentence[token].start)
        if node is None:
            return None
        for above in self.tree.up(node):
            if not (first <= self.tree.spans[above][0] < last):
                break
            node = above
        return node

    def _shared(self, node: int) -> tuple[int, int]:
        """The noun whose role the node shares, as a member of its list or another word for it, and the steps there."""
        tree, steps = self.tree, 0
        for _ in range(MOST_STEPS):
            head, label = tree.head(node), tree.label(node)
            if head == ROOT or tree.tag(head) not in _NOMINAL or not (label == "conj" or label in _SAME):
                break
            steps += label == "conj"
            node = head
        return node, steps

    def _words(self, node: int, *labels: str) -> set[str]:
        return {self.tree.lows[child] for child in self.tree.children(node, *labels)}

    def _is_passive(self, verb: int) -> bool:
        return bool(self.tree.children(verb, "aux:pass"))

    def _is_open(self, verb: int) -> bool:
        """ "To arrest a man", "if 12 people died", "was not hurt": it did not happen, or nobody says that it did."""
        return bool(self._words(verb, "mark", "advmod", "aux", "cc") & self.scene.words.unreal)

    def _object(self, verb: int, cost: float) -> Iterator[Found]:
        """ "Police captured a mayor, Sten Lund, and two of his sons", "the quake left a family of five homeless"."""
        if self._is_open(verb):
            return
        for trigger in self.triggers.get(verb, ()):
            if trigger.kind == "transitive" and not self._is_passive(verb):
                yield trigger, "object", OBJECT - cost
        for state in self.tree.children(verb, "xcomp"):
            for trigger in self.triggers.get(state, ()):
                if trigger.kind in ("state", "counted") or "participle" in trigger.forms:
                    yield trigger, "object", CLAUSE - cost

    def _predicate(self, verb: int, cost: float) -> Iterator[Found]:
        """ "A man whose house was a factory was arrested", "nine, among them a judge, were said to be dead"."""
        if self._is_open(verb):
            return
        tree, passive = self.tree, self._is_passive(verb)
        yield from self._said(verb, passive, SUBJECT - cost)
        for state in tree.children(verb, "xcomp"):
            if passive or "to" not in self._words(state, "mark"):
                yield from self._said(state, not tree.children(state, "obj"), CLAUSE - cost, narrow=True)
        for phrase in tree.children(verb, "obl"):  # "was listed in stable condition"
            for trigger in self.triggers.get(phrase, ()):
                if trigger.kind == "state":
                    yield trigger, "predicate", JOINED - cost
        for other in tree.children(verb, "conj"):  # "was rushed to a clinic and died there"
            if not tree.children(other, "nsubj", "nsubj:pass") and not self._is_open(other):
                goes_on = self._is_passive(other) or (passive and not tree.children(other, "obj"))
                yield from self._said(other, goes_on, JOINED - cost, narrow=True)

    def _said(self, verb: int, passive: bool, score: float, *, narrow: bool = False) -> Iterator[Found]:
        """What a verb, or "dead" and "missing", says of its subject; `narrow` where the subject is not its own."""
        tree = self.tree
        for trigger in self.triggers.get(verb, ()):
            if trigger.kind in ("intransitive", "state"):
                yield trigger, "predicate", score
            elif trigger.kind == "counted" and trigger.measure in _STATES and tree.tag(verb) != "VERB":
                yield trigger, "predicate", score - STEP
            elif trigger.kind == "transitive" and "participle" in trigger.forms:
                if passive:
                    yield trigger, "predicate", score
                elif not narrow and not self._acts(verb):  # "20 people shot in one weekend"
                    yield trigger, "predicate", min(score, BARE)

    def _acts(self, verb: int) -> bool:
        """ "Shot and killed a friend": the verb, or one joined to it, has an object."""
        tree = self.tree
        return any(tree.children(one, "obj") for one in (verb, *tree.children(verb, "conj")))

    def _clause(self, verb: int, cost: float) -> Iterator[Found]:
        """ "The 30 whom the flood displaced", "a girl who had been alone and was injured", "a sailor lost at sea"."""
        tree = self.tree
        subjects = tree.children(verb, "nsubj", "nsubj:pass")
        cost += STEP
        if subjects and tree.lows[subjects[0]] in self.scene.words.relatives:
            yield from self._predicate(verb, cost)
        elif subjects:
            for trigger in self.triggers.get(verb, ()):
                if trigger.kind == "transitive" and not (self._is_passive(verb) or tree.children(verb, "obj")):
                    yield trigger, "object", CLAUSE - cost
        elif not self._is_open(verb):
            yield from self._said(verb, not tree.children(verb, "obj"), CLAUSE - cost)

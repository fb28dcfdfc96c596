"""Whom a figure comes on top of: "a leader and two aides were held", "they also held three", "another two died".

Input: a read sentence. Output: which figures are members of one list, and which say by their words that they count
others than those told of before. What they add up to is for the findings to say; the claims stay as they were said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from tollbook.claims.lists import gap_between
from tollbook.claims.mentions import Mention, Scene
from tollbook.lexicon.taxonomy import load_taxonomy
from tollbook.values import dataclass

RECALLED = 4  # sentences after which "two others" are others than nobody in particular
_LINKS = frozenset({"and", "&", "plus", "with", "as"})
_NEAR = 3  # how many figures back another one of the sentence may be whose others are told of
_JOINED = frozenset({"along", "together", "with"})


@dataclass(slots=True)
class Bases:
    """The last claims that others may come on top of, by what happened, while a report is read sentence by sentence."""

    number: int = 0
    part: str = ""
    # By what happened a claim, the sentence that it stands in, and whether it counts one person.
    last: dict[str, tuple[str, int, bool]] = field(default_factory=dict)

    def turn(self, part: str) -> None:
        """Goes to the next sentence; a headline tells what the text tells again."""
        self.number += 1
        if part != self.part:
            self.part, self.last = part, {}

    def is_new(self, index: int, scene: Scene, lists: Mapping[int, int]) -> bool:
        """ "The leader and two aides were held": he is counted here, unless the last one counted was one person, he."""
        told = [self.last[kin] for kin in _kin(scene.mentions[index]) if kin in self.last]
        return index in lists.values() and not any(one for _, _, one in told)

    def under(
        self, index: int, scene: Scene, lists: Mapping[int, int], ids: Mapping[int, str], measure: str
    ) -> str | None:
        """The claim that a figure comes on top of, by its list or by its words; remembers it for the next ones."""
        mention, known = scene.mentions[index], load_taxonomy().measures.get(measure)
        if known is None or mention.host is not None or mention.is_composed:
            return None
        before = lists.get(index)
        base, number, _ = self.last.get(known.kin, (None, 0, False))
        base = base if self.number - number <= RECALLED else None
        if is_base(mention, scene) and (not (mention.figure.known and base) or self.is_new(index, scene, lists)):
            self.last[known.kin] = ids[index], self.number, mention.figure.quantity.value == 1
        if before is not None:
            return base if scene.mentions[before].figure.known and base else ids.get(before)
        return base if adds(mention, scene) else None


def listed(scene: Scene) -> dict[int, int]:
    """For each further member of a list the index of the one before it: "two men, a woman and three others died"."""
    found: dict[int, int] = {}
    run: list[int] = []
    for index in [*(at for at, mention in enumerate(scene.mentions) if _may_add(mention) or _is_gapped(mention)), -1]:
        if run and index >= 0 and _goes_on(run[-1], index, scene):
            run.append(index)
            continue
        if len(run) > 1 and _closes(run, scene) and not _restates(run, scene):
            found.update(zip(run[1:], run, strict=False))
        run = [index] if index >= 0 else []
    return found


def adds(mention: Mention, scene: Scene) -> bool:
    """ "Two others", "an additional suspect", "also detained three": people not told of before.

    In "one died and two others were hurt" they are others than the one who died; "his brother" is nobody new.
    """
    if not _may_add(mention) or (mention.figure.lone and scene.low(mention.start) in scene.words.possessives):
        return False
    before = next((other for other in reversed(scene.before(mention, _NEAR)) if other.is_read), None)
    if before is not None and _kin(before) != _kin(mention):
        return False
    if mention.figure.is_vague and mention.counted.others and "injured" in mention.measures:
        return False  # "others were hurt", told of again, are the same others
    others = mention.figure.more or mention.counted.others
    if others or any(scene.low(at) in scene.words.adding for at in range(mention.start, mention.end)):
        return True
    at = mention.trigger[0] if mention.trigger else 0
    return "also" in (scene.low(at - 1), scene.low(at - 2))


def is_base(mention: Mention, scene: Scene) -> bool:
    """True for people whom others may be added to; a toll that "rose to 42" has them in it, "two of the 9" don't.

    Nor do "two of the victims": others than those are told of are others than all of them.
    """
    at = mention.figure.last
    some = scene.low(at) == "of" and scene.low(at + 1) in ("the", "those", "these", "them")
    return _may_add(mention) and not some and mention.how not in ("toll", "composed") and not mention.counted.of_figure


def _kin(mention: Mention) -> set[str]:
    """What happened to them, whichever word tells it: who is captured is arrested."""
    known = load_taxonomy().measures
    return {known[measure].kin for measure in mention.measures if measure in known}


def _may_add(mention: Mention) -> bool:
    told = mention.is_count and mention.is_read and mention.host is None and not mention.is_zero
    someone = mention.figure.lone or mention.counted.others or mention.counted.head is not None
    return told and someone and mention.counted.person and (mention.counted.known or mention.counted.agentive)


def _goes_on(before: int, index: int, scene: Scene) -> bool:
    """The same verb tells of both, and nothing but a comma or a link stands between them."""
    left, right = scene.mentions[before], scene.mentions[index]
    if left.measures != right.measures or left.trigger != right.trigger:
        return False
    if right.how == "along" or _is_gapped(right):
        return True
    gap = gap_between(left, right, scene)
    return bool(gap) and all(word in scene.words.list_words or word in _JOINED for word in gap)


def _is_gapped(mention: Mention) -> bool:
    """ "Ten were killed in the mill and four on the road": the four are others, elsewhere."""
    return (
        mention.how == "told" and mention.host is None and mention.trigger is not None and mention.counted.head is None
    )


def _closes(run: list[int], scene: Scene) -> bool:
    """True where the last member is linked by more than a comma; "three people, one from Orne" is no list."""
    left, right = (scene.mentions[index] for index in run[-2:])
    return _is_gapped(right) or bool(_LINKS.intersection(gap_between(left, right, scene)))


def _restates(run: list[int], scene: Scene) -> bool:
    """ "Three people, a man and two women, were killed": the first one has counted the others already."""
    first, *rest = (scene.mentions[index].figure.quantity.low or 0 for index in run)
    return len(rest) > 1 and first == sum(rest)

"""Figures that take their reading from a neighbour: members of a list, and parts of a whole.

"60 children, 100 women and 70 old people were killed" → all three killed. "Killed 613, including 116 women and 63
children" → the 116 and the 63 are parts of the 613.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tollbook.claims import outcomes
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.predicates import ASIDES, is_set_apart
from tollbook.claims.quantities import merged
from tollbook.model import Quantity

MOST_BACK = 16  # figures from a part back to its whole
MOST_ASIDE = 3  # words between an opening bracket or dash and the part behind it


def share(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """Unread members of a list get the reading of a read one, forward and then backward."""
    read = list(mentions)
    order = [index for index, mention in enumerate(read) if mention.is_listable]
    for forward in (True, False):
        for giver, taker in _neighbours(order if forward else order[::-1], read, scene):
            if not read[taker].is_read and read[giver].is_read and _may_share(read[giver], read[taker], forward, scene):
                other = read[giver]
                how = "composed" if other.is_composed else "listed"
                read[taker] = replace(
                    read[taker], measures=other.measures, trigger=other.trigger, how=how, score=other.score - 0.08,
                    host=other.host, denied=other.denied,
                )  # fmt: skip
    return read


def _may_share(giver: Mention, taker: Mention, forward: bool, scene: Scene) -> bool:
    if _is_said_twice(giver, taker, scene):
        return True
    if not _alike(giver, taker) or taker.counted.of_figure:
        return False
    if forward and giver.how in ("noun", "toll") and not taker.counted.head:
        return False
    if not forward and scene.low(taker.start - 1) == "of" and scene.low(taker.start - 2) in ("", ",", ";", "out"):
        return False  # "of the 90 passengers, 30 were killed"
    left, right = (giver, taker) if forward else (taker, giver)
    if is_set_apart(left, scene) or not _is_list(gap_between(left, right, scene), scene):
        return False
    if forward:  # "20 were killed and 12 women …": a verb that stands between is the first one's own
        own = scene.words.helps(scene.low(taker.end))  # "12 dead, and 30 men have deserted"
        return not own and not (giver.how == "predicate" and giver.trigger and giver.trigger[0] < taker.start)
    return giver.how not in ("object", "of", "before") and not is_of_whom(giver, scene)


def _is_said_twice(one: Mention, other: Mention, scene: Scene) -> bool:
    """ "220 households (about 900 people)": the same people, counted in two ways."""
    left, right = sorted((one, other), key=lambda mention: mention.start)
    return _in_two_units(left, right) and _words_between(left, right, scene) in (["("], ["["], ["or"], [",", "or"])


def _in_two_units(one: Mention, other: Mention) -> bool:
    """Households beside people: neither is a part of the other."""
    return {one.counted.unit, other.counted.unit} == {"household", "person"}


def _alike(one: Mention, other: Mention) -> bool:
    """People are listed with people, and with households."""
    kinds = {mention.counted.person or mention.counted.unit == "household" for mention in (one, other)}
    return len(kinds) == 1


def _neighbours(order: list[int], mentions: list[Mention], scene: Scene) -> list[tuple[int, int]]:
    """Pairs that may be members of one list: next to each other, or with only an aside between them."""
    pairs = list(pairwise(order))
    for skip in (2, 3):
        for first, second in zip(order, order[skip:], strict=False):
            left, right = sorted((first, second))
            gap = gap_between(mentions[left], mentions[right], scene)
            if len(gap) < 4 and _is_list(gap, scene):
                pairs.append((first, second))
    return pairs


def _words_between(left: Mention, right: Mention, scene: Scene) -> list[str]:
    return [token.low for token in scene.sentence[left.end : right.start]]


def gap_between(left: Mention, right: Mention, scene: Scene) -> list[str]:
    """The words between two figures without asides and without an "of the …" right after the first."""
    gap: list[str] = []
    closing = ""
    for at in range(left.end, right.start):
        low = scene.low(at)
        if low in ("aged", "ages") or _is_age(at, scene):
            continue  # "nine boys, ages five and eight, and four clerks"
        if closing:
            closing = "" if low == closing else closing
        elif low in ASIDES and low != "," and not scene.glued(at):
            closing = ASIDES[low]
        elif low == "including" and gap[-1:] == [","]:
            closing = ","  # "three doctors, including Ann Orr, two nurses and a guard were killed"
        else:
            gap.append(low)
    if closing:
        return ["unclosed"]
    if gap and gap[0] in ("of", "from", "in", "at"):
        link = next((at for at, word in enumerate(gap) if word in (",", "and", "or")), None)
        words = scene.words
        if link is not None and link <= 6 and not any(words.helps(w) or w in words.relatives for w in gap[:link]):
            gap = gap[link:]
    return gap


def _is_age(at: int, scene: Scene) -> bool:
    return at in scene.owner and scene.mentions[scene.owner[at]].role.kind == "age"


def _is_list(gap: list[str], scene: Scene) -> bool:
    return bool(gap) and all(word in scene.words.list_words for word in gap)


def sum_up(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """Lone people named one after another are one figure: "a man and a woman" are two."""
    read = list(mentions)
    order = [index for index, mention in enumerate(read) if mention.is_listable and mention.is_read]
    run: list[int] = []
    for index in [*order, -1]:
        if run and index >= 0 and _continues_run(read[run[-1]], read[index], read[run[0]], scene):
            run.append(index)
            continue
        if len(run) > 1 and not (index >= 0 and _enumerates([read[at] for at in run], read[index], scene)):
            joined = any(word in ("and", "&") for at in run[1:] for word in gap_between(read[at - 1], read[at], scene))
            read[run[0]] = (_summed if joined else _same)([read[at] for at in run])
            for at in run[1:]:
                read[at] = replace(read[at], figure=merged(read[at].figure), measures=(), host=None)
        run = [index] if index >= 0 and read[index].figure.lone and read[index].host is None else []
    return read


def _enumerates(run: list[Mention], following: Mention, scene: Scene) -> bool:
    """ "A woman, a boy and two girls": the list goes on with a number, so that each member stands by itself.

    But "a victim, a 19-year-old woman, and two girls" names the first one twice.
    """
    listed = run[-1].measures == following.measures and "and" in gap_between(run[-1], following, scene)[-2:]
    restated = len(run) == 2 and run[0].counted.group == "all" and run[1].counted.group != "all"
    return listed and not restated


def _continues_run(last: Mention, mention: Mention, first: Mention, scene: Scene) -> bool:
    """The same thing happened to the next one in the list, who is lone too or belongs to the first ("her husband")."""
    if mention.host is not None or mention.measures != last.measures or mention.trigger != last.trigger:
        return False
    if not _is_list(gap_between(last, mention, scene), scene):
        return False
    own = scene.low(first.start) in scene.words.possessives and mention.figure.quantity.value is not None
    return mention.figure.lone or (own and mention.figure.quantity.bound == "exact")


def _same(run: list[Mention]) -> Mention:
    """ "A fifth victim, an 18-year-old woman": a comma alone says the same person twice, the second time more fully."""
    group = next((mention.counted.group for mention in reversed(run) if mention.counted.group != "all"), "all")
    return replace(run[0], counted=replace(run[0].counted, end=run[-1].end, group=group))


def _summed(run: list[Mention]) -> Mention:
    first, last = run[0], run[-1]
    total = sum(int(mention.figure.quantity.value or 1) for mention in run)
    groups = {mention.counted.group for mention in run}
    counted = replace(first.counted, end=last.end, group=groups.pop() if len(groups) == 1 else "all")
    figure = replace(first.figure, last=last.figure.last, quantity=Quantity.exact(total))
    return replace(first, figure=figure, counted=counted)


# ---- parts of a whole ----


def shares_of(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """ "30 of the 80 passengers were killed": what is said behind a share is said of the 30, not of the 80."""
    read = list(mentions)
    for index, (part, whole) in enumerate(pairwise(mentions)):
        fate = outcomes.of_share(part, whole, scene) if part.counted.of_figure else None
        if fate:
            read[index] = replace(fate, host=index + 1, how="outcome")
            continue
        alike = not part.is_read or part.measures == whole.measures
        if part.counted.of_figure and alike and _is_said_of_share(whole, scene):
            taken = replace(
                part,
                measures=whole.measures,
                trigger=whole.trigger,
                how=whole.how,
                score=whole.score,
                denied=whole.denied,
            )
            read[index], read[index + 1] = taken, replace(whole, measures=(), trigger=None, denied=False)
    return read


def _is_said_of_whom(whole: Mention, part: Mention, scene: Scene) -> bool:
    """ "Three men, two of whom died": the verb behind "of whom" tells of the two alone."""
    told, own = whole.trigger, part.trigger
    if told is None or own is None or told[0] < part.start or told[0] >= own[1] or own[0] >= told[1]:
        return False
    return is_of_whom(part, scene)


def is_of_whom(mention: Mention, scene: Scene) -> bool:
    """ "Two of whom": a clause of its own is said of them."""
    last = mention.figure.last
    return mention.counted.of_pronoun and scene.low(last) == "of" and scene.low(last + 1) == "whom"


def _is_said_of_share(whole: Mention, scene: Scene) -> bool:
    """A main verb stands behind the whole; "one of the three people wounded" and "of the 30 who fled" tell of all."""
    if whole.trigger is None or whole.trigger[0] < whole.end or whole.counted.measure in whole.measures:
        return False
    between = [scene.low(at) for at in range(whole.end, whole.trigger[0])]
    main = bool(scene.starting(whole.trigger[0], "intransitive")) or any(scene.words.helps(low) for low in between)
    return main and not any(low in scene.words.relatives for low in between)


def divide(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """A figure after "including", "among them", "of whom", or set apart by dashes, is a part of the one before it."""
    read = list(mentions)
    for index, (whole, part) in enumerate(pairwise(mentions)):
        if _is_said_of_whom(whole, part, scene):
            read[index] = replace(whole, measures=(), trigger=None, denied=False)
    for index, mention in enumerate(read):
        hit = outcomes.among_hit(read, index, scene)
        if hit is not None:
            read[index] = replace(mention, host=hit, how="outcome")
            continue
        host = _host(read, index, scene) if mention.host is None and mention.is_listable else None
        if host is None or not (mention.is_read or read[host].is_read):
            continue
        whole = read[host]
        if not mention.is_read and "population" in whole.measures:
            continue  # "a tenth of the valley's 4,000 residents"
        if not mention.is_read:
            mention = replace(
                mention, measures=whole.measures, trigger=whole.trigger, how="part", score=whole.score - 0.06
            )
        if outcomes.dead_among(mention, whole, of_it=mention.counted.of_figure or is_set_apart(whole, scene)):
            read[index] = replace(mention, host=host, how="outcome")
        elif mention.measures == whole.measures:
            read[index] = mention if _in_two_units(mention, whole) else replace(mention, host=host)
    return read


def _host(read: list[Mention], index: int, scene: Scene) -> int | None:
    """The index of the figure that a mention is a part of, or None."""
    mention = read[index]
    if mention.counted.of_figure and index + 1 < len(read):
        return index + 1
    if mention.how == "graded":
        near = range(index - 1, max(-1, index - 4), -1)
        fatal = mention.measures == ("killed",) and not mention.is_zero
        same = (at for at in near if read[at].measures == (("injured",) if fatal else mention.measures))
        return next((at for at in same if read[at].host is None and _fits_in(mention, read[at])), None)
    for back in range(index - 1, max(-1, index - MOST_BACK), -1):
        whole = read[back]
        if not whole.is_listable or not (whole.counted.person or whole.counted.unit == "household"):
            continue
        if not whole.counted.known and not whole.counted.agentive:
            continue  # "51 people of three generations, including 13 women, were killed"
        gap = _words_between(whole, mention, scene)
        if is_set_apart(whole, scene) and len(gap) < 3:
            return back if _fits_in(mention, whole) else None  # "of the 12 killed, three were children"
        if mention.counted.of_pronoun or _opens_part(gap, scene):
            while whole.host is not None and whole.how in ("part", "listed"):
                back, whole = whole.host, read[whole.host]
            return back if _fits_in(mention, whole) else None
        own = whole.how in ("part", "listed") or (whole.trigger == mention.trigger and mention.trigger is not None)
        if whole.host is not None and own and _is_list(gap, scene):
            return whole.host
        if len(gap) > 8:
            return None
    return None


def _fits_in(part: Mention, whole: Mention) -> bool:
    low, top = part.figure.quantity.low or 0, whole.figure.quantity.low
    return whole.figure.is_vague or top is None or low <= top


def _opens_part(gap: list[str], scene: Scene) -> bool:
    """ ", including", "(", " - ", ", among them", "were killed:"; a full stop closes the host's sentence."""
    first = [word for word in gap if word not in (",", "at", "least", "the", "all")]
    if not first or "." in gap or ";" in gap:
        return False
    if first[0] == "including" and "," in gap[gap.index("including") + 1 :]:
        return False  # "three doctors, including Ann Orr, two nurses"
    if ASIDES.get(first[0]) in first[1:]:
        return False  # the aside is closed again: "six priests (five …) and two women"
    if first[0] in ASIDES and len(first) > MOST_ASIDE:
        return False  # a dash that closes an aside, with a verb behind it
    pairs = scene.words.part_pairs
    opens = first[0] in scene.words.part_openers or " ".join(first[:2]) in pairs or " ".join(first[-2:]) in pairs
    return opens or "including" in first[-2:] or gap[-1] == ":"

"""The default reader: a report's sentences become claims with exact words, typed quantities and what is said of them.

Gate, then flat patterns: only sentences with a number, a lone person or a "no" are read. "The fire killed 12 people,
three of them children, officials said" → 12 killed, all; 3 killed, children, a part of the 12; by officials.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tollbook import text as texts
from tollbook.claims import (
    READER,
    attribution,
    characterisations,
    dates,
    lone,
    places,
    qualify,
    quantities,
    roles,
    settings,
)
from tollbook.claims.attach import attach
from tollbook.claims.counted import Counted, counted
from tollbook.claims.ignored import leftover
from tollbook.claims.mentions import Mention
from tollbook.claims.nouns import doing
from tollbook.lexicon import Lexicon
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.lexicon.taxonomy import load_taxonomy
from tollbook.model import (
    Bound,
    Claim,
    Ignored,
    NumberMention,
    Passage,
    PlaceMention,
    Quantity,
    Reading,
    Report,
    Span,
    Statement,
    TimeMention,
)
from tollbook.passages import split
from tollbook.text import Token

THINGS_ONLY = {"destroyed", "damaged"}


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of a report while its sentences are read."""

    report: Report
    passages: tuple[Passage, ...]
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    statements: tuple[Statement, ...]
    lexicon: Lexicon


def read(report: Report, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> Reading:
    """All that the default reader finds in one report; an unread language gives an empty reading."""
    if report.language not in (None, lexicon.language):
        return Reading(report.id)
    passages = split(report, lexicon)
    times = tuple(
        mention for passage in passages for mention in dates.find(_words_of(report, passage), passage.span, lexicon)
    )
    found_places = tuple(places.find(report, lexicon, gazetteer))
    page = _Page(report, passages, times, found_places, attribution.statements(report, passages, lexicon), lexicon)
    claims: list[Claim] = []
    numbers: list[NumberMention] = []
    ignored: list[Ignored] = []
    for passage in passages:
        _read_passage(page, passage, claims, numbers, ignored)
    return Reading(
        report=report.id,
        claims=tuple(claims),
        settings=settings.settle(report, passages, tuple(claims), times, found_places, lexicon),
        statements=page.statements,
        characterisations=characterisations.find(report, passages, page.statements, lexicon),
        numbers=tuple(numbers),
        times=times,
        places=found_places,
        ignored=tuple(ignored),
        sentences=tuple(passage.span for passage in passages),
    )


def _words_of(report: Report, passage: Passage) -> str:
    return (report.title or "") if passage.span.part == "title" else report.text


def _read_passage(
    page: _Page, passage: Passage, claims: list[Claim], numbers: list[NumberMention], ignored: list[Ignored]
) -> None:
    whole = _words_of(page.report, passage)
    span = passage.span
    sentence = texts.tokens(whole, span.start, span.end)
    figures = quantities.find(sentence, page.lexicon)
    times = [mention for mention in page.times if mention.span.overlaps(span)]
    mentions = _mentions(page, sentence, figures, times, whole)
    for mention in mentions:
        _keep_number(mention, sentence, span, whole, numbers, ignored)
    ignored.extend(leftover(sentence, span, whole, mentions, times))
    if passage.kind == "boilerplate":
        return
    read_mentions = attach(mentions, sentence, page.lexicon)
    ids: dict[int, str] = {}
    for mention in sorted(read_mentions, key=lambda m: (m.host is not None, m.start)):
        for claim in _claims_of(page, passage, mention, sentence, ids, read_mentions, whole):
            claims.append(claim)


def _mentions(
    page: _Page, sentence: list[Token], figures: list[quantities.Figure], times: list[TimeMention], whole: str
) -> list[Mention]:
    lexicon = page.lexicon
    figures = sorted([*figures, *lone.find(sentence, figures, lexicon)], key=lambda figure: figure.first)
    starts = {figure.first for figure in figures}
    mentions = []
    for figure in figures:
        role = roles.role(sentence, figure, times, whole, lexicon)
        noun = (
            counted(sentence, figure, starts, lexicon)
            if role.kind == "count"
            else Counted(role.last, None, person=False)
        )
        mentions.append(Mention(figure, role, noun))
    return mentions


def _keep_number(
    mention: Mention,
    sentence: list[Token],
    span: Span,
    whole: str,
    numbers: list[NumberMention],
    ignored: list[Ignored],
) -> None:
    """Every numeral is in a quantity, a time or an ignored row."""
    figure, role = mention.figure, mention.role
    if figure.lone or figure.quantity.bound is Bound.NONE or role.kind == "time":
        return
    first = role.first if role.first is not None else figure.first
    last = max(role.last, figure.last) if role.kind != "count" else mention.end
    at = Span(sentence[first].start, sentence[last - 1].end, span.part)
    if role.kind == "ignored":
        ignored.append(Ignored(at, at.of(whole), role.why or "name"))
        return
    unit = role.unit or mention.counted.unit
    numbers.append(NumberMention(at, at.of(whole), figure.quantity, unit))


# ---- a mention becomes claims ----


def _claims_of(
    page: _Page, passage: Passage, mention: Mention, sentence: list[Token], ids: dict[int, str], all_mentions:
    list[Mention], whole: str,
) -> list[Claim]:  # fmt: skip
    if mention.role.kind not in ("count", "percent", "money"):
        return []
    measures = tuple(measure for measure in mention.measures if _fits(mention, measure)) or ("other",)
    one_of = mention.figure.quantity.value == 1 and mention.counted.of_figure
    if one_of or (measures == ("other",) and not _worth_keeping(mention)):
        return []
    span = _said(mention, sentence, passage.span)
    chain = attribution.chain(span, page.report, page.passages, page.statements, page.lexicon)
    trigger = None
    if mention.trigger:
        trigger = Span(sentence[mention.trigger[0]].start, sentence[mention.trigger[1] - 1].end, span.part)
    host = ids.get(mention.host) if mention.host is not None else None
    made = []
    for measure in measures:
        claim = Claim(
            id=Claim.id_of(page.report.text_sha256, span, measure),
            report=page.report.id,
            span=span,
            said=span.of(whole),
            measure=measure,
            group=_group(mention, sentence, all_mentions, page.lexicon, measure),
            unit=_unit(mention, measure),
            quantity=_quantity(mention),
            affiliation=mention.counted.affiliation,
            basis=qualify.basis(mention, sentence, page.lexicon),
            part_of=host,
            alternatives=_alternatives(mention, all_mentions),
            modality=qualify.modality(mention, sentence, page.lexicon),
            attribution=chain,
            trigger=trigger,
            confidence=round(mention.score if measure != "other" else 0.4, 3),
            reader=READER,
        )
        made.append(claim)
    index = next(i for i, other in enumerate(all_mentions) if other is mention)
    ids[index] = made[0].id
    return made


def _fits(mention: Mention, measure: str) -> bool:
    """People are killed and displaced, things are destroyed; a country can't be injured."""
    if measure in THINGS_ONLY:
        return not mention.counted.person or mention.counted.head is None
    people = load_taxonomy().measures[measure].people
    return not people or mention.counted.person or mention.counted.group == "households"


def _worth_keeping(mention: Mention) -> bool:
    """A bare number that counts nothing named is kept in the annotations only."""
    if mention.figure.lone or mention.figure.quantity.bound is Bound.NONE:
        return False
    return mention.role.kind in ("percent", "money") or mention.counted.head is not None


def _said(mention: Mention, sentence: list[Token], span: Span) -> Span:
    """The exact words: bound, number, noun."""
    first = mention.role.first if mention.role.first is not None else mention.start
    last = mention.role.last if mention.role.kind != "count" else mention.end
    return Span(sentence[first].start, sentence[max(last, mention.figure.last) - 1].end, span.part)


def _group(mention: Mention, sentence: list[Token], mentions: list[Mention], lexicon: Lexicon, measure: str) -> str:
    """The noun's own group; of a bare number, what the sentence was counting before ("and eight were wounded")."""
    if mention.role.kind != "count":
        return "all"
    own = mention.counted.group
    if own != "all" or not mention.counted.person:
        return own
    bare = mention.counted.head is None or mention.counted.others or mention.counted.of_pronoun or mention.how == "noun"
    if bare and measure != "other":
        before = [other for other in mentions if other.end <= mention.start and other.role.kind == "count"]
        if mention.host is not None and mention.counted.of_pronoun:
            return mentions[mention.host].counted.group
        before = [other for other in before if other.host is None and other.is_read and other.counted.person]
        if (
            before
            and mention.host is None
            and before[-1].counted.head is not None
            and before[-1].measures != mention.measures
        ):
            return before[-1].counted.group
    return doing(sentence, mention.end, lexicon) or own


def _unit(mention: Mention, measure: str) -> str:
    if mention.role.unit and mention.role.kind != "count":
        return mention.role.unit
    if mention.counted.unit:
        return mention.counted.unit
    return "person" if measure != "other" and mention.counted.person else "item"


def _quantity(mention: Mention) -> Quantity:
    quantity = mention.figure.quantity
    if mention.role.kind in ("percent", "money") and quantity.bound is Bound.MORE_THAN and quantity.value is not None:
        return replace(quantity, low=quantity.value)
    return quantity


def _alternatives(mention: Mention, mentions: list[Mention]) -> tuple[Quantity, ...]:
    """ "At least 12 killed and 20 wounded": the bound may reach the second figure too."""
    if mention.figure.quantity.bound is not Bound.EXACT or mention.figure.lone or mention.figure.quantity.value is None:
        return ()
    before = [other for other in mentions if other.end <= mention.start]
    if not before or before[-1].figure.quantity.bound not in (Bound.AT_LEAST, Bound.MORE_THAN, Bound.ABOUT):
        return ()
    if mention.start - before[-1].end > 6 or not before[-1].is_read:
        return ()
    bound = before[-1].figure.quantity.bound
    value = mention.figure.quantity.value
    return (quantities.bounded(value, bound.value),)

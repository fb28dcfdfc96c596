"""The default reader: a report's sentences become claims with exact words, typed quantities and what is said of them.

Only sentences with a number, a lone person or a "no" are read, by flat patterns. "The fire killed 12 people, three of
them children, officials said" → 12 killed, all; 3 killed, children, a part of the 12; by officials.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

from tollbook import text as texts
from tollbook.claims import (
    READER,
    amounts,
    attribution,
    besides,
    broken,
    characterisations,
    confidence,
    dates,
    folds,
    lone,
    named,
    offices,
    ordinals,
    people,
    places,
    qualify,
    quantities,
    roles,
    rosters,
    settings,
    shares,
    stated,
    timeroles,
    treepatterns,
    whose,
)
from tollbook.claims.attach import attach, complete
from tollbook.claims.counted import Counted, counted
from tollbook.claims.eventtimes import event_times
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.scenewords import scene_words
from tollbook.claims.told import Told
from tollbook.claims.trees import Trees
from tollbook.claims.triggers import trigger_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import (
    Claim,
    Ignored,
    NumberMention,
    Passage,
    Reading,
    Report,
    Setting,
    Span,
    TimeMention,
)
from tollbook.passages import split
from tollbook.text import Token
from tollbook.values import dataclass


@dataclass(slots=True)
class _Page:
    """A report while its sentences are read, and what was found so far."""

    report: Report
    passages: tuple[Passage, ...]
    chains: attribution.Chains
    lexicon: Lexicon
    claims: list[Claim] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    numbers: list[NumberMention] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    names: set[tuple[str, int, int]] = field(default_factory=set)  # part, start, end of claims that rest on a name
    known: set[tuple[str, int, int]] = field(default_factory=set)  # and of those on "the boy"
    before: int = 0  # how many claims there were before the last passage
    wholes: dict[str, str] = field(default_factory=dict)  # the last whole figure's claim, by measure
    told: Told = field(default_factory=Told)
    bases: besides.Bases = field(default_factory=besides.Bases)
    people: people.People = field(default_factory=lambda: people.People(""))


def read(report: Report, lexicon: Lexicon, gazetteer: Gazetteer | None = None, country: str | None = None) -> Reading:
    """All that the default reader finds in one report; an unread language gives an empty reading."""
    if report.language not in (None, lexicon.language):
        return Reading(report.id)
    passages = split(report, lexicon)
    statements = attribution.statements(report, passages, lexicon)
    page = _Page(report, passages, attribution.Chains(report, statements), lexicon)
    page.people.text_sha256 = report.text_sha256
    trees = Trees(report)
    drafts = [_draft(passage, report, lexicon) for passage in passages]
    trees.ahead(draft.span for draft in drafts if draft.scene and treepatterns.helps(draft.scene))
    for draft in drafts:
        _read_draft(page, draft, trees)
    page.claims = page.people.among(named.once(page.people.settled(page.claims), page.names, page.known))
    told = (draft.sentence for draft in drafts if draft.span.part == "text" and draft.kind != "boilerplate")
    page.claims = rosters.counted(told, page.claims, report, page.chains, lexicon)
    mentions = places.find(report, lexicon, gazetteer, country)
    found_places = tuple(mention for mention in mentions if not mention.context)
    times = tuple(page.times)
    found = settings.settle(report, passages, tuple(page.claims), times, found_places, lexicon)
    claims = tuple(_over_many(claim, found.get(claim.id)) for claim in page.claims)
    return Reading(
        report=report.id,
        claims=claims,
        settings=found,
        statements=statements,
        characterisations=characterisations.find(report, passages, statements, lexicon),
        numbers=tuple(page.numbers),
        times=times,
        places=found_places,
        around=tuple(mention for mention in mentions if mention.context),
        ignored=tuple(page.ignored),
        sentences=tuple(passage.span for passage in passages),
        event_times=event_times(report, times, scene_words(lexicon)),
        offices=(*offices.find(report, lexicon, gazetteer), *offices.bodies(_sources(claims), lexicon, gazetteer)),
    )


def _sources(claims: tuple[Claim, ...]) -> Iterator[str]:
    return (link.source for claim in claims for link in claim.attribution if link.kind not in ("person", "official"))


def _over_many(claim: Claim, setting: Setting | None) -> Claim:
    """A figure whose words count several incidents together ("since 2010") is an aggregate."""
    many = setting is not None and setting.aggregate and claim.basis == "incident"
    return replace(claim, basis="aggregate") if many else claim


@dataclass(slots=True)
class _Draft:
    """A sentence as far as it can be read by itself, without a tree."""

    span: Span
    whole: str
    sentence: list[Token]
    times: list[TimeMention]
    mentions: list[Mention]
    scene: Scene | None  # None where nothing is to be claimed
    kind: str


def _draft(passage: Passage, report: Report, lexicon: Lexicon) -> _Draft:
    span = passage.span
    whole = (report.title or "") if span.part == "title" else report.text
    times = dates.find(whole, span, lexicon)
    if times:
        times = timeroles.with_roles(times, texts.fold(whole[span.start : span.end]), span.start, lexicon)
    sentence = broken.mended(texts.tokens(whole, span.start, span.end), lexicon)
    mentions = _mentions(sentence, times, whole, lexicon, headline=span.part == "title")
    scene = attach(mentions, sentence, lexicon) if mentions and passage.kind != "boilerplate" else None
    return _Draft(span, whole, sentence, times, mentions, scene, passage.kind)


def _read_draft(page: _Page, draft: _Draft, trees: Trees) -> None:
    """Adds a sentence's times, numbers, ignored numerals and claims to the page."""
    sentence, times, lexicon = draft.sentence, draft.times, page.lexicon
    page.people.turn(anew=draft.span.part != page.bases.part)
    page.bases.turn(draft.span.part)
    if qualify.retracts(sentence, lexicon):
        page.claims[page.before :] = [replace(claim, modality="denied") for claim in page.claims[page.before :]]
    page.before = len(page.claims)
    scene = complete(draft.scene, trees.known(draft.span), page.told, lexicon) if draft.scene else None
    layer = amounts.layer(
        sentence, scene.mentions if scene else draft.mentions, times, draft.span, draft.whole, lexicon
    )
    spent = {mention.span for mention in layer.spent}
    page.times.extend(mention for mention in times if mention.span not in spent)
    page.numbers.extend(layer.numbers)
    page.ignored.extend(layer.ignored)
    if scene:
        _claim(page, scene, draft.span, draft.whole)
    if draft.kind != "boilerplate" and trigger_words(lexicon).tells(sentence):
        _recall(page, draft, scene)


def _mentions(
    sentence: list[Token], times: list[TimeMention], whole: str, lexicon: Lexicon, *, headline: bool
) -> list[Mention]:
    figures = shares.worked_out(sentence, quantities.find(sentence, lexicon), lexicon)
    if trigger_words(lexicon).tells(sentence):
        figures = ordinals.counted_by(sentence, figures, lexicon)
        figures += lone.find(sentence, figures, lexicon, headline=headline)
        figures += named.find(sentence, figures, lexicon)
    figures.sort(key=lambda figure: figure.first)
    starts = {figure.first for figure in figures}
    mentions = []
    for figure in figures:
        role = roles.role(sentence, figure, times, whole, lexicon)
        is_count = role.kind == "count"
        noun = Counted(role.last, None, person=False)
        if is_count:
            noun = folds.counted(sentence, figure, lexicon) or counted(sentence, figure, starts, lexicon)
        mentions.append(Mention(figure, role, noun))
    return shares.of_whole(mentions, sentence, lexicon)


def _wholes_first(mentions: list[Mention]) -> list[int]:
    """Indices in the order in which claims can name one another: wholes, parts, figures worked out from others."""
    numbers = [(m.figure.of is not None, m.host is not None, index) for index, m in enumerate(mentions)]
    return [index for _, _, index in sorted(numbers)]


def _claim(page: _Page, scene: Scene, span: Span, whole: str) -> None:
    """Adds the claims of a read sentence; wholes come before their parts, so that parts can name them."""
    ids: dict[int, str] = {}
    lists = besides.listed(scene)
    numbers = {mention.figure.number: index for index, mention in enumerate(scene.mentions)}
    for index in _wholes_first(scene.mentions):
        mention = scene.mentions[index]
        measures = stated.measures(mention)
        if not measures:
            continue
        words = stated.said(mention, scene, span.part)
        if mention.is_listable and not mention.is_zero and not mention.is_composed:
            page.told = page.told.then(measures[0], mention.figure.quantity)
        new = not mention.figure.known or page.bases.is_new(index, scene, lists)
        one = _made(page, mention, scene, words, measures[0], whole)
        names = people.names_of(mention, scene.sentence)
        doer = one.measure == "killed" and people.is_doer(mention, scene)
        if doer and not page.people.ends():
            continue
        if not doer and people.is_one(mention) and page.people.tells(one, mention, names, page.claims, known=not new):
            continue
        if not new and not doer and one.id not in page.people.fates:
            page.known.add((words.part, words.start, words.end))
        if mention.figure.named:
            page.names.add((words.part, words.start, words.end))
        ids[index] = Claim.id_of(page.report.text_sha256, words, measures[0])
        whole_id = ids.get(mention.host) if mention.host is not None else None
        if mention.is_composed:
            whole_id = page.wholes.get(measures[0])
        elif whole_id is None and not mention.figure.known:
            page.wholes.update(dict.fromkeys(measures, ids[index]))
        source = ids.get(numbers.get(mention.figure.of, -1)) if mention.figure.of is not None else None
        beside = page.people.alone if doer else page.bases.under(index, scene, lists, ids, measures[0])
        for measure in measures:
            one = one if one.measure == measure else _made(page, mention, scene, words, measure, whole)
            one = replace(one, part_of=whole_id, beside=beside, computed_from=(source,) if source else ())
            within = whole_id and mention.how != "outcome"  # who died of those hurt is no part of the dead
            page.claims.append(replace(one, basis="part") if within or (doer and not beside) else one)
            page.people.notes(page.claims[-1], mention, scene)


def _made(page: _Page, mention: Mention, scene: Scene, words: Span, measure: str, whole: str) -> Claim:
    """The claim of a mention by itself, tied to no other."""
    return Claim(
        id=Claim.id_of(page.report.text_sha256, words, measure),
        report=page.report.id,
        span=words,
        said=words.of(whole),
        measure=measure,
        group=whose.group(mention, scene, page.lexicon, measure),
        unit=stated.unit(mention, scene, measure),
        quantity=stated.quantity(mention),
        affiliation=mention.counted.affiliation,
        basis=qualify.basis(mention, scene.sentence, page.lexicon),
        toll=mention.how == "toll" or None,
        alternatives=stated.alternatives(mention, scene),
        modality=qualify.modality(mention, scene.sentence, page.lexicon),
        attribution=page.chains.of(words),
        trigger=stated.trigger(mention, scene, words.part),
        confidence=confidence.of(mention, measure, page.lexicon),
        reader=READER,
    )


# ---- one person through the report ----


def _recall(page: _Page, draft: _Draft, scene: Scene | None) -> None:
    """What a sentence tells of "him" or "her", or of somebody by a bare surname."""
    for mention, seen in people.recalled(draft.sentence, scene, page.lexicon):
        words = stated.said(mention, seen, draft.span.part)
        claim = _made(page, mention, seen, words, mention.measures[0], draft.whole)
        names = people.names_of(mention, seen.sentence)
        if names and claim.measure == "injured" and not page.people.knows(names):
            continue  # "Norvelia has been paralysed": perhaps nobody's name
        told = page.people.tells(claim, mention, names, page.claims, known=not names, bare=True)
        if claim.modality == "asserted" and not told:
            page.known.add((words.part, words.start, words.end))
            page.claims.append(claim)
            page.people.notes(claim, mention, seen)
    own = people.by_own_hand(draft.sentence, scene, page.lexicon)
    if own:
        claim = _made(page, *own, stated.said(*own, draft.span.part), "killed", draft.whole)
        slain = page.people.slain
        if slain is None and page.people.tells(claim, own[0], frozenset(), page.claims, known=True, bare=True):
            return
        if page.people.ends():
            page.claims.append(replace(claim, beside=slain, basis="incident" if slain else "part"))

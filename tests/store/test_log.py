"""The chain of events: whatever is done to a log afterwards is found, and named exactly."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tollbook.store.log import Event, Stamp, follow, hash_of, mismatches

WORDS = st.text(st.characters(codec=None), max_size=10)
EVENTS = st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=8)


def chain(rows: list[tuple[str, str, str, str, str]]) -> list[Event]:
    events: list[Event] = []
    for kind, payload, who, when, salt in rows:
        events.append(follow(events[-1] if events else None, kind, payload, Stamp(who, when), salt))
    return events


def named(events: list[Event]) -> list[str]:
    return [mismatch.what for mismatch in mismatches(events)]


@settings(deadline=None)
@given(EVENTS)
def test_a_chain_as_made_adds_up(rows: list[tuple[str, str, str, str, str]]) -> None:
    assert named(chain(rows)) == []


@settings(deadline=None)
@given(EVENTS, st.data())
def test_a_changed_event_is_named_and_no_other(rows: list[tuple[str, str, str, str, str]], data: st.DataObject) -> None:
    events = chain(rows)
    at = data.draw(st.integers(0, len(events) - 1))
    name = data.draw(st.sampled_from(["kind", "payload", "who", "when", "salt"]))
    other = data.draw(WORDS)
    assume(other != getattr(events[at], name))
    events[at] = replace(events[at], **{name: other})
    assert named(events) == [str(events[at])]


@settings(deadline=None)
@given(EVENTS, st.data())
def test_a_changed_event_with_its_hash_made_anew_breaks_the_next(
    rows: list[tuple[str, str, str, str, str]], data: st.DataObject
) -> None:
    events = chain(rows)
    assume(len(events) > 1)
    at = data.draw(st.integers(0, len(events) - 2))
    forged = replace(events[at], payload=events[at].payload + " ")
    events[at] = replace(forged, hash=hash_of(forged))
    assert named(events) == [str(events[at + 1])]


@settings(deadline=None)
@given(EVENTS, st.data())
def test_a_dropped_event_is_named(rows: list[tuple[str, str, str, str, str]], data: st.DataObject) -> None:
    events = chain(rows)
    assume(len(events) > 1)
    at = data.draw(st.integers(0, len(events) - 2))
    del events[at]
    assert named(events)[0] == f"event {at + 1}"


def test_swapped_events_are_found() -> None:
    one, two, three = chain([("a", "1", "w", "t", "s"), ("b", "2", "w", "t", "s"), ("c", "3", "w", "t", "s")])
    assert named([one, three, two])


def test_no_field_of_an_event_is_outside_its_hash() -> None:
    event = chain([("note", "{}", "ann", "2031", "salt")])[0]
    for field in fields(Event):
        if field.name != "hash":
            other = 9 if field.name == "seq" else "other"
            assert hash_of(replace(event, **{field.name: other})) != event.hash, field.name


def test_a_stranger_can_check_a_hash_with_the_standard_library_alone() -> None:
    event = chain([("note", '{"words":"é"}', "ann", "2031", "salt")])[0]

    def sha(value: list[object]) -> str:
        return hashlib.sha256(json.dumps(value, separators=(",", ":")).encode()).hexdigest()

    promise = sha([event.salt, event.who, event.payload])
    assert event.hash == sha(["tollbook-event/1", 1, "0" * 64, "note", "2031", promise])


def test_the_same_content_with_another_salt_promises_something_else() -> None:
    one, two = (follow(None, "note", "{}", Stamp("ann", "2031"), salt) for salt in ("a", "b"))
    assert one.hash != two.hash

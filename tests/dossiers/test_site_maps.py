"""What a map shows: dots, rings for what is vague, numbers for what lies together, towns whose name may be shown."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import dossier_records as made
from hypothesis import given
from hypothesis import strategies as st

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.site.labels import Room, grouped, radius
from tollbook.dossiers.site.maps import Chart, Places
from tollbook.lexicon.nearby import REACH, Town
from tollbook.model import Incident, Place, Record


class Invented:
    """An atlas of two towns, one of which bears the surname of somebody masked."""

    towns = (Town("Lindal", 10.1, 20.1, 9000), Town("Karvo", 10.2, 19.8, 5000))

    def near(self, lat: float, lon: float) -> tuple[Town, ...]:
        return self.towns

    def reach(self, place: Place) -> float:
        return REACH[place.precision]


def at(*places: Place | None) -> Record:
    """A record with an incident at each place; the first is that of the small record."""
    record = made.small()
    first = record.incidents[0]
    others = tuple(
        Incident(f"x{n}", f"{place.name if place else 'Nowhere'}, {n} May 2031", "fire", made.DAY, place)
        for n, place in enumerate(places)
    )
    return replace(record, incidents=(first, *others))


def chart(*places: Place | None) -> Chart:
    found = Places.of(build(at(*places), atlas=Invented())).record()
    assert found is not None
    return found


def test_a_point_is_a_dot_and_a_vague_place_a_ring_as_wide_as_it_may_reach() -> None:
    found = chart(Place("Tem district", 2, 10.5, 20.5, None, 3))
    (ring,) = found.rings
    (dot,) = found.marks
    assert dot.title == "Orvesk, 6 May 2031, disputed"
    assert ring.title == "Tem district, 0 May 2031, somewhere in this district"
    view_km = ring.r / REACH[3]
    assert ring.r > dot.r
    assert 0 < view_km < 10


def test_places_in_one_spot_are_one_mark_with_their_number_and_share_of_disputes() -> None:
    found = chart(made.PLACE, made.PLACE, Place("Sarnholm", 5, 10.0005, 20.0005))
    (mark,) = found.marks
    assert (mark.count, mark.disputed, mark.share) == (4, 1, 25)
    assert mark.title == "4 incidents: Orvesk (3), Sarnholm"
    assert mark.href == f"#{found.spots[0].anchor}"


def test_the_map_of_an_incident_marks_it_and_leads_to_its_neighbours() -> None:
    dossier = build(at(Place("Sarnholm", 5, 10.6, 20.4), Place("Far Isle", 6, -60.0, 150.0)), atlas=Invented())
    found = Places.of(dossier).around(dossier.pages[0])
    assert found is not None
    assert [(mark.here, mark.href) for mark in found.marks] == [
        (True, "incident-orvesk-6-may-2031.html"),
        (False, "incident-sarnholm-0-may-2031.html"),
    ]


def test_the_map_of_an_incident_among_many_has_the_nearest_and_tells_how_many_more_there_are() -> None:
    crowd = [Place(f"Town{n}", n, 10 + n / 50, 20.02 + n % 7 / 50) for n in range(40)]
    dossier = build(at(*crowd, *[made.PLACE] * 6), atlas=Invented())
    places = Places.of(dossier)
    found = places.around(dossier.pages[0])
    assert found is not None
    assert sum(mark.count for mark in (*found.marks, *found.rings)) + found.undrawn == 7 + 40
    told = found.listed(dossier.pages[0].slug)
    assert [one.spot.name for one in told[:2]] == ["Orvesk", "Town0"]
    assert dossier.pages[0] in told[0].pages
    assert (len(told[0].pages), told[0].more) == (4, 3)
    assert sum(len(one.spot.pages) for one in told) + found.more == 47
    assert {mark.href.partition("#")[0] for mark in found.marks if mark.count > 1} <= {"", "index.html"}
    assert places.around(dossier.pages[-1]) is found


def test_the_map_of_an_incident_known_by_its_country_has_all_points_and_the_nearest_rings() -> None:
    points = [Place(f"Town{n}", n, 10 + n / 9, 20 + n % 7 / 9) for n in range(40)]
    rings = [Place(f"District{n}", 100 + n, 10.05 + n / 9, 20.05 + n % 5 / 9, None, 3) for n in range(40)]
    dossier = build(at(Place("Osterland", 99, 12.0, 20.3, "XX", 6), *points, *rings), atlas=Invented())
    found = Places.of(dossier).around(dossier.pages[1])
    assert found is not None
    assert sum(mark.count for mark in found.marks) == 41
    assert (len(found.rings), found.undrawn) == (30, 11)
    assert [ring.here for ring in found.rings].count(True) == 1


def test_an_incident_without_a_place_is_counted_and_has_no_map() -> None:
    dossier = build(at(None), atlas=Invented())
    assert Places.of(dossier).around(dossier.pages[1]) is None
    found = Places.of(dossier).record()
    assert found is not None
    assert found.missing == 1
    assert Places.of(build(replace(made.small(), incidents=()))).record() is None


def test_a_town_that_bears_a_masked_name_is_left_out() -> None:
    assert [town.name for town in build(at(), atlas=Invented()).towns] == ["Karvo"]
    files = dict(html.render(build(at(), atlas=Invented())))
    assert b"Karvo" in files["index.html"]
    assert not any(b"Lindal" in content for content in files.values())


def test_no_country_is_named_on_the_map() -> None:
    found = chart(Place("Osterland", 9, 11.0, 21.0, "XX", 6))
    assert "Osterland" not in {label.text for label in found.labels}
    assert [spot.vague for spot in found.spots if spot.name == "Osterland"] == ["somewhere in this country"]


def test_labels_lie_within_the_map_and_on_no_other() -> None:
    found = chart(*(Place(f"Town{n}", n, 10 + n % 7 / 5, 20 + n % 5 / 4) for n in range(30)))
    boxes = []
    for label in found.labels:
        wide = 13 * 0.56 * len(label.text)
        left = label.x - {"start": 0, "end": wide, "middle": wide / 2}[label.anchor]
        boxes.append((left, label.y - 7, left + wide, label.y + 7))
    assert all(left >= 0 and right <= found.width for left, _, right, _ in boxes)
    for one, other in combinations(boxes, 2):
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_the_list_beside_the_map_has_every_incident_of_it() -> None:
    page = dict(html.render(build(at(made.PLACE, Place("Sarnholm", 5, 11.0, 21.0)))))["index.html"].decode()
    listed = re.search(r'<ul class="spots">(.*?)</ul>', page, re.DOTALL)
    assert listed
    assert len(re.findall("<a href", listed[1])) == 3


POINTS = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300), st.integers(1, 30)), min_size=1, max_size=40)


@given(POINTS)
def test_marks_never_touch_and_none_is_lost(points: list[tuple[float, float, int]]) -> None:
    x, y, counts = zip(*points, strict=True)
    groups = grouped(x, y, counts)
    assert sorted(one for group in groups for one in group) == list(range(len(points)))
    sizes = [radius(sum(counts[one] for one in group)) for group in groups]
    for (one, r), (other, s) in combinations(zip(groups, sizes, strict=True), 2):
        away = ((x[one[0]] - x[other[0]]) ** 2 + (y[one[0]] - y[other[0]]) ** 2) ** 0.5
        assert away >= r + s - 1e-6


def test_a_label_that_has_no_room_is_not_drawn() -> None:
    room = Room(100, 20)
    assert room.label(10, 10, 2, "Orvesk", "town")
    assert not room.label(12, 10, 2, "Sarnholm", "town")
    assert [one.text for one in room.labels] == ["Orvesk"]

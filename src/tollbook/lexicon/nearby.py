"""A town on a map, and how far a place reaches by how precisely it is known.

Worked: a place of precision 3, a district, reaches 50 km where nothing else is known of it.
"""

from __future__ import annotations

from dataclasses import dataclass

# km that a place reaches by UCDP's where_prec: a point, near one, a district, an area, vaguer, a country, sea or air.
REACH = {1: 0.0, 2: 25.0, 3: 50.0, 4: 150.0, 5: 300.0, 6: 500.0, 7: 200.0}


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its name, degrees and people."""

    name: str
    lat: float
    lon: float
    population: int

"""Which styles of a workbook mean that a number is a day.

Input: `styles.xml`. Output: the numbers of those styles. Worked: the format "dd/mm/yyyy" is one of days, "0.00 [$d]"
is not.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

# Formats that every workbook knows without listing them.
_KNOWN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAY = re.compile(r"[dmyhs]", re.IGNORECASE)


def days_of(styles: Element) -> frozenset[int]:
    """The styles of cells that show days or hours."""
    own = {int(one.attrib["numFmtId"]) for one in _named(styles, "numFmt") if _is_day(one.attrib.get("formatCode", ""))}
    cells = next((list(one) for one in _named(styles, "cellXfs")), [])
    return frozenset(number for number, one in enumerate(cells) if int(one.attrib.get("numFmtId", 0)) in own | _KNOWN)


def _is_day(code: str) -> bool:
    """True where a format shows parts of a day, beside what it quotes."""
    return code.lower() != "general" and _DAY.search(_ASIDE.sub("", code.partition(";")[0])) is not None


def _named(tree: Element, name: str) -> list[Element]:
    return [one for one in tree.iter() if one.tag.rpartition("}")[2] == name]

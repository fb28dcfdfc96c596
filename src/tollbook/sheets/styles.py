"""Which styles of a workbook mean that a number is a day, or a share of a hundred.

Input: `styles.xml`. Output: the numbers of those styles. Worked: the format "dd/mm/yyyy" is one of days, "0.00 [$d]"
is not; "0.0%" is one of shares.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from tollbook.values import dataclass

# Formats that every workbook knows without listing them.
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_SHARES = frozenset({9, 10})
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAY = re.compile(r"[dmyhs]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of cells that show days or hours, and of those that show shares."""

    days: frozenset[int] = frozenset()
    shares: frozenset[int] = frozenset()


def styles_of(styles: Element) -> Styles:
    """What the styles of a workbook's cells mean."""
    own = {int(one.attrib["numFmtId"]): one.attrib.get("formatCode", "") for one in _named(styles, "numFmt")}
    cells = next((list(one) for one in _named(styles, "cellXfs")), [])

    def showing(known: frozenset[int], is_such: Callable[[str], bool]) -> frozenset[int]:
        such = known | {number for number, code in own.items() if is_such(_bare(code))}
        return frozenset(number for number, one in enumerate(cells) if int(one.attrib.get("numFmtId", 0)) in such)

    return Styles(
        showing(_DAYS, lambda code: _DAY.search(code) is not None), showing(_SHARES, lambda code: "%" in code)
    )


def _bare(code: str) -> str:
    """A format as it shows what is more than nought, without what it quotes."""
    return "" if code.lower() == "general" else _ASIDE.sub("", code.partition(";")[0])


def _named(tree: Element, name: str) -> list[Element]:
    return [one for one in tree.iter() if one.tag.rpartition("}")[2] == name]

"""Whatever the text holds, every row that quotes words quotes the very words at its offsets."""

from __future__ import annotations

import hashlib
import json

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from record_lines import record_lines

from tollbook.model import Report
from tollbook.pipeline.analyse import analyse
from tollbook.pipeline.tables import layer_tables
from tollbook.rows import encoded

FRAGMENTS = (
    "At least 40 people were killed", "two dozen injured", "the ministry said", "“", "”", '"', "including", "12 women",
    "and", "three children", "in Tessavar", "on the night of 25 to 26 February 1992", "no one was hurt",
    "Mr. Kelvane told",
    "• ", "Deaths 161+ or 200+ (disputed)", "Female resident:", "İ", "ı", "ẞ", "\u0301", "e\u0301", "\udc80", "\ud800",
    "\u2028",
    "\u2029", "\x85", "\u200f", "\u202e", "عدد القتلى 12", "מספר", "１２ people died", "٤٠", "½", "\r\n",
    "\n\n", "\t", "\x00",
    "\ufeff", "\U0001f525", "ﬁve", "10²", "1\u00a0000 dead", "1\u202f000 dead", "10^400", "9999 years ago",
)  # fmt: skip
ANY = st.text(st.characters(), max_size=4)
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | ANY, max_size=14).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
@example("İİİ 40 people were killed, İSTANBUL said 12 İ were injured.", "İ 12 KILLED")
@example("\udc80 40 people were killed \u2028 and 3\u0301 children", "")
def test_every_quotation_is_the_words_at_its_offsets(text: str, title: str) -> None:
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    report = Report("r", text, sha256, sha256, title=title or None, language="en", published="2019-03-04")
    record = analyse([report], rules=("range", "acled"))
    for claim in record.claims:
        assert report.words(claim.span) == claim.said
    quoting = 0
    layers = {table.name: table.lines for table in layer_tables(report, record.readings[0])}
    for name, lines in {**record_lines(record), **layers}.items():
        for text_line in lines:
            row = json.loads(text_line)
            assert json.loads(encoded(text_line)) == row, name
            if "said" in row:
                part = title if row["part"] == "title" else text
                assert part[row["start"] : row["end"]] == row["said"]
                quoting += 1
    assert quoting >= len(record.claims)

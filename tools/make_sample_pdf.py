"""Write the two PDF reports of the sample, byte for byte the same each time, with the standard library alone.

Run from the project's root: `python tools/make_sample_pdf.py`. The PDFs are committed; run it again only when the
words below change, and then change the expected record with them.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "src" / "tollbook" / "sample" / "reports"
LEADING = 16  # points from line to line at 11 points of type
TOP = 780
LEFT = 64

INTERIOR = [
    """Ministry of the Interior of Norvelia
Press office
Statement 88 of 14 March 2019, 12:00

The market hall in Tessavar

1. At noon on 14 March, 24 people were confirmed dead after the fall of the
roof of the Old Grain Hall in Tessavar.

2. The ministry denies that 60 people were killed. This figure was passed on
by telephone and on notice boards. It has no basis.

3. No police officers were killed. Two police officers were injured on Tuesday.

4. Police have arrested two managers of the company that runs the hall.

5. What happened was an accident. There was no explosion.

People who look for relatives can call 0800 555 014 at any hour.

Page 1 of 1
""",
]

HEALTH = [
    """Ministry of Health of Norvelia
Bulletin No. 7
18 March 2019

Tessavar: people killed and injured in the fall of the market hall roof

By 18 March, 34 people had been killed: 15 women, ten men and nine children.

83 people were injured. Four people are missing.

The figures replace those of the bulletins of 13 to 17 March.

Page 1 of 2
""",
    """Ministry of Health of Norvelia
Bulletin No. 7, continued

The count follows form 12-B. A person is counted once, in the hospital that
wrote the certificate. Tessavar General Hospital has 220 beds.

The ministry will publish a final report within 90 days.

Questions: room 31, telephone 555 0121. Tram lines 2 and 5.

Page 2 of 2
""",
]


def content(lines: str) -> bytes:
    """The content stream of one page: each line of text at its own place, in 11 point Helvetica."""
    parts = [f"BT /F1 11 Tf {LEADING} TL {LEFT} {TOP} Td".encode()]
    for line in lines.splitlines():
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        parts.append(f"({escaped}) Tj T*".encode("cp1252"))
    return b"\n".join([*parts, b"ET"])


def document(title: str, made: str, pages: list[str]) -> bytes:
    """A PDF 1.4 file of `pages`, with a title and a creation day ("20190314") in its information dictionary."""
    first = 5  # objects 1 to 4 are the catalogue, the page tree, the font and the information dictionary
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) /CreationDate (D:{made}120000Z) >>".encode(),
    ]
    for number, lines in enumerate(pages):
        stream = content(lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    return assemble(objects)


def assemble(objects: list[bytes]) -> bytes:
    """Objects numbered from 1, their cross-reference table and the trailer."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def main() -> None:
    """Write both files."""
    interior = document("The market hall in Tessavar", "20190314", INTERIOR)
    (FOLDER / "interior-ministry-0314.pdf").write_bytes(interior)
    health = document("Tessavar: people killed and injured", "20190318", HEALTH)
    (FOLDER / "health-ministry-0318.pdf").write_bytes(health)


if __name__ == "__main__":
    main()

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.errors import InputError
from tollbook.reports.decode import decode

LEAD = "Two people were hurt in Harim on Monday, the district office said. "


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_is(text: str) -> None:
    decoded = decode(text.encode("utf-8"), "a.txt")
    expected = text[1:] if text.startswith("\ufeff") else text
    if not text.encode().startswith((b"PK", b"GIF8", b"{\\rtf", b"SQLite")):
        assert (decoded.text, decoded.encoding, decoded.notices) == (expected, "utf-8", ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_names_the_encoding_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + (LEAD + "Élan 𐍈").encode(encoding), "a.txt")
    assert decoded.text == LEAD + "Élan 𐍈"
    assert decoded.encoding == encoding
    assert decoded.notices == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told(encoding: str) -> None:
    decoded = decode(LEAD.encode(encoding), "a.txt")
    assert decoded.text == LEAD
    assert [notice.code for notice in decoded.notices] == ["encoding"]


def test_curly_quotes_of_windows_1252() -> None:
    decoded = decode((LEAD + "“No one died”, said a café owner.").encode("cp1252"), "a.txt")
    assert decoded.text.endswith("“No one died”, said a café owner.")
    assert decoded.encoding == "windows-1252"
    assert "windows-1252" in decoded.notices[0].message


def test_cyrillic_in_a_legacy_encoding() -> None:
    text = "Два человека пострадали в понедельник, сообщили в районной администрации. " * 4
    decoded = decode(text.encode("cp1251"), "a.txt")
    assert decoded.text == text
    assert decoded.notices[0].code == "encoding"


def test_the_charset_of_a_server_is_heard() -> None:
    decoded = decode("Łódź: dwie osoby ranne".encode("iso-8859-2"), "a.txt", charset="ISO-8859-2")
    assert decoded.text == "Łódź: dwie osoby ranne"


@pytest.mark.parametrize("charset", ["rot13", "unicode_escape", "idna", "no-such", "utf-7", "undefined"])
def test_a_charset_that_is_none_is_passed_over(charset: str) -> None:
    assert decode("A café in Harim was closed on Monday.".encode("cp1252"), "a", charset=charset).text.startswith(
        "A café"
    )


def test_a_broken_place_in_utf8_stands_as_a_sign_and_is_told() -> None:
    data = "Café, crèche, 1".encode() + b"\xff\xfe" + " élan 2 killed".encode()
    decoded = decode(data, "a.txt")
    (notice,) = decoded.notices
    assert decoded.text == "Café, crèche, 1\ufffd\ufffd élan 2 killed"
    assert decoded.text[notice.start : notice.end] == "\ufffd"
    assert notice.message == "2 places are no valid UTF-8 and stand as U+FFFD"


@given(st.binary(min_size=1, max_size=300))
def test_bytes_are_text_or_are_refused_by_name(data: bytes) -> None:
    try:
        decoded = decode(data, "a.txt")
    except InputError as error:
        assert str(error).startswith("a.txt: ")
    else:
        assert decoded.text or data in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        if "\ufffd" in decoded.text and "\ufffd".encode() not in data:
            assert any(notice.code == "encoding" for notice in decoded.notices) or "utf-" in decoded.encoding


@given(st.binary(min_size=1, max_size=60), st.integers(0, 40))
def test_no_byte_is_lost_in_silence(junk: bytes, place: int) -> None:
    """Text with a few foreign bytes in it: all the letters stay, or it is refused; what did not decode is told."""
    clean = (LEAD * 60).encode()
    data = clean[:place] + junk + clean[place:]
    try:
        decoded = decode(data, "a.txt")
    except InputError:
        return
    if decoded.encoding == "utf-8":
        assert decoded.text.endswith((LEAD * 60)[-1000:])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert decoded.notices


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04" + bytes(50), "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (b"\x7fELF\x02\x01" + bytes(90), "program"),
    ],
)
def test_binary_junk_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        decode(data, "junk.txt")
    assert str(caught.value).startswith("junk.txt: ")
    assert "\n" not in str(caught.value)

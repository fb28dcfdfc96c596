"""Signed notes and checkpoints: the formats' published example, and what is refused."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.store.merkle import EMPTY
from tollbook.store.notes import Checkpoint, Note, NoteError, PrivateKey, PublicKey, is_key_name, origin_of

# The example of the note format's reference implementation.
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
PUBLISHED = f"{TEXT}\n— PeterNeumann {SIGNED}\n"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]

DESK = PrivateKey("desk", bytes(range(32)))
OTHER = PrivateKey("other", bytes(range(1, 33)))
ROOT = bytes(range(100, 132))


def test_the_published_note_is_signed_and_opened() -> None:
    key = PrivateKey("PeterNeumann", SEED)
    assert str(key.public) == PUBLIC
    assert PublicKey.parse(PUBLIC) == key.public
    assert str(Note(TEXT).signed(key)) == PUBLISHED
    note = Note.parse(PUBLISHED)
    assert note.text == TEXT
    assert note.signers([PublicKey.parse(PUBLIC)]) == (key.public,)


def test_a_private_key_does_not_show_itself() -> None:
    assert DESK.seed.hex() not in repr(DESK)
    assert "\\x" not in repr(DESK)


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(str.strip), min_size=1),
    st.sampled_from([(), (DESK,), (DESK, OTHER), (OTHER, DESK, OTHER)]),
)
def test_a_note_comes_back(lines: list[str], keys: tuple[PrivateKey, ...]) -> None:
    note = Note("".join(f"{line}\n" for line in lines))
    for key in keys:
        note = note.signed(key)
    assert Note.parse(str(note)) == note
    assert set(note.signers([DESK.public, OTHER.public])) == {key.public for key in keys}
    assert note.signers([]) == ()


@given(st.data())
def test_no_altered_note_is_taken_for_the_signed_one(data: st.DataObject) -> None:
    content = str(Note(Checkpoint("tollbook/00", 7, ROOT).text).signed(DESK)).encode()
    at, to = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 255))
    changed = content[:at] + bytes([to]) + content[at + 1 :]
    try:
        note = Note.parse(changed.decode())
        assert changed == content or DESK.public not in note.signers([DESK.public])
    except (NoteError, UnicodeDecodeError):
        assert changed != content


def test_a_signature_that_is_not_the_key_s_is_refused() -> None:
    note = Note.parse(PUBLISHED.replace("answer", "ANSWER"))
    with pytest.raises(NoteError, match="signature by PeterNeumann does not fit its text"):
        note.signers([PublicKey.parse(PUBLIC)])
    assert note.signers([DESK.public]) == ()


@pytest.mark.parametrize(
    "garbled",
    [
        "",
        "\n",
        "\n\n",
        "text",
        "text\n",
        TEXT + f"— PeterNeumann {SIGNED}\n",  # no blank line
        PUBLISHED.removesuffix("\n"),
        PUBLISHED.replace("\n", "\r\n"),
        PUBLISHED.replace("— ", "- "),
        PUBLISHED.replace("— ", "—"),
        PUBLISHED.replace("AM=\n", "AN=\n"),  # bits that Base64 leaves unused
        PUBLISHED.replace(SIGNED, "AAAA"),
        PUBLISHED + "more\n",
        PUBLISHED.replace("Neumann", "+"),
        PUBLISHED.replace("cryptography", "crypto\x00graphy"),
        TEXT + "\n" + f"— PeterNeumann {SIGNED}\n" * 101,
    ],
)
def test_what_is_no_note(garbled: str) -> None:
    with pytest.raises(NoteError) as error:
        Note.parse(garbled)
    assert "\n" not in str(error.value)


def test_with_a_line_end_more_the_signature_is_text_and_vouches_for_nothing() -> None:
    assert Note.parse(PUBLISHED + "\n") == Note(PUBLISHED)


@pytest.mark.parametrize(
    "garbled",
    [
        "",
        "PeterNeumann",
        PUBLIC.replace("c74f20a3", "c74f20a4"),
        PUBLIC[:-4],
        PUBLIC.replace("+AR", "+Ah"),
        PUBLIC.replace("Peter", "Peter "),
        f"PRIVATE+KEY+{PUBLIC}",
    ],
)
def test_what_is_no_public_key(garbled: str) -> None:
    with pytest.raises(NoteError, match="public key"):
        PublicKey.parse(garbled)


def test_names_of_keys() -> None:
    assert all(map(is_key_name, ("desk", "desk.example/floods", "Büro")))
    assert not any(map(is_key_name, ("", "a b", "a+b", "a\nb", "a\u2003b", "x" * 101, "a\ud800")))


# ---- checkpoints ----


def test_a_checkpoint_is_these_lines() -> None:
    assert Checkpoint(origin_of("3f" * 32), 12, EMPTY).text == (
        "tollbook/3f3f3f3f3f3f3f3f\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    )


@given(
    st.integers(0, 10**18 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1), max_size=3),
)
def test_a_checkpoint_comes_back(size: int, root: bytes, extensions: list[str]) -> None:
    one = Checkpoint("tollbook/0123456789abcdef", size, root, tuple(extensions))
    assert Checkpoint.parse(one.text) == one


@pytest.mark.parametrize(
    "garbled",
    [
        "",
        "\n",
        "a\n1\n",
        "a\n1\nAAAA\n",
        "a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nx\n",
        f"a\n{10**18}\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
    ],
)
def test_what_is_no_checkpoint(garbled: str) -> None:
    with pytest.raises(NoteError, match="is no checkpoint"):
        Checkpoint.parse(garbled)

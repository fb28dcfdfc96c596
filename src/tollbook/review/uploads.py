"""Files that a browser sends, written to a folder as they come: never whole in memory, never where their names say.

Input: the pieces of a `multipart/form-data` body and an empty folder. Output: files in that folder, and a line for each
that was left out. Of a name only the last part stands ("../../etc/passwd" is the file "passwd"); one that is hidden,
unreadable or too long is refused with its file, and so is what is larger than a report may be.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from tollbook.errors import OutputError
from tollbook.files import beside, explained
from tollbook.review.people import Refused

_LONGEST = 200  # bytes of a name; file systems take 255, of which writers need some
_MOST_FILES = 2_000
_MOST_PARTS = 2 * _MOST_FILES  # of a body, files and other fields: what is left out takes a line of memory too


@dataclass(frozen=True, slots=True)
class Came:
    """What an upload came to: the files in their folder, and a line for each that was left out."""

    folder: Path
    left_out: tuple[str, ...] = ()

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())

    @property
    def why(self) -> str | None:
        """Why a file was left out; None where none was."""
        return next(iter(self.left_out), None)


async def received(request: Request, stack: ExitStack, project: Path, largest: int) -> Came:
    """Take the files of a request in, into a folder on the project's own disk that `stack` removes.

    Raises Refused for what is no whole upload, OutputError where there is no space.
    """
    folder = await run_in_threadpool(_place, stack, project)
    upload = Upload(request.headers.get("content-type", ""), folder, largest)
    try:
        async for piece in request.stream():
            await run_in_threadpool(upload.take, piece)
        upload.done()
    except ClientDisconnect:
        raise broken_off() from None
    finally:
        upload.close()
    return Came(folder, tuple(upload.left_out))


def broken_off() -> Refused:
    """The error of an upload that did not come to its end."""
    return Refused("the upload broke off; nothing was added", 400, advice="send it again")


def _place(stack: ExitStack, project: Path) -> Path:
    """A folder on the project's own disk; what a killed app has left there goes. Raises OutputError for no space."""
    try:
        return stack.enter_context(beside(project / "upload", partial(Path.mkdir, mode=0o700)))
    except OSError as error:
        raise explained(error, project) from error


class Upload:
    """One body on its way into a folder. `take` its pieces, then `done`; raises Refused for what is no such body."""

    def __init__(self, content_type: str, folder: Path, largest: int) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not 1 <= len(boundary) <= 70:
            raise Refused("no files came", 400, advice="choose some files, then send them")
        self.left_out: list[str] = []
        self.names: list[str] = []
        self._folder, self._largest = folder, largest
        self._head: dict[str, str] = {}
        self._field = self._value = b""
        self._file: BinaryIO | None = None
        self._name, self._size, self._ended, self._parts = "", 0, False, 0
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._in_field,
                "on_header_value": self._in_value,
                "on_header_end": self._head_end,
                "on_headers_finished": self._open,
                "on_part_data": self._data,
                "on_part_end": self._close,
                "on_end": self._end,
            },
        )

    def take(self, piece: bytes) -> None:
        """One piece of the body. Raises OutputError where the disk is full."""
        try:
            self._parser.write(piece)
        except OSError as error:
            raise _unwritten(error, self._name) from error
        except ValueError:
            raise Refused("that is no upload of files; nothing was added", 400, advice="send them again") from None

    def done(self) -> None:
        """The body is over. Raises Refused where it broke off."""
        if not self._ended:
            raise broken_off()

    def close(self) -> None:
        """No file stays open, however it went."""
        if self._file is not None:
            self._file.close()

    # ---- what the parser calls ----

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise Refused(f"more than {_MOST_PARTS:,} parts at once; nothing was added", 413, advice="send fewer")
        self._head, self._field, self._value = {}, b"", b""

    def _in_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _in_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _head_end(self) -> None:
        self._head[self._field.decode("latin-1").lower()] = self._value.decode("latin-1")
        self._field = self._value = b""

    def _open(self) -> None:
        _, options = parse_options_header(self._head.get("content-disposition", ""))
        given = options.get(b"filename")
        if not given:  # another field of the form, or a choice of no file
            return
        name = given.decode("utf-8", "replace").replace("\\", "/").rpartition("/")[2].strip()
        why = self._refused(name)
        if why:
            self.left_out.append(f"{_shown(name)}: {why}")
            return
        self.names.append(name)
        self._name, self._size = name, 0
        self._file = (self._folder / name).open("xb")

    def _refused(self, name: str) -> str:
        if not name or name.startswith("."):
            return "a hidden file, or one without a name"
        if not name.isprintable():
            return "its name has signs that can't be seen; rename it"
        if len(name.encode()) > _LONGEST:
            return f"its name is longer than {_LONGEST} bytes; rename it"
        if name in self.names or (self._folder / name).exists():
            return "another file of that name came with it; rename one"
        return "" if len(self.names) < _MOST_FILES else f"more than {_MOST_FILES:,} files at once; send it by itself"

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            return
        self._size += end - start
        if self._size > self._largest:
            self._close()
            (self._folder / self._name).unlink()
            self.left_out.append(f"{self._name}: larger than {self._largest / 1e6:,.0f} MB")
            return
        self._file.write(data[start:end])

    def _close(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            file.close()

    def _end(self) -> None:
        self._ended = True


def _shown(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:80]}…"


def _unwritten(error: OSError, name: str) -> OutputError:
    told = explained(error, Path(name))
    return OutputError(told.message, what=name, advice="free some space, then send the files again")

"""A package: files under one name, in a folder or a ZIP archive, each with its length and SHA-256 once it is written."""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from nanhai_crawler.store.clock import utc_now
from nanhai_crawler.store.export.output import STANDARD_OUTPUT, make_folder, open_binary_output

#: What is compressed already is stored as it is, so that readers can seek in it.
_COMPRESSED = (".gz", ".jpg", ".png")


@dataclass(frozen=True, kw_only=True, slots=True)
class PackedFile:
    """One file of a package: its path in it, with ``/`` between."""

    name: str
    length_bytes: int
    sha256: str


class SummedStream:
    """A stream that only goes forward, and sums what goes through it."""

    closed = False

    def __init__(self, stream: "_Writable") -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.length_bytes = 0

    def write(self, content: bytes) -> int:
        """All of the content is written and summed."""
        self._stream.write(content)
        self._digest.update(content)
        self.length_bytes += len(content)
        return len(content)

    @property
    def sha256(self) -> str:
        """Of all that was written, 64 hex digits."""
        return self._digest.hexdigest()


class _Writable(Protocol):
    def write(self, content: bytes, /) -> int: ...


class _Room(Protocol):
    """Where a package's files are opened."""

    def open(self, name: str) -> AbstractContextManager[_Writable]: ...


class Package:
    """Files, written one after the other."""

    def __init__(self, room: _Room) -> None:
        self._room = room
        self.files: list[PackedFile] = []

    @contextmanager
    def open(self, name: str) -> Iterator[SummedStream]:
        """A stream for the file; it is among ``files`` when it is whole."""
        with self._room.open(name) as stream:
            summed = SummedStream(stream)
            yield summed
        self.files.append(PackedFile(name=name, length_bytes=summed.length_bytes, sha256=summed.sha256))

    def add(self, name: str, content: str) -> None:
        """The file has the text, in UTF-8."""
        with self.open(name) as stream:
            stream.write(content.encode())


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            yield stream


class _Zip:
    def __init__(self, stream: ZipFile, top: str) -> None:
        self._zip = stream
        self._top = top
        self._time = utc_now().timetuple()[:6]

    @contextmanager
    def open(self, name: str) -> Iterator[_Writable]:
        member = ZipInfo(self._top + name, self._time)
        member.compress_type = ZIP_STORED if name.endswith(_COMPRESSED) else ZIP_DEFLATED
        member.external_attr = 0o644 << 16  # readable for all, as a file in a folder is
        with self._zip.open(member, "w", force_zip64=True) as stream:
            yield stream


@contextmanager
def open_package(path: Path, *, within_folder: bool = False) -> Iterator[Package]:
    """A package that is at ``path`` when it is whole: a ZIP archive for ``….zip`` and standard output, else a folder.

    ``within_folder``: the files of the ZIP stand in a folder of its name.
    """
    if path != STANDARD_OUTPUT and path.suffix.lower() != ".zip":
        with make_folder(path) as folder:
            yield Package(_Folder(folder))
        return
    top = ("export" if path == STANDARD_OUTPUT else path.stem) + "/" if within_folder else ""
    with open_zip(path, top) as package:
        yield package


def open_bag(path: Path) -> AbstractContextManager[Package]:
    """A package whose ZIP archive has one folder in it (RFC 8493, 4)."""
    return open_package(path, within_folder=True)


@contextmanager
def open_zip(path: Path, top: str = "") -> Iterator[Package]:
    """A package in a ZIP archive, whatever its name."""
    with open_binary_output(path) as stream, ZipFile(stream, "w", allowZip64=True) as archive:
        yield Package(_Zip(archive, top))

"""Sums: files of SHA-256 sums that ``sha256sum -c`` checks, from the archive folder."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from nanhai_crawler.store.trouble import storage_trouble

#: Two spaces, as sha256sum(1) writes for "text". A name is a path below the archive folder: nothing that could lead
#: out of it, whoever made the file.
_LINE = re.compile(r"([0-9a-f]{64})  ((?:[\w-][\w.-]*/)*[\w-][\w.-]*)", re.ASCII)
_CHUNK_BYTES = 1 << 20
#: 100,000 files, a line each; a crawl makes a few.
MOST_BYTES = 16_000_000


class Sum(NamedTuple):
    """The SHA-256 of one file, and its path in the archive folder with ``/`` between."""

    digest: str
    name: str


def sum_file(path: Path, read: Callable[[int], None] | None = None) -> str:
    """The SHA-256 of a file's bytes, 64 hex digits; ``read`` is told how many were read, as it goes on."""
    digest = hashlib.sha256()
    with storage_trouble(path), path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            if read is not None:
                read(len(chunk))
    return digest.hexdigest()


def dump_sums(sums: Iterable[Sum]) -> str:
    """The text of a sums file: a line a file."""
    return "".join(f"{one.digest}  {one.name}\n" for one in sums)


def parse_sums(text: str) -> list[Sum] | None:
    """The sums of a file; null for a text that :func:`dump_sums` would not write, by so much as a character."""
    found = [_LINE.fullmatch(line) for line in text.split("\n")[:-1]]
    sums = [Sum(match[1], match[2]) for match in found if match is not None]
    return sums if dump_sums(sums) == text else None


def read_sums(path: Path) -> list[Sum] | None:
    """The sums of the file at ``path``; null where it is not whole, not ours, or too long to be."""
    with storage_trouble(path), path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return None
    try:
        return parse_sums(content.decode("ascii"))
    except UnicodeDecodeError:
        return None


def write_whole(path: Path, text: str) -> None:
    """The file has the text, on disk; after a kill or on a full disk it is as it was."""
    new = path.with_name(path.name + ".new")
    with storage_trouble(path):
        try:
            with new.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise

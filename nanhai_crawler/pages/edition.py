"""Which edition of the reader this is: any change of a rule makes another, without anybody having to say so."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from lxml import etree

from nanhai_crawler import __version__

#: The rooms that decide how a page is read.
_ROOMS = ("pages", "text", "urls", "sites")


@cache
def reader_edition() -> str:
    """``0.1.0+3f2a9c1b``: the package's version, and what stands for the rules and the parser they were run by.

    8 hex digits of the SHA-256 over the sources of the rooms that read, and lxml's and libxml2's versions.
    """
    digest = sha256(repr((etree.LXML_VERSION, etree.LIBXML_VERSION)).encode())
    for room in _ROOMS:
        for name, source in sorted(_sources(files("nanhai_crawler").joinpath(room))):
            digest.update(f"{room}/{name} {len(source)}\n".encode() + source)
    return f"{__version__}+{digest.hexdigest()[:8]}"


def _sources(room: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in room.iterdir():
        if entry.name.endswith(".py"):
            yield entry.name, entry.read_bytes()
        elif entry.is_dir():
            yield from ((f"{entry.name}/{name}", source) for name, source in _sources(entry))

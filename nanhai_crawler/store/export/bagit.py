"""A bag for hand-over (移交) by BagIt 1.0 (RFC 8493): the whole archive, its records as JSON Lines, and Dublin Core.

``data/archive`` is an archive folder again: its database is a snapshot of one moment, though a crawl may be writing.
"""

import re
from codecs import getwriter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from nanhai_crawler import __version__
from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.clock import utc_now
from nanhai_crawler.store.export.dublin_core import dublin_core
from nanhai_crawler.store.export.jsonl import write_jsonl
from nanhai_crawler.store.export.package import Package, PackedFile
from nanhai_crawler.store.export.snapshot import known_ends, take_snapshot
from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.manifests import named_files
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.trouble import storage_trouble

_CHUNK_BYTES = 1 << 20
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
#: What of an archive folder is handed over beside its database and WARC files; the sums as the last run left them are
#: not, since the snapshot is another file.
_ROOMS = ("manifests", "reports", "sites", "damaged")
_FILES = ("README.md", "datasette.json", "nanhai.toml")
# RFC 8493, 2.1.3, has these escaped in manifests; bagit.py does not unescape the percent sign. So no name has them.
_TO_ESCAPE = re.compile(r"[%\r\n]")
_LEFT = ("as-left.sha256",)


def write_bag(
    reader: ArchiveReader, package: Package, query: str = "", filters: Filters = EVERYTHING
) -> Written:
    """The whole archive; :class:`UsageError` where a part of it is asked for."""
    if query.strip() or filters != EVERYTHING:
        raise UsageError("bagit hands over the whole archive: it takes no query and no filters")
    with TemporaryDirectory(prefix="nanhai-bag-") as place:
        take_snapshot(reader.folder.database, Path(place))
        with ArchiveReader.open(Path(place)) as snapshot:
            with package.open("data/records.jsonl") as stream:
                written = write_jsonl(snapshot, getwriter("utf-8")(stream))  # type: ignore[arg-type]
            description = dublin_core(snapshot)
            ends = known_ends(snapshot)
        _copy(package, Path(place) / reader.folder.database.name, reader.folder.database.name)
    finished = named_files(reader.folder)
    for name, end in ends.items():
        # A file that a crawl is writing is handed over as far as the snapshot knows it.
        _copy(package, reader.folder.warc(name), f"warc/{name}", None if f"warc/{name}" in finished else end)
    for path in _other_files(reader.folder.path):
        _copy(package, path, path.relative_to(reader.folder.path).as_posix())
    _describe(package, description)
    return written


def _copy(package: Package, path: Path, name: str, length: int | None = None) -> None:
    """The file, or as much of its beginning, is in the bag's archive folder."""
    plain = _TO_ESCAPE.sub("_", name)
    with storage_trouble(path), path.open("rb") as file, package.open(f"data/archive/{plain}") as stream:
        for chunk in _chunks(file, length):
            stream.write(chunk)


def _chunks(file: IO[bytes], length: int | None) -> Iterator[bytes]:
    left = length
    while chunk := file.read(_CHUNK_BYTES if left is None else min(_CHUNK_BYTES, left)):
        yield chunk
        left = None if left is None else left - len(chunk)


def _other_files(folder: Path) -> Iterator[Path]:
    """Those that are regular files; a link may lead anywhere."""
    found = [folder / name for name in _FILES]
    for room in _ROOMS:
        found += sorted((folder / room).rglob("*"))
    yield from (path for path in found if path.is_file() and not path.is_symlink() and path.name not in _LEFT)


def _describe(package: Package, description: str) -> None:
    """The tag files: declaration, description, what is in the bag and how it sums up."""
    payload = list(package.files)
    oxum = f"{sum(file.length_bytes for file in payload)}.{len(payload)}"
    info = {
        "Bag-Software-Agent": f"nanhai_crawler {__version__}",
        "Bagging-Date": utc_now().date().isoformat(),
        "External-Description": "网站文章存档 / Archive of a website's articles; see metadata/dublin-core.xml",
        "Payload-Oxum": oxum,
    }
    package.add("bagit.txt", _DECLARATION)
    package.add("bag-info.txt", "".join(f"{label}: {value}\n" for label, value in info.items()))
    package.add("metadata/dublin-core.xml", description)
    package.add("manifest-sha256.txt", _manifest(payload))
    package.add("tagmanifest-sha256.txt", _manifest(package.files[len(payload) :]))


def _manifest(files: list[PackedFile]) -> str:
    return "".join(f"{file.sha256}  {file.name}\n" for file in files)

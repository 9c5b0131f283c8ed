"""Manifests: what each crawl left, in sums that are chained, so that a change of a byte shows ever after.

A WARC file or a report is final once the crawl that made it has let the archive go. The manifest written then names
those that no manifest named before, and the manifest before it: who alters a file must write all later manifests anew,
and whoever has kept the newest one's sum elsewhere sees that. It does not prove who wrote them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.sums import Sum, dump_sums, read_sums, sum_file, write_whole

#: Only what this program names and never writes again.
_FINAL = {
    "warc": re.compile(r"nanhai-[\w-]+\.warc\.gz", re.ASCII),
    "reports": re.compile(r"[A-Za-z]*-?\d+\.(?:json|txt)", re.ASCII),
}
_MANIFEST = re.compile(r"nanhai-\d{5,}\.sha256", re.ASCII)


def manifest_paths(folder: ArchiveFolder) -> list[Path]:
    """The manifests, the oldest first."""
    if not folder.manifests.is_dir():
        return []
    found = [path for path in folder.manifests.iterdir() if _MANIFEST.fullmatch(path.name)]
    return sorted(found, key=manifest_number)


def manifest_number(path: Path) -> int:
    """Which manifest it is: the first has 1."""
    return int(path.name.removeprefix("nanhai-").removesuffix(".sha256"))


def final_files(folder: ArchiveFolder) -> Iterator[str]:
    """The names of all files that manifests are to name."""
    for room, pattern in _FINAL.items():
        place = folder.path / room
        found = place.iterdir() if place.is_dir() else ()
        yield from sorted(
            f"{room}/{path.name}" for path in found if pattern.fullmatch(path.name) and path.is_file()
        )


def named_files(folder: ArchiveFolder) -> set[str]:
    """The names that some manifest has."""
    return {one.name for path in manifest_paths(folder) for one in read_sums(path) or ()}


def write_manifest(folder: ArchiveFolder) -> Path | None:
    """A new manifest of what none names yet; null where there is no such file. For whoever holds the archive."""
    known = named_files(folder)
    new = [name for name in final_files(folder) if name not in known]
    if not new:
        return None
    before = manifest_paths(folder)[-1:]
    names = [*new, *(f"manifests/{path.name}" for path in before)]
    number = manifest_number(before[0]) + 1 if before else 1
    folder.manifests.mkdir(exist_ok=True)
    path = folder.manifests / f"nanhai-{number:05}.sha256"
    write_whole(path, dump_sums(Sum(sum_file(folder.path / name), name) for name in names))
    return path

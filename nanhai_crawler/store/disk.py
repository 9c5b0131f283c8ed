"""A disk: where it is mounted, and how one that is full is told."""

import shutil
from pathlib import Path

from nanhai_crawler.errors import DiskFull


def mount_of(path: Path) -> Path:
    """Where the file system that holds ``path`` is mounted."""
    place = path.resolve()
    while not place.is_mount() and place != place.parent:
        place = place.parent
    return place


def disk_full(path: Path, reason: str) -> DiskFull:
    """The error that says why there is no room for ``path``, on which disk, and how many bytes that has left."""
    mount = mount_of(path)
    free = shutil.disk_usage(mount).free
    return DiskFull(
        f"{path}: {reason}; the disk mounted at {mount} has {free:,} bytes free; make room, then run again: "
        "nothing that is stored is lost, and a crawl goes on where it stopped"
    )

"""Room on disk: looked at before a run and during it, so that a run ends while there is still room to end in."""

import shutil
from pathlib import Path

from nanhai_crawler.errors import DiskFull, StorageError
from nanhai_crawler.store.folder import ArchiveFolder

#: Measured: an empty archive takes 0.3 MB, its write-ahead log as much again, a commit of 200 pages some 2 MB.
TO_BEGIN_BYTES = 2 * 1024 * 1024
#: What the last commit, the run's row, its report and its sums need.
TO_END_BYTES = 1024 * 1024


def require_space(folder: ArchiveFolder, least_bytes: int) -> None:
    """Raise :class:`DiskFull`, which names the disk, where a disk that the archive lies on has less free."""
    for place in (folder.path, folder.warcs):
        try:
            free = shutil.disk_usage(place).free
        except FileNotFoundError:
            continue  # not made yet: then it will lie in the folder
        except OSError as error:
            raise StorageError(f"{place}: {error.strerror}") from error
        if free < least_bytes:
            raise DiskFull(
                f"{place}: the disk mounted at {mount_of(place)} has {free / 1e6:.1f} MB free, too little to go on; "
                "make room, then run again: nothing is lost, and the crawl goes on where it stopped"
            )


def mount_of(path: Path) -> Path:
    """Where the file system that holds ``path`` is mounted."""
    place = path.resolve()
    while not place.is_mount() and place != place.parent:
        place = place.parent
    return place

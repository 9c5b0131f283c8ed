"""Room on disk: looked at before a run and during it, so that a run ends while there is still room to end in."""

import shutil

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.disk import disk_full
from nanhai_crawler.store.folder import ArchiveFolder

#: Measured: an empty archive takes 0.3 MB, its write-ahead log as much again, what is laid by for the end 0.25 MB.
TO_BEGIN_BYTES = 2 * 1024 * 1024


def require_space(folder: ArchiveFolder, least_bytes: int) -> int:
    """How many bytes are free; :class:`DiskFull`, which names the disk, where one that the archive lies on has fewer."""
    found = []
    for place in (folder.path, folder.warcs):
        try:
            found.append(shutil.disk_usage(place).free)
        except FileNotFoundError:
            continue  # not made yet: then it will lie in the folder
        except OSError as error:
            raise StorageError(f"{place}: {error.strerror}") from error
        if found[-1] < least_bytes:
            raise disk_full(place, f"too little room to go on ({least_bytes:,} bytes are wanted)")
    return min(found)

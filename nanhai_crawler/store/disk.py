"""A disk: where it is mounted, and how its trouble becomes one line of ours that names the path."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nanhai_crawler.errors import DiskFull, StorageError

#: No space left on the device; the person's quota is used up.
NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT))


@contextmanager
def disk_trouble(path: Path) -> Iterator[None]:
    """What the system says of ``path`` is raised as :class:`StorageError`, in one line; a full disk as :class:`DiskFull`."""
    try:
        yield
    except BrokenPipeError:
        raise  # who read our output has gone: that is no disk's trouble
    except OSError as error:
        if error.errno in NO_ROOM:
            raise disk_full(path, f"{error.strerror}") from error
        raise StorageError(f"{error.filename or path}: {error.strerror or error}") from error


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

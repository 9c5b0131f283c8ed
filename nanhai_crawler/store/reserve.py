"""The reserve: bytes of the archive's disk that are laid by when it is taken for writing, to end in when the disk is full.

A file without a name, so that it ends with its process however that ends.
"""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from nanhai_crawler.store.disk import NO_ROOM, disk_trouble

#: A batch of 200 captures whose rows all stand apart in three indexes is 600 pages of 4 KB: what is adopted in the end.
MOST_BYTES = 4 * 1024 * 1024
#: Of a small disk, no more than this part: 512 KB of 4 MiB, in which the ends of small batches have their room (measured).
SHARE_OF_DISK = 8


class Reserve:
    """Bytes that nobody else can have until :meth:`release`."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = file

    @classmethod
    def lay_by(cls, folder: Path) -> "Reserve":
        """A reserve on the disk of ``folder``; an empty one where the file system cannot lay by.

        Raises :class:`DiskFull` where there is no room for it.
        """
        with disk_trouble(folder), ExitStack() as undo:
            size = min(MOST_BYTES, shutil.disk_usage(folder).total // SHARE_OF_DISK)
            file = undo.enter_context(tempfile.TemporaryFile(dir=folder, buffering=0))
            try:
                os.posix_fallocate(file.fileno(), 0, size)
            except OSError as error:
                if error.errno in NO_ROOM:
                    raise
                return cls(None)
            undo.pop_all()
        return cls(file)

    def release(self) -> None:
        """The bytes are free for whoever takes them."""
        if self._file is not None:
            self._file.close()
            self._file = None

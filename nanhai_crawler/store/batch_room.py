"""The room that a batch needs: what the commit of what waits will take of the disk, and whether that is there."""

from sqlalchemy import Connection

from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.space import require_space

#: Below this the log is folded into the database after every commit, and batches are kept small: some milliseconds a
#: commit, which a disk with so little left is worth.
TIGHT_BYTES = 64 * 1024 * 1024
#: A batch may take this part of what is free.
SHARE_OF_FREE = 8
#: Measured: what a commit writes into the log however little it holds (the pages of the indexes that it touches: 0.2 to
#: 0.4 MB), and for every byte of a page that was read (2 to 6, the more the smaller the batch). A merge of the full-text
#: index takes more, now and then; where there is no room for that, the run ends with what was committed before.
FIXED_BYTES = 384 * 1024
BYTES_A_BYTE = 4


class BatchRoom:
    """What waits to be committed, in bytes of the pages that were read, and how much of the disk was free last."""

    def __init__(self, folder: ArchiveFolder) -> None:
        self._folder = folder
        self._free = 0
        self._waiting_bytes = 0

    @property
    def is_spent(self) -> bool:
        """Whether what waits is as much as should be committed at once."""
        return self._waiting_bytes > 0 and self._expected() > self._free // SHARE_OF_FREE

    def require(self, payload_bytes: int) -> None:
        """Room is there for another payload and for the next commit; raises :class:`DiskFull`.

        Half as much again as the log takes, for what of it is new in the database.
        """
        self._free = require_space(self._folder, self._expected() * 3 // 2 + payload_bytes)

    def add(self, page_bytes: int) -> None:
        """A page of that size waits to be committed."""
        self._waiting_bytes += page_bytes

    def settle(self, connection: Connection) -> None:
        """After a commit, with no transaction open: nothing waits, and on a disk with little left the log is folded."""
        self._waiting_bytes = 0
        if self._free < TIGHT_BYTES:
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            cursor.close()

    def _expected(self) -> int:
        return FIXED_BYTES + BYTES_A_BYTE * self._waiting_bytes

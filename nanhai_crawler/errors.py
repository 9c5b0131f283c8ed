"""What can go wrong, in one tree; each branch has the exit code that ``nanhai`` ends with.

::

    NanhaiError                     1   anything of ours
    ├── UsageError                  2   the command's words are off
    │   ├── FormError               2   nanhai.toml or a site's file says what cannot be
    │   ├── SeedError               2   a seed that is no http(s) URL
    │   └── ContactMissing          2   a crawl of a host that is not loopback, and nobody to write to
    ├── StorageError                6   the archive cannot be read or written
    │   ├── DiskFull                6   a disk that the archive lies on has too little room
    │   ├── ArchiveMissing          6   there is no archive in that folder
    │   ├── ArchiveTooNew           6   it was written by a newer version of this program
    │   └── ArchiveOutdated         6   … by an earlier one, and nothing has brought it up to date yet
    ├── ArchiveLocked               7   another crawl holds the archive
    ├── SeedUnreachable             9   no seed answered
    ├── QueryTooSlow                1   a search gave no answer within its time limit
    └── PageBeyondLimits            1   a page is too much to read; said as the page's kind, never seen outside ``pages``
"""

from enum import IntEnum
from pathlib import Path
from typing import ClassVar


class ExitCode(IntEnum):
    """What a ``nanhai`` command ends with; scripts rely on these numbers (DESIGN: command line)."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    PARTIAL = 3
    DRIFT = 4
    BLOCKED = 5
    STORAGE = 6
    LOCKED = 7
    INTERRUPTED = 8
    SEED_UNREACHABLE = 9


class NanhaiError(Exception):
    """The root; its text is one line that says what happened and what to do."""

    exit_code: ClassVar[ExitCode] = ExitCode.ERROR


class UsageError(NanhaiError):
    """The command's words are off."""

    exit_code = ExitCode.USAGE


class FormError(UsageError):
    """A file that a person filled in (``nanhai.toml``, ``sites/NAME.toml``) says what cannot be."""


class SeedError(UsageError):
    """A seed is no http or https URL."""


class ContactMissing(UsageError):
    """A crawl of a host that is not loopback names nobody to write to."""


class StorageError(NanhaiError):
    """The archive cannot be read or written."""

    exit_code = ExitCode.STORAGE


class DiskFull(StorageError):
    """A disk that the archive lies on has too little room to go on; what was taken in is stored."""


class ArchiveMissing(StorageError):
    """There is no archive in that folder."""


class ArchiveTooNew(StorageError):
    """The archive was written by a newer version of this program."""


class ArchiveOutdated(StorageError):
    """The archive was written by an earlier version of this program; opening it for writing brings it up to date."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: made by an earlier version of this program; nanhai status brings it up to date"
        )
        self.folder = folder


class ArchiveLocked(NanhaiError):
    """Another crawl holds the archive."""

    exit_code = ExitCode.LOCKED


class SeedUnreachable(NanhaiError):
    """No seed answered."""

    exit_code = ExitCode.SEED_UNREACHABLE


class QueryTooSlow(NanhaiError):
    """A search gave no answer within its time limit."""


class PageBeyondLimits(NanhaiError):
    """A page has more bytes or tags than are read, or takes longer; the text says which."""

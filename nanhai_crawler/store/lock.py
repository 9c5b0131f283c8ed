"""``crawl.lock``: the one crawl that may write an archive, and who it is.

The operating system's lock on the file decides (it ends with its process, however that ends), the words in
the file only say who: so a lock left behind by a killed crawl, whose number another program has since been
given, holds nobody up, nor does one that came with a copy from another host. Only where the words name a
process that lives here, with its start time, are they believed against the system: then the file system keeps
no locks (some network file systems do not).
"""

import fcntl
import json
import logging
import os
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from nanhai_crawler.errors import ArchiveLocked
from nanhai_crawler.store.clock import stamp
from nanhai_crawler.store.disk import disk_trouble

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Who holds, or held, an archive. ``process_started`` tells two processes apart that had one number."""

    pid: int
    process_started: str | None
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


class CrawlLock:
    """Held from :meth:`acquire` to :meth:`release`; ``stale`` is who left it behind, or null."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stale: Holder | None = None
        self._descriptor: int | None = None

    def acquire(self, since: datetime) -> None:
        """Hold the archive; :class:`ArchiveLocked`, naming the holder, when another process does."""
        with disk_trouble(self.path):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = read_holder(descriptor)
                os.close(descriptor)
                raise held_by(self.path, holder) from error
            self.stale = read_holder(descriptor)
            if self.stale is not None and lives_here(self.stale):
                os.close(descriptor)
                raise held_by(self.path, self.stale)
            self._descriptor = descriptor
            write_holder(descriptor, holder_here(since))
        if self.stale is not None:
            logger.warning("%s: took over a lock left behind by %s", self.path, self.stale)

    def release(self) -> None:
        """Let the archive go. The file stays, empty: removing it would let two crawls lock two files.

        On a disk that turned read-only it keeps its words, which hold nobody up.
        """
        if self._descriptor is None:
            return
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = None


def refuse_if_held(path: Path) -> None:
    """Raise :class:`ArchiveLocked`, naming the holder, where a crawl has the archive; a look that holds nobody up."""
    if not is_held(path):
        return
    with disk_trouble(path):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            raise held_by(path, read_holder(descriptor))
        finally:
            os.close(descriptor)


def held_by(path: Path, holder: Holder | None) -> ArchiveLocked:
    """What is said to a second crawl; ``holder`` is null while the first has not written who it is."""
    return ArchiveLocked(f"{path.parent}: another crawl holds it ({holder or 'just begun'})")


def holder_here(since: datetime) -> Holder:
    """What the lock says of this process."""
    return Holder(
        pid=os.getpid(), process_started=process_started(), host=socket.gethostname(), since=stamp(since)
    )


def lives_here(holder: Holder) -> bool:
    """Whether another process of this host is the holder: its number, and begun when that one was."""
    if holder.pid == os.getpid() or holder.host != socket.gethostname() or holder.process_started is None:
        return False
    return process_started(str(holder.pid)) == holder.process_started


def is_held(path: Path) -> bool:
    """Whether a crawl holds the archive now; asks without holding anything up, and writes nothing."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return isinstance(error, BlockingIOError)
    finally:
        os.close(descriptor)
    return False


def process_started(pid: str = "self") -> str | None:
    """When a process began, in UTC to the second; null where there is none, or the system has no ``/proc``."""
    try:
        stat = Path("/proc", pid, "stat").read_text(encoding="utf-8", errors="replace")
        ticks = int(stat.rpartition(")")[2].split()[19])  # proc(5): field 22
        boot = next(
            line
            for line in Path("/proc/stat").read_text(encoding="ascii").splitlines()
            if line.startswith("btime")
        )
    except (OSError, StopIteration):
        return None
    seconds = int(boot.split()[1]) + ticks / os.sysconf("SC_CLK_TCK")
    return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")


def read_holder(descriptor: int) -> Holder | None:
    """Who wrote the file; null when it is empty or not ours to read."""
    words = os.pread(descriptor, 4096, 0).decode("utf-8", "replace")
    try:
        holder = Holder(**json.loads(words))
    except (ValueError, TypeError, RecursionError):
        return None
    return holder if isinstance(holder.pid, int) else None


def write_holder(descriptor: int, holder: Holder) -> None:
    """The file names ``holder`` and nobody else."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, (json.dumps(asdict(holder)) + "\n").encode(), 0)

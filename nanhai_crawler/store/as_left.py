"""``manifests/as-left.sha256``: the sums of what goes on changing, as the last that wrote the archive left it.

The database, what tells of it (README, datasette.json) and the newest manifest are written to by every crawl, so no
manifest can name them for good. Whoever takes the archive for writing removes this file first, and writes it anew at
the end: while it is there, nothing but this program's own doing is between the sums and now.
"""

import logging
from pathlib import Path

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.manifests import manifest_paths, write_manifest
from nanhai_crawler.store.sums import Sum, dump_sums, sum_file, write_whole

logger = logging.getLogger(__name__)


def as_left_path(folder: ArchiveFolder) -> Path:
    """Where the sums lie."""
    return folder.manifests / "as-left.sha256"


def unseal(folder: ArchiveFolder) -> None:
    """The sums are gone: from here on the archive changes."""
    as_left_path(folder).unlink(missing_ok=True)


def seal(folder: ArchiveFolder) -> None:
    """Manifest and sums say what the archive is now; for the end, with the database closed.

    What stands in the way (a full disk; a reader because of whom the log could not be folded into the database) is
    said, and no error: nothing is lost by it, and the next to write the archive seals it.
    """
    try:
        write_manifest(folder)
        if folder.database.is_file() and not is_log_open(folder):
            write_whole(as_left_path(folder), dump_sums(changing_sums(folder)))
    except (OSError, StorageError) as error:
        logger.warning("no sums were written: %s; the next crawl writes them", error)


def changing_sums(folder: ArchiveFolder) -> list[Sum]:
    """The sums of what goes on changing, as it is now."""
    folder.manifests.mkdir(exist_ok=True)
    told = [path.name for path in (folder.readme, folder.datasette) if path.is_file()]
    names = [folder.database.name, *told]
    names += [f"manifests/{path.name}" for path in manifest_paths(folder)[-1:]]
    return [Sum(sum_file(folder.path / name), name) for name in names]


def is_log_open(folder: ArchiveFolder) -> bool:
    """Whether there is more of the database in its log than in its file."""
    log = folder.database.with_name(folder.database.name + "-wal")
    return log.exists() and log.stat().st_size > 0

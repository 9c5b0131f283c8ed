"""``logs/``: what crawls said, a file each, removed when it is old."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from nanhai_crawler.store.clock import stamp14
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.settings import read_settings
from nanhai_crawler.store.trouble import storage_trouble


def begin_log(folder: ArchiveFolder, now: datetime) -> Path:
    """An empty file of its own for a crawl that begins; logs older than the archive's settings say are gone.

    Raises FormError for wrong settings, StorageError for a folder that takes no files.
    """
    keep_days = read_settings(folder).keep_logs_days
    folder.claim()
    with storage_trouble(folder.logs):
        folder.logs.mkdir(exist_ok=True)
        _remove_old(folder, before=now - timedelta(days=keep_days))
        # With the process's number: two crawls may begin in one second, though only one of them goes on.
        path = folder.logs / f"crawl-{stamp14(now)}-{os.getpid()}.log"
        path.touch()
    return path


def _remove_old(folder: ArchiveFolder, *, before: datetime) -> None:
    oldest = f"crawl-{stamp14(before)}"
    for path in folder.logs.glob("crawl-[0-9]*.log"):
        if path.name < oldest:
            path.unlink(missing_ok=True)

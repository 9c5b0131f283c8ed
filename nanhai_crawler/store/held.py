"""An archive held for writing: made where there is none, locked, and brought to the newest schema."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Engine

from nanhai_crawler.store.as_left import seal, unseal
from nanhai_crawler.store.database import check_version, fold_log, open_engine_writer
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.lock import CrawlLock
from nanhai_crawler.store.migration import migrate
from nanhai_crawler.store.reserve import Reserve
from nanhai_crawler.store.space import TO_BEGIN_BYTES, require_space


@dataclass(frozen=True, slots=True)
class HeldArchive:
    """The folder, the lock that this process has on it, the engine that writes its database, and room to end in."""

    folder: ArchiveFolder
    lock: CrawlLock
    engine: Engine
    reserve: Reserve

    @classmethod
    def hold(cls, path: Path, now: datetime) -> Self:
        """The archive in ``path``; where it cannot be held, one that is there is left as it is."""
        folder = ArchiveFolder(path)
        folder.claim()
        require_space(folder, TO_BEGIN_BYTES)
        lock = CrawlLock(folder.lock)
        lock.acquire(now)
        with ExitStack() as undo:
            undo.callback(lock.release)
            engine = open_engine_writer(folder.database)
            undo.callback(engine.dispose)
            check_version(engine)
            unseal(folder)
            folder.prepare()
            migrate(engine)
            reserve = Reserve.lay_by(path)
            undo.pop_all()
        return cls(folder, lock, engine, reserve)

    @classmethod
    def bring_up_to_date(cls, path: Path, now: datetime) -> None:
        """The archive in ``path`` has the newest schema; raises where it cannot be written, or is being."""
        cls.hold(path, now).let_go()

    def let_go(self) -> None:
        """The database is closed (and its log folded into it), the archive sealed, the lock free."""
        with ExitStack() as undo:
            undo.callback(self.lock.release)
            self.reserve.release()
            fold_log(self.engine)
            self.engine.dispose()
            seal(self.folder)

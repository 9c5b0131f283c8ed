"""``damaged/``: what repairs set aside, and ``losses.jsonl`` in it, which says what is lost for good.

Nothing is ever deleted: a damaged file is renamed into this folder. A loss that is written down is no longer news.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.trouble import storage_trouble

#: A line a file set aside or gone: more is no list of ours.
_MOST_BYTES = 16_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """One file that is no longer what it was, and since when that is known. ``kept_as`` is null for one that is gone."""

    time: str
    name: str
    what: str
    kept_as: str | None


class Losses:
    """The losses of an archive, by the names of the files."""

    def __init__(self, folder: ArchiveFolder) -> None:
        self._folder = folder
        self.path = folder.damaged / "losses.jsonl"
        self.names = {loss.name for loss in self._read()}

    def __contains__(self, name: str) -> bool:
        return name in self.names and not (self._folder.path / name).exists()

    def set_aside(self, name: str, what: str, time: str) -> Loss:
        """The file is in ``damaged/`` and no longer in its place, and that is written down, on disk."""
        path = self._folder.path / name
        with storage_trouble(path):
            kept_as = None
            if path.exists():
                target = self._free(path.name)
                path.rename(target)
                kept_as = f"{self._folder.damaged.name}/{target.name}"
            self._folder.damaged.mkdir(exist_ok=True)
            loss = Loss(time=time, name=name, what=what, kept_as=kept_as)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(loss), ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
        self.names.add(name)
        return loss

    def _free(self, name: str) -> Path:
        self._folder.damaged.mkdir(exist_ok=True)
        names = (name if serial == 0 else f"{name}.{serial}" for serial in range(1_000_000))
        return next(path for path in map(self._folder.damaged.joinpath, names) if not path.exists())

    def _read(self) -> Iterator[Loss]:
        if not self.path.is_file():
            return
        with storage_trouble(self.path), self.path.open(encoding="utf-8", errors="replace") as file:
            for line in file.read(_MOST_BYTES).splitlines():
                try:
                    yield Loss(**json.loads(line))
                except (ValueError, TypeError, RecursionError):
                    continue  # half a line of a killed repair

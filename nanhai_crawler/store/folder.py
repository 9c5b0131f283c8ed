"""The archive folder: what lies where in it (DESIGN: the archive folder), and how an empty one is made."""

import os
from importlib.resources import files
from pathlib import Path

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.datasette import datasette_metadata
from nanhai_crawler.store.disk import disk_trouble


class ArchiveFolder:
    """The names of everything in one archive; only :meth:`claim`, :meth:`prepare` and :meth:`explain` make anything."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "nanhai.sqlite3"
        self.warcs = path / "warc"
        self.manifests = path / "manifests"
        self.reports = path / "reports"
        self.logs = path / "logs"
        self.settings = path / "nanhai.toml"
        self.sites = path / "sites"
        self.lock = path / "crawl.lock"
        self.readme = path / "README.md"
        self.datasette = path / "datasette.json"
        self.damaged = path / "damaged"

    def require_folder(self) -> None:
        """Raise :class:`StorageError` where something else has that name; there may be nothing yet."""
        if self.path.exists() and not self.path.is_dir():
            raise StorageError(f"{self.path}: a file, not a folder; choose another place with --archive")

    def claim(self) -> None:
        """The folder is there and can be written to; :class:`StorageError` says why it cannot be one."""
        self.require_folder()
        with disk_trouble(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise StorageError(
                f"{self.path}: cannot be written to; change its rights, or choose another with --archive"
            )

    def prepare(self) -> None:
        """The folder has its rooms and its README, a new one also settings to fill in; what is there already stays.

        Folders that only later steps fill (manifests, reports, logs, sites) are made by those.
        """
        self.claim()
        with disk_trouble(self.path):
            if not self.warcs.exists() and not self.settings.exists():
                self.settings.write_text(_text("settings.toml"), encoding="utf-8")
            self.warcs.mkdir(exist_ok=True)
            self.explain()

    def explain(self) -> None:
        """The README in the folder, and what Datasette is told, are those of this version; written only when they differ."""
        text = readme_text()
        for path, told in ((self.readme, text), (self.datasette, datasette_metadata(text))):
            if not path.exists() or path.read_text(encoding="utf-8") != told:
                path.write_text(told, encoding="utf-8")

    def warc(self, name: str) -> Path:
        """Where the WARC file that a capture's row names lies."""
        return self.warcs / name


def readme_text() -> str:
    """How to read an archive without this program; the repository's ``archive/README.md`` too."""
    return _text("archive.md")


def _text(name: str) -> str:
    return files("nanhai_crawler.store").joinpath(name).read_text(encoding="utf-8")

"""Telling others how a crawl ended: a program that is handed the report, a file that a monitor reads."""

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nanhai_crawler.cli.crawl_report import summary_json
from nanhai_crawler.cli.message import say
from nanhai_crawler.crawl.summary import CrawlSummary
from nanhai_crawler.errors import ArchiveMissing, NanhaiError, StorageError, UsageError
from nanhai_crawler.store.clock import utc_now
from nanhai_crawler.store.export.jsonl import json_line
from nanhai_crawler.store.metrics import write_metrics
from nanhai_crawler.store.reader import ArchiveReader

# A mail or a webhook takes seconds; a program that hangs must not keep the next crawl from its turn.
_DEADLINE_S = 120


class Notice:
    """What is told of a crawl to ``report_to`` and into ``metrics``, each of which may be null."""

    def __init__(self, folder: Path, report_to: str | None, metrics: Path | None) -> None:
        """Raise UsageError, before the crawl begins, for what could not be told in the end."""
        self._folder = folder
        self._report_to = report_to
        self._metrics = metrics
        try:
            if report_to is not None and not shlex.split(report_to):
                raise UsageError("--report-to names no program")
        except ValueError as error:
            raise UsageError(f"--report-to {report_to!r}: {error}") from error
        if metrics is not None and not metrics.absolute().parent.is_dir():
            raise UsageError(f"--metrics {metrics}: there is no folder {metrics.absolute().parent}")

    @contextmanager
    def of_errors(self) -> Iterator[None]:
        """A crawl that could not begin, or had to stop, is told of too."""
        try:
            yield
        except NanhaiError as error:
            values = {"id": None, "outcome": "failed", "exit_code": int(error.exit_code), "error": str(error)}
            self._tell(json_line(values), None, error.exit_code)
            raise

    def of_end(self, summary: CrawlSummary) -> bool:
        """The crawl is told of; false where somebody could not be told, which is said."""
        if summary.report is None:
            return self._tell(summary_json(summary), None, summary.exit_code)
        report = summary.report.read_text(encoding="utf-8")
        return self._tell(report, summary.report, summary.exit_code)

    def _tell(self, report: str, lies_at: Path | None, exit_code: int) -> bool:
        left = self._metrics is None or leave_metrics(self._metrics, self._folder, exit_code)
        return (self._report_to is None or hand_report(self._report_to, report, lies_at)) and left


def hand_report(report_to: str, report: str, lies_at: Path | None) -> bool:
    """The program has the report on its standard input, and where it lies in its environment; false, and said, if not."""
    names = (
        {"NANHAI_REPORT_JSON": lies_at, "NANHAI_REPORT_TEXT": lies_at.with_suffix(".txt")} if lies_at else {}
    )
    try:
        ended = subprocess.run(  # noqa: S603  the person's own words
            shlex.split(report_to),
            input=report.encode(),
            stdout=subprocess.DEVNULL,
            timeout=_DEADLINE_S,
            check=False,
            env={**os.environ, **{name: str(path.absolute()) for name, path in names.items()}},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        say(f"the report was not handed on: {report_to}: {error}")
        return False
    if ended.returncode:
        say(f"the report may not have been handed on: {report_to} ended with {ended.returncode}")
    return ended.returncode == 0


def leave_metrics(path: Path, folder: Path, exit_code: int) -> bool:
    """The file has the metrics of now; false, and said, where it could not be written."""
    try:
        with ArchiveReader.open(folder) as reader:
            status = reader.status()
    except (ArchiveMissing, StorageError):
        status = None
    try:
        write_metrics(path, exit_code, utc_now(), status)
    except StorageError as error:
        say(f"no metrics were written: {error}")
        return False
    return True

"""The report of a run: everything it did and met, as JSON for programs and as text for people, in ``reports/``."""

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from nanhai_crawler.errors import StorageError
from nanhai_crawler.runs import RunTroubles
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.models import (
    ArticleRow,
    CaptureRow,
    ColumnRow,
    FormerReading,
    ObservationRow,
    RevisionRow,
)
from nanhai_crawler.store.overview import RunReport
from nanhai_crawler.store.sums import write_whole
from nanhai_crawler.store.trouble import storage_trouble

#: A report as read: the keys of its JSON.
Report = dict[str, Any]
logger = logging.getLogger(__name__)
#: Of each column: articles whose first revision, or a later one, is of the run; rows of revisions ascend with time, so
#: that those before the run are not walked through.
_REVISED = (
    select(ColumnRow.site, ColumnRow.path, RevisionRow.number == 1, func.count())
    .select_from(RevisionRow)
    .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
    .join(ColumnRow, ColumnRow.id == ArticleRow.column_id, isouter=True)
    .where(RevisionRow.id > bindparam("after"))
    .group_by(ColumnRow.site, ColumnRow.path, RevisionRow.number == 1)
)
_SEEN = (
    select(ColumnRow.site, ColumnRow.path, func.count())
    .select_from(ArticleRow)
    .join(ColumnRow, ColumnRow.id == ArticleRow.column_id, isouter=True)
    .where(ArticleRow.last_captured >= bindparam("since"), ArticleRow.revision_id <= bindparam("after"))
    .group_by(ColumnRow.site, ColumnRow.path)
)

#: Articles that the run saw to be absent, or to be back, by the state that they are in by that.
_ABSENT = (
    select(
        ColumnRow.site,
        ColumnRow.path,
        ObservationRow.status,
        func.count(ObservationRow.article_id.distinct()),
    )
    .select_from(ObservationRow)
    .join(ArticleRow, ArticleRow.id == ObservationRow.article_id)
    .join(ColumnRow, ColumnRow.id == ArticleRow.column_id, isouter=True)
    .where(ObservationRow.run_id == bindparam("run"), ObservationRow.counted)
    .group_by(ColumnRow.site, ColumnRow.path, ObservationRow.status)
)
#: Texts of before the run of which it read other things beside them.
_UPDATED = (
    select(ColumnRow.site, ColumnRow.path, func.count(RevisionRow.id.distinct()))
    .select_from(FormerReading)
    .join(RevisionRow, RevisionRow.id == FormerReading.revision_id)
    .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
    .join(ArticleRow, ArticleRow.revision_id == RevisionRow.id)
    .join(ColumnRow, ColumnRow.id == ArticleRow.column_id, isouter=True)
    .where(CaptureRow.run_id == bindparam("run"), RevisionRow.id <= bindparam("after"))
    .group_by(ColumnRow.site, ColumnRow.path)
)
#: How a run ended that did not say so itself.
KILLED = "killed"
_STATES = {"live": "returned", "missing": "missing", "gone": "gone"}


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnChanges:
    """What a run did to the articles of one column; site and path are null for those in no column."""

    site: str | None
    path: str | None
    new: int = 0
    changed: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: int = 0
    gone: int = 0
    returned: int = 0


def read_changes(connection: Connection, run_id: int, *, after: int, since: str) -> list[ColumnChanges]:
    """The columns that the run met, by site and path; ``after`` is the newest revision from before it began (``since``)."""
    found: dict[tuple[str | None, str | None], dict[str, int]] = {}
    for site, path, first, count in connection.execute(_REVISED, {"after": after}):
        found.setdefault((site, path), {})["new" if first else "changed"] = count
    for site, path, count in connection.execute(_SEEN, {"after": after, "since": since}):
        found.setdefault((site, path), {})["unchanged"] = count
    for site, path, count in connection.execute(_UPDATED, {"after": after, "run": run_id}):
        counts = found.setdefault((site, path), {})
        counts.update(updated=count, unchanged=max(counts.get("unchanged", 0) - count, 0))
    for site, path, status, count in connection.execute(_ABSENT, {"run": run_id}):
        found.setdefault((site, path), {})[_STATES[status]] = count
    ordered = sorted(found.items(), key=lambda item: (item[0][0] or "", item[0][1] or ""))
    return [ColumnChanges(site=site, path=path, **counts) for (site, path), counts in ordered]


def report_json(run: RunReport, columns: Sequence[ColumnChanges], troubles: RunTroubles) -> str:
    """The report as one JSON object, a line a field."""
    report = {
        **asdict(run),
        "complete": run.outcome == "complete",
        "columns": [asdict(column) for column in columns],
        "failures": [{"url": url, "reason": reason} for url, reason in troubles.failures],
        "failures_not_listed": troubles.failures_not_listed,
        "stopped": [{"host": host, "reason": reason} for host, reason in troubles.stopped],
        "drift": list(troubles.drift),
        "drift_accepted": troubles.drift_accepted,
        "observed": troubles.observed,
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def report_paths(folder: ArchiveFolder, run_id: int) -> tuple[Path, Path]:
    """Where the report of a run lies as JSON, and as text."""
    name = f"run-{run_id:05}"
    return folder.reports / f"{name}.json", folder.reports / f"{name}.txt"


def write_report(folder: ArchiveFolder, run_id: int, report: str) -> Path | None:
    """Where the report lies as JSON (its text beside it); null where the disk would not take it, which is said."""
    as_json, as_text = report_paths(folder, run_id)
    try:
        with storage_trouble(folder.reports):
            folder.reports.mkdir(exist_ok=True)
            write_whole(as_json, report)
            write_whole(as_text, report_text(json.loads(report)))
    except StorageError as error:
        logger.warning("run %d has no report: %s", run_id, error)
        return None
    return as_json


def earlier_reports(folder: ArchiveFolder, run_id: int) -> Iterator[Report]:
    """The reports of the runs before that one, the newest first; those that are not there, or not whole, are passed over."""
    for number in range(run_id - 1, 0, -1):
        as_json, _ = report_paths(folder, number)
        try:
            yield json.loads(as_json.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue


def read_article_urls(connection: Connection) -> Sequence[str]:
    """The URLs of all articles."""
    return connection.execute(select(ArticleRow.url)).scalars().all()


def read_report(folder: ArchiveFolder, run: RunReport) -> Report:
    """The report of a run; where none lies (it was killed, or an older version made it), what its row tells."""
    as_json, _ = report_paths(folder, run.id)
    if as_json.is_file():
        with storage_trouble(as_json):
            report: Report = json.loads(as_json.read_text(encoding="utf-8"))
            return report
    return {**json.loads(report_json(run, (), RunTroubles())), "columns": None, "failures": None}


def report_text(report: Report) -> str:
    """The report in lines for a person."""
    lines = [f"run {report['id']} {_ended(report)}", *_head(report)]
    lines += [f"drift: {said}" for said in _items(report, "drift")]
    lines += [f"stopped: {one['host']}: {one['reason']}" for one in _items(report, "stopped")]
    counts = dict(report["counts"])
    left_out = counts.pop("left_out", {})
    lines += ["", *(f"{name:15} {number}" for name, number in counts.items())]
    lines += [f"left out: {number} addresses, {why}" for why, number in left_out.items()]
    columns = _items(report, "columns")
    if columns:
        lines += ["", "   new  changed  updated  unchanged  missing  gone  returned  column"]
        lines += [_column_line(one) for one in columns]
    failures = _items(report, "failures")
    lines += ["", *(f"failed: {one['url']} ({one['reason']})" for one in failures)] if failures else []
    more = report.get("failures_not_listed")
    return "\n".join([*lines, *([f"and {more} more"] if more else [])]) + "\n"


def _ended(report: Report) -> str:
    if report["outcome"] == KILLED:
        return "killed: what follows is what was stored of it; what it had not finished is due"
    return f"{report['outcome']} (exit code {report['exit_code']})"


def _head(report: Report) -> list[str]:
    names = ("started", "ended", "duration_s", "version")
    return [f"{name:15} {report[name]}" for name in names] + [
        f"{'seeds':15} {' '.join(_items(report, 'seeds'))}"
    ]


def _column_line(one: Report) -> str:
    widths = {"new": 6, "changed": 9, "updated": 9, "unchanged": 11, "missing": 9, "gone": 6, "returned": 10}
    numbers = "".join(f"{one.get(name, 0):{width}}" for name, width in widths.items())
    return f"{numbers}  {one['path'] or '-'}"


def _items(report: Report, name: str) -> list[Any]:
    return list(report.get(name) or ())

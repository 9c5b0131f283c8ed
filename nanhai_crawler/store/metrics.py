"""Metrics of the last run and of the archive, in the text format of OpenMetrics 1.0, for a monitor to read from a file."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from nanhai_crawler.store.export.output import open_output
from nanhai_crawler.store.overview import ArchiveStatus

Labels = Mapping[str, str]
Sample = tuple[Labels, float]
#: Of a run's counts, those that are of articles, and those that are of addresses.
_ARTICLES = ("new", "changed", "updated", "unchanged", "gone", "returned")
_ADDRESSES = ("pages", "files", "missing", "failed", "forbidden", "waiting", "not_due")


def write_metrics(path: Path, exit_code: int, now: datetime, status: ArchiveStatus | None) -> None:
    """The file has the metrics, all of them or (where that fails) what it had; StorageError says why.

    A link goes on leading where it led, and a device or pipe is written to, never replaced.
    """
    with open_output(path) as stream:
        stream.write(openmetrics(exit_code, now, status))


def openmetrics(exit_code: int, now: datetime, status: ArchiveStatus | None) -> str:
    """The text; without ``status`` (the archive could not be had) only how the command ended, and when."""
    families = [*_ending(exit_code, now), *(_held(status) if status is not None else ())]
    lines = [line for name, help_text, samples in families for line in _family(name, help_text, samples)]
    return "\n".join([*lines, "# EOF", ""])


def _ending(exit_code: int, now: datetime) -> Iterator[tuple[str, str, list[Sample]]]:
    yield "nanhai_crawl_exit_code", "How the last crawl ended; 0 is well.", [({}, exit_code)]
    yield "nanhai_crawl_timestamp_seconds", "When the last crawl ended.", [({}, round(now.timestamp(), 3))]


def _held(status: ArchiveStatus) -> Iterator[tuple[str, str, list[Sample]]]:
    yield (
        "nanhai_archive_articles",
        "Articles the archive has, by their status.",
        [({"status": name}, count) for name, count in sorted(status.articles.items())],
    )
    yield "nanhai_archive_revisions", "Texts the archive has.", [({}, status.revisions)]
    yield "nanhai_archive_snapshot_bytes", "Length of all WARC files.", [({}, status.warc_bytes)]
    known = {"known": status.urls_known, "due": status.urls_due, "failing": status.urls_failing}
    yield "nanhai_addresses", "Addresses in the frontier.", [({"state": key}, known[key]) for key in known]
    run = status.last_run
    if run is None:
        return
    counts = {name: count for name, count in run.counts.items() if isinstance(count, int)}
    yield "nanhai_run_number", "Number of the last run.", [({}, run.id)]
    yield "nanhai_run_duration_seconds", "How long the last run took.", [({}, run.duration_s or 0.0)]
    yield "nanhai_run_received_bytes", "What the last run received.", [({}, counts.get("bytes_received", 0))]
    for name, help_text, names in (
        ("nanhai_run_articles", "What the last run did to articles.", _ARTICLES),
        ("nanhai_run_addresses", "What came of addresses in the last run.", _ADDRESSES),
    ):
        yield name, help_text, [({"outcome": key}, counts[key]) for key in names if key in counts]


def _family(name: str, help_text: str, samples: list[Sample]) -> Iterator[str]:
    yield f"# TYPE {name} gauge"
    unit = name.rpartition("_")[2]
    if unit in {"seconds", "bytes"}:
        yield f"# UNIT {name} {unit}"
    yield f"# HELP {name} {help_text}"
    for labels, value in samples:
        written = ",".join(f'{key}="{label}"' for key, label in labels.items())
        yield f"{name}{{{written}}} {value}" if written else f"{name} {value}"

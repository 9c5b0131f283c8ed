"""Status and runs as lines: labels and numbers a person reads, in columns that line up."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.cells import cell_len

from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.store.overview import ArchiveStatus, RunReport
from nanhai_crawler.store.report import Report, report_text

_RUN_COUNTS = ("new", "changed", "updated", "unchanged", "missing", "failed")


def print_status(folder: Path, held: ArchiveStatus) -> None:
    """The archive's numbers, then its columns, on standard output."""
    last = held.last_run
    by_status = (
        ", ".join(f"{count} {status}" for status, count in sorted(held.articles.items())) or "none yet"
    )
    print_line(styled(str(folder), "bold"))
    print_table(
        [
            ("articles", f"{sum(held.articles.values())} ({by_status})"),
            ("revisions", str(held.revisions)),
            ("captures", f"{held.captures} in {_warc_files(held.warc_files)} of {in_bytes(held.warc_bytes)}"),
            (
                "addresses",
                f"{held.urls_known} known, {held.urls_due} due, {held.urls_failing} failing",
            ),
            ("last run", f"{last.id}, begun {last.started}, {last.outcome}" if last else "none yet"),
            ("disk", f"{in_bytes(held.free_bytes)} free"),
            ("SQLite", ": ".join(filter(None, (held.sqlite.version, held.sqlite.fault)))),
        ]
    )
    for one in held.failing:
        often = "once" if one.failures == 1 else f"{one.failures} times"
        print_line(styled(f"failing {often}: {one.url} ({one.reason}); again from {one.due_at}"))
    if held.columns:
        print_line()
        rows = [(column.path, str(column.articles), column.latest or "-") for column in held.columns]
        print_table([("column", "articles", "last news"), *rows])


def print_runs(reports: Iterable[RunReport]) -> None:
    """A line a run on standard output."""
    rows = [
        (
            *(str(report.id), report.started, f"{report.duration_s or 0:.0f} s", report.outcome),
            *(str(report.counts.get(name, 0)) for name in _RUN_COUNTS),
        )
        for report in reports
    ]
    print_table([("run", "started", "took", "outcome", *_RUN_COUNTS), *rows])


def print_report(report: Report) -> None:
    """All that is known of one run, on standard output."""
    for line in report_text(report).splitlines():
        print_line(styled(line))


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """The rows with their columns lined up; a Chinese character takes two places."""
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        print_line(styled("  ".join(cells).rstrip()))


def _warc_files(count: int) -> str:
    return "1 WARC file" if count == 1 else f"{count} WARC files"


def in_bytes(count: int) -> str:
    """The number in the unit that gives it at most four digits: ``12.3 MB``."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"

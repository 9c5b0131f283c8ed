"""The report at the end of a crawl: what was new, changed, unchanged, missing, failed."""

from dataclasses import asdict

import typer

from nanhai_crawler.cli.message import say
from nanhai_crawler.cli.overview_lines import in_bytes, print_table
from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.crawl.summary import CrawlSummary
from nanhai_crawler.errors import ExitCode, SeedUnreachable
from nanhai_crawler.runs import RunCounts
from nanhai_crawler.store.export.jsonl import json_line

# What each way of ending means to a person.
_MEANINGS = {
    ExitCode.DONE: "complete",
    ExitCode.PARTIAL: "partial: not all that was asked for could be had; what failed stays due",
    ExitCode.DRIFT: "drift: what used to be full is empty; look at the site, then --accept-drift or mend the reader",
    ExitCode.BLOCKED: "blocked: a wall, a ban, or robots.txt out of reach",
    ExitCode.STORAGE: "stopped: the archive could not take more",
    ExitCode.INTERRUPTED: "interrupted: what was not visited stays due",
    ExitCode.SEED_UNREACHABLE: "no seed answered",
}


def print_end(summary: CrawlSummary, *, as_json: bool) -> None:
    """The summary on standard output, what ended the crawl before its time on standard error.

    Raises :class:`SeedUnreachable` where there is nothing to sum up.
    """
    unreachable = summary.exit_code == ExitCode.SEED_UNREACHABLE
    if as_json:
        typer.echo(summary_json(summary), nl=False)
    elif not unreachable:
        print_summary(summary)
    if unreachable:
        raise SeedUnreachable(
            f"no seed answered: {unanswered(summary)}; is the address right, and the network there?"
        )
    if summary.error is not None:
        say(summary.error)


def print_summary(summary: CrawlSummary) -> None:
    """The run's numbers on standard output, and the addresses that failed."""
    meaning = _meaning(summary)
    style = "bold green" if summary.exit_code == ExitCode.DONE else "bold red"
    print_line(styled(f"run {summary.run_id} ", "bold"), styled(meaning, style))
    print_table(_rows(summary))
    for why, count in summary.counts.left_out.items():
        print_line(styled(f"left out: {count} addresses, {why}"))
    for said in summary.drift:
        print_line(styled(f"drift: {said}"))
    for host, reason in summary.stopped:
        print_line(styled(f"stopped: {host}: {reason}"))
    for url, reason in summary.failures:
        print_line(styled(f"failed: {url} ({reason})"))
    if nothing_changed(summary.counts):
        print_line(styled(_unchanged(summary.counts), "green"))


def summary_json(summary: CrawlSummary) -> str:
    """The summary as one line of JSON."""
    values = asdict(summary)
    values["failures"] = [{"url": url, "reason": reason} for url, reason in summary.failures]
    values["stopped"] = [{"host": host, "reason": reason} for host, reason in summary.stopped]
    report = str(summary.report) if summary.report else None
    return json_line({**values, "exit_code": int(summary.exit_code), "report": report})


def unanswered(summary: CrawlSummary) -> str:
    """The first address that did not answer, and why; how many more there were."""
    said = [f"{url} ({reason})" for url, reason in summary.failures[:1]]
    more = summary.counts.failed - len(said)
    return "; ".join([*said, f"nor did {more} more"] if more > 0 else said)


def nothing_changed(counts: RunCounts) -> bool:
    """Whether the site was known, and everything that was due of it is as the archive had it."""
    known = counts.unchanged or counts.not_due
    return bool(known) and not (
        counts.new or counts.changed or counts.updated or counts.gone or counts.returned or counts.failed
    )


def _unchanged(counts: RunCounts) -> str:
    if not counts.not_due:
        return f"nothing changed: all {counts.unchanged} articles are as they were"
    return f"nothing changed; {counts.not_due} addresses that rested are due later (--full asks for all)"


def _meaning(summary: CrawlSummary) -> str:
    if summary.outcome == "limited":
        return f"done as far as the limit: {summary.counts.waiting} addresses wait for the next run"
    return _MEANINGS.get(summary.exit_code, summary.outcome)


def _rows(summary: CrawlSummary) -> list[tuple[str, str]]:
    counts = summary.counts
    articles = ("new", "changed", "updated", "unchanged", "missing", "gone", "returned", "failed")
    return [
        *((name, str(getattr(counts, name))) for name in articles),
        ("not due", str(counts.not_due)),
        ("pages", str(counts.pages)),
        ("files", str(counts.files)),
        ("received", in_bytes(counts.bytes_received)),
        ("took", f"{summary.duration_s:.1f} s"),
    ]

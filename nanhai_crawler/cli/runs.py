"""``nanhai runs``: what the runs of the crawl did, all of them or one."""

from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.message import say


def runs(
    number: Annotated[
        int | None,
        typer.Argument(metavar="N", min=1, max=options.MOST, help="One run, with its whole report."),
    ] = None,
    archive: options.Archive = options.ARCHIVE,
    as_json: options.AsJson = False,
) -> None:
    """List the runs of the crawl, the last first; with a number, tell all of that one.

    When each began, how it ended, and what was new, changed, updated, unchanged, missing, failed.
    """
    from dataclasses import asdict

    from nanhai_crawler.cli.overview_lines import print_report, print_runs
    from nanhai_crawler.store.export.jsonl import json_line
    from nanhai_crawler.store.reader import ArchiveReader

    with ArchiveReader.open(archive) as reader:
        report = None if number is None else reader.report(number)
        reports = reader.runs() if report is None else []
    if as_json:
        for one in [report] if report else map(asdict, reports):
            typer.echo(json_line(one), nl=False)
    elif report is not None:
        print_report(report)
    elif reports:
        print_runs(reports)
    else:
        say("no runs yet")

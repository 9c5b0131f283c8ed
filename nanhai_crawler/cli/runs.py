"""``nanhai runs``: what the runs of the crawl did."""

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.message import say


def runs(archive: options.Archive = options.ARCHIVE, as_json: options.AsJson = False) -> None:
    """List the runs of the crawl, the last first.

    When each began, how it ended, and what was new, changed, unchanged, missing, failed.
    """
    from dataclasses import asdict

    from nanhai_crawler.cli.overview_lines import print_runs
    from nanhai_crawler.store.export.jsonl import json_line
    from nanhai_crawler.store.reader import ArchiveReader

    with ArchiveReader.open(archive) as reader:
        reports = reader.runs()
    if as_json:
        for report in reports:
            typer.echo(json_line(asdict(report)), nl=False)
    elif reports:
        print_runs(reports)
    else:
        say("no runs yet")

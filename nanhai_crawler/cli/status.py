"""``nanhai status``: what the archive holds."""

import typer

from nanhai_crawler.cli import options


def status(archive: options.Archive = options.ARCHIVE, as_json: options.AsJson = False) -> None:
    """Tell what the archive holds.

    Articles, revisions, captures, addresses known and due, the last run, and columns with their last news.
    """
    from dataclasses import asdict

    from nanhai_crawler.cli.overview_lines import print_status
    from nanhai_crawler.store.export.jsonl import json_line
    from nanhai_crawler.store.reader import ArchiveReader

    with ArchiveReader.open(archive) as reader:
        held = reader.status()
    if as_json:
        typer.echo(json_line(asdict(held)), nl=False)
    else:
        print_status(archive, held)

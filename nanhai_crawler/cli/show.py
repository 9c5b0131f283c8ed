"""``nanhai show``: one article, or one of its revisions."""

from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.errors import UsageError


def show(
    article: Annotated[
        str, typer.Argument(metavar="ID|URL", help="Its id, the beginning of it, or its address.")
    ],
    archive: options.Archive = options.ARCHIVE,
    as_text: Annotated[bool, typer.Option("--text", help="Title and body alone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The record as JSON.")] = False,
    as_html: Annotated[
        bool, typer.Option("--html", help="The page it was read from, out of its snapshot.")
    ] = False,
    revision: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Not the newest text but the Nth.")
    ] = None,
) -> None:
    """Show an article: title, what is known of it, and its text."""
    from nanhai_crawler.cli.block_lines import text_lines
    from nanhai_crawler.cli.record_lines import print_record
    from nanhai_crawler.store.export.jsonl import json_line
    from nanhai_crawler.store.reader import ArchiveReader

    if as_text + as_json + as_html > 1:
        raise UsageError("--text, --json and --html exclude each other; choose one")
    with ArchiveReader.open(archive) as reader:
        if as_html:
            typer.echo(reader.page(article, revision), nl=False)
            return
        record = reader.record(article, revision)
    if as_json:
        typer.echo(json_line(record), nl=False)
    elif as_text:
        typer.echo("\n".join((record["title"], "", *text_lines(record))))
    else:
        print_record(record)

"""``nanhai export``: the archive's records in a file, for other programs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.message import say
from nanhai_crawler.errors import UsageError


def export(
    form: Annotated[Literal["csv", "jsonl"], typer.Argument(metavar="csv|jsonl", help="The format.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PATH", help="A file; - is standard output.")
    ],
    archive: options.Archive = options.ARCHIVE,
    query: Annotated[str, typer.Option("--query", metavar="QUERY", help="Only what search would find.")] = "",
    column: options.Column = None,
    source: options.Source = None,
    origin: options.Origin = None,
    author: options.Author = None,
    status: options.Status = None,
    since: options.Since = None,
    until: options.Until = None,
    excel: Annotated[bool, typer.Option("--excel", help="CSV with a BOM, guarded against formulas.")] = False,
) -> None:
    """Write the records to a file, for other programs.

    One record an article, in the order of their ids; a failed export leaves no file.
    """
    from functools import partial

    from nanhai_crawler.store.export.csv import write_csv
    from nanhai_crawler.store.export.jsonl import write_jsonl
    from nanhai_crawler.store.export.output import STANDARD_OUTPUT, open_output
    from nanhai_crawler.store.filters import Filters
    from nanhai_crawler.store.reader import ArchiveReader

    if excel and form != "csv":
        raise UsageError("--excel is for csv alone")
    filters = Filters(
        column=column, source=source, origin=origin, author=author, status=status, since=since, until=until
    )
    with ArchiveReader.open(archive) as reader, open_output(output) as stream:
        write = partial(write_csv, excel=excel) if form == "csv" else write_jsonl
        count = write(reader, stream, query, filters)
    if output != STANDARD_OUTPUT:
        say(f"{count} articles written to {output}")

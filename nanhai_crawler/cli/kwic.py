"""``nanhai kwic``: every match of a query in its context."""

from typing import Annotated, Literal

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.filter_options import FilterOptions
from nanhai_crawler.cli.message import say
from nanhai_crawler.cli.option_groups import with_option_groups
from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.filters import EVERYTHING


@with_option_groups
def kwic(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="As in nanhai search.")],
    archive: options.Archive = options.ARCHIVE,
    width: Annotated[
        int, typer.Option(min=0, max=500, metavar="N", help="So many characters on either side.")
    ] = 20,
    filters: FilterOptions = EVERYTHING,
    sort: Annotated[Literal["newest", "oldest"], typer.Option(help="Which articles come first.")] = "newest",
    limit: Annotated[
        int, typer.Option(min=0, max=options.MOST, metavar="N", help="At most so many lines; 0 is all.")
    ] = 0,
    as_json: options.AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV (RFC 4180), for spreadsheets.")] = False,
) -> None:
    """Show each match with what stands before and after it, one below the other.

    All matches of all articles that hold the query, in the order of each article's text. The
    context ends where the paragraph does.
    """
    from itertools import islice

    from nanhai_crawler.cli.kwic_lines import print_lines, write_lines_csv
    from nanhai_crawler.store.export.jsonl import json_line
    from nanhai_crawler.store.reader import ArchiveReader

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other; choose one")
    with ArchiveReader.open(archive) as reader:
        found = reader.concordance(query, filters, width=width, newest_first=sort == "newest")
        lines = islice(found, limit or None)
        if as_json:
            for line in lines:
                typer.echo(json_line(line.as_json()), nl=False)
        elif as_csv:
            write_lines_csv(lines)
        elif not print_lines(lines, width):
            say("nothing found")

"""``nanhai export``: the archive's records in a file, for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.ending import end_as_interrupted
from nanhai_crawler.cli.export_forms import RECORDS, WRITERS, Form
from nanhai_crawler.cli.filter_options import FilterOptions
from nanhai_crawler.cli.message import say
from nanhai_crawler.cli.option_groups import with_option_groups
from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.filters import EVERYTHING


@with_option_groups
def export(
    form: Annotated[Form, typer.Argument(metavar="|".join(Form), help="The format.")],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="PATH", help="A file (or folder); - is standard output."),
    ],
    archive: options.Archive = options.ARCHIVE,
    query: Annotated[str, typer.Option("--query", metavar="QUERY", help="Only what search would find.")] = "",
    filters: FilterOptions = EVERYTHING,
    excel: Annotated[bool, typer.Option("--excel", help="CSV with a BOM, guarded against formulas.")] = False,
) -> None:
    """Write the records to a file, for other programs.

    One record an article, in the order of their ids; a failed export leaves no file. With --since-run or
    --changed-since the records have one more key, change: new, changed, updated, reread, missing, gone or returned.
    """
    from nanhai_crawler.store.export.output import STANDARD_OUTPUT
    from nanhai_crawler.store.reader import ArchiveReader

    if excel and form is not Form.CSV:
        raise UsageError("--excel is for csv alone")
    if filters.all_revisions and form not in RECORDS:
        raise UsageError(f"--all-revisions is for {', '.join(RECORDS)}")
    end_as_interrupted()
    writer = WRITERS[form]
    write = writer.load()
    choices = {"excel": True} if excel else {}
    with ArchiveReader.open(archive) as reader, writer.open(output) as target:
        written = write(reader, target, query, filters, **choices)
    for note in written.notes:
        say(note)
    if output != STANDARD_OUTPUT:
        say(f"{written.count} {writer.counted} written to {output}")

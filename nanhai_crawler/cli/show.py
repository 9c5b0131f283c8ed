"""``nanhai show``: one article, or one of its revisions."""

from typing import Annotated, Any

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
    revision: options.Revision = None,
    as_diff: Annotated[
        bool, typer.Option("--diff", help="Against the text before; --json and --revision go with it.")
    ] = False,
) -> None:
    """Show an article: title, what is known of it, and its text."""
    from nanhai_crawler.cli.block_lines import text_lines
    from nanhai_crawler.cli.record_lines import print_observations, print_readings, print_record
    from nanhai_crawler.store.export.jsonl import json_line
    from nanhai_crawler.store.reader import ArchiveReader

    if as_text + as_json + as_html > 1 or (as_diff and as_text + as_html):
        raise UsageError(
            "--text, --json and --html exclude each other, and --diff all but --json; choose one"
        )
    with ArchiveReader.open(archive) as reader:
        if as_diff:
            show_diff(*reader.revision_and_former(article, revision), as_json=as_json)
            return
        if as_html:
            typer.echo(reader.page(article, revision), nl=False)
            return
        record = reader.record(article, revision)
        history = reader.observations(article)
        readings = reader.readings(article, revision)
    if as_json:
        typer.echo(json_line(record), nl=False)
    elif as_text:
        typer.echo("\n".join((record["title"], "", *text_lines(record))))
    else:
        print_record(record)
        print_readings(readings)
        print_observations(history)


def show_diff(before: dict[str, Any], after: dict[str, Any], *, as_json: bool) -> None:
    """Two revisions against each other, on standard output."""
    from nanhai_crawler.cli.diff_lines import diff_json, print_diff
    from nanhai_crawler.store.export.jsonl import json_line

    if as_json:
        typer.echo(json_line(diff_json(before, after)), nl=False)
    else:
        print_diff(before, after)

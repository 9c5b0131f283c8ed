"""``nanhai reextract``: read what was captured again, with the reader of today."""

from typing import Annotated

import typer

from nanhai_crawler.cli import options


def reextract(
    archive: options.Archive = options.ARCHIVE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would change, field by field.")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Read every captured page again, offline, as this version reads.

    What is read differently replaces what the archive says; the revision stays the same one, and
    what it said is kept. Pages that are articles to this version alone become articles; nothing is
    deleted. Interrupted, it is done in part: run it again.
    """
    from nanhai_crawler.cli.reextract_report import print_reread, reread_json
    from nanhai_crawler.cli.steps_progress import watch_steps
    from nanhai_crawler.reextract.run import reextract as read_again

    with watch_steps("pages") as progress:
        summary = read_again(archive, dry_run=dry_run, progress=progress)
    if as_json:
        typer.echo(reread_json(summary), nl=False)
    else:
        print_reread(summary)
    raise typer.Exit(summary.exit_code)

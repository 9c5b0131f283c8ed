"""``nanhai reextract``: read what was captured again, with the reader of today."""

from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.filter_options import FilterOptions
from nanhai_crawler.cli.option_groups import with_option_groups
from nanhai_crawler.store.filters import EVERYTHING


@with_option_groups
def reextract(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID|URL", help="Only these articles; without any, and no filter, all pages."),
    ] = None,
    archive: options.Archive = options.ARCHIVE,
    filters: FilterOptions = EVERYTHING,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would change, field by field.")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Read every captured page again, offline, as this version reads.

    What is read differently replaces what the archive says; the revision stays the same one, and
    what it said is kept. Pages that are articles to this version alone become articles; nothing is
    deleted. Interrupted, it is done in part: run it again.

    With filters, the pages of the articles that have them; with --site, or --since and --until for --time captured,
    alone, also pages of that site or time that were no articles.
    """
    from nanhai_crawler.cli.reextract_report import print_reread, reread_json
    from nanhai_crawler.cli.steps_progress import watch_steps
    from nanhai_crawler.reextract.run import reextract as read_again

    with watch_steps("pages") as progress:
        summary = read_again(archive, filters, articles or (), dry_run=dry_run, progress=progress)
    if as_json:
        typer.echo(reread_json(summary), nl=False)
    else:
        print_reread(summary)
    raise typer.Exit(summary.exit_code)

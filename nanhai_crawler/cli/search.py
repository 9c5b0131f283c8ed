"""``nanhai search``: which articles hold a query."""

from typing import Annotated, Literal

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.filter_options import FilterOptions
from nanhai_crawler.cli.message import say
from nanhai_crawler.cli.option_groups import with_option_groups
from nanhai_crawler.store.filters import EVERYTHING


@with_option_groups
def search(
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help='Terms that all must occur; "…" exact, -… excluded, OR between.'
        ),
    ],
    archive: options.Archive = options.ARCHIVE,
    filters: FilterOptions = EVERYTHING,
    sort: Annotated[
        Literal["relevance", "newest", "oldest"], typer.Option(help="What comes first.")
    ] = "relevance",
    limit: Annotated[
        int, typer.Option(min=0, max=options.MOST, metavar="N", help="At most so many; 0 is all.")
    ] = 20,
    offset: Annotated[
        int, typer.Option(min=0, max=options.MOST, metavar="N", help="Leave out the first so many.")
    ] = 0,
    as_json: options.AsJson = False,
) -> None:
    """Find articles whose title or body holds all terms.

    A term is any run of Chinese, or a whole Latin word or number. Width, case and 简/繁 do not
    count. Write a query of several terms in quotes: nanhai search '党建 "最后一百米" -试点'
    """
    from nanhai_crawler.cli.hit_lines import print_hit
    from nanhai_crawler.store.export.jsonl import json_line
    from nanhai_crawler.store.reader import ArchiveReader
    from nanhai_crawler.store.search.finding import Page, Sort

    found = False
    with ArchiveReader.open(archive) as reader:
        page = Page(limit=limit or None, offset=offset)
        for hit in reader.search(query, filters, sort=Sort(sort), page=page):
            found = True
            if as_json:
                older = {"revision": hit.revision} if filters.all_revisions else {}
                typer.echo(json_line(hit.as_json() | older), nl=False)
            else:
                print_hit(hit, with_revision=filters.all_revisions)
    if not found and not as_json:
        say("nothing found")

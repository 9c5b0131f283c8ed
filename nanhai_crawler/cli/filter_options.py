"""The options of every command that is about some of the articles: one for each filter there is."""

from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.store.filters import Filters, TimeOf


def _named(option: str, words: str, metavar: str = "NAME") -> object:
    return Annotated[str | None, typer.Option(option, metavar=metavar, help=words)]


#: Filters, each asked for by an option of its own (cli.option_groups).
FilterOptions = Annotated[
    Filters,
    {
        "site": _named("--site", "Of this site (nanhai site list), or this host."),
        "column": _named("--column", "In this column (a name or a path) or below it."),
        "source": _named("--source", "With this source shown (来源)."),
        "origin": _named("--origin", "First published by this one."),
        "author": _named("--author", "By this person."),
        "status": _named("--status", "live, missing or gone; without it, all.", "STATUS"),
        "since": _named("--since", "At or after 2023, 2023-10, 2023-10-31 …", "TIME"),
        "until": _named("--until", "At or before, likewise.", "TIME"),
        "time": Annotated[
            TimeOf,
            typer.Option(
                help="Which time --since and --until mean: of the page, of the CMS, of the archive."
            ),
        ],
        "all_revisions": Annotated[
            bool, typer.Option("--all-revisions", help="Also the texts that articles had before.")
        ],
        "since_run": Annotated[
            int | None,
            typer.Option(min=0, max=options.MOST, metavar="N", help="Only what changed after run N."),
        ],
        "changed_since": _named(
            "--changed-since", "Only what changed at or after TIME (UTC, or with its zone).", "TIME"
        ),
    },
]

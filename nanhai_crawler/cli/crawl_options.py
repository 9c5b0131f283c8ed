"""The options that say what a crawl is to do."""

from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.crawl.order import CrawlOrder

#: An order, each part of it asked for by an option of its own (cli.option_groups).
CrawlOptions = Annotated[
    CrawlOrder,
    {
        "seeds": Annotated[
            list[str],
            typer.Argument(metavar="SEED", help="Addresses to begin at; without any, the site's."),
        ],
        "sites": Annotated[
            list[str],
            typer.Option(
                "--site", metavar="NAME", help="A site that is known (nanhai site list); may be repeated."
            ),
        ],
        "delay_s": options.Delay,
        "limit": Annotated[
            int | None,
            typer.Option("--limit", min=1, max=options.MOST, metavar="N", help="At most so many visits."),
        ],
        "full": Annotated[
            bool, typer.Option("--full", help="Ask for every address that is known, due or not.")
        ],
        "contact": options.Contact,
        "accept_drift": Annotated[
            bool,
            typer.Option(
                "--accept-drift", help="The site is as it should be: what is found now is the rule."
            ),
        ],
    },
]

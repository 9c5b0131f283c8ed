"""``nanhai count``: how many articles hold a query, by what else is known of them."""

from typing import Annotated, Literal

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.filter_options import FilterOptions
from nanhai_crawler.cli.option_groups import with_option_groups
from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.filters import EVERYTHING


@with_option_groups
def count(
    by: Annotated[
        Literal["column", "source", "origin", "author", "status", "year", "month"],
        typer.Option("--by", help="What to count by; years and months are of the time that --time names."),
    ],
    query: Annotated[
        str, typer.Argument(metavar="[QUERY]", help="As in nanhai search; without it, all articles.")
    ] = "",
    archive: options.Archive = options.ARCHIVE,
    filters: FilterOptions = EVERYTHING,
    terms: Annotated[
        bool, typer.Option("--terms", help="Each term of the query by itself, side by side.")
    ] = False,
    occurrences: Annotated[
        bool, typer.Option("--occurrences", help="How often, not how many articles; of how many characters.")
    ] = False,
    as_json: options.AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV (RFC 4180), for spreadsheets.")] = False,
    chart: Annotated[bool, typer.Option("--chart", help="Bars, in the width of the terminal.")] = False,
) -> None:
    """Count the articles that hold a query, and of how many.

    Years and months without any are told too. nanhai count '党建 OR 人才' --by year --terms sets
    terms side by side over time. With --occurrences each place counts that nanhai kwic shows.
    """
    from nanhai_crawler.cli.count_lines import Counts, write_counts
    from nanhai_crawler.store.measures import ARTICLES, OCCURRENCES
    from nanhai_crawler.store.reader import ArchiveReader
    from nanhai_crawler.store.search.facets import By

    if as_json + as_csv + chart > 1:
        raise UsageError("--json, --csv and --chart exclude each other; choose one")
    counted, of = (OCCURRENCES, "characters") if occurrences else (ARTICLES, "of")
    with ArchiveReader.open(archive) as reader:
        if terms:
            found = reader.count_terms(query, filters, by=By(by), counted=counted)
            counts = Counts.of_terms(by, found, of=of)
        else:
            counts = Counts.of_facets(by, reader.count(query, filters, by=By(by), counted=counted), of=of)
    write_counts(counts, as_json=as_json, as_csv=as_csv, as_chart=chart)

"""``nanhai cite``: articles as references, for those who quote them."""

from typing import Annotated, Literal

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.errors import UsageError


def cite(
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ID|URL…", help="Their ids, the beginnings of them, or their addresses."),
    ],
    archive: options.Archive = options.ARCHIVE,
    style: Annotated[
        Literal["gbt7714", "bibtex", "ris", "csl"],
        typer.Option(help="GB/T 7714—2015, BibTeX, RIS or CSL-JSON."),
    ] = "gbt7714",
    revision: options.Revision = None,
) -> None:
    """Cite articles: a reference each, which names the text meant by its revision and digest.

    The day of access is the day, in China, on which the cited text was captured.
    """
    from nanhai_crawler.citations import STYLES, Cited
    from nanhai_crawler.sites import load_sites
    from nanhai_crawler.store.reader import ArchiveReader

    if revision is not None and len(articles) > 1:
        raise UsageError("--revision is for one article; cite them one by one")
    cited = []
    with ArchiveReader.open(archive) as reader:
        sites = load_sites(reader.folder.sites)
        for key in articles:
            record = reader.record(key, revision)
            site = sites.of(record["url"])
            captured = reader.capture(key, revision).time
            cited.append(Cited.of_record(record, captured=captured, publisher=site.title if site else None))
    typer.echo(STYLES[style](cited), nl=False)

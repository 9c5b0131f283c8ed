"""``nanhai demo``: the whole way once, on the practice site."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    archive: Annotated[
        Path | None,
        typer.Option("--archive", metavar="DIR", help="Keep what is made here; else it is thrown away."),
    ] = None,
) -> None:
    """Try everything once, on the practice site.

    Serves it on loopback, crawls it, searches, shows an article, exports, and crawls again.
    """
    from tempfile import TemporaryDirectory

    from nanhai_crawler.cli.demonstration import demonstrate

    with TemporaryDirectory(prefix="nanhai-demo-") as folder:
        demonstrate(archive or Path(folder) / "archive")
    if archive:
        typer.echo(f"The archive is in {archive}; try: nanhai status --archive {archive}")

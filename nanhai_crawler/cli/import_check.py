"""``nanhai import-check``: a CSV file held against the archive that it came from."""

from pathlib import Path
from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.message import say, visible
from nanhai_crawler.errors import ExitCode

#: Differences shown; a column that a spreadsheet rewrote differs in every row.
_SHOWN = 50


def import_check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file of nanhai export.")],
    archive: options.Archive = options.ARCHIVE,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="PATH", help="Write the file there without its guard."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Hold a CSV file against the archive: the guard of --excel is undone, and every cell compared.

    Each row is compared with the text of the revision that it names. Exit code 1: something differs.
    """
    import json
    from contextlib import ExitStack
    from dataclasses import asdict

    from nanhai_crawler.store.export.csv_check import CsvCheck
    from nanhai_crawler.store.export.output import open_output
    from nanhai_crawler.store.reader import ArchiveReader

    differing = 0
    with ExitStack() as opened:
        stream = opened.enter_context(file.open(encoding="utf-8", newline=""))
        reader = opened.enter_context(ArchiveReader.open(archive))
        plain = opened.enter_context(open_output(output)) if output else None
        check = CsvCheck(reader=reader, stream=stream)
        for difference in check.differences(plain):
            differing += 1
            if as_json:
                typer.echo(json.dumps(asdict(difference), ensure_ascii=False))
            elif differing <= _SHOWN:
                place = f"row {difference.row} {difference.id} {difference.column}"
                typer.echo(visible(f"{place.strip()}: {difference.told}"))
    if differing > _SHOWN and not as_json:
        typer.echo(f"… and {differing - _SHOWN} more")
    since = f"; {check.captured_since} were captured again since" if check.captured_since else ""
    guarded = "guarded, " if check.guarded else ""
    say(f"{check.rows} rows, {guarded}{differing} differences from {archive}{since}")
    if differing:
        raise typer.Exit(ExitCode.ERROR)

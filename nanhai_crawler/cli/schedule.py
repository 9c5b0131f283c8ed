"""``nanhai schedule``: what makes a machine crawl every day, to be installed by a person."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.message import say


def schedule(
    form: Annotated[Literal["systemd", "cron"], typer.Argument(metavar="systemd|cron", help="For which.")],
    archive: options.Archive = options.ARCHIVE,
    at: Annotated[
        str, typer.Option("--at", metavar="HH:MM", help="When, in the machine's own time.")
    ] = "03:00",
    user_units: Annotated[
        bool, typer.Option("--user", help="systemd: units for systemctl --user, without root.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="systemd: write the units there.")
    ] = None,
) -> None:
    """Print units for systemd, or a line for cron, that crawl into this archive every day.

    Each run begins within half an hour after the time given, keeps a log in the archive, and leaves it alone when
    another crawl holds it. Installing is yours to do; what is printed says how.
    """
    from nanhai_crawler.cli.crontab_line import crontab_line
    from nanhai_crawler.cli.daily_job import plan_job
    from nanhai_crawler.cli.systemd_units import systemd_units, write_units
    from nanhai_crawler.errors import UsageError

    job = plan_job(archive, at)
    for note in job.notes:
        say(note)
    if form == "systemd":
        units = systemd_units(job, user=user_units)
        if output is not None:
            write_units(units, output)
        else:
            typer.echo("\n".join(f"# {name}\n{text}" for name, text in units.items()), nl=False)
    elif user_units or output is not None:
        raise UsageError("--user and -o are for systemd alone")
    else:
        typer.echo(crontab_line(job), nl=False)

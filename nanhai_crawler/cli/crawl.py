"""``nanhai crawl``: visit a site and keep what it says."""

from pathlib import Path
from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.errors import ExitCode, SeedUnreachable


def crawl(
    seeds: Annotated[
        list[str] | None,
        typer.Argument(metavar="SEED", help="Addresses to begin at; without any, the site's."),
    ] = None,
    archive: options.Archive = options.ARCHIVE,
    site: Annotated[
        list[str] | None,
        typer.Option(
            "--site", metavar="NAME", help="A site that is known (nanhai site list); may be repeated."
        ),
    ] = None,
    delay: Annotated[
        float | None,
        typer.Option("--delay", min=0, metavar="S", help="Seconds between requests; 0 for loopback."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many visits.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Ask for every address that is known, due or not.")
    ] = False,
    contact: Annotated[
        str | None,
        typer.Option("--contact", envvar="NANHAI_CONTACT", metavar="MAIL|URL", help="Whom a site may ask."),
    ] = None,
    accept_drift: Annotated[
        bool,
        typer.Option("--accept-drift", help="The site is as it should be: what is found now is the rule."),
    ] = False,
    report_to: Annotated[
        str | None,
        typer.Option(
            "--report-to", metavar="CMD", help="A program that gets the report, as JSON, on its input."
        ),
    ] = None,
    metrics: Annotated[
        Path | None,
        typer.Option("--metrics", metavar="FILE", help="A file for a monitor, in the form of OpenMetrics."),
    ] = None,
    as_json: options.AsJson = False,
    log: Annotated[
        bool,
        typer.Option("--log", help="Say all into a file in the archive's logs/, for runs nobody watches."),
    ] = False,
) -> None:
    """Crawl a site into the archive, politely.

    Every answer is captured as it came, every article read and kept. What is known is asked for when it is due,
    with its validators: lists every time, the rest the less often the longer it is as it was. The exit code tells how
    it ended.
    """
    from nanhai_crawler.cli.crawl_notice import Notice
    from nanhai_crawler.cli.crawl_progress import watch_progress
    from nanhai_crawler.cli.crawl_report import print_summary, summary_json, unanswered
    from nanhai_crawler.cli.logged import logged
    from nanhai_crawler.crawl.run import run_crawl
    from nanhai_crawler.store.folder import ArchiveFolder
    from nanhai_crawler.store.settings import read_settings

    if report_to is None:
        report_to = read_settings(ArchiveFolder(archive)).report_to
    notice = Notice(archive, report_to, metrics)
    with logged(archive, wanted=log):
        with notice.of_errors(), watch_progress() as progress:
            summary = run_crawl(
                archive,
                seeds=seeds or (),
                sites=site or (),
                delay_s=delay,
                limit=limit,
                full=full,
                accept_drift=accept_drift,
                contact=contact,
                progress=progress,
            )
            progress(summary.counts)  # a crawl may be over before the clock ticks
        told = notice.of_end(summary)
        if as_json:
            typer.echo(summary_json(summary), nl=False)
        elif summary.exit_code != ExitCode.SEED_UNREACHABLE:
            print_summary(summary)
        if summary.exit_code == ExitCode.SEED_UNREACHABLE:
            raise SeedUnreachable(
                f"no seed answered: {unanswered(summary)}; is the address right, and the network there?"
            )
        raise typer.Exit(summary.exit_code or (ExitCode.DONE if told else ExitCode.ERROR))

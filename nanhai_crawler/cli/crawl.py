"""``nanhai crawl``: visit a site and keep what it says."""

from pathlib import Path
from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.cli.crawl_options import CrawlOptions
from nanhai_crawler.cli.option_groups import with_option_groups
from nanhai_crawler.crawl.order import AS_SETTLED
from nanhai_crawler.errors import ExitCode


@with_option_groups
def crawl(
    archive: options.Archive = options.ARCHIVE,
    order: CrawlOptions = AS_SETTLED,
    report_to: Annotated[
        str | None,
        typer.Option(metavar="CMD", help="A program that gets the report, as JSON, on its input."),
    ] = None,
    metrics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file for a monitor, in the form of OpenMetrics.")
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
    from nanhai_crawler.store.folder import ArchiveFolder
    from nanhai_crawler.store.lock import refuse_if_held

    # Before what takes a second to load: who is not wanted should know at once.
    refuse_if_held(ArchiveFolder(archive).lock)
    from nanhai_crawler.cli.crawl_notice import Notice
    from nanhai_crawler.cli.crawl_progress import watch_progress
    from nanhai_crawler.cli.crawl_report import print_end
    from nanhai_crawler.cli.logged import logged
    from nanhai_crawler.crawl.run import run_crawl
    from nanhai_crawler.store.settings import read_settings

    if report_to is None:
        report_to = read_settings(ArchiveFolder(archive)).report_to
    notice = Notice(archive, report_to, metrics)
    with logged(archive, wanted=log):
        with notice.of_errors(), watch_progress() as progress:
            summary = run_crawl(archive, order, progress)
            progress(summary.counts)  # a crawl may be over before the clock ticks
        told = notice.of_end(summary)
        print_end(summary, as_json=as_json)
        raise typer.Exit(summary.exit_code or (ExitCode.DONE if told else ExitCode.ERROR))

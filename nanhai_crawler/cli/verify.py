"""``nanhai verify``: whether an archive is all there, whole and in agreement."""

import random
from typing import Annotated

import typer

from nanhai_crawler.cli import options
from nanhai_crawler.errors import ExitCode, UsageError
from nanhai_crawler.store.verification.sample import Sample, parse_sample


def verify(
    archive: options.Archive = options.ARCHIVE,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be mended; nothing is deleted.")
    ] = False,
    sample: Annotated[
        str | None,
        typer.Option("--sample", metavar="N|P%", help="Only so many records and texts, for daily use."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, metavar="N", help="Choose the sample of that number again.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Check that an archive is whole: every record, text, sum and index.

    Nothing is written, and a crawl may go on meanwhile. Each damage is a line: which thing, what,
    what it means, what to do; then the exit code is 1. With --repair, what cannot be mended is
    left with exit code 1; damaged files are renamed into damaged/, never deleted.
    """
    from dataclasses import replace

    from nanhai_crawler.cli.form_faults import form_findings
    from nanhai_crawler.cli.mending import mended
    from nanhai_crawler.cli.message import say
    from nanhai_crawler.cli.verify_report import print_findings, verification_json, watch_checks
    from nanhai_crawler.store.folder import ArchiveFolder
    from nanhai_crawler.store.verification.verification import verify as look_at

    if repair and sample is not None:
        raise UsageError("--repair looks at everything; leave --sample out")
    chosen = _choose_sample(sample, seed)
    with watch_checks() as progress:
        tell = say if as_json else typer.echo
        found = (
            mended(archive, progress, tell) if repair else look_at(archive, sample=chosen, progress=progress)
        )
    found = replace(found, findings=(*found.findings, *form_findings(ArchiveFolder(archive))))
    if as_json:
        typer.echo(verification_json(found, chosen), nl=False)
    else:
        print_findings(archive, found, chosen)
    raise typer.Exit(ExitCode.ERROR if found.findings else ExitCode.DONE)


def _choose_sample(sample: str | None, seed: int | None) -> Sample | None:
    """Which records and texts are looked at; null for all."""
    if sample is None:
        if seed is not None:
            raise UsageError("--seed is for --sample")
        return None
    return parse_sample(sample, random.randrange(1_000_000) if seed is None else seed)  # noqa: S311

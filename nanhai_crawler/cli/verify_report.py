"""The report of a verification, as lines for a person or for a script, and its progress on a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from nanhai_crawler.cli.message import say
from nanhai_crawler.cli.overview_lines import in_bytes
from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.store.export.jsonl import json_line
from nanhai_crawler.store.verification.finding import Progress as Told
from nanhai_crawler.store.verification.sample import Sample
from nanhai_crawler.store.verification.verification import Verification


@contextmanager
def watch_checks() -> Iterator[Told]:
    """What a verification tells how far it is; a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    columns = (BarColumn(bar_width=24), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("beginning", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total or 1)


def print_findings(archive: Path, found: Verification, sample: Sample | None) -> None:
    """The findings, a line each, then what was looked at; what could not be is said on standard error."""
    for finding in found.findings:
        print_line(styled(f"{finding.thing}: ", "bold red"), styled(str(finding).replace("\n", " ")))
    for note in found.notes:
        say(f"{archive}: {note}")
    looked_at = ", ".join(
        in_bytes(count) if what == "bytes" else f"{count} {what}" for what, count in found.looked_at.items()
    )
    verdict = f"{len(found.findings)} damaged" if found.findings else "sound"
    of_all = f" (a sample, --seed {sample.seed})" if sample else ""
    print_line(styled(f"{verdict}: {looked_at or 'nothing else could be'} looked at{of_all}"))


def verification_json(found: Verification, sample: Sample | None) -> str:
    """A line a finding, and a last one with what was looked at."""
    summary = {
        "damaged": len(found.findings),
        "looked_at": found.looked_at,
        "notes": found.notes,
        "seed": sample.seed if sample else None,
    }
    return "".join(map(json_line, [*map(asdict, found.findings), summary]))

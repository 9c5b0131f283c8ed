"""``--log``: what a crawl nobody watches says, in a file; how it failed, on one line of standard error besides."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from nanhai_crawler.cli.message import say
from nanhai_crawler.errors import ExitCode, NanhaiError


@contextmanager
def logged(archive: Path, *, wanted: bool) -> Iterator[None]:
    """All that this process writes, from here to the end, goes into a log of the archive, where that is wanted."""
    if not wanted:
        yield
        return
    from nanhai_crawler.store.clock import stamp, utc_now
    from nanhai_crawler.store.disk import disk_trouble
    from nanhai_crawler.store.folder import ArchiveFolder
    from nanhai_crawler.store.logs import begin_log

    now = utc_now()
    path = begin_log(ArchiveFolder(archive), now)
    try:
        with disk_trouble(path), _streams_to(path):
            print(f"{stamp(now)} nanhai {' '.join(sys.argv[1:])}", flush=True)
            try:
                yield
            except NanhaiError as error:
                say(f"{error}")
                raise
    except typer.Exit as end:
        if end.exit_code:
            say(f"the crawl ended {ExitCode(end.exit_code).name.lower()} ({end.exit_code}); see {path}")
        raise


@contextmanager
def _streams_to(path: Path) -> Iterator[None]:
    """The descriptors themselves lead to the file, for whatever writes to them: Scrapy's log, a crash."""
    streams = (sys.stdout, sys.stderr)
    kept = [os.dup(stream.fileno()) for stream in streams]
    with path.open("ab") as log:
        for stream in streams:
            stream.flush()
            os.dup2(log.fileno(), stream.fileno())
    try:
        yield
    finally:
        for stream, before in zip(streams, kept, strict=True):
            with suppress(OSError):  # on a full disk: what the log does not take comes where it came before
                stream.flush()
            os.dup2(before, stream.fileno())
            os.close(before)

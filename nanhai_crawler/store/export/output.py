"""Where an export goes: a file that has its name only when it is whole, or standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.trouble import storage_trouble

#: The path that means standard output.
STANDARD_OUTPUT = Path("-")


@contextmanager
def open_output(path: Path) -> Iterator[TextIO]:
    """A stream of UTF-8 whose line ends stay as they are written.

    A file is written under another name beside ``path`` and renamed when all of it is on disk; a failure leaves what
    was there. Devices and pipes are written to as they are. Raises :class:`StorageError`; on standard output a
    reader that went away raises BrokenPipeError.
    """
    if path == STANDARD_OUTPUT:
        with _standard_output() as stream:
            yield stream
        return
    with storage_trouble(path):
        target = path.resolve()
        if target.is_dir():
            raise StorageError(f"{path}: a folder; name a file to write to")
        if target.exists() and not target.is_file():
            with _text_over(os.open(target, os.O_WRONLY)) as stream:
                yield stream
        else:
            with _renamed_when_whole(target) as stream:
                yield stream


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    try:
        with _text_over(os.dup(sys.stdout.fileno())) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(f"standard output: {error.strerror or error}") from error


@contextmanager
def _renamed_when_whole(target: Path) -> Iterator[TextIO]:
    unfinished = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        with _text_over(descriptor) as stream:
            yield stream
            stream.flush()
            os.fsync(descriptor)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _text_over(descriptor: int) -> TextIOWrapper:
    return os.fdopen(descriptor, "w", encoding="utf-8", newline="")

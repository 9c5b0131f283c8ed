"""Where an export goes: a file or folder that has its name only when it is whole, or standard output."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.trouble import storage_trouble

#: The path that means standard output.
STANDARD_OUTPUT = Path("-")

#: What makes a stream, of text or of bytes, over a descriptor.
_Over = Callable[[int], Any]


@contextmanager
def open_output(path: Path) -> Iterator[TextIO]:
    """A stream of UTF-8 whose line ends stay as they are written; otherwise as :func:`open_binary_output`."""
    with _opened(path, partial(os.fdopen, mode="w", encoding="utf-8", newline="")) as stream:
        yield stream


@contextmanager
def open_binary_output(path: Path) -> Iterator[BinaryIO]:
    """A stream of bytes.

    A file is written under another name beside ``path`` and renamed when all of it is on disk; a failure leaves what
    was there. Devices and pipes are written to as they are. Raises :class:`StorageError`; on standard output a
    reader that went away raises BrokenPipeError.
    """
    with _opened(path, partial(os.fdopen, mode="wb")) as stream:
        yield stream


@contextmanager
def make_folder(path: Path) -> Iterator[Path]:
    """A folder to write into, that becomes ``path`` when it is whole; a failure leaves nothing.

    Raises :class:`StorageError` where something other than an empty folder is at ``path``.
    """
    with storage_trouble(path):
        target = path.resolve()
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            raise StorageError(f"{path}: there already; name a folder that is not")
        unfinished = _unfinished(target)
        unfinished.mkdir()
        try:
            yield unfinished
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def _opened(path: Path, over: _Over) -> Iterator[Any]:
    if path == STANDARD_OUTPUT:
        with _standard_output(over) as stream:
            yield stream
        return
    with storage_trouble(path):
        target = path.resolve()
        if target.is_dir():
            raise StorageError(f"{path}: a folder; name a file to write to")
        if target.exists() and not target.is_file():
            with over(os.open(target, os.O_WRONLY)) as stream:
                yield stream
        else:
            with _renamed_when_whole(target, over) as stream:
                yield stream


@contextmanager
def _standard_output(over: _Over) -> Iterator[Any]:
    try:
        with over(os.dup(sys.stdout.fileno())) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(f"standard output: {error.strerror or error}") from error


@contextmanager
def _renamed_when_whole(target: Path, over: _Over) -> Iterator[Any]:
    unfinished = _unfinished(target)
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except OSError as error:  # of a name that nobody gave
        raise StorageError(f"{target}: {error.strerror or error}") from error
    try:
        with over(descriptor) as stream:
            yield stream
            stream.flush()
            os.fsync(descriptor)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _unfinished(target: Path) -> Path:
    return target.with_name(f".{target.name[:60]}.{os.getpid()}.part")

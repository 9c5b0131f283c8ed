"""The outside programs that judge what leaves an archive: those of ``make judges``, or what else is installed.

They lie in ``.judges``, or where NANHAI_JUDGES says: a virtual environment of their own, so that nothing of theirs (some
are GPL or AGPL) is a part of this program. A test that asks for one that is not there is skipped, and says so.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest

_JUDGES = Path(os.environ.get("NANHAI_JUDGES") or Path(__file__).parents[1] / ".judges") / "bin"
_PLACES = os.pathsep.join([str(_JUDGES), str(Path(sys.executable).parent), os.environ["PATH"]])
#: A server of a judge takes a second to start, ten on a machine that does much else.
_PATIENCE_S = 60


def judge(program: str, *words: str | Path, folder: Path | None = None) -> str:
    """What the program says when it is content with its words, in that folder."""
    ended = subprocess.run(
        [_found(program), *map(str, words)],
        capture_output=True, encoding="utf-8", check=False, timeout=120, cwd=folder,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@contextmanager
def serving(program: str, *words: str | Path, folder: Path | None = None) -> Iterator[str]:
    """The address at which the program serves; ``-p PORT`` is added to its words."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    process = subprocess.Popen(
        [_found(program), *map(str, words), "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def fetched(url: str) -> bytes:
    """What a judge that serves, or begins to, answers."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  of our own server
                content: bytes = answer.read()
                return content
        except HTTPError:
            raise
        except URLError:
            assert time.monotonic() < deadline, f"{url} did not answer"
            time.sleep(0.1)


def _found(program: str) -> str:
    path = shutil.which(program, path=_PLACES)
    if path is None:
        pytest.skip(f"{program} is not installed (make judges)")
    return path

"""A program run as a child: what it wrote and what it cost."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

#: The checkout; its modules are importable from there.
CHECKOUT = Path(__file__).parents[2]
# Linux counts in KiB, macOS in bytes (getrusage(2)).
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a child took: CPU of itself and of the children it waited for; the peak includes what it was forked from."""

    cpu_s: float
    wall_s: float
    peak_bytes: int
    written: str


def run_child(*words: str | Path, folder: Path = CHECKOUT) -> Cost:
    """The cost of a program and what it wrote to standard output. Raises CalledProcessError when it fails."""
    with TemporaryFile() as output:
        began_s = time.monotonic()
        process = subprocess.Popen(list(map(str, words)), stdout=output, cwd=folder)
        _, status, used = os.wait4(process.pid, 0)
        wall_s = time.monotonic() - began_s
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words)
        output.seek(0)
        written = output.read().decode()
    return Cost(
        cpu_s=used.ru_utime + used.ru_stime,
        wall_s=wall_s,
        peak_bytes=used.ru_maxrss * _RSS_UNIT,
        written=written,
    )


def python(*words: str | Path) -> Sequence[str | Path]:
    """The words of a command for this Python."""
    return (sys.executable, *words)

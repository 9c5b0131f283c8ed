"""The public commands as a person runs them: each in a process of its own, beside this interpreter."""

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nanhai_crawler.cli.program import run as run_here

BIN = Path(sys.executable).parent
CHECKOUT = Path(__file__).resolve().parents[2]
#: No crawl of these tests takes longer than some seconds; one that hangs must not hang the tests.
DEADLINE_S = 60
#: What a crawl of more than five seconds says beside its errors: on a busy machine every one may be.
_PROGRESS = re.compile(r"^\d+ s: \d+ pages, .*\n", re.MULTILINE)


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it wrote, but for lines of progress."""

    code: int
    out: str
    err: str

    @property
    def summary(self) -> Any:
        """What ``crawl --json`` tells."""
        return json.loads(self.out)

    @property
    def counts(self) -> Any:
        return self.summary["counts"]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without settings of ours, plus ``more``."""
    return {name: value for name, value in os.environ.items() if not name.startswith("NANHAI_")} | more


def without_progress(said: str) -> str:
    """What was said on standard error without the lines that tell how far a crawl is."""
    return _PROGRESS.sub("", said)


def run(program: str, *words: str | Path, **env: str) -> Ended:
    """The end of ``program``, one of those installed beside this interpreter, in the checkout."""
    command = [str(BIN / program), *map(str, words)]
    ended = subprocess.run(
        command, capture_output=True, timeout=DEADLINE_S, cwd=CHECKOUT, env=environment(**env), check=False
    )
    return Ended(ended.returncode, ended.stdout.decode(), without_progress(ended.stderr.decode()))


def nanhai(*words: str | Path, **env: str) -> Ended:
    return run("nanhai", *words, **env)


def crawl(url: str, archive: Path, *words: str | Path, **env: str) -> Ended:
    """A crawl without pauses; its summary is JSON."""
    return nanhai("crawl", url, "--archive", archive, "--delay", "0", "--json", *words, **env)


def crawl_with(fault: str, url: str, archive: Path) -> Ended:
    """The same crawl by a program in which ``fault``, lines of Python, has broken something first."""
    program = f"{fault}\nfrom nanhai_crawler.cli import main\nmain()"
    return run("python", "-c", program, "crawl", url, "--archive", archive, "--delay", "0", "--json")


def records(archive: Path) -> list[dict[str, Any]]:
    """Every record of the archive, as exported (by the command, in this process: others start it as people do)."""
    with tempfile.TemporaryDirectory() as folder:
        exported = Path(folder, "records.jsonl")
        assert run_here(["export", "jsonl", "--archive", str(archive), "-o", str(exported)]) == 0
        return [json.loads(line) for line in exported.read_text(encoding="utf-8").split("\n")[:-1]]


def crawl_on(day: float, url: str, archive: Path, *words: str) -> Ended:
    """The same crawl on another day: so many days from now."""
    program = f"""
import sys
from datetime import timedelta
from pathlib import Path
from nanhai_crawler.cli.crawl_report import summary_json
from nanhai_crawler.crawl.order import CrawlOrder
from nanhai_crawler.crawl.plan import make_plan
from nanhai_crawler.crawl.run import run_session
from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.store.clock import utc_now
full, accept_drift = {"--full" in words}, {"--accept-drift" in words}
order = CrawlOrder(seeds=[{url!r}], delay_s=0, full=full, accept_drift=accept_drift)
session = CrawlSession(make_plan(Path({str(archive)!r}), order), clock=lambda: utc_now() + timedelta(days={day}))
summary = run_session(session)
sys.stdout.write(summary_json(summary))
sys.exit(summary.exit_code)
"""
    return run("python", "-c", program)

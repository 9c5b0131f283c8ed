"""``python -m tests.crawl.kills --times 20``: crawls killed at random moments and begun again end as an undisturbed one."""

import argparse
import random
import signal
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site
from tests.crawl.commands import BIN, DEADLINE_S, Ended, crawl, environment

#: Start-up: before it there is nothing to kill.
_FIRST_S = 0.5


class Held(NamedTuple):
    """What an archive holds: (URL, payload digest) of every body, (URL, number, text digest) of every revision."""

    bodies: frozenset[tuple[str, str]]
    revisions: frozenset[tuple[str, int, str]]
    unvisited: int


def held(archive: Path) -> Held:
    with closing(sqlite3.connect(f"file:{archive / 'nanhai.sqlite3'}?mode=ro", uri=True)) as connection:

        def rows(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        bodies = rows("SELECT DISTINCT url, payload_digest FROM captures")
        revisions = rows(
            "SELECT url, number, text_digest FROM revisions JOIN articles ON articles.id = article_id"
        )
        (unvisited,) = rows("SELECT count(*) FROM frontier WHERE last_run IS NULL")[0]
    return Held(frozenset(bodies), frozenset(revisions), unvisited)  # type: ignore[arg-type]


def crawl_and_kill(url: str, archive: Path, after_s: float) -> bool:
    """Whether the crawl was still under way after so long, and died of it."""
    words = ("crawl", url, "--archive", str(archive), "--delay", "0")
    process = subprocess.Popen(
        [str(BIN / "nanhai"), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait(DEADLINE_S) == -signal.SIGKILL


def undisturbed(url: str, archive: Path) -> tuple[Held, float]:
    """What a crawl holds that nobody kills, and how long it took."""
    began_s = time.monotonic()
    ended = crawl(url, archive)
    assert ended.code == 0, ended
    return held(archive), time.monotonic() - began_s


def disturbed(url: str, archive: Path, moments_s: list[float]) -> tuple[Held, int, Ended]:
    """What crawls hold of which each is killed after so long, but for the last; how many died, and the last's end."""
    died = sum(crawl_and_kill(url, archive, moment_s) for moment_s in moments_s)
    ended = crawl(url, archive)
    return held(archive), died, ended


def main() -> None:
    """Say of each time whether it ended as it must; exit code 1 when one did not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument(
        "--articles", type=int, default=220, help="220 make a site of some 400 pages and files"
    )
    parser.add_argument("--seed", type=int, default=4)
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311  the same moments each time
    bad = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        PracticeServer(build_site(articles=given.articles)) as server,
    ):
        expected, took_s = undisturbed(server.url, Path(folder, "undisturbed"))
        print(
            f"undisturbed: {len(expected.bodies)} bodies, {len(expected.revisions)} revisions, {took_s:.1f} s"
        )
        for number in range(given.times):
            moments_s = [chance.uniform(_FIRST_S, took_s) for _ in range(1 + number % 2)]
            found, died, ended = disturbed(server.url, Path(folder, str(number)), moments_s)
            good = found == expected and ended.code == 0
            bad += not good
            shown = ", ".join(f"{moment_s:.2f}" for moment_s in moments_s)
            print(
                f"{number + 1:3}: killed after {shown} s ({died} died): {'as it must' if good else 'NOT'}",
                flush=True,
            )
            if not good:
                print(
                    ended,
                    found.bodies ^ expected.bodies,
                    found.revisions ^ expected.revisions,
                    found.unvisited,
                )
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()

"""The demonstration: each command once, as a person would type it, held against the practice site's truth."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.errors import NanhaiError, UsageError
from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site

# A word of a few characters, and the shortest query there is.
_QUERIES = ("党建", "水")
# An article's head and where its text begins; the rest is for those who look it up themselves.
_SHOWN_LINES = 13


def demonstrate(folder: Path) -> None:
    """Everything is shown on standard output; raises NanhaiError when the archive is not what the site is."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(f"{folder} is there already; name a folder that is not, for the demonstration alone")
    site = build_site()
    with PracticeServer(site) as server:
        _step(f"A practice site with {site.article_count} invented articles is served at {server.url}")
        _step(f"$ export NANHAI_ARCHIVE={shlex.quote(str(folder))}")
        counts = _crawl(folder, server.url)
        _expect("articles found by the crawl", counts["new"], site.article_count)
        for query in _QUERIES:
            _run(folder, "search", query, "--limit", "2")
        _run(folder, "show", _best(folder, _QUERIES[0]), most_lines=_SHOWN_LINES)
        _export(folder, site.article_count)
        counts = _crawl(folder, server.url, "--full")
        _expect("articles new or changed in the second crawl", counts["new"] + counts["changed"], 0)
        _expect("articles unchanged in the second crawl", counts["unchanged"], site.article_count)
    print_line(styled("All of it held: the archive has what the site has.", "bold green"))


def _crawl(folder: Path, url: str, *words: str) -> dict[str, int]:
    """The counts of a crawl, which has a process of its own: Scrapy's reactor starts only once in one."""
    _run(folder, "crawl", url, "--delay", "0", *words)
    last: Any = json.loads(_output(folder, "runs", "--json").partition("\n")[0])
    counts: dict[str, int] = last["counts"]
    return counts


def _best(folder: Path, query: str) -> str:
    """The id of the query's first hit."""
    found = _output(folder, "search", query, "--json", "--limit", "1")
    if not found:
        raise NanhaiError(f"the demonstration found nothing for {query}")
    best: str = json.loads(found)["id"]
    return best


def _export(folder: Path, expected: int) -> None:
    for form in ("csv", "jsonl"):
        path = folder / f"articles.{form}"
        _run(folder, "export", form, "-o", str(path))
    _expect("lines of articles.jsonl", path.read_text(encoding="utf-8").count("\n"), expected)


def _run(folder: Path, *words: str, most_lines: int | None = None) -> None:
    """The command as a person would type it, then what it writes, or the first lines of that."""
    _step(f"$ nanhai {' '.join(map(_typed, words))}")
    lines = _output(folder, *words).rstrip("\n").splitlines()
    for line in lines[:most_lines]:
        print_line(styled(f"  {line}" if line else ""))
    if most_lines is not None and len(lines) > most_lines:
        print_line(styled("  …"))


def _output(folder: Path, *words: str) -> str:
    """What the command writes to standard output. Raises NanhaiError when it fails."""
    command = [sys.executable, "-m", "nanhai_crawler", *words]
    environment = {**os.environ, "NANHAI_ARCHIVE": str(folder)}
    ended = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False, env=environment)  # noqa: S603
    if ended.returncode:
        raise NanhaiError(f"nanhai {' '.join(words)} ended with {ended.returncode}")
    return ended.stdout


def _typed(word: str) -> str:
    """The word in quotes where a shell would part it; Chinese needs none."""
    return shlex.quote(word) if word.isascii() or " " in word else word


def _step(words: str) -> None:
    print_line(styled(words, "bold"))


def _expect(what: str, found: int, expected: int) -> None:
    if found != expected:
        raise NanhaiError(f"{what}: {found}, but the practice site has {expected}")

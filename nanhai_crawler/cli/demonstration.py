"""The demonstration: each command once, as a person would type it, held against the practice site's truth."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.errors import NanhaiError
from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site

# A word of a few characters, and the shortest query there is.
_QUERIES = ("党建", "水")


def demonstrate(folder: Path) -> None:
    """Everything is shown on standard output; raises NanhaiError when the archive is not what the site is."""
    site = build_site()
    with PracticeServer(site) as server:
        _step(f"A practice site with {site.article_count} invented articles is served at {server.url}")
        _crawl_once(folder, server.url, site.article_count)
        for query in _QUERIES:
            _search(folder, query)
        _show_first(folder)
        _export(folder, site.article_count)
        _crawl_again(folder, server.url, site.article_count)
    print_line(styled("All of it held: the archive has what the site has.", "bold green"))


def _crawl_once(folder: Path, url: str, expected: int) -> None:
    counts = _crawl(folder, url)
    _expect("articles found by the crawl", counts["new"] + counts["unchanged"] + counts["changed"], expected)
    print_line(
        styled(
            f"  {counts['pages']} pages and {counts['files']} files captured, {counts['new']} articles new"
        )
    )


def _crawl_again(folder: Path, url: str, expected: int) -> None:
    counts = _crawl(folder, url)
    _expect("articles new or changed in the second crawl", counts["new"] + counts["changed"], 0)
    _expect("articles unchanged in the second crawl", counts["unchanged"], expected)
    print_line(styled(f"  nothing changed: all {expected} articles are as they were"))


def _crawl(folder: Path, url: str) -> dict[str, int]:
    """The counts of a crawl, which has a process of its own: Scrapy's reactor starts only once in one."""
    summary: Any = json.loads(_nanhai(folder, "crawl", url, "--delay", "0", "--json"))
    counts: dict[str, int] = summary["counts"]
    return counts


def _search(folder: Path, query: str) -> None:
    hits = [
        json.loads(line) for line in _nanhai(folder, "search", query, "--json", "--limit", "0").splitlines()
    ]
    print_line(styled(f"  {len(hits)} articles hold {query}; the best:"))
    if not hits:
        raise NanhaiError(f"the demonstration found nothing for {query}")
    best = hits[0]
    print_line(styled(f"    {best['published']}  "), styled(best["title"], "bold"))
    print_line(styled(f"    {best['snippet']}", "dim"))


def _show_first(folder: Path) -> None:
    first = json.loads(_nanhai(folder, "search", _QUERIES[0], "--json", "--limit", "1"))
    for line in _nanhai(folder, "show", first["id"]).splitlines()[:8]:
        print_line(styled(f"  {line}"))


def _export(folder: Path, expected: int) -> None:
    for form in ("csv", "jsonl"):
        path = folder / f"articles.{form}"
        _nanhai(folder, "export", form, "-o", str(path))
        print_line(styled(f"  {path.name}: {path.stat().st_size / 1000:.0f} kB"))
    _expect("lines of articles.jsonl", path.read_text(encoding="utf-8").count("\n"), expected)


def _nanhai(folder: Path, *words: str) -> str:
    """What the command writes to standard output; it is shown before it runs. Raises NanhaiError when it fails."""
    _step(f"$ nanhai {' '.join(words)} --archive {folder}")
    command = [sys.executable, "-m", "nanhai_crawler", *words, "--archive", str(folder)]
    ended = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)  # noqa: S603
    if ended.returncode:
        raise NanhaiError(f"nanhai {' '.join(words)} ended with {ended.returncode}")
    return ended.stdout


def _step(words: str) -> None:
    print_line(styled(words, "bold"))


def _expect(what: str, found: int, expected: int) -> None:
    if found != expected:
        raise NanhaiError(f"{what}: {found}, but the practice site has {expected}")

"""A large archive without a crawl: ``python -m tests.bench.large_archive FOLDER ARTICLES`` builds it or finds it there.

The articles are the practice site's composed ones, made longer, to about 1,600 characters, by sentences of words cut
from the same stories. The writer is the one that a crawl has, so every table, the index and the WARC files are as a
crawl would leave them; only fetching and reading are left out. 100,000 articles take some minutes and 1.5 GB.
"""

import argparse
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from nanhai_crawler.items import Article, Attachment, Credit, Image, Link, PageKind, PageReading, Section, Via
from nanhai_crawler.practice.catalogue import Catalogue
from nanhai_crawler.practice.truth import truth_of
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.visits import Exchange, FrontierEntry, Outcome, Visit

#: The size at which search and export are judged (issue: find it, cite it, take it away).
ARTICLES = 100_000
#: Characters of a usual article there.
LENGTH = 1_600
_HOME = "http://127.0.0.1:8080/"
_HEADERS = (("Content-Type", "text/html; charset=utf-8"),)
# As many addresses enter the frontier at once as a site's lists would give in some minutes.
_BATCH = 1_000
_WORDS_FROM = 300
_CLAUSE = re.compile("[一-鿿]{4,}")


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a building took: CPU of the whole, and articles."""

    articles: int
    cpu_s: float


class Author:
    """Writes article after article; the same number gives the same words each time."""

    def __init__(self, articles: int) -> None:
        self._catalogue = Catalogue(articles)
        self._words = self._cut_words()
        # Zipf's law: few words are in every text, most in few.
        self._weights = [1 / place for place in range(1, len(self._words) + 1)]

    def write(self, number: int) -> Article:
        """Article ``number``, as a right reading of its page would give it."""
        told: dict[str, Any] = truth_of(self._catalogue.story(number), _HOME)
        sections = tuple(Section(heading=s["heading"], paragraphs=s["paragraphs"]) for s in told["sections"])
        lacking = LENGTH - len(told["body"])
        if lacking > 0:
            sections = (*sections, Section(heading=None, paragraphs=tuple(self._paragraphs(number, lacking))))
        return Article(
            **{
                key: told[key] for key in ("url", "site", "title", "published", "entered", "source", "origin")
            },
            column_path=tuple(told["column_path"]),
            authors=tuple(told["authors"]),
            credits=tuple(Credit(**credit) for credit in told["credits"]),
            sections=sections,
            images=tuple(Image(**image) for image in told["images"]),
            attachments=tuple(Attachment(**file) for file in told["attachments"]),
            evidence={"title": "h1", "published": "info line", "body": "longest region"},
        )

    def _cut_words(self) -> list[str]:
        """Pieces of two to four characters out of the composed stories, each once, in an order of chance."""
        chance = random.Random(0)  # noqa: S311  nothing is secret here
        first = self._catalogue.first_composed
        last = min(self._catalogue.count, first + _WORDS_FROM)
        bodies = (
            str(truth_of(self._catalogue.story(number), _HOME)["body"]) for number in range(first, last)
        )
        words: dict[str, None] = {}
        for clause in dict.fromkeys(clause for body in bodies for clause in _CLAUSE.findall(body)):
            at = 0
            while at < len(clause) - 1:
                width = chance.choice((2, 2, 2, 3, 4))
                words[clause[at : at + width]] = None
                at += width
        shuffled = list(words)
        chance.shuffle(shuffled)
        return shuffled

    def _paragraphs(self, number: int, length: int) -> Iterator[str]:
        """Paragraphs of so many characters in all, in clauses of some words."""
        chance = random.Random(number)  # noqa: S311
        words = iter(chance.choices(self._words, self._weights, k=length // 2))
        while length > 0:
            clauses = ["".join(islice(words, chance.randrange(3, 7))) for _ in range(chance.randrange(4, 9))]
            paragraph = "，".join(clauses) + "。"
            length -= len(paragraph)
            yield paragraph


def build_archive(folder: Path, articles: int = ARTICLES) -> Built:
    """``folder`` is an archive of one run with so many articles; one of that size that is there is kept."""
    mark = folder.with_name(f"{folder.name}.built.json")
    if mark.exists() and (told := json.loads(mark.read_text()))["articles"] == articles:
        return Built(**told)
    author = Author(articles)
    began_s = time.process_time()
    with ArchiveWriter.open(folder) as writer:
        writer.begin_run((_HOME,))
        home = writer.frontier.take()
        assert home is not None
        _finish(writer, home, None)
        for start in range(0, articles, _BATCH):
            _add(writer, [author.write(number) for number in range(start, min(articles, start + _BATCH))])
        writer.settle()
        writer.end_run(outcome="complete", exit_code=0)
    built = Built(articles=articles, cpu_s=time.process_time() - began_s)
    mark.write_text(json.dumps(vars(built)))
    return built


def _add(writer: ArchiveWriter, articles: Sequence[Article]) -> None:
    """The articles are found on the home page, visited and read."""
    by_url = {article.url: article for article in articles}
    writer.frontier.add((Link(url=url, via=Via.LINK) for url in by_url), found_on=_HOME, depth=1)
    while (entry := writer.frontier.take()) is not None:
        _finish(writer, entry, by_url[entry.url])


def _finish(writer: ArchiveWriter, entry: FrontierEntry, article: Article | None) -> None:
    capture = writer.capture(_exchange(entry.url, article))
    reading = PageReading(
        url=entry.url,
        kind=PageKind.ARTICLE if article else PageKind.HOME,
        kind_evidence="told by the builder",
        links=(),
        charset="utf-8",
        charset_evidence="header",
        article=article,
    )
    writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=capture, reading=reading))
    writer.commit_if_due()


def _exchange(url: str, article: Article | None) -> Exchange:
    """A page that shows the article, plainly, and when it was asked for."""
    title, body = (article.title, article.body) if article else ("首页", "")
    lines = "".join(f"<p>　　{line}</p>\n" for line in body.split("\n"))
    page = f"<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1>\n{lines}"
    return replace(_PLAIN, url=url, payload=page.encode())


_PLAIN = Exchange(
    url=_HOME,
    time="2026-11-01T00:00:00.000Z",
    method="GET",
    request_headers=(("User-Agent", "bench"),),
    status=200,
    protocol="HTTP/1.1",
    response_headers=_HEADERS,
    payload=b"",
    ip_address="127.0.0.1",
)


def main() -> None:
    """Build, and say what it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large_archive", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=ARTICLES)
    asked = parser.parse_args()
    built = build_archive(asked.folder, asked.articles)
    print(f"{built.articles} articles, {built.articles / built.cpu_s:.0f} a CPU second")


if __name__ == "__main__":
    main()

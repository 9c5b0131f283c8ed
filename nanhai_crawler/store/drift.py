"""Drift: fields and lists that used to be full and are empty, by this archive's own history (FAULTS F29).

What a run observed stands in its report; the reports before it are the history. A run that drifted is no history, and
one whose drift a person accepted is where history begins anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nanhai_crawler.items import Article, Link, Via
from nanhai_crawler.urls.canonical import host_of

Report = dict[str, Any]
#: What every article has on most sites, so that its want tells of the site; who wrote it, or how many pictures it has, tells
#: of the article. Counted besides: ``article``, that a page which was one still is; ``title``, that it is its own.
FIELDS = ("published", "source", "column_path", "body")
#: A field was full when nine of ten articles had it, of five at least …
_FULL, _ENOUGH_BEFORE = 0.9, 5
#: … and is empty when not half as many have it, of ten articles; of fewer, when none of at least three has.
_EMPTY, _ENOUGH_NOW, _FEWEST_NOW = 0.5, 10, 3
#: A list that showed this many articles was full. Later pages of a list end somewhere: a tenth of them must be empty.
_FULL_LIST, _MOST_EMPTY = 3, 0.1
#: Twenty runs of a day each: three weeks.
HISTORY_RUNS = 20
_DRIFT_CODE = 4
_EXAMPLES = 5


@dataclass(slots=True)
class Observations:
    """What a run sees of its articles and lists."""

    fields: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    _lists: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _later_pages: set[str] = field(default_factory=set)

    def note_article(self, article: Article, lost: str | None = None) -> None:
        """A page was read as an article; ``lost`` names the field that it had and lost, so that it was not kept."""
        host = host_of(article.url)
        self._count(host, "article", True)
        for name in FIELDS:
            self._count(host, name, bool(getattr(article, name)))
        self._count(host, "title", lost != "title")

    def note_no_article(self, url: str) -> None:
        """What was an article is a page that is none."""
        self._count(host_of(url), "article", False)

    def note_list(self, url: str, via: Via, links: Sequence[Link]) -> None:
        """A page that leads to others was read; which of its links are articles is known in the end."""
        # Eight bytes a link, and a text's hash is computed once: a set of the texts would hold tens of megabytes.
        self._lists[url] = tuple([hash(_bare(link.url)) for link in links])
        if via is Via.NEXT:
            self._later_pages.add(url)

    def as_json(self, articles: Sequence[str]) -> Report:
        """For the report; ``articles`` are the URLs of all articles that the archive has."""
        known = {hash(_bare(url)) for url in articles} if self._lists else set()
        lists = {url: sum(link in known for link in links) for url, links in self._lists.items()}
        return {"fields": self.fields, "lists": lists, "later_pages": sorted(self._later_pages)}

    def _count(self, host: str, name: str, filled: bool) -> None:
        numbers = self.fields.setdefault(host, {}).setdefault(name, [0, 0])
        numbers[0] += filled
        numbers[1] += 1


def history_of(reports: Iterator[Report]) -> list[Report]:
    """The observations to hold a run against, the newest first, of the reports before it in that order."""
    history: list[Report] = []
    for report in reports:
        if report.get("exit_code") != _DRIFT_CODE and report.get("observed"):
            history.append(report["observed"])
        if report.get("drift_accepted") or len(history) == HISTORY_RUNS:
            break
    return history


def last_traps(reports: Iterator[Report]) -> Mapping[str, Sequence[str]]:
    """The traps that the newest of these reports knew that tells what its run observed, by name."""
    for report in reports:
        if report.get("observed"):
            found: Mapping[str, Sequence[str]] = report["observed"].get("traps", {})
            return found
    return {}


def find_drift(now: Report, history: Sequence[Report]) -> tuple[str, ...]:
    """What used to be full and is empty, a line each; nothing where there is no history."""
    return (*_empty_fields(now["fields"], history), *_empty_lists(now, history))


def _empty_fields(now: Report, history: Sequence[Report]) -> Iterator[str]:
    for host, fields in now.items():
        for name, (filled, articles) in fields.items():
            before = [one["fields"].get(host, {}).get(name, (0, 0)) for one in history]
            had, of = sum(one[0] for one in before), sum(one[1] for one in before)
            if of < _ENOUGH_BEFORE or had < _FULL * of or articles < _FEWEST_NOW:
                continue
            least = _EMPTY * had / of * articles if articles >= _ENOUGH_NOW else 1
            if filled < least:
                yield f"{host}: {name}: {filled} of {articles} articles have it; before, {had} of {of} had"


def _empty_lists(now: Report, history: Sequence[Report]) -> Iterator[str]:
    before: dict[str, int] = {}
    for one in reversed(history):
        before.update(one["lists"])
    empty = [url for url, count in now["lists"].items() if not count and before.get(url, 0) >= _FULL_LIST]
    later = set(now["later_pages"])
    if all(url in later for url in empty) and len(empty) <= _MOST_EMPTY * len(now["lists"]):
        return
    for url in empty[:_EXAMPLES]:
        yield f"{url}: no article on this list; before, there were {before[url]}"
    if len(empty) > _EXAMPLES:
        yield f"and {len(empty) - _EXAMPLES} more lists are empty"


def _bare(url: str) -> str:
    """Without its scheme: http and https twins are one article."""
    return url.partition(":")[2]

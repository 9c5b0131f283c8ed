"""Traps: addresses without end (a calendar, page numbers that repeat the last page, a path that grows).

A URL's *shape* is what it has in common with its like: digits and long codes are taken out. What a shape may cost
depends on what it gives: new pages that are no article and lead to nothing but their own like use its budget up.

A search by many parameters has as many shapes as it has combinations, each leading to the next: where a path has more
shapes than one program has uses for, those beyond have one budget together.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from nanhai_crawler.items import Link, Via
from nanhai_crawler.visits import FrontierEntry, Outcome, Visit

#: Barren pages that a shape may have, and how many more each fruitful page allows. Real lists give a new link a page;
#: sixty-four months of an empty calendar are five years.
_MOST_BARREN, _PER_FRUIT = 64, 4
#: So many shapes of one path are its uses (a site whose every page is index.php has lists, articles, a search …); what
#: comes beyond are combinations, which share a budget of eight shapes.
_MOST_USES, _MOST_COMBINED = 24, 8 * _MOST_BARREN
#: No real path met repeats a name three times, or has so many; Heritrix's PathologicalPathDecideRule allows two
#: repetitions, its TooManyPathSegmentsDecideRule twenty segments.
_MOST_REPEATS, _MOST_SEGMENTS = 3, 20
#: A list with next links alone is as deep as it has pages.
_DEEPEST = 1000
_DIGITS = re.compile(r"\d+")
_CODE = re.compile(r"(?=[0-9a-z]*\d)(?=[0-9a-z]*[a-z])[0-9a-z]{12,}", re.IGNORECASE)
_LED_NOWHERE = "of a kind that led to nothing new"


class Traps:
    """What the pages of each shape have given in this run; ``closed`` shapes are asked for no new page.

    Pages that were read in runs before count for nothing here, and are never refused.
    """

    def __init__(self, closed: Iterable[str] = ()) -> None:
        self.closed = set(closed)
        self._barren: dict[str, int] = {}
        self._given: set[str] = set()
        self._uses: dict[str, set[str]] = {}  # path: its first shapes
        self._combined: dict[str, int] = {}  # path: barren pages of all further shapes
        self._shapes_of_articles: set[str] = set()

    def refuse(self, entry: FrontierEntry) -> str | None:
        """Why the URL is not to be asked for; null for a URL like others."""
        if entry.kind is not None or entry.via in {Via.SEED, Via.IMAGE, Via.ATTACHMENT}:
            return None
        if (self.closed or self._combined) and self._is_closed(_shape(entry.url)):
            return _LED_NOWHERE
        return _by_its_looks(entry)

    def note(self, visit: Visit) -> None:
        """The visit's page counts for or against its shape."""
        reading = visit.reading
        if visit.outcome is not Outcome.READ or reading is None or visit.entry.kind is not None:
            return
        shape = _shape(visit.entry.url)
        if reading.article is not None:
            self._shapes_of_articles.add(shape)
        fruitful = self._leads_on(visit.links, shape) or reading.article is not None
        barren = self._barren.get(shape, 0) + (-_PER_FRUIT if fruitful else 1)
        self._barren[shape] = max(barren, -_MOST_BARREN * _PER_FRUIT)
        if barren > _MOST_BARREN:
            self.closed.add(shape)
        self._note_combined(shape)

    def _note_combined(self, shape: str) -> None:
        path = _path_of(shape)
        uses = self._uses.setdefault(path, set())
        if shape in uses or shape in self._shapes_of_articles:
            return
        if len(uses) < _MOST_USES:
            uses.add(shape)
        else:
            self._combined[path] = self._combined.get(path, 0) + 1

    def _leads_on(self, links: Iterable[Link], shape: str) -> bool:
        """Whether the page leads to what no page has led to in this run, not of its own kind, nor of one that led nowhere."""
        fresh = {link.url for link in links} - self._given
        self._given |= fresh
        return any(other != shape and not self._is_closed(other) for other in map(_shape, fresh))

    def _is_closed(self, shape: str) -> bool:
        if shape in self.closed:
            return True
        spent = self._combined.get(_path_of(shape), 0) > _MOST_COMBINED
        return spent and shape not in self._shapes_of_articles


@lru_cache(maxsize=1 << 14)
def _shape(url: str) -> str:
    parts = urlsplit(url)
    path = _DIGITS.sub("#", _CODE.sub("#", parts.path))
    names = sorted(part.partition("=")[0] for part in parts.query.split("&"))
    return f"{parts.netloc}{path}?{'&'.join(names)}"


def _path_of(shape: str) -> str:
    return shape.partition("?")[0]


def _by_its_looks(entry: FrontierEntry) -> str | None:
    if entry.depth > _DEEPEST:
        return f"more than {_DEEPEST} links away from the seeds"
    if entry.url.count("/") < _MOST_REPEATS + 3:
        return None
    segments = [segment for segment in urlsplit(entry.url).path.split("/") if segment]
    if len(segments) > _MOST_SEGMENTS:
        return f"a path of more than {_MOST_SEGMENTS} segments"
    names = [segment for segment in segments if not segment.isdigit()]
    if any(names.count(name) >= _MOST_REPEATS for name in set(names)):
        return "a path that repeats itself"
    return None

"""Session ids that no list of names knows: a parameter whose every value gives the same page."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from nanhai_crawler.visits import FrontierEntry, Outcome, Visit

#: A value that looks made up by a machine: letters and digits mixed, or many hexadecimal digits.
_MADE_UP = re.compile(r"(?=[^&]*\d)(?=[^&]*[a-z])[0-9a-z_-]{8,}|[0-9a-f]{16,}", re.IGNORECASE)
#: One page under two ids may be a slip of an editor; three times it is the parameter.
_PROOF = 3
_SESSION = "a session in the address"


class SessionIds:
    """What pages with made-up parameters gave in this run, and which parameters have proved to be a visit's."""

    def __init__(self, proved: Iterable[str] = ()) -> None:
        self.proved = set(proved)  # as host?name
        self._alike: dict[str, int] = {}
        self._pages: set[tuple[str, int]] = set()
        self._asked: set[str] = set()

    def refuse(self, entry: FrontierEntry) -> str | None:
        """Why the URL is not to be asked for: its page was, under another id; null for others."""
        if "=" not in entry.url:
            return None
        names, plain = _told_apart(entry.url)
        if not names:
            return None
        asked = plain in self._asked
        self._asked.add(plain)
        proved = any(parameter in self.proved for parameter in _parameters(entry.url, names))
        return _SESSION if proved and asked and entry.kind is None else None

    def note(self, visit: Visit) -> None:
        """Two pages that say the same under two ids are a sign."""
        reading = visit.reading
        if "=" not in visit.entry.url or visit.outcome is not Outcome.READ or reading is None:
            return
        names, plain = _told_apart(visit.entry.url)
        if not names:
            return
        article = reading.article
        said = (
            (article.title, article.body)
            if article
            else tuple(_told_apart(link.url)[1] for link in visit.links)
        )
        page = (plain, hash(said))
        if page not in self._pages:
            self._pages.add(page)
            return
        for parameter in _parameters(visit.entry.url, names):
            alike = self._alike[parameter] = self._alike.get(parameter, 0) + 1
            if alike >= _PROOF:
                self.proved.add(parameter)


def _parameters(url: str, names: Iterable[str]) -> list[str]:
    return [f"{urlsplit(url).netloc}?{name}" for name in names]


def _told_apart(url: str) -> tuple[tuple[str, ...], str]:
    """The names of made-up parameters, and the URL without them."""
    path, _, query = url.partition("?")
    names: list[str] = []
    rest: list[str] = []
    for part in query.split("&") if query else ():
        name, _, value = part.partition("=")
        if _MADE_UP.fullmatch(value):
            names.append(name)
        else:
            rest.append(part)
    return tuple(names), f"{path}?{'&'.join(rest)}"

"""The circuit breaker: trouble in a row at a host slows the crawl down there, then ends it there for this run."""

from urllib.parse import urlsplit

#: Two bad answers in a row are an accident, the third is not.
_CALM = 3
#: A server that fails three answers in ten gives ten in a row once in 170,000 answers; a ban gives nothing else.
_MOST_IN_A_ROW = 10
#: From here on it is likelier the host than the page: the pages are left to the next run at once.
_DOUBTFUL = 6
#: The pauses double up to this many (at the default pace eight seconds).
_LONGEST = 8


class Breaker:
    """What each host (with its port) gave lately; ``opened`` says which are asked for nothing more, and why."""

    def __init__(self) -> None:
        self.opened: dict[str, str] = {}
        self._in_a_row: dict[str, int] = {}

    def good(self, url: str) -> None:
        """The host answered as it should."""
        if self._in_a_row:
            self._in_a_row.pop(urlsplit(url).netloc, None)

    def bad(self, url: str, reason: str) -> int:
        """One more bad answer: how many pauses the host is to be given; after ten in a row it is left alone."""
        host = urlsplit(url).netloc
        count = self._in_a_row.get(host, 0) + 1
        self._in_a_row[host] = count
        if count >= _MOST_IN_A_ROW:
            self.open(url, f"{count} bad answers in a row, the last: {reason}")
        return 0 if count < _CALM else int(min(2 ** (count - _CALM), _LONGEST))

    def open(self, url: str, reason: str) -> None:
        """The host is asked for nothing more in this run."""
        self.opened.setdefault(urlsplit(url).netloc, reason)

    def is_open(self, url: str) -> bool:
        """Whether the URL's host is to be left alone."""
        return bool(self.opened) and urlsplit(url).netloc in self.opened

    def is_calm(self, url: str) -> bool:
        """Whether nothing speaks against asking the host once more at once."""
        return self._in_a_row.get(urlsplit(url).netloc, 0) < _DOUBTFUL

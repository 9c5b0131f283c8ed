"""Redirects under way: how a URL was come to, so that a circle or an endless chain is seen for what it is."""

#: Browsers and curl follow 20 to 50 (Fetch Standard, 4.4: twenty); FAULTS F15.
_MOST_HOPS = 20


class Redirects:
    """The chains of redirects whose last URL has not answered yet."""

    def __init__(self) -> None:
        self._chains: dict[str, tuple[str, ...]] = {}

    def refuse(self, url: str, target: str) -> str | None:
        """Why the redirect from ``url`` is not to be followed to ``target``; null, and remembered, when it is."""
        chain = (*self._chains.pop(url, ()), url)
        if target in chain:
            return "redirects in a circle"
        if len(chain) > _MOST_HOPS:
            return f"more than {_MOST_HOPS} redirects in a row"
        self._chains[target] = chain
        return None

    def end(self, url: str) -> None:
        """``url`` answered with something else than a redirect."""
        self._chains.pop(url, None)

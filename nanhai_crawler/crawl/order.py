"""The order: what a crawl is told to do, before the archive's settings and its sites have their say."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlOrder:
    """What a person asks of one crawl.

    ``seeds`` stand in the place of those of the ``sites``, which are names, and these in the place of the archive's own.
    ``delay_s`` is the time between two requests, null where nobody chose one; ``limit`` how many visits at most; ``full``
    asks for everything that is known, due or not; ``accept_drift`` makes what is found now the rule; ``contact`` is whom
    a site may ask.
    """

    seeds: Sequence[str] = ()
    sites: Sequence[str] = ()
    delay_s: float | None = None
    limit: int | None = None
    full: bool = False
    accept_drift: bool = False
    contact: str | None = None


#: The sites of the archive, as its settings have them.
AS_SETTLED = CrawlOrder()

"""The nouns of a run: what one execution of the crawl did, and what went wrong in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class RunCounts:
    """What a run did, so far or in the end.

    ``updated`` counts articles with the text they had and another time, source, picture …;
    ``missing`` counts addresses without anything, or with something else than the article that was there;
    ``gone`` and ``returned`` count articles; ``waiting`` is what is due and not visited, ``not_due`` what is known and
    rests until a later run.
    """

    pages: int = 0
    files: int = 0
    new: int = 0
    changed: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: int = 0
    gone: int = 0
    returned: int = 0
    failed: int = 0
    forbidden: int = 0
    waiting: int = 0
    not_due: int = 0
    bytes_received: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RunTroubles:
    """What went wrong in a run, for its report: URLs and hosts with their reasons, and what used to be full and is empty.

    ``observed`` is what the run saw of fields and lists, the history of later runs.
    """

    failures: tuple[tuple[str, str], ...] = ()
    failures_not_listed: int = 0
    stopped: tuple[tuple[str, str], ...] = ()
    drift: tuple[str, ...] = ()
    drift_accepted: bool = False
    observed: Mapping[str, object] | None = None

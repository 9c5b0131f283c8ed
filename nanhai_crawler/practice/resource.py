"""What the practice site answers with."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """One answer. ``media_type`` includes the charset where the server tells it; ``last_modified`` is aware.

    ``location`` is the path that a 301 leads to, else null.
    """

    status: int = 200
    media_type: str
    body: bytes
    location: str | None = None
    last_modified: datetime

"""Findings: what is damaged in an archive, a line each."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

#: Told what is being looked at, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


class Thing(StrEnum):
    """What kind of thing is damaged; scripts may go by it, and ``--repair`` does."""

    DATABASE = "database"
    ROWS = "rows"  # rows that contradict each other
    INDEX = "index"
    TEXT = "text"
    CAPTURE = "capture"  # a row that does not say what its record says, or has none
    RECORD = "record"  # a record that no row knows
    WARC = "warc"
    MANIFEST = "manifest"
    REPORT = "report"
    FORM = "form"  # what a person wrote, and no crawl can go by
    SEAL = "seal"  # not as the last run left it, which says nothing of what is wrong


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One damage. ``where`` names the thing; ``file`` and ``number`` its file and its row or byte, where it has one."""

    thing: Thing
    where: str
    what: str
    meaning: str
    remedy: str
    file: str | None = None
    number: int | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.meaning}; {self.remedy}"

"""What an export wrote, and what whoever asked for it should know."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """How many things (articles, captures) an export has, and a line for each thing to be said of it."""

    count: int
    notes: tuple[str, ...] = ()

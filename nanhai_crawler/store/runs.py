"""Runs: one row an execution of the crawl, with what it did."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace

from sqlalchemy import Connection, func, insert, select, update

from nanhai_crawler import __version__
from nanhai_crawler.runs import RunCounts
from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.models import Run
from nanhai_crawler.store.records import Change
from nanhai_crawler.visits import Outcome

RUNNING = "running"
COMPLETE = "complete"
#: Before its time, because the archive could not take more.
STOPPED = "stopped"
#: What a visit's outcome counts as; a redirect counts where it leads.
COUNTED = {
    Outcome.READ: "pages",
    Outcome.NOT_MODIFIED: "pages",
    Outcome.FILE: "files",
    Outcome.MISSING: "missing",
    Outcome.WALL: "failed",
    Outcome.FAILED: "failed",
    Outcome.FORBIDDEN: "forbidden",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RunEnd:
    """How and when a run ended; without an exit code where it was killed."""

    ended: str
    duration_s: float
    outcome: str
    exit_code: int | None


@dataclass(slots=True)
class Tally:
    """What the run did so far, counted up visit by visit."""

    numbers: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def count(self, outcome: Outcome, change: Change | None) -> None:
        """One more visit."""
        if outcome in COUNTED:
            self.numbers[COUNTED[outcome]] += 1
        if change is not None:
            self.numbers[change.value] += 1

    def counts(self, waiting: int, not_due: int = 0) -> RunCounts:
        """As a value."""
        known = {one.name for one in fields(RunCounts)}
        numbers = {name: number for name, number in self.numbers.items() if name in known}
        # An article that leads home is as missing as one that answers 404.
        numbers["missing"] = self.numbers["missing"] + self.numbers["replaced"]
        return replace(RunCounts(), **numbers, waiting=waiting, not_due=not_due, left_out=dict(self.left_out))


def start_run(connection: Connection, seeds: Sequence[str], started: str) -> int:
    """The number of a new row."""
    run_id = next_id(connection, Run.id)
    row = {
        "id": run_id, "started": started, "outcome": RUNNING, "version": __version__,
        "seeds": json_seeds(seeds), "counts": json_counts(RunCounts()),
    }  # fmt: skip
    connection.execute(insert(Run), row)
    return run_id


def unfinished_since(connection: Connection, seeds: Sequence[str]) -> str:
    """When the first run began that followed the last complete one from these seeds; empty where none did.

    What was found since then has not been followed to its end.
    """
    same = Run.seeds == json_seeds(seeds)
    last = select(func.max(Run.id)).where(same, Run.outcome == COMPLETE).scalar_subquery()
    statement = select(func.min(Run.started)).where(same, Run.id > func.coalesce(last, 0))
    return connection.execute(statement).scalar() or ""


def json_seeds(seeds: Sequence[str]) -> str:
    """The seeds as one JSON list."""
    return json.dumps(list(seeds), ensure_ascii=False)


def save_counts(connection: Connection, run_id: int, counts: RunCounts) -> None:
    """The row says what was done so far, should the run never end."""
    connection.execute(update(Run).where(Run.id == run_id).values(counts=json_counts(counts)))


def finish_run(connection: Connection, run_id: int, end: RunEnd) -> None:
    """The row says how the run ended."""
    connection.execute(update(Run).where(Run.id == run_id).values(asdict(end)))


def json_counts(counts: RunCounts) -> str:
    """The counts as one JSON object."""
    return json.dumps({**asdict(counts), "left_out": dict(counts.left_out)}, ensure_ascii=False)

"""Observations as read: when an article was not found where it was, and found again."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from nanhai_crawler.store.models import ObservationRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """What the article became, when, and by what evidence."""

    time: str
    status: str
    evidence: str


def read_observations(connection: Connection, article_id: str) -> list[Observation]:
    """Those that count, in order."""
    statement = (
        select(ObservationRow.time, ObservationRow.status, ObservationRow.evidence)
        .where(ObservationRow.article_id == article_id, ObservationRow.counted)
        .order_by(ObservationRow.id)
    )
    return [Observation(**row._mapping) for row in connection.execute(statement)]

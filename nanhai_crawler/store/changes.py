"""Changes: what became of articles since a run or a moment, and when."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, or_, select, text

from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.models import (
    ArticleRow,
    CaptureRow,
    FormerReading,
    ObservationRow,
    RevisionRow,
    Run,
)
from nanhai_crawler.store.since import Since

_BATCH = 500
#: On a row of ``observations``: the article became by it what it was not. A gone one stays so in every later run.
_TURNS = """observations.counted AND (observations.status = 'live' OR observations.status <> coalesce(
    (SELECT former.status FROM observations AS former
     WHERE former.article_id = observations.article_id AND former.counted AND former.id < observations.id
     ORDER BY former.id DESC LIMIT 1), 'live'))"""
_ROWS = text(f"""
SELECT articles.id, articles.status, articles.first_captured, revisions.number, captures.time AS captured,
       (SELECT run_id FROM revisions AS first WHERE first.article_id = articles.id ORDER BY first.id LIMIT 1) AS first_run,
       coalesce((SELECT max(time) FROM observations WHERE article_id = articles.id AND {_TURNS}), '') AS observed,
       coalesce((SELECT max(replaced) FROM former_readings WHERE revision_id = revisions.id), '') AS reread
FROM json_each(:ids) AS wanted
JOIN articles ON articles.id = wanted.value
JOIN revisions ON revisions.id = articles.revision_id
JOIN captures ON captures.id = revisions.capture_id
""")  # noqa: S608  our own condition


class ChangeKind(StrEnum):
    """What became of an article."""

    NEW = "new"
    CHANGED = "changed"  # it has a text that it did not have
    UPDATED = "updated"  # the text is the same, the page says other things beside it
    REREAD = "reread"  # the text is the same, a better reader read other values
    MISSING = "missing"
    GONE = "gone"
    RETURNED = "returned"


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleChange:
    """The last thing that became of an article, and when (UTC)."""

    kind: ChangeKind
    time: str


def changed_articles(connection: Connection, since: Since) -> ColumnElement[bool]:
    """The condition on ``articles``: a newest text, another status or a reading since then.

    :class:`UsageError` where there is no run of that number.
    """
    run_ended = _end_of(connection, since.run)
    texts = select(RevisionRow.id).join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
    observed = exists().where(ObservationRow.article_id == ArticleRow.id, text(_TURNS))
    reread = exists().where(FormerReading.revision_id == ArticleRow.revision_id)
    if since.run is not None:
        texts = texts.where(RevisionRow.run_id > since.run)
        observed = observed.where(ObservationRow.run_id > since.run)
        reread = reread.where(FormerReading.replaced > run_ended)
    if since.time is not None:
        texts = texts.where(CaptureRow.time >= since.time)
        observed = observed.where(ObservationRow.time >= since.time)
        reread = reread.where(FormerReading.replaced >= since.time)
    return or_(ArticleRow.revision_id.in_(texts), observed, reread)


def read_changes(
    connection: Connection, articles: Iterable[str], since: Since
) -> Iterator[tuple[str, ArticleChange]]:
    """Each article with the last change of it."""
    waiting = iter(articles)
    while batch := list(islice(waiting, _BATCH)):
        for row in connection.execute(_ROWS, {"ids": json.dumps(batch)}):
            yield row.id, _change(row, since)


def with_changes(
    connection: Connection, records: Iterable[dict[str, Any]], since: Since
) -> Iterator[dict[str, Any]]:
    """The records with one more key at the end, ``change``."""
    waiting = iter(records)
    while batch := list(islice(waiting, _BATCH)):
        changes = dict(read_changes(connection, (record["id"] for record in batch), since))
        for record in batch:
            yield {**record, "change": str(changes[record["id"]].kind)}


def _change(row: Any, since: Since) -> ArticleChange:
    last = max(row.captured, row.observed, row.reread)
    if row.status != "live":
        return ArticleChange(kind=ChangeKind(row.status), time=max(row.observed, row.captured))
    asked = since != Since()
    if asked and since.takes(row.first_run, row.first_captured):
        kind = ChangeKind.NEW
    elif last == row.reread == row.captured:  # replaced by what that capture says
        kind = ChangeKind.UPDATED
    elif last == row.captured:
        kind = ChangeKind.NEW if row.number == 1 and not asked else ChangeKind.CHANGED
    else:
        kind = ChangeKind.RETURNED if last == row.observed else ChangeKind.REREAD
    return ArticleChange(kind=kind, time=last)


def _end_of(connection: Connection, run: int | None) -> str:
    """When the run ended (began, if it did not); the beginning of all time for none and for 0."""
    if not run:
        return ""
    row = connection.execute(select(Run.ended, Run.started).where(Run.id == run)).first()
    if row is None:
        raise UsageError(f"no run has the number {run}; nanhai runs lists them")
    return str(row.ended or row.started)

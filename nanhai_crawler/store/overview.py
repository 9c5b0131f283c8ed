"""The overview: what an archive holds altogether, and what its runs did."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, case, func, or_, select

from nanhai_crawler.store.clock import utc_now
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.frontier import DUE, due_moments
from nanhai_crawler.store.models import ArticleRow, CaptureRow, ColumnRow, FrontierRow, RevisionRow, Run
from nanhai_crawler.store.sqlite_version import SqliteVersion, sqlite_version

_RUNS = select(Run.__table__).order_by(Run.id.desc())
_COLUMNS = (
    select(
        *(ColumnRow.site, ColumnRow.path),
        func.count(ArticleRow.id).label("articles"),
        func.max(RevisionRow.published).label("latest"),
    )
    .outerjoin(ArticleRow, ArticleRow.column_id == ColumnRow.id)
    .outerjoin(RevisionRow, RevisionRow.id == ArticleRow.revision_id)
    .group_by(ColumnRow.id)
    .order_by(ColumnRow.site, ColumnRow.path)
)
_FAILING = FrontierRow.failures > 0
#: What every run asks for is due again at once; it counts where the last run has left it out.
_LEFT = or_(
    _FAILING, FrontierRow.interval_s > 0, FrontierRow.last_run < select(func.max(Run.id)).scalar_subquery()
)
_DUE = or_(FrontierRow.last_outcome.is_(None), and_(DUE, _LEFT))
_FRONTIER = select(
    func.count(FrontierRow.id),
    func.sum(case((_DUE, 1), else_=0)),
    func.sum(case((_FAILING, 1), else_=0)),
)
#: As many as a person reads; the frontier has them all.
_MOST_FAILING = 20
_WORST = (
    select(FrontierRow.url, FrontierRow.last_reason, FrontierRow.failures, FrontierRow.due_at)
    .where(_FAILING)
    .order_by(FrontierRow.failures.desc(), FrontierRow.id)
    .limit(_MOST_FAILING)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RunReport:
    """One execution of the crawl; how it ended is null while it runs, and when it was killed."""

    id: int
    started: str
    ended: str | None
    duration_s: float | None
    outcome: str
    exit_code: int | None
    seeds: tuple[str, ...]
    counts: Mapping[str, object]
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnNews:
    """A column, how many articles stand in it itself, and the newest shown time among them."""

    site: str
    path: str
    articles: int
    latest: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FailingUrl:
    """An address whose last visits came to nothing: why, how many in a row, and when it is asked for again."""

    url: str
    reason: str | None
    failures: int
    due_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveStatus:
    """What an archive holds.

    ``urls_failing`` failed last; ``urls_due`` a crawl would ask for at this moment, those that every run asks for
    only where the last did not.
    ``failing`` has the first twenty; ``free_bytes`` are those of the disk.
    """

    articles: Mapping[str, int]
    revisions: int
    captures: int
    warc_files: int
    warc_bytes: int
    columns: tuple[ColumnNews, ...]
    urls_known: int
    urls_due: int
    urls_failing: int
    failing: tuple[FailingUrl, ...]
    last_run: RunReport | None
    free_bytes: int
    sqlite: SqliteVersion


def read_runs(
    connection: Connection, *, limit: int | None = None, run_id: int | None = None
) -> list[RunReport]:
    """The runs, the last first; the one of that number where one is given."""
    chosen = _RUNS if run_id is None else _RUNS.where(Run.id == run_id)
    rows = connection.execute(chosen.limit(limit)).mappings()
    return [
        RunReport(**{**row, "seeds": tuple(json.loads(row["seeds"])), "counts": json.loads(row["counts"])})
        for row in rows
    ]


def read_status(
    connection: Connection, folder: ArchiveFolder, *, now: datetime | None = None
) -> ArchiveStatus:
    """Everything at once, as of the connection's transaction; the WARC files as they lie there now."""
    by_status = select(ArticleRow.status, func.count()).group_by(ArticleRow.status)
    warcs = sorted(folder.warcs.glob("*.warc.gz"))
    known, due, failing = connection.execute(_FRONTIER, due_moments(now or utc_now())).one()
    worst = connection.execute(_WORST)
    runs = read_runs(connection, limit=1)
    return ArchiveStatus(
        articles=dict(connection.execute(by_status).all()),
        revisions=connection.execute(select(func.count(RevisionRow.id))).scalar_one(),
        captures=connection.execute(select(func.count(CaptureRow.id))).scalar_one(),
        warc_files=len(warcs),
        warc_bytes=sum(path.stat().st_size for path in warcs),
        columns=tuple(ColumnNews(**row) for row in connection.execute(_COLUMNS).mappings()),
        urls_known=known,
        urls_due=due or 0,
        urls_failing=failing or 0,
        failing=tuple(
            FailingUrl(url=url, reason=reason, failures=failures, due_at=due_at)
            for url, reason, failures, due_at in worst
        ),
        last_run=runs[0] if runs else None,
        free_bytes=shutil.disk_usage(folder.path).free,
        sqlite=sqlite_version(),
    )

"""Finding one article by what a person has of it: its id, the beginning of its id, or its address."""

import re

from sqlalchemy import Connection, select

from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.models import ArticleRow, RevisionRow
from nanhai_crawler.urls.identity import article_id

# Four of sixteen hex digits: one article of 1,000 shares them with another in 1.5 % of cases, and then it is
# said.
_BEGINNING = re.compile(r"[0-9a-f]{4,16}")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# Greater than every hex digit.
_AFTER_HEX = "g"


def find_article(connection: Connection, key: str) -> str:
    """The id of the one article meant; :class:`UsageError` where there is none, or several begin so.

    An address may be given with http or https and in any spelling, and name any page of a divided article.
    """
    key = key.strip()
    if _ADDRESS.match(key):
        found = _ids_between(connection, article_id(key), article_id(key))
    elif _BEGINNING.fullmatch(key.lower()):
        found = _ids_between(connection, key.lower(), key.lower() + _AFTER_HEX)
    else:
        raise UsageError(f"{key!r} is neither an article's id (or 4 digits of it) nor its http(s) address")
    if not found:
        raise UsageError(f"no article {key} in this archive; nanhai search finds ids")
    if len(found) > 1:
        raise UsageError(f"several articles begin with {key}: {', '.join(found[:5])}; give more of the id")
    return found[0]


def find_revision(connection: Connection, article: str, number: int | None) -> int:
    """The row of an article's newest revision, or of that number; :class:`UsageError` without it."""
    if number is None:
        statement = select(ArticleRow.revision_id).where(ArticleRow.id == article)
        return connection.execute(statement).scalar_one()
    statement = select(RevisionRow.id).where(RevisionRow.article_id == article, RevisionRow.number == number)
    revision_id = connection.execute(statement).scalar_one_or_none()
    if revision_id is None:
        raise UsageError(f"article {article} has no revision {number}")
    return revision_id


def find_last_two(connection: Connection, article: str, number: int | None) -> list[int]:
    """The rows of that revision (the newest) and of the one before it, which comes first; :class:`UsageError`."""
    last = find_revision(connection, article, number)
    shown = select(RevisionRow.number).where(RevisionRow.id == last).scalar_subquery()
    before = connection.execute(
        select(RevisionRow.id)
        .where(RevisionRow.article_id == article, RevisionRow.number < shown)
        .order_by(RevisionRow.number.desc())
    ).scalar()
    if before is None:
        which = "has had one text only" if number is None else f"has no text before revision {number}"
        raise UsageError(f"article {article} {which}: there is nothing to compare it with")
    return [before, last]


def _ids_between(connection: Connection, first: str, last: str) -> list[str]:
    statement = (
        select(ArticleRow.id).where(ArticleRow.id.between(first, last)).order_by(ArticleRow.id).limit(6)
    )
    return list(connection.execute(statement).scalars())

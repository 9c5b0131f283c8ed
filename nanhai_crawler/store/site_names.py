"""What sites are called: an archive made before a site was declared has its host for a name."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, delete, select, union, update
from sqlalchemy.orm import aliased

from nanhai_crawler.store.models import ArticleRow, ColumnRow

_TWIN = aliased(ColumnRow)
_SITES = union(select(ArticleRow.site), select(ColumnRow.site))
#: The columns that are known under the old name alone take the new one; of the others the one of that name stays.
_KNOWN = select(_TWIN.path).where(_TWIN.site == bindparam("new")).scalar_subquery()
_RENAME = (
    update(ColumnRow)
    .where(ColumnRow.site == bindparam("old"), ColumnRow.path.not_in(_KNOWN))
    .values(site=bindparam("new"))
)
_TWINS = (
    select(ColumnRow.id, _TWIN.id)
    .join(_TWIN, _TWIN.path == ColumnRow.path)
    .where(ColumnRow.site == bindparam("old"), _TWIN.site == bindparam("new"))
    .order_by(ColumnRow.id)
)
_MOVE_ARTICLES = (
    update(ArticleRow).where(ArticleRow.column_id == bindparam("from")).values(column_id=bindparam("to"))
)
_MOVE_BELOW = (
    update(ColumnRow).where(ColumnRow.parent_id == bindparam("from")).values(parent_id=bindparam("to"))
)
_FORGET = delete(ColumnRow).where(ColumnRow.id == bindparam("from"))
_ARTICLES = update(ArticleRow).where(ArticleRow.site == bindparam("old")).values(site=bindparam("new"))


def rename_sites(connection: Connection, names: Mapping[str, str]) -> None:
    """Articles and columns that stand under a key of ``names`` (a host) stand under its value, columns each once."""
    for old in connection.execute(_SITES).scalars().all():
        new = names.get(old, old)
        if new == old:
            continue
        words = {"old": old, "new": new}
        connection.execute(_RENAME, words)
        moves = [{"from": before, "to": after} for before, after in connection.execute(_TWINS, words)]
        if moves:
            for statement in (_MOVE_ARTICLES, _MOVE_BELOW):
                connection.execute(statement, moves)
            # From the leaves up: a column goes when nothing stands below it.
            connection.execute(_FORGET, moves[::-1])
        connection.execute(_ARTICLES, words)

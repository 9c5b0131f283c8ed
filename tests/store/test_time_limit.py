"""A question that gives no answer in its time ends with an error, and leaves the connection as it was."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from nanhai_crawler.errors import QueryTooSlow
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.search.finding import search
from nanhai_crawler.store.search.time_limit import time_limit
from tests.store.library import empty_library, fill

ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
SOME = text("SELECT count(*) FROM revisions")
TEXTS = [("党建", "基层党建的最后一百米")] * 50


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with empty_library(tmp_path_factory.mktemp("archive") / "nanhai.sqlite3") as connection:
        fill(connection, TEXTS)
        yield connection
        connection.engine.dispose()


def test_a_question_without_end_is_interrupted(library: Connection) -> None:
    with pytest.raises(QueryTooSlow, match=r"no answer within 0\.05 s"), time_limit(library, 0.05):
        library.execute(ENDLESS)
    assert library.execute(SOME).scalar_one() == len(TEXTS)


def test_texts_that_are_read_count_too(library: Connection) -> None:
    with pytest.raises(QueryTooSlow), time_limit(library, 0):
        list(search(library, "最后一百米", Filters()))


def test_no_limit_is_no_limit(library: Connection) -> None:
    with time_limit(library, None):
        assert len(list(search(library, "最后一百米", Filters()))) == len(TEXTS)

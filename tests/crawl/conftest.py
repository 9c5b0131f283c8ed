"""What several modules share: the practice site crawled once for all of them."""

import pytest

from tests.crawl.practice_crawl import PracticeCrawl, crawl_twice


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> PracticeCrawl:
    return crawl_twice(tmp_path_factory.mktemp("practice") / "archive")

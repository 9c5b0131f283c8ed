"""What is no article never becomes one, in whatever words and markup it stands."""

import pytest

from nanhai_crawler.items import PageKind
from nanhai_crawler.pages.reading import read_page
from tests.quality.others import Other, other_pages

_PAGES = list(other_pages())


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_a_page_that_is_no_article_makes_none(page: Other) -> None:
    reading = read_page(page.url, page.html.encode())
    assert reading.article is None
    assert reading.kind is not PageKind.ARTICLE
    if page.kind is not None:
        assert reading.kind is page.kind

"""The pages of a divided article are known by the numbers in their addresses, and joined once."""

import pytest

from nanhai_crawler.pages.joining import join_parts
from nanhai_crawler.pages.parts import find_part
from tests.pages.markup import FIRST, SECOND, article, page, paragraphs

PLACE = "http://lianxi.example/info/view.aspx"


@pytest.mark.parametrize("name", ["page", "Page", "pageno", "PageIndex", "ArticlePage", "page_num"])
def test_a_parameter_numbers_the_pages(name: str) -> None:
    first = f"{PLACE}?id=7&c=2"
    others = [f"{first}&{name}=2", f"{first}&{name}=3"]
    links = [f"{PLACE}?id=8&c=2", f"{PLACE}?id=8&c=2&{name}=2", *others]
    assert find_part(first, links) == (first, 1, 3, tuple(others))
    assert find_part(others[0], [first, *others]) == (first, 2, 3, (first, others[1]))


def test_a_parameter_may_be_the_only_one_or_the_first() -> None:
    bare = "http://lianxi.example/a/7.html"
    assert find_part(bare, [f"{bare}?page=2"]) == (bare, 1, 2, (f"{bare}?page=2",))
    numbered = f"{PLACE}?page=2&id=7"
    assert find_part(numbered, []).first == f"{PLACE}?id=7"


@pytest.mark.parametrize("link", ["?id=7&p=12", "?id=7&page=2024", "?id=7&pageid=x", "?id=9&page=2"])
def test_other_parameters_number_nothing(link: str) -> None:
    assert find_part(f"{PLACE}?id=7", [PLACE + link]).total == 1


def test_a_page_that_says_the_same_again_adds_nothing() -> None:
    one, other = (article(page(paragraphs(text))) for text in (FIRST, SECOND))
    joined = join_parts([one, other, one])
    assert joined.body == f"{one.body}\n{other.body}"

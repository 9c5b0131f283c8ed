"""A page made for the printer is no second article."""

import pytest

from nanhai_crawler.items import PageKind
from tests.pages.markup import FIRST, INFO, SECOND, THIRD, TITLE, page, paragraphs, reading

TEXT = f"<h1>{TITLE}</h1><p>{INFO}</p>{paragraphs(FIRST, SECOND, THIRD)}"
PLAIN = "<html><head><meta charset=utf-8>{}</head><body {}>" + TEXT + "</body></html>"


@pytest.mark.parametrize(
    ("address", "html"),
    [
        ("/print/312.html", PLAIN.format("<link rel='canonical' href='/news/312.html'>", "")),
        ("/News_Print.asp?ArticleID=312", PLAIN.format("", "onload='window.print()'")),
        ("/printpage.asp?id=312", PLAIN.format("", "")),
        ("/show.asp?id=312&print=1", PLAIN.format("<title>打印：桥头村</title>", "")),
    ],
)
def test_a_page_for_the_printer_is_no_article(address: str, html: str) -> None:
    read = reading(html, f"http://lianxi.example{address}")
    assert (read.kind, read.article) == (PageKind.OTHER, None)


@pytest.mark.parametrize(
    ("address", "html"),
    [
        ("/news/312.html", PLAIN.format("<link rel='canonical' href='/'>", "")),
        ("/blueprint/312.html", PLAIN.format("", "")),
        ("/print/312.html", page(paragraphs(FIRST, SECOND, THIRD))),
    ],
)
def test_a_page_of_its_own_is_an_article(address: str, html: str) -> None:
    assert reading(html, f"http://lianxi.example{address}").article is not None

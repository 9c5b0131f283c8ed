import json
import re
import tomllib
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.errors import UsageError
from nanhai_crawler.items import RECORD_KEYS
from nanhai_crawler.practice.frame import NOTICE
from nanhai_crawler.practice.site import PracticeSite, build_site
from tests.practice.walk import text

BASE = "http://127.0.0.1:8000/"


@pytest.fixture(scope="module")
def site() -> PracticeSite:
    return build_site()


def test_the_same_paths_give_the_same_bytes_on_every_build(site: PracticeSite) -> None:
    again = build_site()
    assert list(site.paths()) == list(again.paths())
    assert all(site.get(path) == again.get(path) for path in site.paths())


def test_there_is_a_truth_for_every_article(site: PracticeSite) -> None:
    truth = list(site.truth(BASE))
    assert len(truth) == site.article_count == 64
    assert len({record["url"] for record in truth}) == 64


def test_every_true_address_and_every_path_answers_200(site: PracticeSite) -> None:
    paths = list(site.paths())
    assert len(paths) == len(set(paths))
    answers = [site.get(path) for path in paths]
    assert all(answer is not None and answer.status == 200 for answer in answers)
    assert {urlsplit(str(record["url"])).path for record in site.truth(BASE)} <= set(paths)


def test_truth_has_only_keys_of_the_record(site: PracticeSite) -> None:
    assert all(set(record) <= set(RECORD_KEYS) for record in site.truth(BASE))


def test_the_texts_are_packed_into_a_wheel() -> None:
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert declared["tool"]["setuptools"]["package-data"]["nanhai_crawler.practice"] == ["*.txt"]


def test_titles_and_paragraphs_are_all_different(site: PracticeSite) -> None:
    records = json.loads(json.dumps(list(site.truth(BASE))))
    titles = [record["title"] for record in records]
    paragraphs = [line for record in records for part in record["sections"] for line in part["paragraphs"]]
    assert len(set(titles)) == len(titles)
    assert len(set(paragraphs)) == len(paragraphs)


def test_every_true_paragraph_heading_and_caption_stands_on_its_page(site: PracticeSite) -> None:
    for record in json.loads(json.dumps(list(site.truth(BASE)))):
        path = urlsplit(record["url"]).path
        pages = [site.get(path), site.get(path.replace("_1.html", "_2.html"))]
        shown = "".join(squeezed(text(page)) for page in pages if page)
        wanted = [record["title"], record["source"], *record["column_path"], *record["body"].splitlines()]
        wanted += [image[key] for image in record["images"] for key in ("caption", "credit") if image[key]]
        wanted += [file["name"] for file in record["attachments"]]
        assert [words for words in wanted if squeezed(words) not in shown] == []


def squeezed(html: str) -> str:
    """The words alone: no tags, no spaces, full-width digits and letters narrowed, entities undone."""
    bare = unescape(re.sub(r"<[^>]*>", "", html))
    narrow = {wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF5B) if chr(wide - 0xFEE0).isalnum()}
    return "".join(bare.translate(narrow).split())


def test_article_texts_have_600_to_2000_characters(site: PracticeSite) -> None:
    lengths = [len(str(record["body"])) for record in site.truth(BASE)]
    assert min(lengths) >= 550
    assert max(lengths) <= 2000


def test_every_page_says_that_the_site_is_invented(site: PracticeSite) -> None:
    pages = [site.get(path) for path in site.paths()]
    html = [text(page) for page in pages if page and page.media_type.startswith("text/html")]
    assert all(NOTICE in page for page in html)


def test_it_grows_to_2000_articles_that_differ() -> None:
    grown = build_site(articles=2000)
    titles = {str(record["title"]) for record in grown.truth(BASE)}
    assert len(titles) == 2000


def test_growing_changes_no_article_that_was_there(site: PracticeSite) -> None:
    grown = build_site(articles=500).truth(BASE)
    assert list(site.truth(BASE)) == [next(grown) for _ in range(64)]


def test_fewer_articles_than_the_hand_written_ones_is_refused() -> None:
    with pytest.raises(UsageError, match="at least 15"):
        build_site(articles=3)


@pytest.mark.parametrize(
    "path",
    [
        "", "x", "/nothing.html", "/cms/html/9999/index.html", "/cms/html/7111/index_1.html",
        "/cms/html/7111/index_99.html", "/cms/html/7111/list_1.html", "/cms/html/7121/index.html",
        "/cms/sites/lxzzb/list.jsp", "/cms/sites/lxzzb/list.jsp?cid=x", "/cms/sites/lxzzb/list.jsp?cid=7111",
        "/cms/sites/lxzzb/list.jsp?cid=7121&page=0", "/%E4%B8%AD", "/\0",
        "/cms/upload/image/2024/000000_9.png",
        "/cms/html/7111/2019/20190604101500120990009/20190604101500120990009_1.html",
        "/cms/html/7111/0000/00000000000000000000000/00000000000000000000000_1.html",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(site: PracticeSite, path: str) -> None:
    assert site.get(path) is None


@given(path=st.text() | st.from_regex(r"/cms/(html|sites|upload)/[\w/.?=&]*", fullmatch=True))
def test_no_path_makes_it_fail(path: str) -> None:
    assert build_site().get(path) is None


def test_an_article_is_found_under_its_own_column_year_and_pages_only(site: PracticeSite) -> None:
    path = urlsplit(str(next(iter(site.truth(BASE)))["url"])).path
    wrong = (path.replace("/7111/", "/7100/"), path.replace("/2023/", "/2022/", 1), path.replace("_1", "_2"))
    assert site.get(path) is not None
    assert [site.get(other) for other in wrong] == [None] * 3
    assert site.get(path.replace("_1.html", "_0.html")) is None


def test_a_query_list_shows_its_last_page_for_every_number_beyond(site: PracticeSite) -> None:
    first = "/cms/sites/lxzzb/list.jsp?cid=7121"
    last, beyond = site.get(f"{first}&page=2"), site.get("/cms/sites/lxzzb/list.jsp?page=99999&cid=7121")
    assert last is not None
    assert beyond == last != site.get(first)

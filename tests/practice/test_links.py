import re
from urllib.parse import urlsplit

import pytest

from nanhai_crawler.practice import addresses
from nanhai_crawler.practice.site import PracticeSite, build_site
from tests.practice.walk import Walk, text, walk

HIDDEN = "/7119/"


@pytest.fixture(scope="module", params=[64, 400])
def site(request: pytest.FixtureRequest) -> PracticeSite:
    return build_site(articles=request.param)


@pytest.fixture(scope="module")
def walked(site: PracticeSite) -> Walk:
    return walk(site)


def test_one_link_is_dead_and_no_other(walked: Walk) -> None:
    assert [path for path, answer in walked.answers.items() if answer is None] == [addresses.GONE]


def test_links_lead_everywhere_but_to_the_machine_files_and_one_article(
    site: PracticeSite, walked: Walk
) -> None:
    unlinked = set(site.paths()) - set(walked.answers)
    only_in_sitemap = unlinked - {addresses.ROBOTS, addresses.SITE_MAP_XML}
    assert len(only_in_sitemap) == 1
    sitemap = site.get(addresses.SITE_MAP_XML)
    assert sitemap is not None
    assert only_in_sitemap.pop() in text(sitemap)


def test_links_lead_to_nothing_else_than_paths_tells_but_three_oddities(
    site: PracticeSite, walked: Walk
) -> None:
    others = set(walked.answers) - set(site.paths())
    assert others == {addresses.GONE, addresses.OLD, addresses.SEARCH, addresses.DUTY}


def test_the_hidden_column_is_linked_from_no_page_outside_it(walked: Walk) -> None:
    lists = [path for path in walked.answers if HIDDEN in path and "index" in path]
    assert lists
    assert {page for path in lists for page in walked.linked_from[path] if HIDDEN not in page} == set()


def test_one_article_of_the_hidden_column_is_linked_from_outside_and_the_others_from_its_list_only(
    walked: Walk,
) -> None:
    articles = [path for path in walked.answers if HIDDEN in path and "index" not in path]
    outside = [path for path in articles if any(HIDDEN not in page for page in walked.linked_from[path])]
    assert len(articles) >= 5
    assert len(outside) == 1
    for path in set(articles) - set(outside):
        assert all("/7119/index" in page for page in walked.linked_from[path])


def test_robots_txt_forbids_what_is_linked_and_names_the_sitemap(site: PracticeSite, walked: Walk) -> None:
    robots = site.get(addresses.ROBOTS, base_url="http://127.0.0.1:8000/")
    assert robots is not None
    rules = robots.body.decode().splitlines()
    assert f"Disallow: {addresses.SEARCH}" in rules
    assert "Disallow: /internal/" in rules
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in rules
    assert walked.linked_from[addresses.SEARCH]
    assert walked.linked_from[addresses.DUTY]


def test_an_old_address_is_linked_and_moved_to_an_article(walked: Walk) -> None:
    moved = walked.answers[addresses.OLD]
    assert moved is not None
    assert moved.status == 301
    assert moved.location in walked.answers


def test_every_article_page_has_40_to_80_links_with_every_kind(site: PracticeSite) -> None:
    for path in site.paths():
        if not re.search(r"/\d{23}_1\.html", path) or path in {addresses.SOFT_MISSING, addresses.WALL}:
            continue
        answer = site.get(path)
        assert answer is not None
        html = text(answer).lower()
        assert 40 <= html.count("<a href") <= 80
        assert all(word in html for word in ("javascript:", "上一篇", "下一篇", ".example/", "站点地图"))
        assert 11_000 < len(answer.body) < 40_000


def test_lists_go_on_by_file_name_by_query_and_by_number(walked: Walk) -> None:
    pages = {path for path in walked.answers if urlsplit(path).path != path or "_2.html" in path}
    assert "/cms/html/7111/index_2.html" in pages
    assert "/cms/sites/lxzzb/list.jsp?cid=7121&page=2" in pages
    assert "/cms/html/9201/list_2.html" in pages

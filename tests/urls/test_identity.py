import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.urls.identity import article_id, article_page, entry_time, identity

KEY = "20231101130203029260711"
FOLDER = f"zzb.example.cn/cms/html/6486/2023/{KEY}"


def test_http_and_https_of_one_page_are_one() -> None:
    assert identity(f"http://{FOLDER}/{KEY}_1.html") == identity(f"https://{FOLDER}/{KEY}_1.html")


def test_later_pages_of_an_article_count_as_its_first() -> None:
    assert identity(f"http://{FOLDER}/{KEY}_12.html") == f"{FOLDER}/{KEY}_1.html"


@pytest.mark.parametrize(
    "path", [f"{KEY[:-1]}9/{KEY}_2.html", f"{KEY}/{KEY}_0.html", f"{KEY}/{KEY}.html", "a/a_2.html"]
)
def test_pages_of_other_forms_keep_their_number(path: str) -> None:
    assert article_page(f"http://a.cn/{path}") is None
    assert identity(f"http://a.cn/{path}") == f"a.cn/{path}"


def test_a_keyed_page_tells_its_first_page_and_its_number() -> None:
    assert article_page(f"HTTP://{FOLDER}/{KEY}_3.html#x") == (f"http://{FOLDER}/{KEY}_1.html", 3)


def test_the_key_tells_the_moment_of_entry() -> None:
    assert entry_time(f"http://{FOLDER}/{KEY}_1.html") == "2023-11-01T13:02:03.029+08:00"


@pytest.mark.parametrize(
    "key",
    [
        "20231301130203029260711",
        "20230229130203029260711",
        "20231101240203029260711",
        "00001101130203029260711",
    ],
)
def test_a_key_that_is_no_moment_tells_none(key: str) -> None:
    assert entry_time(f"http://a.cn/{key}/{key}_1.html") is None


@pytest.mark.parametrize("path", ["", KEY[:-1], KEY + "1", f"?id={KEY}"])
def test_other_digits_are_no_key(path: str) -> None:
    assert entry_time(f"http://a.cn/{path}") is None


def test_an_id_has_sixteen_hex_digits_and_is_one_for_all_pages() -> None:
    first, third = article_id(f"http://{FOLDER}/{KEY}_1.html"), article_id(f"https://{FOLDER}/{KEY}_3.html")
    assert first == third
    assert len(bytes.fromhex(first)) == 8


@given(st.text())
def test_any_text_has_an_identity(url: str) -> None:
    assert len(article_id(url)) == 16
    entry_time(url)

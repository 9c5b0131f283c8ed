"""SURT keys, as the indexes of web archives have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.urls.surt import surt


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://zuzhibu.nanhai.gov.cn/", "cn,gov,nanhai,zuzhibu)/"),
        ("https://www.Nanhai.gov.cn:443/A/B.html", "cn,gov,nanhai)/a/b.html"),
        ("http://www2.nanhai.gov.cn:8080/a/", "cn,gov,nanhai:8080)/a"),
        ("http://127.0.0.1:8080/?b=2&a=1", "1,0,0,127:8080)/?a=1&b=2"),
        ("http://a.cn/%E5%8D%97?q=%e6%b5%b7&Q=%41", "cn,a)/%e5%8d%97?q=%e6%b5%b7&q=a"),
        ("http://a.cn/b/..//c/./d?", "cn,a)/c/d"),
        ("http://a.cn/x;%252541", "cn,a)/x;a"),
        ("http://a.cn/l.jsp?tid=all&jsessionid=" + "0a" * 16, "cn,a)/l.jsp?&tid=all"),
        ("http://a.cn/(S(" + "a" * 24 + "))/l.aspx", "cn,a)/l.aspx"),
    ],
)
def test_a_url_has_the_key_under_which_pywb_looks_for_it(url: str, key: str) -> None:
    assert surt(url) == key


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30))
def test_a_key_is_one_word_of_ascii_whatever_the_path(path: str) -> None:
    key = surt("http://a.cn/" + path)
    assert key.isascii()
    assert not any(character.isspace() for character in key)

"""SURT keys, as the indexes of web archives have them: by the public rules, and by an outside program's answers."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.store.warc import new_record_id, response_member, sha256, target_uri, warcinfo_member
from nanhai_crawler.urls.surt import surt
from tests.judges import judge
from tests.store.given import exchange

SESSION = "0a" * 16
HOSTS = (
    "a.cn",
    "www.a.cn",
    "WWW12.A.cn",
    "127.0.0.1:8080",
    "a.cn:80",
    "a.cn.",
    "www.cn",
    "2130706433",
    "a..cn",
    "a_b.cn",
)
PATHS = ("a", "B", "..", ".", "", "%41", "%2F", "%25", "%2541", "%e5%8d%97", "x+y", f"(S({'a' * 24}))", f"({'b' * 24})",
         "l.aspx", f";jsessionid={SESSION}", "a;b", "'", "{", "~", "!", "@", ":", "|", "*", "%zz", "%", "%C0%AF", "--")  # fmt: skip
QUERIES = ("a=1", "b=2", "A=3", "", "=", "a", "a=", f"jsessionid={SESSION}", f"PHPSESSID={SESSION}", f"sid={SESSION}",
           f"aspsessionidABCDEFGH={'a' * 24}", "cfid=1&cftoken=2", "q=%e5%8d%97", "x=%26", "x=%3D1", "t=1&t=0",
           "x=?", "x=/../")  # fmt: skip


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


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://host/%25%32%35", "host)/%25"),
        ("http://host/asdf%25%32%35asd", "host)/asdf%25asd"),
        ("http://host/%2525252525252525", "host)/%25"),
        ("http://3279880203/blah", "11,0,127,195)/blah"),
        ("http://google.com/blah/..", "com,google)/"),
        ("http://GOOgle.com.../", "com,google)/"),
        ("http://google.com/q?r?", "com,google)/q?r?"),
        ("http://evil.com/foo?bar;", "com,evil)/foo?bar;"),
        ("http://host.com//twoslashes?more//slashes", "com,host)/twoslashes?more//slashes"),
    ],
)
def test_escapes_dots_and_folders_go_by_the_rules_of_safe_browsing(url: str, key: str) -> None:
    assert surt(url) == key


def test_the_keys_of_many_urls_are_those_that_cdxj_indexer_gives_them(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  nothing is secret here
    urls = {target_uri(made_up(chance)): None for _ in range(2_000)}
    with (tmp_path / "x.warc.gz").open("wb") as file:
        file.write(warcinfo_member("x.warc.gz", "2026-11-01T00:00:00Z", {}))
        for url in urls:
            file.write(response_member(exchange(url, b"x"), new_record_id(), sha256(b"x")))
    lines = judge("cdxj-indexer", "x.warc.gz", folder=tmp_path).splitlines()
    given_keys = [line.split(" ")[0] for line in lines if not line.startswith("!")]
    assert given_keys == [surt(url) for url in urls]


def made_up(chance: random.Random) -> str:
    folders = "/".join(chance.choice(PATHS) + chance.choice(PATHS) for _ in range(chance.randint(0, 4)))
    query = "?" + "&".join(chance.choices(QUERIES, k=chance.randint(0, 4))) if chance.random() < 0.5 else ""
    return f"{chance.choice(('http', 'https'))}://{chance.choice(HOSTS)}/{folders}{query}"


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30))
def test_a_key_is_one_word_of_ascii_whatever_the_path(path: str) -> None:
    key = surt("http://a.cn/" + path)
    assert key.isascii()
    assert not any(character.isspace() for character in key)

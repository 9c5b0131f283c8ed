import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nanhai_crawler.urls.canonical import canonicalize, host_of, is_loopback

PAGE = "http://zzb.example.cn/cms/html/6486/index.html"
KEY = "20231101130203029260711"

HREFS = [
    (
        f"/cms/html/6486/2023/{KEY}/{KEY}_1.html",
        f"http://zzb.example.cn/cms/html/6486/2023/{KEY}/{KEY}_1.html",
    ),
    ("list_2.html", "http://zzb.example.cn/cms/html/6486/list_2.html"),
    ("./a.html", "http://zzb.example.cn/cms/html/6486/a.html"),
    ("../x/./y.html", "http://zzb.example.cn/cms/html/x/y.html"),
    ("../../../../../x", "http://zzb.example.cn/x"),
    ("/a/%2e%2e/b", "http://zzb.example.cn/b"),
    ("/a/..", "http://zzb.example.cn/"),
    ("?page=2", "http://zzb.example.cn/cms/html/6486/index.html?page=2"),
    ("a.jsp?page=2&type=1", "http://zzb.example.cn/cms/html/6486/a.jsp?page=2&type=1"),
    ("//other.example.cn", "http://other.example.cn/"),
    ("https://other.example.cn", "https://other.example.cn/"),
    ("HTTP://Other.Example.CN:80/A", "http://other.example.cn/A"),
    ("https://other.example.cn:443/", "https://other.example.cn/"),
    ("http://other.example.cn:443/", "http://other.example.cn:443/"),
    ("https://other.example.cn:08080/", "https://other.example.cn:8080/"),
    ("http://user:pass@other.example.cn/", "http://other.example.cn/"),
    ("http://other.example.cn./", "http://other.example.cn/"),
    ("http://南海.中国/", "http://xn--6krw12d.xn--fiqs8s/"),
    ("http://127.1:8000/a", "http://127.0.0.1:8000/a"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0x7f.0.0.1/", "http://127.0.0.1/"),
    ("http://[0:0::1]:8000/", "http://[::1]:8000/"),
    ("a.html#top", "http://zzb.example.cn/cms/html/6486/a.html"),
    ("  \n/a\t/b\r\n ", "http://zzb.example.cn/a/b"),
    ("\\a\\b?c=\\d", "http://zzb.example.cn/a/b?c=%5Cd"),
    ("http:\\\\other.example.cn\\a", "http://other.example.cn/a"),
    ("http:/a", "http://zzb.example.cn/a"),
    ("https:/other.example.cn/a", "https://other.example.cn/a"),
    ("/%e4%b8%AD/%7ea", "http://zzb.example.cn/%E4%B8%AD/~a"),
    ("/中 文", "http://zzb.example.cn/%E4%B8%AD%20%E6%96%87"),
    ("/100%", "http://zzb.example.cn/100%25"),
    ("/a?", "http://zzb.example.cn/a"),
    ("/a//b", "http://zzb.example.cn/a//b"),
    ("/a;jsessionid=0A1B?x=1", "http://zzb.example.cn/a?x=1"),
    ("/a;JSESSIONID=0A1B", "http://zzb.example.cn/a"),
    ("/a?b=1&utm_source=x&JSESSIONID=2&c=3&spm=4", "http://zzb.example.cn/a?b=1&c=3"),
    ("/a?spm=4", "http://zzb.example.cn/a"),
    ("/a?gclid=4", "http://zzb.example.cn/a"),
    ("/a?z=1&b=2", "http://zzb.example.cn/a?z=1&b=2"),
    ("/a|b^c", "http://zzb.example.cn/a%7Cb%5Ec"),
]

NOWHERE = [
    "", " ", "#", "#top", "javascript:void(0)", "JavaScript:;", "mailto:a@example.cn", "tel:0757", "data:text/html,x",
    "ftp://example.cn/", "file:///etc/passwd", "about:blank", "http://", "http:///", "http://a b/", "http://a:99999/",
    "http://a:x/", "http://a:0/", "http://[::1/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://..cn/", "//",
]  # fmt: skip


@pytest.mark.parametrize(("href", "url"), HREFS)
def test_an_href_leads_where_a_browser_goes(href: str, url: str) -> None:
    assert canonicalize(href, PAGE) == url


@pytest.mark.parametrize("href", NOWHERE)
def test_what_leads_nowhere_is_none(href: str) -> None:
    assert canonicalize(href, PAGE) is None


@pytest.mark.parametrize("href", ["a.html", "/a", "?a", "//a.cn"])
def test_a_relative_href_without_a_usable_base_is_none(href: str) -> None:
    assert canonicalize(href) is None
    assert canonicalize(href, "javascript:") is None


def test_a_query_is_written_in_the_charset_of_the_page_and_a_path_in_utf8() -> None:
    url = canonicalize("/搜/?q=中", PAGE, encoding="gb2312")
    assert url == "http://zzb.example.cn/%E6%90%9C/?q=%D6%D0"


def test_a_character_that_the_charset_lacks_becomes_a_reference() -> None:
    assert canonicalize("/?q=\U00020bb7", PAGE, encoding="gbk") == "http://zzb.example.cn/?q=%26%23134071%3B"


@pytest.mark.parametrize("encoding", ["no-such", "utf-16", "hex", "", "gb18030", "big5", "utf-8-sig"])
def test_any_encoding_gives_ascii(encoding: str) -> None:
    url = canonicalize("/?q=中", PAGE, encoding=encoding)
    assert url is not None
    assert url.isascii()


def test_links_with_the_own_host_and_port_stay_as_they_are() -> None:
    base = "http://127.0.0.1:8765/x/"
    for path in ("/a/b.html", "/a/b/", "/a.jsp?page=3"):
        assert canonicalize(base[:21] + path, base) == base[:21] + path
    assert canonicalize("http://127.0.0.1:87654/a.html", base) is None


@given(
    st.text(),
    st.sampled_from([None, PAGE, "https://127.0.0.1:8000/a?b"]),
    st.sampled_from(["utf-8", "gb2312"]),
)
def test_any_text_gives_none_or_a_url_that_stays(href: str, base: str | None, encoding: str) -> None:
    url = canonicalize(href, base, encoding=encoding)
    if url is not None:
        assert url.isascii()
        assert url.startswith(("http://", "https://"))
        assert canonicalize(url) == url
        assert canonicalize(url, base, encoding=encoding) == url
        assert host_of(url)


@example("1..")
@given(st.text(alphabet="/\\.%2eEaA?#;=&:@[]中 \t|jsessionid1"))
def test_texts_made_of_url_characters_are_idempotent(tail: str) -> None:
    for href in (tail, f"http://a.cn/{tail}", f"http:{tail}", f"//{tail}"):
        url = canonicalize(href, PAGE)
        assert url is None or canonicalize(url, PAGE) == url


def test_a_megabyte_of_href_is_read_at_once() -> None:
    for unit in ("/../", "%", "中", "a/", ";jsessionid=", "&utm_a", "\\"):
        canonicalize("/" + unit * (1_000_000 // len(unit)), PAGE)
        canonicalize("?" + unit * (1_000_000 // len(unit)), PAGE)


def test_the_host_has_its_port_only_when_it_is_not_the_default() -> None:
    assert host_of("http://a.cn/x") == "a.cn"
    assert host_of("http://a.cn:81/x") == "a.cn:81"
    assert host_of("nonsense") == ""


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1", "127.9.9.9:1", "[::1]", "[::1]:8000", "::1"]
)
def test_loopback_hosts(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "a.cn", "128.0.0.1", "10.0.0.1:80", "[::2]", "localhost.cn", "127.0.0.1.cn"]
)
def test_other_hosts(host: str) -> None:
    assert not is_loopback(host)

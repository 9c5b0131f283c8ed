import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.charset import decode

BODY = "<p>各镇街党委要以高质量党建引领高质量发展，组织部门的同志在会上说，这个项目对大家很重要。镕、㐂、𠮷。</p>"
TRADITIONAL = "<p>各鎮街黨委要以高質量黨建引領高質量發展，組織部門的同志在會上說，這個項目對大家很重要。</p>"
LABELS = [None, "utf-8", "gb2312", "GBK", "gb18030", "iso-8859-1", "big5", "no-such", ""]
METAS = ["", "utf-8", "gb2312", "gb18030", "big5"]
BOMS = [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33"]


def _page(meta: str, body: str = BODY) -> str:
    return f'<html><head><meta charset="{meta}"></head>{body}</html>' if meta else f"<html>{body}</html>"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_text_is_right_whatever_header_meta_and_bom_say(encoding: str) -> None:
    for header, meta, bom in itertools.product(LABELS, METAS, BOMS):
        page = _page(meta)
        read = decode(bom + page.encode(encoding), header_charset=header)
        assert (read.text, read.charset) == (page, encoding), (header, meta, bom)


@pytest.mark.parametrize("header", [None, "big5", "gb2312", "utf-8"])
@pytest.mark.parametrize("meta", ["", "big5", "gb2312"])
def test_big5_is_read_under_any_label(header: str | None, meta: str) -> None:
    page = _page(meta, TRADITIONAL)
    assert decode(page.encode("big5"), header_charset=header).text == page


@pytest.mark.parametrize("text", ["联通", "南海", "大沥", "中国", "你好世界", "移动联通电信", "王"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("header", [None, "gb2312", "utf-8"])
def test_a_few_characters_are_enough(text: str, encoding: str, header: str | None) -> None:
    assert decode(text.encode(encoding), header_charset=header).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("header", [None, "gb2312", "utf-8"])
def test_a_cut_off_tail_costs_one_character_and_is_said(encoding: str, header: str | None) -> None:
    whole = (BODY * 20 + "南").encode(encoding)
    read = decode(whole[:-1], header_charset=header)
    assert read.text.startswith(BODY * 20)
    assert read.charset == encoding
    assert "unreadable" in read.evidence


def test_a_few_broken_bytes_do_not_turn_utf8_into_gb18030() -> None:
    payload = bytearray((BODY * 20).encode())
    payload[100] = 0xFF
    read = decode(bytes(payload), header_charset="gbk")
    assert read.charset == "utf-8"
    assert BODY * 19 in read.text


def test_a_footer_in_another_charset_does_not_carry_the_page() -> None:
    read = decode((BODY * 40).encode() + "版权所有".encode("gbk"), header_charset=None)
    assert read.text.startswith(BODY * 40)


def test_gb2312_is_read_as_gb18030() -> None:
    read = decode("朱镕基 㐂".encode("gb18030"), header_charset="gb2312")
    assert (read.text, read.charset, read.declared) == ("朱镕基 㐂", "gb18030", "gb18030")


@pytest.mark.parametrize("bom", [b"\xff\xfe", b"\xfe\xff"])
def test_utf16_with_its_mark_is_read(bom: bytes) -> None:
    encoding = "utf-16-le" if bom == b"\xff\xfe" else "utf-16-be"
    assert decode(bom + BODY.encode(encoding), header_charset="gbk").text == BODY


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
        "<META CHARSET = 'gb2312'>",
        '<?xml version="1.0" encoding="gb2312"?>',
        "<meta content=text/html;charset=gb2312>",
    ],
)
def test_what_the_page_declares_is_kept(head: str) -> None:
    read = decode((head + BODY).encode(), header_charset=None)
    assert (read.charset, read.declared) == ("utf-8", "gb18030")
    assert read.evidence == "valid UTF-8; meta says gb2312"


def test_other_languages_are_read_as_declared() -> None:
    assert (
        decode("日本語のテキストです".encode("shift_jis"), header_charset="shift_jis").text
        == "日本語のテキストです"
    )
    assert decode("café".encode("latin-1"), header_charset="iso-8859-1").text == "café"


def test_plain_ascii_and_nothing_are_utf8() -> None:
    assert decode(b"<p>ok</p>", header_charset="gbk").evidence == "ASCII only; header says gbk"
    assert decode(b"", header_charset=None).text == ""


@given(st.binary(), st.sampled_from([*LABELS, "hex", "utf-7", "undefined", "idna"]))
def test_no_bytes_raise(payload: bytes, header: str | None) -> None:
    decode(payload, header_charset=header)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_utf8_comes_back_unchanged(text: str) -> None:
    page = "<p>的一是了</p>" + text
    assert decode(page.encode(), header_charset=None).text == page


def test_large_pages_are_read_at_once() -> None:
    for payload in (b"<meta " * 200_000, b"\xb0\xa1" * 500_000, b"\xff" * 1_000_000, b"charset=" * 100_000):
        decode(payload, header_charset=None)

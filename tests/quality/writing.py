"""A tree written down as bytes: the habits of those who write HTML, the charsets, and what is said of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from tests.quality.dice import Dice
from tests.quality.sheet import Sheet, head_of

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_]*)((?:\s[^<>]*?)?)(/?)>")
_RAW = re.compile(r"(<(script|style|textarea)\b.*?</\2>|<!--.*?-->)", re.DOTALL | re.IGNORECASE)
_OPTIONAL_ENDS = re.compile(r"</(?:li|td|tr|dd|option)>|</p>(?=\s*<(?:/|p|div|table|ul|h\d|center))")
_SAFE_VALUE = re.compile(r'="([A-Za-z0-9_.#-]+)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """The page as it is sent: its bytes, and the charset that the header names (or null)."""

    url: str
    payload: bytes
    header_charset: str | None


def written(sheet: Sheet, dice: Dice) -> Written:
    """The sheet as bytes, in one of the hands and charsets."""
    charset, meta, header = dice.pick(_CHARSETS)
    _declare(sheet, meta, dice)
    html = etree.tostring(sheet.root, encoding="unicode", method="html").replace("o_p", "o:p")
    for hand in _HANDS:
        if dice.chance(25):
            html = hand(html)
    doctype = dice.pick(
        (
            "<!DOCTYPE html>\n",
            '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n',
            "",
            "\r\n\r\n",
        )
    )
    html = (doctype.lstrip() if charset == "utf-8-sig" else doctype) + html
    return Written(url=sheet.url, payload=html.encode(charset, "xmlcharrefreplace"), header_charset=header)


#: Bytes in one charset, what the meta tag says, what the header says.
_CHARSETS: tuple[tuple[str, str | None, str | None], ...] = (
    ("utf-8", "utf-8", None), ("utf-8", "utf-8", "utf-8"), ("utf-8", None, None), ("utf-8", "gb2312", None),
    ("utf-8", "gb2312", "gbk"), ("utf-8-sig", "utf-8", None), ("gb18030", "gb2312", None), ("gb18030", "gbk", "GBK"),
    ("gb18030", "utf-8", None), ("gb18030", None, "utf-8"), ("gb18030", None, None), ("gb18030", "gb18030", "ISO-8859-1"),
)  # fmt: skip


def _declare(sheet: Sheet, charset: str | None, dice: Dice) -> None:
    head = head_of(sheet.root)
    for meta in head.findall("meta"):
        if meta.get("charset") or (meta.get("http-equiv") or "").lower() == "content-type":
            head.remove(meta)
    if charset is None:
        return
    forms = ({"charset": charset}, {"http-equiv": "Content-Type", "content": f"text/html; charset={charset}"})
    head.insert(0, etree.Element("meta", dice.pick(forms)))


def _outside_raw(html: str, change: Callable[[str], str]) -> str:
    """The page changed everywhere but in scripts, styles and comments."""
    pieces: list[str] = []
    end = 0
    for match in _RAW.finditer(html):
        pieces += [change(html[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, change(html[end:])])


def upper_case_tags(html: str) -> str:
    """Tags and the names of attributes are in upper case."""

    def raised(match: re.Match[str]) -> str:
        attributes = re.sub(r"(\s)([a-z-]+)=", lambda found: f"{found[1]}{found[2].upper()}=", match[3])
        return f"<{match[1]}{match[2].upper()}{attributes}{match[4]}>"

    return _outside_raw(html, lambda text: _TAG.sub(raised, text))


def unclosed_tags(html: str) -> str:
    """What HTML lets be left unclosed is."""
    return _outside_raw(html, lambda text: _OPTIONAL_ENDS.sub("", text))


def unquoted_values(html: str) -> str:
    """Values of attributes stand without quotes where they can."""
    return _outside_raw(html, lambda text: _TAG.sub(lambda tag: _SAFE_VALUE.sub(r"=\1", tag[0]), text))


def xhtml_slashes(html: str) -> str:
    """Empty elements end in a stroke."""
    return _outside_raw(
        html, lambda text: re.sub(r"<(br|hr|img|input|meta|link)\b([^>]*)>", r"<\1\2 />", text)
    )


def carriage_returns(html: str) -> str:
    """Lines end in CR LF."""
    return html.replace("\r\n", "\n").replace("\n", "\r\n")


def lines_between_blocks(html: str) -> str:
    """Each block begins on a line of its own, with a tab before it."""
    return _outside_raw(
        html, lambda text: re.sub(r"(<(?:div|p|table|tr|td|ul|li|h[1-6])\b)", r"\n\t\1", text)
    )


def numeric_entities(html: str) -> str:
    """Spaces of Chinese and of HTML are written as numbers."""
    return html.replace("　", "&#12288;").replace("\u00a0", "&#160;")


_HANDS: tuple[Callable[[str], str], ...] = (
    lines_between_blocks, unclosed_tags, unquoted_values, xhtml_slashes, upper_case_tags, carriage_returns, numeric_entities,
)  # fmt: skip

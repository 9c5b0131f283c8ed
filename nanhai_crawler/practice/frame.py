"""What stands around every page of a section: head, menus, links to other sites, foot."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

from nanhai_crawler.practice.addresses import (
    ABOUT,
    CONTACT,
    HOME,
    LOGO,
    SCRIPT,
    SEARCH,
    SISTER_HOME,
    SITE_MAP,
    STYLE,
)
from nanhai_crawler.practice.columns import Column, children, visible

NOTICE = "本站为练习站点，内容均为虚构"
SITE_NAME = "练习区委组织部"
SISTER_NAME = "文明练习网"

#: Places under .example, which RFC 2606 keeps free of real hosts.
_FRIENDS = (
    "练江市政府网", "练江组工网", "练江日报网", "练江人才港", "青禾镇", "石塘镇",
    "桂岭镇", "沙栏镇", "东埔街道", "望湖街道", "白鹭街道", "练习区纪委",
    "练习区统计局", "练习区图书馆", "练习区博物馆", "练习区教育局", "练习区水务局", "练习区志愿者联合会",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The constant parts of a section's pages: ``head`` up to the title; ``above``, ``below`` the content."""

    name: str
    encoding: str
    head: str
    above: str
    below: str

    def page(self, title: str, content: str, tags: str = "") -> bytes:
        """A whole page as the bytes of the section's charset."""
        html = (
            f"{self.head}<title>{escape(title, quote=False)}</title>\n{tags}</head>\n"
            f"{self.above}{content}\n{self.below}"
        )
        return html.encode(self.encoding, "xmlcharrefreplace")


@cache
def frame(*, sister: bool) -> Frame:
    """The frame of the main section (UTF-8), or of the sister section (GBK under the name gb2312)."""
    return _sister_frame() if sister else _main_frame()


def _main_frame() -> Frame:
    head = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">\n'
        f'<meta name="SiteName" content="{SITE_NAME}"><meta name="SiteDomain" content="zzb.lianxi.example">\n'
        f'<link rel="stylesheet" href="{STYLE}"><style>\n{_rules()}</style>\n'
        f'<script src="{SCRIPT}"></script>\n'
    )
    menu = "".join(_menu_item(column) for column in visible(sister=False) if column.parent is None)
    above = f"""<body><div class="a1"><div class="a2"><a href="javascript:setHome()">设为首页</a>
 <a href="javascript:addFavorite()">加入收藏</a> <a href="{SISTER_HOME}">{SISTER_NAME}</a>
 <a href="mailto:post@lianxi.example">部长信箱</a> <a href="{SEARCH}">高级搜索</a></div>
<h1><img src="{LOGO}" alt="{SITE_NAME}">{SITE_NAME}（区人才办）</h1>
<form action="{SEARCH}" method="get"><input name="q" value="请输入关键词">
<input type="submit" value="搜索"></form>
<ul class="a5"><li><a href="{HOME}">网站首页</a></li>\n{menu}</ul></div>
<div class="b1"><div class="b2"><h3>快速通道</h3><ul>\n{_quick_links()}</ul></div>
"""
    return Frame(name=SITE_NAME, encoding="utf-8", head=head, above=above, below=_main_foot())


def _menu_item(column: Column) -> str:
    below = "".join(_menu_item(child) for child in children(column))
    return (
        f'<li class="a6"><a href="{escape(column.list_path())}" target="_self">{column.name}</a>'
        f"{f'<ul>{below}</ul>' if below else ''}</li>\n"
    )


def _quick_links() -> str:
    columns = [column for column in visible(sister=False) if column.parent is not None]
    return "".join(
        f'<li><a href="{escape(column.list_path())}">{column.name}</a></li>\n' for column in columns
    )


def _main_foot() -> str:
    return f"""</div><div class="f1"><div class="f2"><b>友情链接</b>\n{_friends()}</div>
<div class="f3"><a href="{SITE_MAP}">站点地图</a> |
<a href="{ABOUT}">关于我们</a> | <a href="{CONTACT}">联系我们</a></div>
<p>版权所有 © {SITE_NAME} 技术支持：练习区数据服务站</p>
<p>地址：练江市练习区虚构大道1号三楼 邮编：000000</p>
<p>电话：000-00000000 传真：000-00000001 邮箱：
<a href="mailto:post@lianxi.example">post@lianxi.example</a></p>
<p>备案编号：虚构备00000000号</p><p class="f9">{NOTICE}</p></div>
<script>\n{_counter()}</script></body></html>
"""


def _sister_frame() -> Frame:
    head = (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n<HTML><HEAD>\n'
        '<META http-equiv="Content-Type" content="text/html; charset=gb2312">\n'
        f'<LINK rel=stylesheet href="{STYLE}"><STYLE>\n{_rules()}</STYLE><SCRIPT src="{SCRIPT}"></SCRIPT>\n'
    )
    bar = " | ".join(
        f'<A href="{column.list_path()}"><FONT color=#ffffff>{column.name}</FONT></A>'
        for column in visible(sister=True)
    )
    rows = "".join(
        f'<TR><TD>·<A href="{escape(column.list_path())}">{column.name}</A></TD></TR>\n'
        for column in visible(sister=False)
    )
    above = f"""<BODY><TABLE width=960 align=center bgcolor=#cc0000>
<TR><TD><H1><FONT color=#ffffff>{SISTER_NAME}</FONT></H1></TD></TR>
<TR><TD><A href="{SISTER_HOME}"><FONT color=#ffffff>首页</FONT></A> | {bar} |
<A href="{HOME}"><FONT color=#ffffff>返回{SITE_NAME}</FONT></A></TD></TR></TABLE>
<TABLE width=960 align=center><TR><TD width=120 valign=top><TABLE border=0>
{rows}</TABLE></TD><TD valign=top>
"""
    below = f"""</TD></TR></TABLE><TABLE width=960 align=center bgcolor=#eeeeee><TR><TD>{_friends()}</TD></TR>
<TR><TD align=center><A href="{SITE_MAP}">站点地图</A> <A href="{ABOUT}">关于我们</A></TD></TR>
<TR><TD align=center>主办：练习区文明办 {NOTICE}</TD></TR></TABLE><SCRIPT>
{_counter()}</SCRIPT></BODY></HTML>
"""
    return Frame(name=SISTER_NAME, encoding="gbk", head=head, above=above, below=below)


def _friends() -> str:
    return "".join(
        f'<a href="http://link{place}.lianjiang.example/" target="_blank">{name}</a>\n'
        for place, name in enumerate(_FRIENDS)
    )


def _rules() -> str:
    """Style rules of the bulk that real pages carry inline (about 5 kB)."""
    return "\n".join(_rule(letter, digit) for letter in "abcfkqr" for digit in range(1, 10))


def _rule(letter: str, digit: int) -> str:
    colour = f"#{digit}{digit}3333"
    return f".{letter}{digit}{{margin:{digit}px 0;padding:{digit * 2}px;color:{colour};overflow:hidden}}"


def _counter() -> str:
    """A script of the bulk that real pages carry inline (about 4 kB); it only counts."""
    return "\n".join(_statements())


def _statements() -> Iterator[str]:
    yield "var visits = window.visits || {};"
    for place in range(40):
        yield f"visits['slot{place}'] = (visits['slot{place}'] || 0) + (document.title.length % {place + 2});"

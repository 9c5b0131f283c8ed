"""What a page is, and by what evidence: a wall and a missing page are never articles, whatever their status."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from nanhai_crawler.items import PageKind
from nanhai_crawler.pages.info_zone import InfoZone
from nanhai_crawler.pages.lines import Line, text_of
from nanhai_crawler.pages.links import SITE_MAP
from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.urls.identity import entry_time

_WALL = re.compile(
    r"安全验证|人机验证|请完成.{0,8}验证|滑动验证|验证码|拖动滑块|访问(?:被|已被|受到?)(?:拒绝|拦截|限制|阻断)|拦截|防火墙|"
    r"您的(?:访问|请求)(?:行为|过于|可能|存在|被|已)|请求(?:被|已被)(?:拒绝|拦截)|频繁访问|访问过于频繁|浏览器安全检查|正在检查您的浏览器|"
    r"请(?:开启|启用)\s*(?:JavaScript|Cookie)|Access Denied|Just a moment|Checking your browser|WAF|yunsuo|创宇盾|安全狗|云锁|网站卫士|"
    r"challenge|captcha|requested URL was rejected|完成安全检查|安全检查中|是否为真人|"
    # Closed for now, as it says itself; what is announced for a night to come is an article.
    r"(?m:^(?:很?抱歉[，,！!]?\s?|对不起[，,！!]?\s?)?[本该]?(?:网站|网页|系统|平台|服务器?)"
    r"(?:\S{0,6}(?:维护|升级|改版)中(?=[\s。，,！!…]|$)|正在(?:进行)?(?:系统)?(?:升级|维护|改版)))",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"(?:页面|网页|文章|信息|内容|资源|文件|地址|链接|栏目)[^。]{0,12}(?:不存在|未找到|找不到|无法找到|已(?:被)?删除|已失效|已下线|已过期|被移除)"
    r"|(?:找不到|没有找到|未找到|无法找到|无法显示)[^。]{0,12}(?:页面|网页|文章|内容|资源|文件)"
    r"|(?:信息|文章|内容|稿件)[^。]{0,4}(?:未发布|未审核|已撤销|已撤稿|被撤回)"
    r"|404\s*(?:Not Found|错误|页面|[-–—])|Not Found|Page not found",
    re.IGNORECASE,
)
#: A page that says it is missing or closed says little else: error pages met had under 300 characters of sentences.
_LITTLE_PROSE = 300
_DATED_AND_SOURCED = 3
#: How many lines above its info line a page's title may stand.
_TITLE_REACH = 3
#: Three rows with a labelled time each are a list with abstracts, not an article.
_LIST_ZONES = 3


#: What has neither time nor tags is an article by its text alone: a page and a half of print, under a title that is
#: longer than the name of a column, and not the name of a page that every site has.
_LONG_TEXT = 400
_SHORTEST_TITLE = 6
_PLAIN_PAGE = re.compile(
    r"简介|概况|概览|介绍$|职能|职责|机构设置|关于(?:我们|本站|本网)|联系(?:我们|方式)|声明|帮助|指南|须知|领导(?:信息|之窗|分工)|章程|"
    r"登录|注册|搜索|检索|地图|隐私|版权|无障碍|友情链接|门户网站|错误|提示|说明$|服务条款|招聘"
)
#: A row of a list begins with its title, linked; a link of fewer characters is a tool (详细, 更多).
_SHORTEST_ROW = 6


_ABSTRACT_ENDS = ("…", "...", "。")
_LONGEST_WORD = 20


class Kind(NamedTuple):
    """What the page is and the evidence in a few words; where it is not ``sure``, the page's text must bear it out."""

    kind: PageKind
    evidence: str
    sure: bool = True
    undated: bool = False  # nothing but its title and its text says so


def tell_special(lines: Sequence[Line], zone: InfoZone | None, tags: Tags) -> Kind | None:
    """Wall or missing when the page says so and little else; null for any other page.

    Where the page tells its time and source, only its title counts: a notice that a service is closed speaks like a
    wall, and a wall tells when and whence it was asked.
    """
    if sum(line.prose for line in lines) > _LITTLE_PROSE:
        return None
    if zone is not None and zone.strength == _DATED_AND_SOURCED:
        said = [line.text for line in lines[max(0, zone.start - _TITLE_REACH) : zone.start]]
    else:
        said = [line.text for line in lines if line.text and line.linked * 2 < len(line.text)]
    head = "\n".join((tags.title, *said[:40]))
    for kind, words in ((PageKind.MISSING, _MISSING), (PageKind.WALL, _WALL)):
        match = words.search(head)
        if match is not None and len(head) <= 3 * _LITTLE_PROSE:
            return Kind(kind, f"says {match.group()!r} and little else")
    return None


def may_be_article(
    url: str, lines: Sequence[Line], zones: Sequence[InfoZone], zone: InfoZone | None, tags: Tags
) -> Kind | None:
    """Why the page may be an article, as far as its head tells; null when nothing speaks for it."""
    keyed = entry_time(url) is not None
    if _is_root(url) or _is_list(lines, zones, zone, keyed=keyed):
        return None
    if zone is not None and not keyed and _is_card(url, lines, zone):
        return None
    if zone is not None and zone.strength >= 2:
        return Kind(PageKind.ARTICLE, "info line with time" + (" and source" if zone.strength == 3 else ""))
    told = _weakly_told(zone, tags, keyed=keyed)
    if told is not None:
        return Kind(PageKind.ARTICLE, told, sure=False)
    if sum(len(line.text) - line.linked for line in lines) >= _LONG_TEXT:
        return Kind(PageKind.ARTICLE, "a long text under its title", sure=False, undated=True)
    return None


def _weakly_told(zone: InfoZone | None, tags: Tags, *, keyed: bool) -> str | None:
    """What speaks for an article without proving it; null where nothing does."""
    if keyed:
        return "entry key in the URL"
    if tags.meta.get("articletitle") or tags.meta.get("pubdate"):
        return "meta tags of an article"
    if zone is None:
        return None
    return "a date under the title" if zone.info.published else "source under the title"


def is_headed(kind: Kind, title: str, *, shown: bool) -> bool:
    """Whether the title is an article's, as far as it must be: one without a time shows its own, no plain page's name."""
    return not kind.undated or (shown and len(title) >= _SHORTEST_TITLE and _PLAIN_PAGE.search(title) is None)


def _is_root(url: str) -> bool:
    """Whether the address is that of a site's home page."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    return not parts.query and folder == "" and name.partition(".")[0].lower() in {"", "index", "default"}


def _is_list(lines: Sequence[Line], zones: Sequence[InfoZone], zone: InfoZone | None, *, keyed: bool) -> bool:
    """Whether several times are told: an entry key outweighs them, unless each stands under a linked title."""
    labelled = sum(1 for other in zones if other.strength >= 2)
    bare = len(zones) - labelled if zone is not None and zone.strength == 1 else 0
    if max(labelled, bare) < _LIST_ZONES:
        return False
    if not keyed:
        return True
    rows = sum(
        1 for other in zones if any(map(_is_row, lines[max(0, other.start - _TITLE_REACH) : other.start]))
    )
    return rows >= _LIST_ZONES


def _is_card(url: str, lines: Sequence[Line], zone: InfoZone) -> bool:
    """Whether the zone closes a list's row: above it an abstract, cut off or closed, and above that a title linked elsewhere."""
    place = zone.start - 1
    while place > 0 and zone.start - place < _TITLE_REACH and _is_abstract(lines[place]):
        place -= 1
    if not 0 <= place < zone.start - 1 or not _is_row(lines[place]):
        return False
    return urljoin(url, lines[place].anchors[0].get("href", "")).partition("#")[0] != url


def _is_abstract(line: Line) -> bool:
    told = line.text
    for anchor in line.anchors:
        told = told.removesuffix(text_of(anchor))
    return told.endswith(_ABSTRACT_ENDS) and not line.heading and len(told) > _LONGEST_WORD


def _is_row(line: Line) -> bool:
    return line.linked >= _SHORTEST_ROW and line.linked * 2 > len(line.text)


def tell_other(url: str, lines: Sequence[Line], tags: Tags) -> Kind:
    """What a page is that is no article, wall or missing page."""
    if _is_root(url):
        return Kind(PageKind.HOME, "root of the site")
    if SITE_MAP.search(tags.title) or any(
        SITE_MAP.fullmatch(line.text) and line.linked < len(line.text) for line in lines
    ):
        return Kind(PageKind.SITE_MAP, "says it is the site map")
    if sum(1 for line in lines if line.anchors) >= 5:
        return Kind(PageKind.LISTING, "mostly links")
    return Kind(PageKind.OTHER, "no article, few links")

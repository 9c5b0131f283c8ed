"""What stands around an article: menus, tools, neighbours, related lists, the foot of the site."""

from lxml import etree

from tests.quality.dice import Dice
from tests.quality.scores import tight
from tests.quality.sheet import Sheet, body_of, fragment

MENU = (
    "首页",
    "政务公开",
    "新闻动态",
    "办事服务",
    "互动交流",
    "通知公告",
    "党建工作",
    "专题专栏",
    "下载中心",
    "联系我们",
    "机构概况",
    "政策法规",
)
OTHERS = (
    "练江镇召开年度工作会议，部署下一阶段任务", "关于做好秋季防火工作的通知", "青禾社区举办邻里节活动", "区领导调研重点项目建设",
    "渔湾村老党员讲堂开讲啦", "一图读懂：今年这些实事与您有关", "图解：人才新政十条", "桥头小学开展安全演练",
)  # fmt: skip


def menu_above(sheet: Sheet, dice: Dice) -> None:
    """A menu stands at the top, as a list, a row of cells, or links with strokes between them."""
    body_of(sheet.root).insert(0, fragment(_menu(dice)))


def menu_below(sheet: Sheet, dice: Dice) -> None:
    """A menu stands at the bottom too."""
    body_of(sheet.root).append(fragment(_menu(dice)))


def banner_above(sheet: Sheet, dice: Dice) -> None:
    """The site's name, a search form and today's date stand at the top."""
    name = sheet.site_name
    banners = (
        f"<div><h1>{name}</h1><form><input name='q' value='请输入关键字'><input type='submit' value='搜索'></form></div>",
        f"<table width='1000'><tr><td><font size='6'><b>{name}</b></font></td><td>今天是：2024年5月6日 星期一</td></tr></table>",
        f"<div><a href='/'><img src='/images/logo.png' alt='{name}'></a><div>2024年5月6日 星期一 欢迎访问{name}网站！</div></div>",
        f"<header><div>{name}</div><div><a href='/en/'>English</a> | <a href='/big5/'>繁體</a> | <a href='#'>无障碍浏览</a></div></header>",
        "<div><marquee>欢迎您访问本网站！</marquee><a href='/login'>登录</a> <a href='/register'>注册</a></div>",
    )
    body_of(sheet.root).insert(0, fragment(dice.pick(banners)))


def side_list(sheet: Sheet, dice: Dice) -> None:
    """A list of other articles with their dates stands before everything else, beside the article as browsers show it."""
    body_of(sheet.root).insert(
        0, fragment(f"<div><h3>{dice.pick(('最新公告', '热点新闻', '图片新闻'))}</h3>{_others(dice)}</div>")
    )


def share_bar(sheet: Sheet, dice: Dice) -> None:
    """A bar to share the page stands under the text, in one of many makes."""
    bars = (
        "<div><span>分享到：</span><a href='#' title='分享到微信'></a><a href='#' title='分享到新浪微博'></a><a href='#'>QQ空间</a></div>",
        "<ul><li>分享</li><li><a href='#'>微信</a></li><li><a href='#'>微博</a></li><li><a href='#'>QQ好友</a></li></ul>",
        "<table><tr><td>分享到：</td><td><a href='#'>微信</a></td><td><a href='#'>新浪微博</a></td></tr></table>",
        "<div>分享到：<img src='/images/wx.png' width='24' height='24'><img src='/images/wb.png' width='24' height='24'></div>",
        "<div><p>扫一扫在手机打开当前页</p><img src='/qrcode.png' width='120'></div>",
        "<div><img src='/images/ewm.jpg' width='110' height='110'><p>扫一扫，手机浏览</p></div>",
    )
    _below_text(sheet, dice.pick(bars))


def print_links(sheet: Sheet, dice: Dice) -> None:
    """Links to print and close the page stand under the text."""
    links = (
        "<div>【<a href='javascript:window.print()'>打印本页</a>】【<a href='javascript:window.close()'>关闭窗口</a>】</div>",
        "<p align='right'><a href='#'>打印</a> | <a href='#'>关闭</a> | <a href='#top'>返回顶部</a></p>",
        "<div><a href='javascript:;'>收藏</a><a href='javascript:;'>打印</a><a href='javascript:;'>关闭</a></div>",
        "<table align='right'><tr><td>[打印文章]</td><td>[关闭窗口]</td></tr></table>",
    )
    _below_text(sheet, dice.pick(links))


def font_size_links(sheet: Sheet, dice: Dice) -> None:
    """Links to change the size of the letters stand between info line and text."""
    links = (
        "<div>字体：<a href='#'>大</a> <a href='#'>中</a> <a href='#'>小</a></div>", "<p>【字号 <a>大</a> <a>中</a> <a>小</a>】</p>",
        "<ul><li>字号：</li><li>大</li><li>中</li><li>小</li></ul>", "<div><a href='#'>A+</a><a href='#'>A-</a><a>打印</a></div>",
    )  # fmt: skip
    if sheet.text is not None:
        sheet.text.addprevious(fragment(dice.pick(links)))


def neighbours(sheet: Sheet, dice: Dice) -> None:
    """The articles before and after this one are named under the text."""
    older, newer = dice.pick(OTHERS), dice.pick(OTHERS)
    forms = (
        f"<div><p>上一篇：<a href='/n/1.html'>{older}</a></p><p>下一篇：<a href='/n/2.html'>{newer}</a></p></div>",
        f"<ul><li>上一条：<a href='/n/1.html'>{older}</a></li><li>下一条：没有了</li></ul>",
        f"<table><tr><td>上一篇</td><td><a href='/n/1.html'>{older}</a></td></tr><tr><td>下一篇</td><td>无</td></tr></table>",
        f"<div><a href='/n/1.html'>上一篇：{older}</a><br><a href='/n/2.html'>下一篇：{newer}</a></div>",
        f"<div>【上一篇】<a href='/n/1.html'>{older}</a>　【下一篇】<a href='/n/2.html'>{newer}</a></div>",
    )
    _below_text(sheet, dice.pick(forms))


def related_list(sheet: Sheet, dice: Dice) -> None:
    """Related articles are listed under the text."""
    words = dice.pick(
        ("相关新闻", "相关链接：", "相关阅读", "【相关文章】", "延伸阅读", "猜你喜欢", "相关信息", "推荐阅读")
    )
    heading = dice.pick(("<h3>{}</h3>", "<div>{}</div>", "<p><b>{}</b></p>", "<strong>{}</strong>")).format(
        words
    )
    _below_text(sheet, f"<div>{heading}{_others(dice)}</div>")


def editors_line(sheet: Sheet, dice: Dice) -> None:
    """Who made the page ready is named under the text, outside it."""
    name = dice.pick(("许明远", "林晓彤", "何志峰"))
    role = dice.pick(("责任编辑", "编辑", "责编"))
    line = f"{role}{dice.pick(('：', ':', '： '))}{name}"
    forms = (
        "<div>{}</div>",
        "<p align='right'>（{}）</p>",
        "<div><span>[{}]</span></div>",
        "<p style='text-align:right'>【{}】</p>",
    )
    _below_text(sheet, dice.pick(forms).format(line))
    sheet.added.add((role, name, None))


def foot(sheet: Sheet, dice: Dice) -> None:
    """The foot of a government site: who runs it, registrations, address, browsers it likes."""
    name = sheet.site_name
    feet = (
        f"<div><p>主办单位：{name}　承办单位：区政务服务数据管理局</p><p>粤ICP备00000000号-1　粤公网安备 44060000000000号　网站标识码：4406000000</p></div>",
        f"<table width='1000' align='center'><tr><td align='center'>版权所有：{name}<br>地址：练江市虚构大道1号　邮编：528000<br>电话：000-00000000</td></tr></table>",
        f"<footer><ul><li><a href='/map.html'>网站地图</a></li><li><a href='/about.html'>关于我们</a></li></ul><p>Copyright © 2010-2024 {name} All Rights Reserved</p></footer>",
        f"<div>{name} 版权所有 未经授权禁止转载<br>建议使用1024×768分辨率、IE8.0以上浏览器浏览本站<br>您是第 <span>102400</span> 位访客</div>",
        "<div><select><option>--上级网站--</option><option>中国政府网</option><option>省政府网</option></select><p>技术支持：某某科技有限公司</p></div>",
    )  # fmt: skip
    body_of(sheet.root).append(fragment(dice.pick(feet)))


def page_in_table(sheet: Sheet, dice: Dice) -> None:
    """The whole page stands in one cell of a table."""
    body = body_of(sheet.root)
    table = etree.Element("table", {"width": "1000", "align": "center"})
    cell = etree.SubElement(etree.SubElement(table, "tr"), "td")
    cell.text, body.text = body.text, None
    for child in list(body):
        cell.append(child)
    body.append(table)


def page_in_wrappers(sheet: Sheet, dice: Dice) -> None:
    """The whole page stands in a few more elements."""
    body = body_of(sheet.root)
    for _ in range(1 + dice.below(4)):
        wrapper = etree.Element(dice.pick(("div", "center", "form", "main")))
        wrapper.text, body.text = body.text, None
        for child in list(body):
            wrapper.append(child)
        body.append(wrapper)


def _below_text(sheet: Sheet, html: str) -> None:
    if sheet.text is None or sheet.text.tag in {"td", "body", "font", "tr", "tbody"}:
        return
    told = [name for _, name in sheet.truth.attachments] + [
        name for _, name, _ in sheet.truth.credits if name
    ]
    text = tight("".join(sheet.text.itertext()))
    if any(tight(name) not in text for name in told):
        return  # files are offered, or editors named, below the text: nothing stands between
    new = fragment(html)
    new.tail, sheet.text.tail = sheet.text.tail, None
    sheet.text.addnext(new)


def _menu(dice: Dice) -> str:
    links = [f"<a href='/m/{place}/'>{name}</a>" for place, name in enumerate(MENU)]
    forms = (
        f"<ul>{''.join(f'<li>{link}</li>' for link in links)}</ul>",
        f"<div>{' | '.join(links)}</div>",
        f"<table><tr>{''.join(f'<td>{link}</td>' for link in links)}</tr></table>",
        f"<nav>{''.join(links)}</nav>",
        f"<div>{''.join(f'<span>{link}</span>' for link in links)}</div>",
        f"<dl>{''.join(f'<dd>{link}</dd>' for link in links)}</dl>",
    )
    return dice.pick(forms)


def _others(dice: Dice) -> str:
    rows = [(f"/n/{place}.html", title, f"2024-0{1 + place}-1{place}") for place, title in enumerate(OTHERS)][
        : 3 + dice.below(5)
    ]
    forms = (
        f"<ul>{''.join(f'<li><a href={href!r}>{title}</a><span>{day}</span></li>' for href, title, day in rows)}</ul>",
        "".join(
            (
                "<div>",
                *(f"<p>·<a href={href!r}>{title[:12]}...</a> [{day[5:]}]</p>" for href, title, day in rows),
                "</div>",
            )
        ),
        f"<table>{''.join(f'<tr><td><a href={href!r}>{title}</a></td><td>({day})</td></tr>' for href, title, day in rows)}</table>",
        f"<div>{'<br>'.join(f'<a href={href!r}>{title}</a>' for href, title, day in rows)}</div>",
    )
    return dice.pick(forms)

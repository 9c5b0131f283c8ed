"""Pages that are no articles, in many wordings and markups: walls, missing pages, homes, lists, site maps."""

from collections.abc import Iterator
from dataclasses import dataclass

from nanhai_crawler.items import PageKind
from tests.quality.dice import Dice
from tests.quality.surroundings import MENU, OTHERS

_HOST = "http://www.lianxi.example"
#: An article's address: many a site answers it with these pages.
_ARTICLE = f"{_HOST}/cms/html/7001/2024/20240305091502123000001/20240305091502123000001_1.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Other:
    """A page that is no article, and what it is; null where only that it is none matters."""

    name: str
    url: str
    html: str
    kind: PageKind | None


_WALLS = (
    ("访问被拦截", "很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。"),
    ("安全验证", "为了保护网站安全，请完成下方验证后继续访问。"),
    ("滑动验证", "请按住滑块，拖动到最右边"),
    (
        "网站防火墙",
        "您的请求带有不合法参数，已被网站管理员设置拦截！可能原因：您提交的内容包含危险的攻击请求。",
    ),
    ("403 Forbidden", "您的IP访问过于频繁，请稍后再试。"),
    ("", "正在检查您的浏览器，请稍候……页面将在 5 秒后自动跳转。请启用 JavaScript 和 Cookie。"),
    ("Just a moment...", "Checking your browser before accessing the site. DDoS protection."),
    ("创宇盾", "当前访问疑似黑客攻击，已被创宇盾拦截。您可以联系网站管理员。"),
    ("请输入验证码", "您的访问过于频繁，请输入验证码以继续。"),
    ("Access Denied", "You don't have permission to access this resource. Reference #18.2d351ab8."),
    (
        "安全狗",
        "您的请求似乎含有危险内容，已被网站安全狗拦截。攻击时间：2024-03-05 10:20:00 您的IP：10.0.0.8",
    ),
    ("系统提示", "您所提交的请求含有不合法的参数，已被网站管理员设置拦截！"),
    ("人机验证", "请点击下方按钮，证明您不是机器人。"),
    ("访问验证", "系统检测到您的网络环境存在异常，请完成验证后继续使用。"),
    ("提示信息", "您的访问行为存在异常，系统已暂时限制您的访问，事件ID：2024030510200088。"),
)
_MISSING = (
    ("提示信息", "抱歉，您访问的页面不存在或已被删除！"),
    ("404", "您要找的页面不存在"),
    ("404 Not Found", "The requested URL was not found on this server."),
    ("页面未找到", "对不起，您查看的内容已下线。"),
    ("错误提示", "该信息不存在或已被删除，3秒后自动返回首页"),
    ("系统提示", "对不起，没有找到您要访问的文章！"),
    ("出错了", "您请求的文件不存在，请检查地址是否正确。"),
    ("温馨提示", "很抱歉，您访问的链接已失效。您可以：返回首页 或 联系我们"),
    ("无法找到网页", "您正在查找的页已被删除、名称已更改或暂时不可用。"),
    ("提示", "此栏目已关闭，您访问的内容不存在。"),
    ("HTTP 404", "无法显示该页面，您要访问的网页可能已经删除、更名或暂时不可用。"),
    ("提示信息", "您访问的文章不存在或未审核！"),
    ("404错误", "页面走丢了……去首页看看吧"),
    ("提示信息", "信息未发布或已撤销发布。"),
    ("提示", "您访问的信息已过期或者已被移除"),
)


def other_pages() -> Iterator[Other]:
    """All of them, the same every time."""
    yield from _notices("wall", _WALLS, PageKind.WALL)
    yield from _notices("missing", _MISSING, PageKind.MISSING)
    for number in range(12):
        dice = Dice(f"list/{number}")
        yield Other(name=f"list {number}", url=f"{_HOST}/zwgk/tzgg/", html=_listing(dice), kind=None)
        yield Other(name=f"home {number}", url=f"{_HOST}/", html=_home(dice), kind=PageKind.HOME)
        yield Other(
            name=f"home under an article's address {number}", url=_ARTICLE, html=_home(dice), kind=None
        )
        yield Other(
            name=f"list under an article's address {number}", url=_ARTICLE, html=_listing(dice), kind=None
        )
    yield from _plain_pages()


def _notices(name: str, notices: tuple[tuple[str, str], ...], kind: PageKind) -> Iterator[Other]:
    for number, (title, words) in enumerate(notices):
        for way in range(5):
            dice = Dice(f"{name}/{number}/{way}")
            yield Other(
                name=f"{name} {number} {title} in markup {way}",
                url=(_ARTICLE, f"{_HOST}/art/2024/3/5/art_12_3456.html")[way % 2],
                html=_noticed(way, title, words, dice),
                kind=kind,
            )


def _noticed(way: int, title: str, words: str, dice: Dice) -> str:
    head = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>"
    bodies = (
        f"<div class='box'><h1>{title}</h1><p>{words}</p></div>",
        f"<table width='100%' height='100%'><tr><td align='center'><font color='red'>{words}</font><br><a href='/'>返回首页</a></td></tr></table>",
        f"<div><img src='/images/error.png'><div>{words}</div><div><a href='javascript:history.back()'>返回上一页</a></div></div>",
        f"{_menu()}<div><h2>{title}</h2><p>{words}</p></div><div>主办单位：练江区人民政府 粤ICP备00000000号</div>",
        f"{_menu()}<div>当前位置：<a href='/'>首页</a> &gt; {title}</div><table><tr><td>{words}</td></tr></table><p>Copyright © 2024 练江区</p>",
    )
    return f"{head}{bodies[way]}</body></html>"


def _menu() -> str:
    return (
        f"<ul>{''.join(f'<li><a href=/m/{place}/>{name}</a></li>' for place, name in enumerate(MENU))}</ul>"
    )


def _rows(dice: Dice, count: int) -> list[tuple[str, str, str]]:
    """Address, title and day of articles in a list."""
    return [
        (f"/art/{place}.html", f"{dice.pick(OTHERS)}（{place}）", f"2024-0{1 + place % 9}-{10 + place}")
        for place in range(count)
    ]


def _listing(dice: Dice) -> str:
    rows = _rows(dice, 8 + dice.below(8))
    abstract = "会议指出，要把各项工作落到实处，切实解决群众反映的问题，推动基层治理再上新台阶。"
    lists = (
        f"<ul>{''.join(f'<li><a href={href}>{title}</a><span>{day}</span></li>' for href, title, day in rows)}</ul>",
        f"<table>{''.join(f'<tr><td>·<a href={href}>{title}</a></td><td>[{day}]</td></tr>' for href, title, day in rows)}</table>",
        f"<div>{''.join(f'<p><b>{day}</b> <a href={href}>{title}</a></p>' for href, title, day in rows)}</div>",
        f"<div>{''.join(f'<div><h3><a href={href}>{title}</a></h3><p>{abstract}</p><i>发布时间：{day} 来源：练江区</i></div>' for href, title, day in rows)}</div>",
        f"<dl>{''.join(f'<dt><a href={href}>{title}</a></dt><dd>{abstract}<a href={href}>[详细]</a></dd><dd>{day}</dd>' for href, title, day in rows)}</dl>",
        f"<div>{'<br>'.join(f'·<a href={href}>{title}</a>（{day}）' for href, title, day in rows)}</div>",
    )
    pager = "<div>共 120 条 第 1/8 页 <a href='index_2.html'>下一页</a> <a href='index_8.html'>尾页</a></div>"
    crumbs = "<div>当前位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; 通知公告</div>"
    return _page("通知公告_练江区", f"{_menu()}{crumbs}<h2>通知公告</h2>{dice.pick(lists)}{pager}{_foot()}")


def _home(dice: Dice) -> str:
    blocks = "".join(
        f"<div><h2>{name}<a href='/more/'>更多</a></h2><ul>"
        + "".join(f"<li><a href={href}>{title}</a> {day[5:]}</li>" for href, title, day in _rows(dice, 6))
        + "</ul></div>"
        for name in ("工作动态", "通知公告", "政策文件", "专题专栏")
    )
    top = dice.pick(
        (
            "<div>今天是2024年5月6日 星期一 欢迎访问练江区门户网站！</div>",
            "<div><a href='/art/0.html'><img src='/1.jpg'></a><p>全区高质量发展大会召开，部署全年工作，吹响奋进号角。</p></div>",
            "<marquee>关于做好秋季防火工作的通知，请各单位认真贯彻落实，确保安全。</marquee>",
            "",
        )
    )
    return _page("练江区门户网站", f"<h1>练江区门户网站</h1>{_menu()}{top}{blocks}{_foot()}")


def _plain_pages() -> Iterator[Other]:
    leaders = "".join(
        f"<li><a href='/ld/{n}.html'>{name}</a></li>" for n, name in enumerate(("区委书记", "区长", "副区长"))
    )
    pages = {
        "contact": (
            "联系我们",
            "<table><tr><td>地址</td><td>练江市虚构大道1号</td></tr><tr><td>电话</td><td>000-00000000</td></tr></table>",
        ),
        "leaders": ("领导之窗", f"<ul>{leaders}</ul>"),
        "search": (
            "站内搜索",
            "<form><input name='q'><input type='submit' value='搜索'></form><p>共找到相关结果约 0 条，用时 0.02 秒。</p>",
        ),
        "login": (
            "用户登录",
            "<form>用户名：<input><br>密码：<input type='password'><br>验证码：<input></form><a href='/reg'>注册</a>",
        ),
        "survey": (
            "网上调查",
            "<form><p>1、您对本网站满意吗？</p><input type='radio'>满意 <input type='radio'>一般</form>",
        ),
        "mailbox": ("部长信箱", "<form>姓名：<input><br>电话：<input><br>内容：<textarea></textarea></form>"),
    }
    pages |= {f"long {name}": (name, _LONG) for name in _LONG_PAGES}
    pages["long abstracts"] = ("新闻发布会实录与解读", _abstracts())
    for number, (name, (title, body)) in enumerate(pages.items()):
        html = _page(f"{title}_练江区", f"{_menu()}<h2>{title}</h2>{body}{_foot()}")
        yield Other(name=name, url=f"{_HOST}/{number}.html", html=html, kind=None)


#: Pages that every site has, with texts as long as an article's, and no time.
_LONG_PAGES = (
    "练江区情简介",
    "区委组织部主要职责",
    "关于我们网站",
    "网站隐私保护声明",
    "政务服务网上办事指南",
    "用户注册服务条款",
)
_LONG = "".join(
    f"<p>　　第{number}项，练江区设有七个镇街、一百一十二个村居，常住人口六十三万，气候温和，雨量充沛，河网纵横，物产丰富，有关事项以公布为准。</p>"
    for number in range(12)
)


def _abstracts() -> str:
    """Linked titles with a long abstract under each, and no dates."""
    return "".join(
        f"<div><h3><a href='/f/{number}.html'>{title}</a></h3><p>{'发布会上，有关负责人介绍了今年以来的工作进展，回应了群众关心的问题。' * 4}</p></div>"
        for number, title in enumerate(OTHERS)
    )


def _page(title: str, body: str) -> str:
    return f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"


def _foot() -> str:
    return "<div><p>主办：练江区人民政府办公室 承办：区政务服务数据管理局</p><p>粤ICP备00000000号 网站标识码：4406000000</p></div>"

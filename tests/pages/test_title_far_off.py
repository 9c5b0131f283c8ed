"""A title is told from what stands between it and the line of time and source."""

import pytest

from tests.pages.markup import CRUMBS, FIRST, FOOT, SECOND, THIRD, article, page, paragraphs

_TITLE = "桥头村的小板凳坐出了邻里新气象"
_TEXT = paragraphs(FIRST, SECOND, THIRD)
_INFO = "<div>2024-03-04 10:20:00　来源：练江日报</div>"
_PORTRAIT = (
    "<div><img src='/p/zhang.jpg' width='90' height='90'></div><p><a href='/u/9'>张小舟</a>练江区委党校高级讲师</p>"
    "<div>分享到：</div><div><a href='#'></a></div><div><a href='#'></a></div><div><a href='#'></a></div>"
    "<div><a href='#'></a></div><div><a href='#'></a></div><div><a href='#'>22</a> <a href='#'>59</a></div>"
)


def _page(head: str, *, tag: str, site: str = "") -> str:
    menu = "".join(f"<li><a href='/d/{n}/'>栏目{n}</a></li>" for n in range(12))
    return (
        f"<html><head><meta charset='utf-8'><title>{tag}</title></head><body>{site}<ul>{menu}</ul><div>{CRUMBS}</div>"
        f"<div>{head}{_INFO}<div>{_TEXT}</div></div>{FOOT}</body></html>"
    )


@pytest.mark.parametrize(
    "title", [f"<h3>{_TITLE}</h3>", f"<div class='t'>{_TITLE}</div>", f"<p><b>{_TITLE}</b></p>"]
)
@pytest.mark.parametrize("tag", [_TITLE, f"{_TITLE}_练江网"])
def test_an_authors_portrait_and_office_between_are_no_title(title: str, tag: str) -> None:
    assert article(_page(title + _PORTRAIT, tag=tag)).title == _TITLE


@pytest.mark.parametrize("name", ["中国共产党练江区委员会组织部", "练江先锋红色引擎公开课堂"])
def test_a_sites_name_above_its_menu_is_no_title_though_the_tags_have_it(name: str) -> None:
    html = _page(f"<div>{_TITLE}</div>", tag=name, site=f"<div>{name}</div>").replace(CRUMBS, "")
    assert article(html).title == _TITLE


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<span class='tag'>原创</span>{_TITLE}", _TITLE),
        (f"{_TITLE} <i>独家</i>", _TITLE),
        (f"原创歌曲里的{_TITLE}", f"原创歌曲里的{_TITLE}"),
    ],
)
def test_a_badge_that_the_tags_do_not_have_is_none_of_the_title(heading: str, title: str) -> None:
    assert article(_page(f"<h1>{heading}</h1>", tag=f"{title}_练江网")).title == title


def test_a_badge_stays_where_the_tags_have_it_or_say_nothing() -> None:
    for tag in (f"视频丨{_TITLE}_练江网", "练江网"):
        assert article(_page(f"<h1>视频丨{_TITLE}</h1>", tag=tag)).title == f"视频丨{_TITLE}"


def test_a_title_tag_may_begin_with_the_sites_name() -> None:
    title = "一条水渠修了三十年，村里人说起来还像昨天"
    text = paragraphs(FIRST, SECOND, THIRD) * 5
    html = page(f"<h4>清早的渠边</h4>{text}", title=f"<div><b>{title}</b></div>", info="")
    html = html.replace("<title>练习区委组织部", f"<title>练江党建 - {title}")
    assert article(html, "http://lianxi.example/view?id=7").title == title

"""A page read with its site's declaration: selectors first, the general reader where they find nothing, all of it said."""

from dataclasses import replace
from datetime import date

import pytest

from nanhai_crawler.items import Article, PageKind, PageReading
from nanhai_crawler.pages.reading import read_page
from nanhai_crawler.pages.site_rules import Labels, SelectedField, Selector, SiteRules
from tests.pages.markup import CRUMBS, FIRST, INFO, SECOND, THIRD, TITLE, URL, page, paragraphs, reading

BODY = paragraphs(FIRST, SECOND, THIRD)


def css(field: SelectedField, selector: str) -> SiteRules:
    return SiteRules(site="lianxi", selectors=(Selector(field=field, css=selector),))


def read(html: str, rules: SiteRules, url: str = URL) -> PageReading:
    return read_page(url, html.encode(), rules=rules)


def article(html: str, rules: SiteRules) -> Article:
    found = read(html, rules).article
    assert found is not None, read(html, rules).kind_evidence
    return found


def test_an_article_of_a_declared_site_has_its_name() -> None:
    general = reading(page(BODY)).article
    assert general is not None
    assert general.site == "lianxi.example"
    assert article(page(BODY), SiteRules(site="lianxi")) == replace(general, site="lianxi")


def test_the_title_is_what_the_selector_finds_and_the_text_begins_below_it() -> None:
    html = page(BODY, title=f"<h2>专题</h2><div class='odd'>{TITLE}</div><h3>这不是标题</h3>")
    found = article(html, css("title", "div.odd"))
    assert found.title == TITLE
    assert found.evidence["title"] == "css div.odd of site lianxi"
    assert found.body.startswith(FIRST.strip())


def test_a_selector_may_find_an_attribute_or_a_text() -> None:
    head = "<meta name='x-title' content='元数据里的标题'>"
    for rules in (
        css("title", "meta[name=x-title]::attr(content)"),
        SiteRules(
            site="s", selectors=(Selector(field="title", xpath="string(//meta[@name='x-title']/@content)"),)
        ),
    ):
        found = article(page(BODY, head=head), rules)
        assert found.title == "元数据里的标题"
        assert FIRST.strip() in found.body


def test_a_selector_that_finds_nothing_leaves_the_field_to_the_general_reader_and_is_named() -> None:
    general = reading(page(BODY)).article
    assert general is not None
    fields: dict[SelectedField, str] = {
        "title": "title", "time": "published", "source": "source", "breadcrumb": "column_path", "body": "body",
    }  # fmt: skip
    for selected, field in fields.items():
        found = article(page(BODY), css(selected, "div.gone"))
        assert found.evidence[field] == f"{general.evidence[field]}; css div.gone of site lianxi found none"
        assert replace(found, site=general.site, evidence=general.evidence) == general


def test_a_selected_time_wins_and_one_that_is_no_date_does_not() -> None:
    html = page(f"{BODY}<p class='t'>见报：二〇二四年二月一日</p><p class='u'>改日</p>")
    found = article(html, css("time", "p.t"))
    assert (found.published, found.evidence["published"]) == ("2024-02-01", "css p.t of site lianxi")
    assert article(html, css("time", "p.u")).published == "2024-03-04T10:20:00+08:00"


@pytest.mark.parametrize("told", ["练江晚报", "来源：练江晚报", "信息来源: 练江晚报"])
def test_a_selected_source_is_told_without_its_label(told: str) -> None:
    found = article(
        page(BODY, info=f"<div>2024-03-04 10:20 <b class='s'>{told}</b></div>"), css("source", ".s")
    )
    assert (found.source, found.evidence["source"]) == ("练江晚报", "css .s of site lianxi")


@pytest.mark.parametrize(
    "crumbs",
    [
        "<ul class='w'><li><a href='/'>首页</a></li><li><a href='/a/'>专题专栏</a></li><li>学思践悟</li></ul>",
        "<span class='w'><a href='/'>首页</a>-<a href='/a/'>专题专栏</a>-<a href='/a/b/'>学思践悟</a></span>",
        "<p class='w'>您在这里：<a href='/'>首页</a> &gt; 专题专栏 &gt; 学思践悟</p>",
    ],
)
def test_the_column_is_what_the_breadcrumb_s_selector_finds(crumbs: str) -> None:
    found = article(page(BODY, crumbs=crumbs), css("breadcrumb", ".w"))
    assert found.column_path[-2:] == ("专题专栏", "学思践悟")
    assert "css .w of site lianxi" in found.evidence["column_path"]


def test_the_body_is_what_the_selector_finds_and_nothing_beside_it() -> None:
    aside = (
        "<div class='aside'><p>本网提醒您，天气转凉，请各位读者注意保暖，出门带伞，谢谢大家的支持。</p></div>"
    )
    html = page(f"<div class='con'>{paragraphs(FIRST, SECOND)}</div>{aside}")
    assert "注意保暖" in article(html, SiteRules(site="lianxi")).body
    found = article(html, css("body", "div.con"))
    assert found.body == f"{FIRST}\n{SECOND}".replace("　　", "")
    assert found.evidence["body"].startswith("css div.con of site lianxi; region with ")


def test_a_page_without_date_or_key_is_an_article_where_title_and_body_are_found() -> None:
    html = page(f"<div class='con'>{BODY}</div>", info="")
    rules = SiteRules(
        site="s", selectors=(Selector(field="title", css="h2"), Selector(field="body", css=".con"))
    )
    url = "http://lianxi.example/show.jsp?id=7"
    assert read(html, SiteRules(site="s"), url).kind is not PageKind.ARTICLE
    assert read(html, rules, url).kind is PageKind.ARTICLE


def test_a_wall_stays_a_wall_whatever_is_selected() -> None:
    html = (
        "<html><title>安全验证</title><body><h2>请完成验证</h2><div class='con'>拖动滑块</div></body></html>"
    )
    rules = SiteRules(
        site="s", selectors=(Selector(field="title", css="h2"), Selector(field="body", css=".con"))
    )
    assert read(html, rules).kind is PageKind.WALL


def test_a_site_s_own_labels_are_read_like_those_that_all_use() -> None:
    info = "<div>见报日: 2024-03-04 10:20 供图单位： 练江晚报 采写：温如言</div>"
    crumbs = CRUMBS.replace("当前位置", "您在此处")
    labels = Labels(time=("见报日",), source=("供图单位",), author=("采写",), breadcrumb=("您在此处",))
    found = article(page(BODY, info=info, crumbs=crumbs), SiteRules(site="lianxi", labels=labels))
    assert (found.published, found.source) == ("2024-03-04T10:20+08:00", "练江晚报")
    assert found.column_path == ("组工党建", "基层党建")
    assert [(credit.role, credit.name) for credit in found.credits] == [("采写", "温如言")]
    assert found.evidence["published"].endswith("; label 见报日 of site lianxi")
    assert found.evidence["column_path"].endswith("; label 您在此处 of site lianxi")


def test_a_label_in_the_text_stays_what_it_is() -> None:
    told = "　　见报日：就在昨天，大家都来了，说起修路的事，个个都有主意，个个都肯出力。"
    found = article(page(paragraphs(FIRST, told)), SiteRules(site="s", labels=Labels(time=("见报日",))))
    assert found.published == "2024-03-04T10:20:00+08:00"
    assert told.strip() in found.body


def test_a_charset_hint_is_heard_where_the_page_says_nothing_and_bytes_still_decide() -> None:
    text = page(BODY).replace("<meta charset='utf-8'>", "")
    rules = SiteRules(site="s", charset="gb18030")
    told = read_page(URL, text.encode("gb18030"), rules=rules)
    assert (told.charset, "site says gb18030" in told.charset_evidence) == ("gb18030", True)
    assert read_page(URL, text.encode(), rules=rules).charset == "utf-8"


def test_info_line_is_as_the_page_has_it() -> None:
    found = article(page(BODY), css("title", "h2"))
    assert (found.published, found.source) == ("2024-03-04T10:20:00+08:00", "区委组织部_Admin")
    assert INFO.endswith(found.source or "?")


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        ({"field": "title"}, "css or xpath"),
        ({"field": "title", "css": "a", "xpath": "//a"}, "css or xpath"),
        ({"field": "title", "css": "div[["}, "css div[["),
        ({"field": "title", "xpath": "//div["}, "xpath //div["),
        ({"field": "title", "xpath": ""}, "xpath"),
        (
            {"field": "title", "css": "a", "valid_from": date(2021, 1, 2), "valid_until": date(2021, 1, 1)},
            "after",
        ),
    ],
)
def test_a_selector_that_cannot_be_is_refused(words: dict[str, object], saying: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        Selector(**words)  # type: ignore[arg-type]
    assert saying in str(error.value)

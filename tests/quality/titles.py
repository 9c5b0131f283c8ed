"""The title, told again: other elements on the page, other company in the head."""

from html import escape

from lxml import etree

from nanhai_crawler.urls.identity import entry_time
from tests.quality.dice import Dice
from tests.quality.sheet import Sheet, fragment, head_of, replace

_ELEMENTS = (
    "<h1>{}</h1>", "<h2>{}</h2>", "<h3>{}</h3>", "<div class='tit'>{}</div>", "<p align='center'><b>{}</b></p>",
    "<center><font size='5' color='red'><b>{}</b></font></center>", "<p style='text-align:center'><strong>{}</strong></p>",
    "<table width='100%'><tr><td align='center'>{}</td></tr></table>", "<div><span>{}</span></div>",
    "<div class='title'><h1>{}</h1></div>", "<table><tr><td><font size='4'>{}</font></td></tr></table>", "<header><h1>{}</h1></header>",
)  # fmt: skip
_SUFFIXED = (
    "{title}_{site}", "{title}-{site}", "{title} - {site}", "{title} | {site}", "{title}|{site}", "{title}_{column}_{site}",
    "{title} - {column} - {site}", "{site}", "{title}", "", "{column}-{site}", "{title} — {site}", "{site}-{title}", "{title}--{site}",
)  # fmt: skip


def retold_title(sheet: Sheet, dice: Dice) -> None:
    """The title stands in another element, unless headings above or below it would then outrank it."""
    if sheet.title is None:
        return
    beside = (sheet.title.getprevious(), sheet.title.getnext())
    if any(other is not None and other.tag in {"h1", "h2", "h3", "h4"} for other in beside):
        return
    words = escape(sheet.truth.title, quote=False)
    if dice.chance(10) and len(words) > 14 and not set("&—-") & set(words):
        words = f"{words[: len(words) // 2]}<br>{words[len(words) // 2 :]}"
    sheet.title = replace(sheet.title, dice.pick(_ELEMENTS).format(words))


def other_title_tag(sheet: Sheet, dice: Dice) -> None:
    """The ``title`` tag has the site's name behind it, before it, alone, or nothing."""
    head = head_of(sheet.root)
    for old in head.findall("title"):
        head.remove(old)
    column = sheet.truth.column_path[-1] if sheet.truth.column_path else "新闻动态"
    words = dice.pick(_SUFFIXED).format(title=sheet.truth.title, site=sheet.site_name, column=column)
    tag = etree.SubElement(head, "title")
    tag.text = words


def other_meta_tags(sheet: Sheet, dice: Dice) -> None:
    """The standard tags for government pages are there: right, empty, or with a template's stale values."""
    head = head_of(sheet.root)
    for old in head.findall("meta"):
        if (old.get("name") or old.get("property") or "").lower() not in {"", "viewport"}:
            head.remove(old)
    truth = sheet.truth
    told = {
        "SiteName": sheet.site_name,
        "SiteDomain": "www.lianxi.example",
        "ColumnName": (truth.column_path or ("",))[-1],
    }
    kind = dice.below(4)
    if kind == 0:
        told |= {
            "ArticleTitle": truth.title,
            "PubDate": _plain(truth.published),
            "ContentSource": truth.source or "",
        }
    elif kind == 1:
        told |= {
            "ArticleTitle": "",
            "PubDate": "",
            "ContentSource": "",
            "Author": "",
            "Keywords": "",
            "Description": "",
        }
    elif kind == 2:
        told |= {
            "PubDate": "2012-01-01 00:00",
            "ContentSource": sheet.site_name,
            "Description": f"{sheet.site_name}门户网站",
        }
    for name, content in told.items():
        head.append(_meta(name, content, dice))


def _plain(published: str | None) -> str:
    return (published or "").replace("T", " ").partition("+")[0]


def _meta(name: str, content: str, dice: Dice) -> etree._Element:
    name = dice.pick((name, name.lower(), name.upper()))
    first, second = f'name="{name}"', f'content="{escape(content)}"'
    if dice.chance(50):
        first, second = second, first
    (holder,) = fragment(f"<div><meta {first} {second}></div>")
    return holder


def keyless_address(sheet: Sheet, dice: Dice) -> None:
    """The page has an address that tells no moment of entry; what is relative to it stays where it is."""
    if entry_time(sheet.url) is None:
        return
    folder, _, _ = sheet.url.rpartition("/")
    above = folder.rpartition("/")[0]
    number = 100000 + dice.below(900000)
    forms = (
        f"art/content_{number}.html",
        f"{number}/post.shtml",
        f"view/{number}.jsp",
        f"info/1042/{number}.htm"[5:],
    )
    sheet.url = f"{above}/{dice.pick(forms)}"

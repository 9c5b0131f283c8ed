"""A page as it was received, read: what it is, where it leads, and the article on it."""

from datetime import datetime

from nanhai_crawler.errors import PageBeyondLimits
from nanhai_crawler.items import Article, Link, PageKind, PageReading, Via
from nanhai_crawler.pages.article import read_article
from nanhai_crawler.pages.breadcrumb import Breadcrumb, find_breadcrumb
from nanhai_crawler.pages.budget import Budget, check_size
from nanhai_crawler.pages.challenge import tell_challenge
from nanhai_crawler.pages.declared import Declared
from nanhai_crawler.pages.document import Document, parse
from nanhai_crawler.pages.info_zone import choose_info_zone, find_info_zones, placed
from nanhai_crawler.pages.kind import Kind, is_headed, may_be_article, tell_other, tell_special
from nanhai_crawler.pages.lines import read_lines
from nanhai_crawler.pages.links import base_of, find_links
from nanhai_crawler.pages.page import Page
from nanhai_crawler.pages.parts import Part, find_part
from nanhai_crawler.pages.rendition import is_print_edition
from nanhai_crawler.pages.scripted import find_scripted
from nanhai_crawler.pages.site_rules import NO_RULES, SiteRules
from nanhai_crawler.pages.tags import read_tags
from nanhai_crawler.pages.title import find_title


def read_page(
    url: str,
    payload: bytes,
    *,
    header_charset: str | None = None,
    rules: SiteRules = NO_RULES,
    captured: datetime | None = None,
) -> PageReading:
    """What the page at ``url`` says. ``payload`` is decoded of any Content-Encoding; never raises on any bytes.

    ``rules`` are those of the page's site that held when it was captured; relative times are reckoned from ``captured``
    (aware), and left alone without it. A page that is too much to read (``budget``) has the kind ``unread``.
    """
    try:
        check_size(payload)
        document = parse(url, payload, header_charset=header_charset, site_charset=rules.charset)
        return _read(document, rules, captured, Budget())
    except PageBeyondLimits as error:
        return PageReading(
            url=url,
            kind=PageKind.UNREAD,
            kind_evidence=str(error),
            links=(),
            charset="",
            charset_evidence="not read",
        )


def _read(document: Document, rules: SiteRules, captured: datetime | None, budget: Budget) -> PageReading:
    url, decoded = document.url, document.decoded
    base = base_of(document.root, url)
    lines = read_lines(document.root)
    budget.check()
    declared = Declared(rules, document.root, lines)
    breadcrumb = declared.breadcrumb(find_breadcrumb(declared.head))
    links = _links(document, base, breadcrumb)
    tags = read_tags(document.root)
    budget.check()
    zones = find_info_zones(declared.head)
    top = breadcrumb.end if breadcrumb else 0
    zone = placed(choose_info_zone(zones, lines, top), lines, top)
    challenge = tell_challenge(document.root, lines)
    if challenge is not None:
        return _reading(document, challenge, ())  # to go where its script goes would be to answer it
    kind = tell_special(lines, zone, tags)
    if kind is None and is_print_edition(url, document.root, tags):
        kind = Kind(PageKind.OTHER, "another page's text for the printer")
    if kind is not None:
        return _reading(document, kind, links)
    kind = declared.kind(may_be_article(url, lines, zones, zone, tags))
    title = declared.title(find_title(lines, zone=zone, breadcrumb=breadcrumb, tags=tags)) if kind else None
    budget.check()
    if kind is not None and title is not None and is_headed(kind, title.text, shown=title.line >= 0):
        part = find_part(url, (link.url for link in links))
        found = Page(budget.check, part.first, base, lines, tags, zone, breadcrumb, title)
        article = read_article(
            found._replace(
                body=declared.body(),
                sure=kind.sure,
                undated=kind.undated,
                captured=captured,
                charset=f"{decoded.charset}: {decoded.evidence}",
            )
        )
        if article is not None:
            article = declared.told(article)
            return _reading(document, kind, _with_files(links, article, part), article=article, part=part)
    return _reading(document, tell_other(url, lines, tags), links)


def _links(document: Document, base: str, breadcrumb: Breadcrumb | None) -> tuple[Link, ...]:
    way_up = {anchor.get("href", "") for anchor in breadcrumb.anchors} if breadcrumb else set()
    encoding = document.decoded.charset
    found = find_links(document.root, base, breadcrumb=way_up, encoding=encoding)
    return found or find_scripted(document.root, base, encoding=encoding)


def _with_files(links: tuple[Link, ...], article: Article, part: Part) -> tuple[Link, ...]:
    """The links with the article's own pages, pictures and files known for what they are."""
    own = dict.fromkeys(part.others, Via.PART)
    own.update((image.url, Via.IMAGE) for image in article.images)
    own.update((attachment.url, Via.ATTACHMENT) for attachment in article.attachments)
    if not own:
        return links
    known = [Link(url=url, via=via) for url, via in own.items()]
    return (*[link for link in links if link.url not in own], *known)


def _reading(
    document: Document,
    kind: Kind,
    links: tuple[Link, ...],
    *,
    article: Article | None = None,
    part: Part | None = None,
) -> PageReading:
    return PageReading(
        url=document.url,
        kind=kind.kind,
        kind_evidence=kind.evidence,
        links=links,
        charset=document.decoded.charset,
        charset_evidence=document.decoded.evidence,
        charset_declared=document.decoded.label,
        article=article,
        page_number=part.number if part else 1,
        page_count=part.total if part else 1,
    )

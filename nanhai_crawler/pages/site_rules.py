"""What a site's declaration tells the reader: words and places that the general rules do not know."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

#: A selector is asked once before a crawl asks it: unknown functions, variables and prefixes are told only then.
_EMPTY_PAGE = etree.HTML("<html><body></body></html>", None)
#: The fields of an article that a selector may find.
SelectedField = Literal["title", "time", "source", "breadcrumb", "body"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels:
    """Words that this site alone puts before a value, without their colon; those of ``text.labels`` are known anyway."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  read by forms; a class variable is no field

    time: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    breadcrumb: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for kind in ("time", "source", "author", "editor", "breadcrumb"):
            for label in getattr(self, kind):
                if not label.strip(" :：　"):
                    raise ValueError(f"{kind}: an empty label; write the word that stands before the colon")


#: Most sites say what all say.
NO_LABELS = Labels()


@dataclass(frozen=True, kw_only=True, slots=True)
class Selector:
    """Where on a page a field stands, in CSS or in XPath, and in pages captured on which days (both included)."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    field: SelectedField
    css: str | None = None
    xpath: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if (self.css is None) == (self.xpath is None):
            raise ValueError(f"{self.field}: needs css or xpath, one of the two")
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError(
                f"{self.field}: valid_from {self.valid_from} is after valid_until {self.valid_until}"
            )
        try:
            found = compiled(self)(_EMPTY_PAGE)
        except (etree.XPathError, SelectorError) as error:
            raise ValueError(f"{self}: {error}") from error
        if not isinstance(found, list | str):
            raise ValueError(f"{self}: finds a number or a truth, no element and no text")  # noqa: TRY004  of a form

    def __str__(self) -> str:
        return f"xpath {self.xpath}" if self.css is None else f"css {self.css}"

    def holds_on(self, day: date) -> bool:
        """Whether the selector is for pages captured on that day."""
        early = self.valid_from is not None and day < self.valid_from
        return not early and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteRules:
    """What the reader is told of the site whose page it reads; ``selectors`` are tried in order, all that hold that day."""

    site: str = ""
    labels: Labels = NO_LABELS
    selectors: tuple[Selector, ...] = ()
    charset: str | None = None


#: For pages of sites that nobody declared.
NO_RULES = SiteRules()


@lru_cache(maxsize=256)
def compiled(selector: Selector) -> etree.XPath:
    """The selector, ready to be asked; CSS may end in ``::text`` or ``::attr(name)``, as in Scrapy."""
    path = selector.xpath if selector.css is None else HTMLTranslator().css_to_xpath(selector.css)
    return etree.XPath(path or "", regexp=True)

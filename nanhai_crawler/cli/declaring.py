"""From a survey to a file: what of it stands in the first declaration, and where that goes."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.crawl.scope import canonical_seeds
from nanhai_crawler.crawl.survey import Survey, SurveyedPage
from nanhai_crawler.errors import UsageError
from nanhai_crawler.items import PageKind
from nanhai_crawler.pages.title import site_suffix
from nanhai_crawler.sites import load_sites
from nanhai_crawler.sites.draft import Recognised, draft, name_for
from nanhai_crawler.sites.file import is_site_name
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.text.labels import LABELS
from nanhai_crawler.urls.canonical import host_of


def place_for(archive: Path, url: str, name: str | None, *, force: bool) -> Path:
    """Where the declaration goes; raises UsageError where it may not, before anything is asked for."""
    (seed,) = canonical_seeds([url])
    chosen = name or name_for(seed)
    if not is_site_name(chosen):
        raise UsageError(
            f"--name {chosen!r}: a site's name has letters, digits, _ . - and at most 63 characters"
        )
    folder = ArchiveFolder(archive)
    path = folder.sites / f"{chosen}.toml"
    if path.exists() and not force:
        raise UsageError(
            f"{path} is there already; change it, choose another --name, or write over it with --force"
        )
    known = load_sites(folder.sites)
    site = known.of(seed)
    if site is None or path in known.files:
        return path
    file = next((file for file, declared in known.files.items() if declared is site), None)
    if file is not None:
        raise UsageError(f"{host_of(seed)} is declared in {file} already; change that, or remove it")
    if not force:
        raise UsageError(
            f"{host_of(seed)} is site {site.name} of this program; nanhai crawl --site {site.name} visits it"
            " (--force declares it anew)"
        )
    return path


def declare(path: Path, survey: Survey, *, force: bool) -> None:
    """The declaration is written, and a person told what to do next."""
    text = draft(path.stem, _recognised(survey.pages))
    with storage_trouble(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    archive = shlex.quote(str(path.parent.parent))
    print_line(styled(f"written: {path}", "bold green"))
    if not any(page.reading.kind is PageKind.ARTICLE for page in survey.pages):
        print_line(styled("no article was recognised: try again with the address of one", "yellow"))
    print_line(styled("next: read it, correct it where it is wrong, then"))
    print_line(styled(f"  nanhai site check --archive {archive}"))
    print_line(styled(f"  nanhai crawl --site {shlex.quote(path.stem)} --limit 20 --archive {archive}"))


def _recognised(pages: Iterable[SurveyedPage]) -> Recognised:
    pages = tuple(pages)
    homes = [page.reading.url for page in pages if page.reading.kind is PageKind.HOME]
    articles = [page for page in pages if page.reading.article is not None]
    known = dict.fromkeys(label for page in articles for label in page.labels.known)
    # Beside a label of time that all know, a word with a date tells of something else.
    undated = [page for page in articles if not set(page.labels.known) & set(LABELS["time"])]
    return Recognised(
        title=_title(pages),
        seeds=tuple(dict.fromkeys((*homes[:1], pages[0].reading.url))),
        charsets=tuple(dict.fromkeys(page.reading.charset for page in pages)),
        known=tuple(known),
        unknown=tuple(dict.fromkeys(label for page in articles for label in page.labels.unknown)),
        dated=tuple(dict.fromkeys(label for page in undated for label in page.labels.dated)),
    )


def _title(pages: tuple[SurveyedPage, ...]) -> str:
    """What the site calls itself: its tag, its home page's title, what follows the titles of other pages, its host."""
    named = [page.tags.meta["sitename"] for page in pages if page.tags.meta.get("sitename")]
    homes = [page.tags.title for page in pages if page.reading.kind is PageKind.HOME and page.tags.title]
    suffixes = [suffix for page in pages if (suffix := site_suffix(page.tags.title))]
    return next(iter((*named, *homes, *suffixes)), host_of(pages[0].reading.url))

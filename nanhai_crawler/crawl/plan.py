"""What a crawl is to do: the words of its command, then the archive's settings and its sites' declarations."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nanhai_crawler.crawl.order import AS_SETTLED, CrawlOrder
from nanhai_crawler.crawl.settings import DOWNLOAD_DELAY
from nanhai_crawler.errors import FormError, UsageError
from nanhai_crawler.sites import KnownSites, Site, load_sites
from nanhai_crawler.sites.declaration import Tls
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.settings import ArchiveSettings, read_settings
from nanhai_crawler.urls.canonical import canonicalize


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Where a crawl begins, which ``hosts`` it may visit besides its seeds', and how.

    ``delay_s`` is null where nobody chose a pace; ``settings`` are the archive's; ``tls`` is how much of a connection's
    safety is asked for; the others are as the :class:`CrawlOrder` has them.
    """

    folder: Path
    seeds: tuple[str, ...]
    hosts: tuple[str, ...]
    sites: KnownSites
    delay_s: float | None
    contact: str | None
    settings: ArchiveSettings
    tls: Tls
    limit: int | None
    full: bool
    accept_drift: bool


def make_plan(folder: Path, order: CrawlOrder = AS_SETTLED) -> Plan:
    """The plan of a crawl into the archive in ``folder``, which need not be there.

    What the order says wins over the settings. Raises FormError or UsageError, one line, before anything is begun.
    """
    archive = ArchiveFolder(folder)
    settings = read_settings(archive)
    known = load_sites(archive.sites)
    chosen = _chosen(known, order, archive, settings)
    met = [known.of(canonicalize(seed) or "") for seed in order.seeds]
    return Plan(
        folder=folder,
        seeds=tuple(order.seeds) or tuple(seed for site in chosen for seed in site.seeds),
        hosts=tuple(host for site in chosen for host in site.all_hosts),
        sites=known,
        delay_s=_pace([*chosen, *filter(None, met)], settings) if order.delay_s is None else order.delay_s,
        contact=order.contact or settings.contact,
        settings=settings,
        tls=_tls([*chosen, *met]),
        limit=order.limit,
        full=order.full,
        accept_drift=order.accept_drift,
    )


def _tls(sites: Sequence[Site | None]) -> Tls:
    """What the sites ask of a connection; the weakness that one needs is not lent to the others."""
    asked = {"verified" if site is None else site.tls for site in sites}
    if len(asked) > 1:
        raise UsageError(
            f"the sites differ in tls ({', '.join(sorted(asked))}); crawl them one after the other"
        )
    return asked.pop() if asked else "verified"


def _chosen(
    known: KnownSites, order: CrawlOrder, archive: ArchiveFolder, settings: ArchiveSettings
) -> list[Site]:
    """The sites that the order names; else, unless it has addresses, those of the settings or the default one."""
    if order.sites or order.seeds:
        return [known.named(name) for name in order.sites]
    try:
        return [known.named(name) for name in settings.sites] or [known.named(None)]
    except UsageError as error:
        raise FormError(f"{archive.settings}: sites: {error}") from error


def _pace(sites: Sequence[Site], settings: ArchiveSettings) -> float | None:
    """The longest pause that any of the sites asks for; a site that names none has the archive's."""
    paces = [settings.delay_s if site.delay_s is None else site.delay_s for site in sites] or [
        settings.delay_s
    ]
    if all(pace is None for pace in paces):
        return None
    return max(DOWNLOAD_DELAY if pace is None else pace for pace in paces)

"""All sites that a crawl knows: those of this program, and those that a person declared in the archive."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from nanhai_crawler.errors import FormError, UsageError
from nanhai_crawler.pages.site_rules import NO_RULES, SiteRules
from nanhai_crawler.sites.declaration import Site
from nanhai_crawler.sites.file import read_site
from nanhai_crawler.sites.wmw import WMW
from nanhai_crawler.sites.zuzhibu import ZUZHIBU
from nanhai_crawler.text.dates import SHANGHAI
from nanhai_crawler.urls.canonical import host_named, host_of

DEFAULT_SITE = ZUZHIBU
#: The sites that come with the program, by name.
BUILT_IN: Mapping[str, Site] = {site.name: site for site in (ZUZHIBU, WMW)}


class KnownSites:
    """Sites by name and by host. A file may stand in the place of a site of this program, by its name or its host."""

    def __init__(self, files: Mapping[Path, Site]) -> None:
        self.files = dict(files)
        self.by_name: dict[str, Site] = {**BUILT_IN, **{site.name: site for site in files.values()}}
        self._by_host = {host: site for site in self.by_name.values() for host in site.all_hosts}
        self._by_host.update(_hosts(files))

    def named(self, name: str | None) -> Site:
        """The site of that name, the default one for null; raises UsageError with the names there are."""
        if name is None:
            return self.by_name[DEFAULT_SITE.name]
        if name not in self.by_name:
            raise UsageError(
                f"no site is called {name!r}; there are: {', '.join(sorted(self.by_name))}"
                " (nanhai site new URL declares one)"
            )
        return self.by_name[name]

    def of(self, url: str) -> Site | None:
        """The site that a canonical URL is of; null where nobody declared its host."""
        return self._by_host.get(host_of(url))

    def hosts_of(self, name: str | None) -> tuple[str, ...]:
        """The hosts of the site of that name, in any case; a name that no site has is a host."""
        if name is None:
            return ()
        own = {site.name.casefold(): site.all_hosts for site in self.by_name.values()}
        return tuple(own.get(name.casefold(), [host_named(name)]))

    @property
    def names(self) -> dict[str, str]:
        """The name of the site of each host."""
        return {host: site.name for host, site in self._by_host.items()}

    def rules_for(self, url: str, captured: datetime) -> SiteRules:
        """What the reader is told of the page at ``url`` as it was captured then (aware)."""
        site = self.of(url)
        return NO_RULES if site is None else site.rules_on(captured.astimezone(SHANGHAI).date())


def load_sites(folder: Path) -> KnownSites:
    """The sites of this program and those of ``folder`` (an archive's ``sites``, which need not be there).

    Raises FormError, one line, for the first file that is wrong.
    """
    return KnownSites({path: read_site(path) for path in site_files(folder)})


def site_files(folder: Path) -> list[Path]:
    """The files in ``folder`` that declare a site, by name."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.name[0] != ".")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise FormError(f"{folder}: {error.strerror or error}") from error


def _hosts(files: Mapping[Path, Site]) -> Iterable[tuple[str, Site]]:
    """Each host that a file declares with its site; raises FormError where two claim one."""
    claimed: dict[str, Path] = {}
    for path, site in files.items():
        for host in site.all_hosts:
            if claimed.setdefault(host, path) != path:
                raise FormError(f"{path}: hosts: {host} is a host of {claimed[host].name} already")
            yield host, site

"""``sites/NAME.toml``: a site that a person declared, in the archive it is for."""

import re
from pathlib import Path

from nanhai_crawler.errors import FormError
from nanhai_crawler.forms import fill, read_table
from nanhai_crawler.sites.declaration import Site

#: It names a file, stands in records, and is typed on command lines.
_NAME = re.compile(r"\w[\w.-]{0,62}")


def is_site_name(name: str) -> bool:
    """Whether a site may be called so: letters (Chinese ones too), digits, ``_ . -``, at most 63."""
    return _NAME.fullmatch(name) is not None


def read_site(path: Path) -> Site:
    """The site that the file declares; its name is the file's. Raises FormError, one line, for what cannot be."""
    if not is_site_name(path.stem):
        raise FormError(f"{path}: a site's name has letters, digits, _ . - and at most 63 characters")
    table = read_table(path)
    if table.setdefault("name", path.stem) != path.stem:
        raise FormError(
            f"{path}: name is {table['name']!r}, but the file is called {path.stem}.toml; leave it out"
        )
    return fill(Site, table, path)

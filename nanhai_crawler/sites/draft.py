"""The first ``sites/NAME.toml`` of a site: what was recognised, and, commented, what a person may have to add."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nanhai_crawler.urls.canonical import host_of

_UNSAFE = re.compile(r"[^a-z0-9]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

_FORM = """\
# A site, declared for `nanhai crawl --site {name}`; made by `nanhai site new`, and yours to change.
# It works as it is. A line that begins with # says what may be added; `nanhai site check` tells what is wrong.
# 网站说明：可直接使用；行首的 # 表示未启用，需要时去掉 # 并修改，再运行 nanhai site check。

title = {title}

# Where the crawl begins; it keeps to the hosts of these addresses.
seeds = {seeds}

# More hosts of the same site, without http://.
# hosts = ["www.example.org"]

# Pages were read as: {charsets}. Only for pages that say nothing of their charset, or the wrong one:
# charset = "gb18030"

# The least time between two requests, in seconds, where the site wants more than the archive's.
# delay_s = 2.0

# "verified" (the default), "legacy" (old protocols and ciphers too), "unverified" (any certificate), "legacy-unverified".
# tls = "legacy"

# Words before a value that this site alone uses, without their colon. Recognised without them: {known}.
{unknown}[labels]
{time_labels}# source = ["供图单位"]
# author = ["采写"]
# editor = ["值班"]
# breadcrumb = ["您在此处"]

# Where a field stands, when the reader does not find it by what the page says: title, time, source, breadcrumb or body;
# css (also ::text, ::attr(name)) or xpath. What a selector does not find is left to the reader. With valid_until, pages
# captured after that day are read without it; several of one field are tried in order.
# [[selectors]]
# field = "title"
# css = "div.title"
# valid_until = 2030-12-31
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    """What was seen of a site: ``known`` and ``unknown`` labels, and those unknown ones (``dated``) that a date follows."""

    title: str
    seeds: Sequence[str]
    charsets: Sequence[str]
    known: Sequence[str]
    unknown: Sequence[str]
    dated: Sequence[str]


def name_for(url: str) -> str:
    """A name for the site of a canonical URL, from its host: ``wmw`` for ``www.wmw.example``, ``127-0-0-1-8080``."""
    host = host_of(url).removeprefix("www.")
    first = host.partition(".")[0]
    named = first if first.isalpha() and len(first) > 1 else host
    return _UNSAFE.sub("-", named).strip("-")[:63] or "site"


def draft(name: str, seen: Recognised) -> str:
    """The form, filled in as far as it goes."""
    unknown = [label for label in seen.unknown if label not in seen.dated]
    return _FORM.format(
        name=name,
        title=_text(seen.title),
        seeds=_list(seen.seeds, apart=True),
        charsets=", ".join(seen.charsets) or "no page was read",
        known=", ".join(seen.known) or "none was seen",
        unknown=f"# Seen before a colon, and not known: {', '.join(unknown)}.\n" if unknown else "",
        time_labels=f"time = {_list(seen.dated)}\n" if seen.dated else '# time = ["见报日"]\n',
    )


def _text(text: str) -> str:
    """A TOML basic string: JSON's is one, without the controls that TOML forbids."""
    return json.dumps(_CONTROLS.sub(" ", text).strip(), ensure_ascii=False)


def _list(texts: Sequence[str], *, apart: bool = False) -> str:
    if apart and len(texts) > 1:
        return "".join(("[\n", *(f"  {_text(text)},\n" for text in texts), "]"))
    return f"[{', '.join(map(_text, texts))}]"

"""BibTeX: ``@misc`` with the fields that BibTeX's styles print and those that biblatex knows besides (url, urldate)."""

import re
from collections.abc import Iterable

from nanhai_crawler.citations.cited import Cited

# What TeX would act on; a backslash first, as its own replacement has the others.
_SPECIAL = re.compile(r"[\\{}$&#^_~%]")
_ESCAPES = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def format_bibtex(cited: Iterable[Cited]) -> str:
    """An entry each, one after the other."""
    return "".join(map(_entry, cited))


def _entry(cited: Cited) -> str:
    """One entry. Names stand in braces of their own: they are Chinese or of bodies, and no part of them is a given name first."""
    month = _MONTHS[int(cited.published[5:7]) - 1] if cited.published else ""
    fields = {
        "author": _braced(" and ".join(_braced(_escaped(name)) for name in cited.responsible)),
        "title": _braced(_braced(_escaped(cited.title))),
        "subtitle": _braced(_escaped(cited.subtitle or "")),
        "year": _braced((cited.published or "")[:4]),
        "month": month,
        "date": _braced(cited.published or ""),
        "publisher": _braced(_escaped(cited.publisher)),
        "url": _braced(cited.url.replace("{", "%7B").replace("}", "%7D")),
        "urldate": _braced(cited.accessed),
        "note": _braced(_escaped(cited.note)),
        "langid": _braced("chinese"),
    }
    lines = [f"  {name} = {value},\n" for name, value in fields.items() if value not in {"", "{}"}]
    return f"@misc{{{cited.key},\n{''.join(lines)}}}\n"


def _braced(text: str) -> str:
    return f"{{{text}}}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], f"\\{found[0]}"), text)

"""Bytes to text by evidence: what a page declares of its charset is heard, but its bytes decide.

Valid UTF-8 is UTF-8 whatever a label says: Scrapy reads such bytes under a gb2312 label as fluent nonsense
(8 of 75 real pages). Bytes that are not UTF-8 are read in each charset that may be meant, and the reading
whose characters look like Chinese wins.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from nanhai_crawler.text.plausibility import has_cjk, plausibility


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """A text, the charset it was read in, what was declared (site before header before meta, or null), and why.

    ``utf8`` is the text in UTF-8, as a parser takes it; ``label`` what header, else meta, says, as written.
    """

    text: str
    utf8: bytes
    charset: str
    declared: str | None
    evidence: str
    label: str | None = None


#: How far browsers look for a meta tag is 1,024 bytes (WHATWG); government pages put long comments before it.
_META_WITHIN = 4096
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})", re.IGNORECASE)

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (b"\x84\x31\x95\x33", "gb18030"))
_WIDE_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: GB2312 and GBK are parts of GB18030 (GB 18030-2022), and pages so labelled use characters of the whole.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
}
#: Families of charsets that the WHATWG Encoding Standard knows; Python has others that are none (hex, idna).
_OF_THE_WEB = (
    "utf-8", "utf-16", "gb", "hz", "big5", "ascii", "iso8859", "iso2022_jp", "cp125", "koi8", "shift_jis", "euc",
)  # fmt: skip
#: Plausibility (share of common characters among the Han) of real Chinese pages is 0.5 to 0.8, of misread
#: ones under 0.2.
_PLAUSIBLE = 0.35
#: A reading loses this much of its plausibility for each share of unreadable bytes: 4 % unreadable is no
#: reading.
_COST_OF_BROKEN = 20.0


def decode(payload: bytes, *, header_charset: str | None, site_charset: str | None = None) -> Decoded:
    """The text of a page's bytes. Never raises; loses bytes only where no charset reads all, and says so.

    ``site_charset`` is what a person said of the whole site: heard before what the page declares.
    """
    meta = _meta_charset(payload)
    declared = _known(site_charset) or _known(header_charset) or _known(meta)
    said = _declarations(site=site_charset, header=header_charset, meta=meta)
    return replace(_decoded(payload, declared, said), label=header_charset or meta)


def _decoded(payload: bytes, declared: str | None, said: str) -> Decoded:
    body, bom = _without_bom(payload)
    if bom is not None and bom.startswith("utf-16"):
        return _read(body, bom, declared, f"{bom} BOM; {said}")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _by_plausibility(body, bom, declared, said)
    mark = "BOM and valid" if bom == "utf-8" else "valid"
    if declared == "gb18030" and not text.isascii() and not has_cjk(text):
        return _by_plausibility(body, bom, declared, said)
    reason = "ASCII only" if text.isascii() else f"{mark} UTF-8"
    return Decoded(text=text, utf8=body, charset="utf-8", declared=declared, evidence=f"{reason}; {said}")


def _without_bom(payload: bytes) -> tuple[bytes, str | None]:
    """The bytes after a byte order mark, and what it says; UTF-16 only where ASCII markup has its NULs."""
    for mark, charset in _BOMS:
        if payload.startswith(mark):
            return payload[len(mark) :], charset
    for mark, charset in _WIDE_BOMS:
        if payload.startswith(mark):
            return payload[2:], charset if b"\0" in payload[2:_META_WITHIN] or len(payload) < 4 else None
    return payload, None


def _meta_charset(payload: bytes) -> str | None:
    head = payload[:_META_WITHIN]
    match = _XML.match(head) or _META.search(head)
    return match[1].decode("ascii", "replace") if match else None


def is_charset(label: str) -> bool:
    """Whether a label names a charset that pages may be read in."""
    return _known(label) is not None


@lru_cache(maxsize=64)
def _known(label: str | None) -> str | None:
    """The codec that a label means, supersets for their subsets; null for no label and for unknown ones."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip(" \"'")).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if name.startswith(_OF_THE_WEB) else None


def _declarations(**labels: str | None) -> str:
    return ", ".join(f"{place} says {label}" for place, label in labels.items() if label) or "none declared"


def _by_plausibility(body: bytes, bom: str | None, declared: str | None, said: str) -> Decoded:
    """The reading that looks most like Chinese; what was declared goes first among equals."""
    readings: list[tuple[float, Decoded]] = []
    for charset in _candidates(bom, declared):
        read = _read(body, charset, declared, said)
        broken = _broken(body, read.text)
        score = plausibility(read.text) - broken * _COST_OF_BROKEN / max(1, len(body))
        readings.append((score, read))
        if charset == "gb18030" and score >= _PLAUSIBLE and not broken and declared != "big5hkscs":
            break
    return max(readings, key=lambda reading: reading[0])[1]


def _candidates(bom: str | None, declared: str | None) -> Iterator[str]:
    likely = (declared if declared != "utf-8" else None, "gb18030", "utf-8", "big5hkscs", bom)
    yield from dict.fromkeys(charset for charset in likely if charset)


def _broken(body: bytes, text: str) -> int:
    """How many replacement characters the text has that the bytes did not."""
    return text.count("\ufffd") - body.count(b"\xef\xbf\xbd") if "\ufffd" in text else 0


def _read(body: bytes, charset: str, declared: str | None, said: str) -> Decoded:
    try:
        text = body.decode(charset)
        evidence = f"{'valid' if charset == 'utf-8' else 'plausible'} {charset}; {said}"
    except UnicodeDecodeError:
        text = body.decode(charset, "replace")
        evidence = f"{charset} with {text.count(chr(0xFFFD))} unreadable places; {said}"
    utf8 = text.encode("utf-8", "replace")
    return Decoded(text=text, utf8=utf8, charset=charset, declared=declared, evidence=evidence)

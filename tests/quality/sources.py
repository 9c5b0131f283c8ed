"""The pages that are read and scored: the practice site's, the seed's, the golden ones, real ones where they lie beside the checkout."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nanhai_crawler.practice.site import build_site
from nanhai_crawler.text.charset import decode
from tests.quality.truth import truth_from
from tests.quality.variants import Original
from tests.seed import MARKUPS, SEED_PATH, SEED_TEXT, Seed, read_seed, widened

_BASE = "http://lianxi.example/"
#: So many articles have every hand-written shape and some composed ones of each column.
_ARTICLES = 90
_GOLDEN = Path(__file__).parent / "pages"
_REAL = Path(__file__).resolve().parents[3] / "shared" / "pages"


def practice_pages() -> Iterator[Original]:
    """The first pages of the practice site's undivided articles."""
    site = build_site(articles=_ARTICLES)
    for record in site.truth(_BASE):
        url = str(record["url"])
        if site.get("/" + url.removeprefix(_BASE).replace("_1.html", "_2.html")) is not None:
            continue
        resource = site.get("/" + url.removeprefix(_BASE))
        assert resource is not None
        yield Original(
            name=f"practice {url.rpartition('/')[2]}",
            url=url,
            html=decode(resource.body, header_charset=None).text,
            truth=truth_from(record),
            site_name="练江区委组织部",
        )


def golden_pages() -> Iterator[Original]:
    """The invented pages in the manner of real systems, each with its truth beside it."""
    for path in sorted(_GOLDEN.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        html = path.with_suffix(".html").read_text(encoding="utf-8")
        yield Original(
            name=f"golden {path.stem}",
            url=record["url"],
            html=html,
            truth=truth_from(record),
            site_name=record["site_name"],
        )


def seed_pages() -> Iterator[Original]:
    """The seed article in the markups invented for it; none where its text does not lie beside the checkout."""
    if not SEED_TEXT.exists():
        return
    for name, (make, wide) in MARKUPS.items():
        seed = widened(read_seed()) if wide else read_seed()
        yield Original(
            name=f"seed in {name}",
            url=f"http://zuzhibu.example{SEED_PATH}",
            html=make(seed),
            truth=truth_from(_seed_record(seed)),
            site_name=seed.site_name,
        )


def real_pages() -> Iterator[Original]:
    """Real pages with what is known of them; none where they do not lie beside the checkout."""
    if not (_REAL / "truth.json").exists():
        return
    for told in json.loads((_REAL / "truth.json").read_text(encoding="utf-8")):
        record = {"body": told["body"], "annotated": True} if "body" in told else {}
        if "title" in told:
            record["title"] = told["title"]
        yield Original(
            name=f"real {told['file']}",
            url=told["url"],
            html=decode((_REAL / told["file"]).read_bytes(), header_charset=None).text,
            truth=truth_from(record),
            site_name="",
        )


def _seed_record(seed: Seed) -> dict[str, Any]:
    """The seed's truth: three headings told in two paragraphs each, one line of credits at the end."""
    *text, credit = seed.paragraphs
    sections: list[dict[str, Any]] = [{"heading": None, "paragraphs": []}]
    for place, line in enumerate(text):
        if _is_headed(text, place):
            sections.append({"heading": f"{line} {text[place + 1]}", "paragraphs": []})
        elif not _is_headed(text, place - 1):
            sections[-1]["paragraphs"].append(line)
    house, _, names = credit.removeprefix("文/").partition("记者 ")
    reporter, _, correspondent = names.partition(" 通讯员 ")
    people = [("记者", reporter, house), ("通讯员", correspondent, None)]
    return {
        "title": seed.title,
        "published": "2023-10-31T13:02:00+08:00",
        "source": "区委组织部_Admin",
        "origin": house,
        "column_path": ["组工党建", "基层党建"],
        "authors": [reporter, correspondent],
        "credits": [{"role": role, "name": name, "organization": body} for role, name, body in people],
        "sections": sections,
        "images": [],
        "attachments": [],
    }


def _is_headed(lines: list[str], place: int) -> bool:
    """Whether a heading of two lines begins there: both short, neither ending as a sentence does."""
    pair = lines[max(place, 0) : place + 2]
    return (
        place >= 0
        and len(pair) == 2
        and all(len(line) < 20 and not line.endswith(("。", "？", "?", "：", ":")) for line in pair)
    )


#: Each source by its name.
SOURCES: Mapping[str, Callable[[], Iterable[Original]]] = {
    "practice site": practice_pages,
    "seed": seed_pages,
    "golden pages": golden_pages,
    "real pages": real_pages,
}

"""A record to cite, in the keys of the archive."""

from nanhai_crawler.citations import Cited

RECORD: dict[str, object] = {
    "id": "0123456789abcdef",
    "url": "http://zuzhibu.nanhai.gov.cn/cms/html/6486/2023/20231101130203029260711/20231101130203029260711_1.html",
    "site": "zuzhibu.nanhai.gov.cn",
    "title": "把“一盘棋”下好：100%走访 & 回访",
    "subtitle": None,
    "authors": ["阮望舒", "林诗韵"],
    "origin": "某市新闻中心",
    "published": "2023-10-31T13:02:00+08:00",
    "revision": 2,
    "text_digest": "sha256:" + "ab" * 32,
}
#: 17:00 in London is the next day in China.
CAPTURED = "2026-11-21T17:00:00.000Z"


def cited(**changes: object) -> Cited:
    return Cited.of_record({**RECORD, **changes}, captured=CAPTURED, publisher="中共佛山市南海区委组织部")

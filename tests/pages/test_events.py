"""A notice's event has a time of its own: it is text, and the page's time and source are told beside it."""

import pytest

from tests.pages.markup import FIRST, SECOND, THIRD, article, page, paragraphs

_INFO = {
    "one line": "<div>时间:2024-03-04 来源:区委组织部</div>",
    "labelled": "<div>发布日期：2024-03-04 来源：区委组织部 浏览次数：3</div>",
    "an element each": "<div><span>时间：2024-03-04</span></div><div>来源：区委组织部</div>",
    "a bare date": "<span>2024-03-04</span> <div>来源：区委组织部</div>",
}
_EVENTS = {
    "place": ("时间：2024年3月8日9:00", "地点：桥头村榕树下"),
    "place and speaker": ("日期：2024-03-08", "主讲人：廖书言", "地点：桥头村榕树下"),
    "numbered": ("一、时间：2024年3月8日9:00", "二、地点：桥头村榕树下"),
    "time alone": ("时间：2024年3月8日9:00",),
}


@pytest.mark.parametrize("info", _INFO.values(), ids=_INFO)
@pytest.mark.parametrize("event", _EVENTS.values(), ids=_EVENTS)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_an_events_time_is_text_and_not_the_pages(info: str, event: tuple[str, ...], tag: str) -> None:
    body = "".join(f"<{tag}>{text}</{tag}>" for text in event) + paragraphs(FIRST, SECOND, THIRD)
    found = article(page(f"<div>{body}</div>", info=info))
    assert (found.published, found.source) == ("2024-03-04", "区委组织部")
    assert found.body.startswith("\n".join(event))


def test_a_pages_two_times_in_elements_of_their_own_are_both_its_own() -> None:
    info = "<div>发布时间：2024-03-04</div><div>来源：区委组织部</div><div>更新时间：2024-03-06</div><div>浏览次数：3</div>"
    found = article(page(paragraphs(FIRST, SECOND, THIRD), info=info))
    assert (found.published, found.source) == ("2024-03-04", "区委组织部")
    assert "浏览" not in found.body
    assert "更新" not in found.body

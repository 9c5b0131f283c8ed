"""What a notice tells of its event at the beginning of its text (时间, 地点, 主讲人), which is not what the page tells of itself."""

import re
from collections.abc import Sequence

from nanhai_crawler.text.dates import read_time
from nanhai_crawler.text.labels import KIND_OF, LABEL

#: The words that pages and events share.
_SHARED = frozenset(("时间", "日期"))
#: Points of a text are numbered, lines of a page's head never are: 一、时间：…, 2.时间：….
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]|\d{1,2}(?:、|[.．](?!\d))")


def is_numbered(text: str) -> bool:
    """Whether the line is a point of a text."""
    return _NUMBERED.match(text) is not None


def is_date_alone(text: str) -> bool:
    """Whether the line is a date and nothing else, brackets aside."""
    shown = read_time(text)
    return shown is not None and shown.raw == text.strip("[]【】()（） ")


def lines_before_event(told: Sequence[str]) -> int:
    """How many of the lines, each beginning with a label, tell of the page: those up to an event's place or second time."""
    labels = [_label_of(text) for text in told]
    event = next((place for place, label in enumerate(labels) if KIND_OF.get(label) == "event"), None)
    if event is not None:
        while event > 0 and labels[event - 1] in _SHARED and _has_one_label(told[event - 1]):
            event -= 1
        return event
    dated = False
    for place, (label, text) in enumerate(zip(labels, told, strict=True)):
        has_date = read_time(text) is not None
        if dated and has_date and label in _SHARED:
            return place
        dated = dated or (has_date and (label != "" or is_date_alone(text)))
    return len(told)


def _has_one_label(text: str) -> bool:
    return sum(1 for _ in LABEL.finditer(text)) == 1


def _label_of(text: str) -> str:
    """The label that begins the text, without inner spaces; empty where none does."""
    match = LABEL.match(text.lstrip("（([【 "))
    return "" if match is None else "".join(match["label"].split())

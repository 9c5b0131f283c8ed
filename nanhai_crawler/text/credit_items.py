"""A byline cut into its words, role words and marks, each knowing what parts it from its neighbours."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from nanhai_crawler.text.names import SURNAMES
from nanhai_crawler.text.organizations import bare_name, is_organization, is_publisher
from nanhai_crawler.text.roles import MARKS, NEED_A_MARK, ROLE


class Item(NamedTuple):
    """One word of a byline; ``kind`` is word, role (记者) or mark (文, 图, 摄).

    ``before`` and ``after`` say what stands between it and its neighbours, the strongest first: ``(``
    bracket, ``:`` colon, ``/`` stroke, ``,`` comma or 、, a space; empty where they touch.
    """

    kind: str
    text: str
    before: str
    after: str


_SEPARATOR = re.compile(r"[\s、，,；;&＆/／|｜丨:：∶()（）\[\]【】〔〕]+")
_STRENGTH = (("(", "(（[【〔"), (":", ":：∶"), ("/", "/／|｜丨"), (",", "、，,；;&＆"))
#: What stands between two words is one of a few marks.
_REMEMBERED = 1024
_REPORTER = "记者"
#: No role that was met spread with spaces has more characters.
_MOST_SPREAD = 4
_DASHES = frozenset("-—－–─_·.。")
_PHOTO_END = re.compile(r"(?P<rest>.{2,}?)(?P<mark>摄|文图|图文)\Z")


def read_items(text: str) -> Iterator[tuple[Item, Item | None]]:
    """The items of a byline in order, each with the one that follows it; no further than they are asked for."""
    divided = (_divided(word, following) for word, following in _followed(_joined(_words(text))))
    pairs = _followed(chain.from_iterable(divided))
    for item, following in pairs:
        if item.kind == "mark" and following is not None and _is_pair(item, following):
            _, beyond = next(pairs)
            yield item._replace(text="文图", after=following.after), beyond
        else:
            yield item, following


def _followed(items: Iterable[Item]) -> Iterator[tuple[Item, Item | None]]:
    """Each item with the next one; the last with null."""
    return pairwise(chain(items, (None,)))  # type: ignore[arg-type]  # only the second of a pair is null


def _words(text: str) -> Iterator[Item]:
    before, start = "", 0
    for match in chain(_SEPARATOR.finditer(text), (None,)):
        end = match.start() if match else len(text)
        after = _separation(match[0]) if match else ""
        word = text[start:end]
        if word and not _DASHES.issuperset(word):
            yield Item("word", word, before, after)
            before = after
        else:
            before = min(before, after, key=_rank) if before else after
        start = match.end() if match else end


@lru_cache(maxsize=_REMEMBERED)
def _separation(between: str) -> str:
    return next((name for name, chars in _STRENGTH if any(char in between for char in chars)), " ")


def _rank(separation: str) -> int:
    return "(:/, ".find(separation) if separation else 9


def _joined(words: Iterator[Item]) -> Iterator[Item]:
    """Words with the characters put together that were spread with spaces: 编 辑, 季　晚."""
    while (word := next(words, None)) is not None:
        if len(word.text) == 1:
            run = [word, *islice(words, _MOST_SPREAD - 1)]
            count = _spread(run)
            words = chain(run[count:], words)
            if count > 1:
                text = "".join(one.text for one in run[:count])
                word = word._replace(text=text, after=run[count - 1].after)
        yield word


def _spread(words: list[Item]) -> int:
    """How many words from the first on are the single characters of one word."""
    run = 1
    while run < len(words):
        if words[run - 1].after != " " or len(words[run].text) != 1:
            break
        run += 1
    for count in range(run, 1, -1):
        if ROLE.fullmatch("".join(word.text for word in words[:count])):
            return count
    first = words[0].text
    return 2 if run > 1 and first in SURNAMES and first not in MARKS else 1


def _divided(word: Item, following: Item | None) -> Iterator[Item]:
    """A word cut at the role words in it: 某报记者甲通讯员乙."""
    text = word.text
    if text in MARKS:
        yield word._replace(kind="mark")
        return
    if text[0] == "据" and is_publisher(bare_name(text[1:])):
        yield word._replace(kind="role", text="据", after="")
        yield word._replace(text=text[1:], before="")
        return
    spans = [_own_span(match, text) for match in ROLE.finditer(text) if _counts(match, word)]
    if not spans or _is_one_name(text, spans[0]):
        yield from _without_mark(word, following)
        return
    cuts = sorted({0, len(text), *(edge for span in spans for edge in span)})
    for start, end in pairwise(cuts):
        piece = Item(
            kind="role" if (start, end) in spans else "word",
            text=text[start:end],
            before=word.before if start == 0 else "",
            after=word.after if end == len(text) else "",
        )
        if piece.kind == "word" and end == len(text):
            yield from _without_mark(piece, following)
        else:
            yield piece


def _counts(match: re.Match[str], word: Item) -> bool:
    """Whether a role word that needs a colon or stroke after it has one."""
    if match[0] not in NEED_A_MARK:
        return True
    return match.end() == len(word.text) and word.after in {":", "/"} and match.start() == 0


def _own_span(match: re.Match[str], text: str) -> tuple[int, int]:
    """Where a role word stands, without the end of the publisher's name before it: 某地融媒 and 记者."""
    start, end = match.span()
    if start and match[0].endswith(_REPORTER) and not is_organization(text[:start]):
        rank = end - len(_REPORTER)
        if rank > start and is_publisher(text[:rank]):
            return rank, end
    return start, end


def _is_one_name(text: str, first_role: tuple[int, int]) -> bool:
    """Whether it is an organization that only contains a role word: 摄影家协会, 统筹办."""
    start, end = first_role
    whole = (start, end) == (0, len(text))
    if whole or "记者" in text or "通讯员" in text or not is_organization(text):
        return False
    return not (start == 0 and is_organization(text[end:]))


def _without_mark(word: Item, following: Item | None) -> Iterator[Item]:
    """A word and the 摄 or 文 (of 文/图) glued to its end."""
    match = _PHOTO_END.fullmatch(word.text)
    if (
        match is None
        and word.after == "/"
        and following is not None
        and following.text in {"图", "摄", "图片", "摄影"}
    ):
        match = re.fullmatch(r"(?P<rest>.{2,})(?P<mark>文)", word.text)
    if match is None:
        yield word
        return
    yield word._replace(text=match["rest"], after="")
    yield word._replace(kind="mark", text=match["mark"], before="")


def _is_pair(first: Item, second: Item) -> bool:
    """Whether two marks are one: 文/图, 文、图, 图 文."""
    kinds = {first.text, second.text}
    return first.after in {"/", ",", " ", ""} and kinds in (
        {"文", "图"}, {"文", "摄"}, {"文", "图片"}, {"文", "摄影"}, {"文", "视频"},
    )  # fmt: skip

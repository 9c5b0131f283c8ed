"""Credits inside a paragraph: the dateline that opens it, the bracket that ends it."""

import re

from nanhai_crawler.items import Credit
from nanhai_crawler.text.credit_groups import read_groups
from nanhai_crawler.text.credit_line import CreditLine, origin_of, read_credits
from nanhai_crawler.text.names import is_likely_name
from nanhai_crawler.text.organizations import OWN_HOUSE, bare_name, is_publisher
from nanhai_crawler.text.roles import is_staff
from nanhai_crawler.text.whitespace import fold

#: No dateline met reaches further into its paragraph; so much is looked at.
_REACH = 160
_HAN = r"[\u3400-\u9fff·]"
#: ``某报讯``, ``【某报讯】``, ``某社北京5月19日电``, ``某网南海9月3日讯``; not 讯问, 讯息.
_HEAD = re.compile(
    rf"[【\[（(]?\s?据?(?P<house>[\w《》+＋·—－-]{{2,24}}?)\s?"
    rf"(?:讯(?![问息号飞道])|(?<=[社网报台闻])消息(?=\s?[:：])|(?:\d{{1,2}}月)?\d{{1,2}}日[专]?电(?=[（(\[【])|"
    rf"(?<=[社网报台闻])(?P<place>{_HAN}{{0,14}}?)\s?(?P<day>(?:\d{{1,2}}月)?\d{{1,2}}日)\s?(?:[专]?电|讯|"
    rf"消息))"
    r"\s?[】\]）)]?\s?"
)
_OTHER_REPORTS = frozenset({"简报", "海报", "情报", "通报", "汇报", "举报", "预报", "电报"})
_BRACKET = re.compile(r"\s?(?P<all>[（(\[【](?P<inside>[^（）()\[\]【】。！？]{2,90})[）)\]】])")
_REPORTS = re.compile(
    r"(?P<who>[^。！？!?“”]{2,90}?)(?P<when>(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日)?\s?(?:综合|摄影|"
    r"发自\S{2,8}\s?)?报道(?![称员组出的了队说指])\s?(?P<colon>[:：])?"
)
#: A dateline that nothing closes ends before a date, a sentence's punctuation, a quotation, at the latest.
_BEFORE_STOP = re.compile(r"[^\d，,。！？：:；;“”()（）]{0,70}")
_WORD_AND_GAP = re.compile(r"[^\s、]+[\s、]*")
_MOST_WORDS = 12
_BETWEEN_NAMES = re.compile(r"[、，,\s]+")
_REPORTER_WORD = re.compile(r"记者|通讯员|实习生")
#: Whoever sends reporters out is a house, whatever it is called: 某地组工讯（记者/甲）.
_REPORTERS = re.compile(
    r"[（(\[【]\s?(?:\S{2,10})?(?:记者|通讯员)|(?:记者|通讯员)\s?(?=[㐀-鿿、\s]{2,60}报道)"
)
_LAST_BRACKET = re.compile(r"[（(【\[](?P<inside>[^（）()【】\[\]]{2,100})[）)】\]]\s?[。.]?\Z")


def read_dateline(paragraph: str) -> CreditLine | None:
    """The credits that open a body paragraph, with the dateline's own text as ``raw``; null when none do.

    ``某报讯`` gives its reporters the paper as organization, unless it is 本报, 本站, 本网. A dateline that
    names a publisher and nobody has no credits. Names must end somewhere: at a bracket, at 报道, at a space
    before something else.
    """
    line = fold(paragraph[: _REACH * 2])[:_REACH]
    head = _HEAD.match(line)
    house = _house(head["house"], head["place"] or "") if head else None
    if head is not None and house is None and _REPORTERS.match(line, head.end()):
        house = bare_name(head["house"])
    if head is not None and house is not None:
        return _after_head(line, head.end(), house)
    return _bracket_first(line) or _reported(line, 0, "")


def read_trailing_credit(paragraph: str) -> tuple[str, CreditLine] | None:
    """A paragraph's text without the credits in its last bracket, and these; null when it ends in none."""
    text = fold(paragraph)
    if not text.endswith(("）", ")", "】", "]", "。", ".")):
        return None
    match = _LAST_BRACKET.search(text, max(0, len(text) - _REACH))
    if match is None or match.start() == 0:
        return None
    inside = match["inside"]
    line = read_credits(inside, raw=match[0].strip(" 。."), sure=_REPORTER_WORD.search(inside) is not None)
    return (text[: match.start()].rstrip(), line) if line is not None else None


def _house(written: str, place: str) -> str | None:
    """The publisher before 讯 or 电: empty for 本报 and its like, null when it is no publisher.

    ``place`` stands behind it, unless both are one name: 某地新闻 and 传媒中心.
    """
    if OWN_HOUSE.fullmatch(written):
        return ""
    name = bare_name(written)
    if place and is_publisher(name + place):
        return name + place
    short = len(name) == 2 and name[1] == "报" and name not in _OTHER_REPORTS
    return name if short or is_publisher(name) else None


def _after_head(line: str, start: int, house: str) -> CreditLine | None:
    bracket = _BRACKET.match(line, start)
    if bracket is not None:
        found = read_credits(bracket["inside"], raw=line[: bracket.end()].strip(), sure=True)
        people = found.credits if found else _names_alone(bracket["inside"])
        if people:
            return _of_house(people, house, line[: bracket.end()].strip())
    reported = _reported(line, start, house) or _open_ended(line, start, house)
    if reported is not None:
        return reported
    return CreditLine(credits=(), origin=house, raw=line[:start].strip()) if house else None


def _names_alone(inside: str) -> tuple[Credit, ...]:
    """Names that stand in a dateline's bracket without a role; empty when any word may be none."""
    names = _BETWEEN_NAMES.split(inside.strip())
    if not all(map(is_likely_name, names)):
        return ()
    return tuple(Credit(role=None, name=name, organization=None, raw=inside) for name in names)


def _bracket_first(line: str) -> CreditLine | None:
    bracket = _BRACKET.match(line)
    if bracket is None or not _REPORTER_WORD.search(bracket["inside"]):
        return None
    return read_credits(bracket["inside"], raw=bracket["all"])


def _reported(line: str, start: int, house: str) -> CreditLine | None:
    """``记者甲、通讯员乙报道``, ``某网记者甲5月13日报道：``: names that 报道 ends."""
    match = _REPORTS.match(line, start) if "报道" in line else None
    if match is None or not _REPORTER_WORD.search(match["who"]) or match["who"].endswith(("，", ",")):
        return None
    raw = line[: match.end()].rstrip(" :：")
    people = read_groups(match["who"].strip(), raw=raw, sure=start > 0)
    return _of_house(people, house, raw) if people else None


def _open_ended(line: str, start: int, house: str) -> CreditLine | None:
    """``某报讯 记者 甲 通讯员 乙 5月3日``: as many words as read as nothing but names and roles."""
    words = _WORD_AND_GAP.findall(_BEFORE_STOP.match(line, start)[0])  # type: ignore[index]  # it matches anything
    if not words or not _REPORTER_WORD.search(words[0]):
        return None
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        text = "".join(words[:count]).rstrip(" 、")
        raw = line[:start] + text
        people = read_groups(text, raw=raw)
        if people and all(map(_is_certain, people)):
            return _of_house(people, house, raw)
    return None


def _is_certain(credit: Credit) -> bool:
    """Whether a credit is a person beyond doubt where nothing closes the dateline; 通讯员 have pen names."""
    if credit.organization is not None and not is_staff(credit.role or ""):
        return False
    if credit.name is None:
        return credit.organization is None
    return is_likely_name(credit.name) or ((credit.role or "").endswith("通讯员") and len(credit.name) < 4)


def _of_house(people: tuple[Credit, ...], house: str, raw: str) -> CreditLine:
    """The credits with the dateline as their text, and the paper as organization of its reporters."""
    placed = tuple(
        Credit(
            role=credit.role,
            name=credit.name,
            organization=credit.organization or (house or None if is_staff(credit.role or "记者") else None),
            raw=raw,
        )
        for credit in people
    )
    return CreditLine(credits=placed, origin=house or origin_of(placed), raw=raw)

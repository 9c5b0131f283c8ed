"""Who wrote it, in every form that the real pages were seen to have; each with what it truly says."""

from dataclasses import dataclass
from random import Random

from nanhai_crawler.items import Credit

CENTRE = "练江市融媒体中心"
PAPERS = ("练江晚报", "练江日报")

_SURNAMES = "沈阮廖庄邱温饶尹柯纪骆许褚林俞谷蒋叶商陆祝欧龚费卢翁陶程殷季梅贺"
_GIVEN = (
    "知夏", "小满", "映川", "一帆", "予安", "竹青", "嘉树", "怀瑾", "念慈", "砚秋", "书言", "若禾",
    "星河", "望舒", "青禾", "雨萌", "晚舟", "闻笛", "景行", "子衿", "云起", "南乔", "清越", "思齐",
    "明澈", "和光", "守拙", "见山", "采薇", "静姝",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Byline:
    """A dateline that opens the text, a signature that closes it, or neither; and what they say."""

    dateline: str = ""
    signature: str = ""
    credits: tuple[Credit, ...] = ()
    origin: str | None = None


def person(chance: Random) -> str:
    """An invented full name of three characters."""
    return chance.choice(_SURNAMES) + chance.choice(_GIVEN)


def people(chance: Random, count: int) -> list[str]:
    """Invented names, all different in surname and given name."""
    surnames, given = chance.sample(_SURNAMES, count), chance.sample(_GIVEN, count)
    return [first + second for first, second in zip(surnames, given, strict=True)]


def centre_signature(chance: Random) -> Byline:
    """``文/练江市融媒体中心记者 甲 通讯员 乙``."""
    first, second = people(chance, 2)
    raw = f"文/{CENTRE}记者 {first} 通讯员 {second}"
    credits_ = (_credit("记者", first, CENTRE, raw), _credit("通讯员", second, None, raw))
    return Byline(signature=raw, credits=credits_, origin=CENTRE)


def bare_dateline(chance: Random) -> Byline:
    """``练江晚报讯记者甲报道 9月3日，``."""
    (name,), paper = people(chance, 1), chance.choice(PAPERS)
    raw = f"{paper}讯记者{name}报道"
    return Byline(dateline=f"{raw} ", credits=(_credit("记者", name, paper, raw),), origin=paper)


def bracket_dateline(chance: Random) -> Byline:
    """``练江日报讯（记者/甲 通讯员/乙）昨日，``, the brackets in either width."""
    (first, second), paper = people(chance, 2), chance.choice(PAPERS)
    left, right = chance.choice(("（）", "()"))
    raw = f"{paper}讯{left}记者/{first} 通讯员/{second}{right}"
    credits_ = (_credit("记者", first, paper, raw), _credit("通讯员", second, None, raw))
    return Byline(dateline=raw, credits=credits_, origin=paper)


def joined_signature(chance: Random) -> Byline:
    """``文/记者甲乙丙``: three names that run together, which nobody can tell apart."""
    raw = f"文/记者{''.join(people(chance, 3))}"
    return Byline(signature=raw, credits=(_credit("记者", None, None, raw),))


def nobody(_chance: Random) -> Byline:
    """No credit at all."""
    return Byline()


def photo_credit(chance: Random) -> tuple[str, Credit]:
    """The end of a caption that names its photographer, and what it says."""
    (name,), paper = people(chance, 1), chance.choice(PAPERS)
    raw, organization = chance.choice(
        (
            (f"{paper}见习记者/{name} 摄", paper),
            (f"{paper}记者/{name} 摄", paper),
            (f"{name} 摄", None),
        )
    )
    return raw, _credit("摄影", name, organization, raw)


#: The forms that composed articles take in turn.
FORMS = (centre_signature, bare_dateline, nobody, bracket_dateline, joined_signature)


def _credit(role: str, name: str | None, organization: str | None, raw: str) -> Credit:
    return Credit(role=role, name=name, organization=organization, raw=raw)

"""Who a byline names: its items read in order into people, their roles and their organizations."""

import re

from nanhai_crawler.items import Credit
from nanhai_crawler.text.credit_items import Item, read_items
from nanhai_crawler.text.credit_reading import Reading
from nanhai_crawler.text.names import (
    NOT_NAMES,
    SURNAMES,
    has_name_shape,
    is_latin_name,
    is_likely_name,
    looks_joined,
)
from nanhai_crawler.text.organizations import OWN_HOUSE, bare_name, is_organization
from nanhai_crawler.text.roles import (
    AFTER_NAME,
    FRAMES,
    PHOTOGRAPHER,
    SUMMARIES,
    is_reporting,
    is_source,
    is_staff,
    role_of,
)

#: Said of people who are not named.
_NOBODY = re.compile(
    r"受访者|被访者|受访(?:单位|企业|对象)|采访对象|主办方|(?:由)?网络|互联网|资料|资料图|网友|本人|佚名|"
    r"未署名|企业|学校|单位|活动方|翻拍|截图"
)
#: Dates, editions and datelines that stand beside names: 2023年10月31日, 10月31日, A05版, 发自北京.
_BESIDE = re.compile(
    r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}月\d{1,2}日|第?[A-Z]?\d{1,3}版|发自[\u4e00-\u9fff]{2,8}|"
    r"\d{1,2}:\d\d(?::\d\d)?"
)
_RUN = re.compile(r"[\u3400-\u9fff]{4,24}")
_SENTENCE_WORDS = re.compile(
    r"[的了在从到与对把被说是为这那你我他她它怎么吗呢吧]|采访|报道|获悉|了解|介绍|表示|现场|走进|来到|推荐|召开|举行|开展|活动|"
    r"工作"
)
#: Of these, the ones that no given name has: 张为民 and 李与同 are names, 张三获悉 is none.
_REPORTING_WORDS = re.compile(r"[的了说]|采访|报道|获悉|了解|介绍|表示|看到|来到")
_STATION = re.compile(r"驻[\u4e00-\u9fff]{2,8}\Z")
#: A publisher or body told before a role word is shorter; longer ones are sentences.
_LONGEST_ORGANIZATION = 34


def read_groups(text: str, *, raw: str, sure: bool = False) -> tuple[Credit, ...] | None:
    """The credits of a text that is nothing but credits; null when anything else is left in it.

    Empty where a credit names nobody (受访者供图). ``sure`` says that only credits can stand there (a dateline's bracket),
    so that a name needs no known surname.
    """
    reading = Reading(sure=sure)
    kinds = set()
    for item, following in read_items(text):
        if not _take(reading, item, following):
            return None
        kinds.add(item.kind)
    reading.close_group()
    if kinds == {"word"} or any(person.role is None for person in reading.people):
        return None
    if not reading.people and reading.summary:
        return (Credit(role=reading.summary, name=None, organization=None, raw=raw),)
    if not reading.people and not reading.understood:
        return None
    return tuple(
        Credit(role=person.role, name=person.name, organization=person.organization, raw=raw)
        for person in reading.people
    )


def _take(reading: Reading, item: Item, following: Item | None) -> bool:
    if item.kind == "mark":
        return _take_mark(reading, item, following)
    if item.kind == "role":
        return _take_role(reading, item, following)
    return _take_word(reading, item, following)


def _take_mark(reading: Reading, item: Item, following: Item | None) -> bool:
    pending = reading.settled < len(reading.people) or reading.organization is not None
    opens = (
        following is not None
        and item.text != "发"
        and (
            (item.after in {":", "/"} and not (item.before == "/" and pending))
            or not pending
            or (reading.frame is not None and item.text != "摄")
        )
    )
    if opens:
        reading.close_group()
        reading.frame, reading.role = role_of(item.text), None
        reading.explicit = item.after in {":", "/"}
        reading.sure = reading.sure or reading.explicit
        reading.settled = len(reading.people)
        return True
    if not pending and not reading.understood:
        return False
    reading.settle(role_of(item.text))
    return True


def _take_role(reading: Reading, item: Item, following: Item | None) -> bool:
    word = item.text
    if word in SUMMARIES:
        reading.summary = word
    if word in AFTER_NAME and _follows_names(reading, item, following):
        reading.settle(role_of(word))
        return True
    if following is None and item.before == "" and reading.organization is not None and not reading.people:
        return False
    glued = item.before == ""
    claims = is_reporting(word) and (glued or not _awaits_value(reading))
    organization = reading.organization if claims else None
    if claims:
        reading.organization = None
    reading.close_group()
    if reading.frame is not None and not is_reporting(word):
        reading.frame = None
        reading.settled = len(reading.people)
    if role_of(word) == PHOTOGRAPHER or word in FRAMES:
        reading.frame, reading.role = role_of(word), None
    else:
        reading.role = word
    reading.group_organization = organization
    reading.explicit = item.after in {":", "/"}
    reading.named_since_role = False
    return True


def _follows_names(reading: Reading, item: Item, following: Item | None) -> bool:
    """Whether a role word that may stand on either side belongs to the names before it."""
    if item.after in {":", "/"} and following is not None:
        return False
    pending = reading.people[reading.settled :]
    if not pending and reading.organization is None:
        if following is None and reading.role is not None and is_reporting(reading.role):
            reading.understood = True
        return following is None and reading.understood
    if following is None or following.kind != "word":
        return True
    return reading.frame is None and reading.role is None and item.before in {"", " ", "/"}


def _awaits_value(reading: Reading) -> bool:
    """Whether the organization that waits is the value of the role before it: 供稿：某办 通讯员 甲."""
    return reading.role is not None and not reading.named_since_role


def _take_word(reading: Reading, item: Item, following: Item | None) -> bool:
    word = item.text
    if _BESIDE.fullmatch(word) or OWN_HOUSE.fullmatch(word):
        return True
    if reading.role is not None and is_source(reading.role):
        return _take_source(reading, item)
    if _NOBODY.fullmatch(word) and (following is not None or reading.role is not None):
        reading.understood = True
        return True
    if (
        following is not None
        and item.after == ""
        and following.kind == "role"
        and is_reporting(following.text)
    ):
        named = item.before == "" and reading.role is not None and _take_name(reading, item)
        return named or _take_publisher(reading, word)
    if is_organization(word) and not (
        len(word) <= 3
        and word[0] in SURNAMES
        and _may_be_name(reading, item)
        and word[-1] in "镇村区市县台站"
    ):
        return _take_organization(reading, item)
    return _take_name(reading, item)


def _take_source(reading: Reading, item: Item) -> bool:
    """The value after 来源, whatever it is; spaces do not part it."""
    word = bare_name(item.text)
    if len(word) > _LONGEST_ORGANIZATION or not (reading.explicit or is_organization(word)):
        return False
    word = word.removeprefix("于")
    if word.startswith("综合") and is_organization(word[2:]):
        word = word[2:]
    if reading.named_since_role and item.before == " " and not is_organization(word):
        last = reading.people[-1]
        last.organization = f"{last.organization} {word}"
    else:
        reading.add(None, word)
    return True


def _take_publisher(reading: Reading, word: str) -> bool:
    """The words that touch 记者: an organization by its ending, or by standing where only one can."""
    publisher = bare_name(_STATION.sub("", word))
    if OWN_HOUSE.fullmatch(publisher) or not publisher:
        return True
    plausible = (
        2 <= len(publisher) <= 16 and not _SENTENCE_WORDS.search(publisher) and publisher not in NOT_NAMES
    )
    if (
        not is_organization(publisher)
        and publisher[-1] not in "报社网台刊"
        and not (plausible and (reading.explicit or reading.sure or reading.people))
    ):
        return False
    reading.close_group()
    reading.organization = publisher
    return True


def _take_organization(reading: Reading, item: Item) -> bool:
    name = bare_name(item.text.removeprefix("自") if reading.summary else item.text)
    if item.before == "" and reading.role is not None and is_staff(reading.role):
        return False
    if item.before == "(" and reading.people and reading.people[-1].name and reading.organization is None:
        reading.people[-1].organization = name
        return True
    if reading.organization is not None:
        reading.add(None, reading.organization)
    reading.organization = name
    return True


def _take_name(reading: Reading, item: Item) -> bool:
    word = item.text
    if _may_be_name(reading, item):
        name: str | None = word
    elif _is_run(reading, item):
        name = None
    else:
        return False
    if reading.organization is not None:
        reading.group_organization, reading.organization = reading.organization, None
    reading.add(name, reading.group_organization)
    return True


def _may_be_name(reading: Reading, item: Item) -> bool:
    """Whether a word is a name where it stands: the less its place tells, the more the word must."""
    word = item.text
    if reading.explicit or (reading.named_since_role and item.before == ","):
        return has_name_shape(word) or (reading.explicit and is_latin_name(word))
    if reading.sure and len(word) < 4 and not _REPORTING_WORDS.search(word):
        return has_name_shape(word)
    if item.before == "" and (reading.role or reading.frame):
        pen_name = reading.role == "通讯员" and len(word) < 4 and has_name_shape(word)
        return pen_name or is_likely_name(word, apart=False)
    return is_likely_name(word) or (reading.role is not None and has_name_shape(word))


def _is_run(reading: Reading, item: Item) -> bool:
    """Whether it is several names written without a separator, which nobody can tell apart."""
    if reading.role is None and reading.frame is None:
        return False
    if looks_joined(item.text):
        return not _REPORTING_WORDS.search(item.text)
    return (
        (reading.explicit or reading.sure)
        and _RUN.fullmatch(item.text) is not None
        and not _SENTENCE_WORDS.search(item.text)
    )

"""Dates as Chinese pages show them, read strictly, each with its own precision. Nothing is guessed."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownTime:
    """A time as a page shows it.

    ``value`` is ISO 8601 with the precision shown, +08:00; null when ``raw`` is no time.
    ``rule`` says what read it: ``2023-10-31``, ``2023年10月31日``, ``二〇二三年``, ``compact digits``; or
    why not: ``impossible date``. ``, impossible clock`` is added where only the date could be kept.
    """

    value: str | None
    raw: str
    rule: str


#: Full-width forms to ASCII, one character to one, so that places in the text stay the same.
_NARROW = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)}
_NARROW.update({ord(dash): ord("-") for dash in "‐‑‒–—―−－"})
_NARROW.update({ord(space): ord(" ") for space in "\u00a0\u2002\u2003\u2009\u202f\u3000"})
_NARROW.update({ord("∶"): ord(":"), ord("："): ord(":"), ord("．"): ord("."), ord("・"): ord(".")})

_NUMERALS = "〇○零一二三四五六七八九"
_DIGIT_OF = {"〇": "0", "○": "0", "零": "0"} | {
    char: str(place) for place, char in enumerate("一二三四五六七八九", 1)
}

#: At most four spaces where a form may have some: a bound keeps `2024年` × 100,000 linear.
_S = r"\s{0,4}"
_DATE = (
    rf"(?:(?<![\d])(?P<y1>(?:19|"
    rf"20)\d\d){_S}(?P<sep>[-/.]){_S}(?P<m1>\d{{1,2}}){_S}(?P=sep){_S}(?P<d1>\d{{1,2}})"
    rf"|(?<!\d)(?P<y2>(?:19|20)\d\d){_S}年{_S}(?P<m2>\d{{1,2}}){_S}月{_S}(?P<d2>\d{{1,2}})(?:{_S}[日号]|"
    rf"(?=\s|$))"
    rf"|(?P<y3>[一二][{_NUMERALS}]{{3}}){_S}年{_S}(?P<m3>[{_NUMERALS}十]{{1,2}}){_S}月{_S}"
    rf"(?P<d3>[{_NUMERALS}十]{{1,3}}){_S}[日号])"
)
_HALF = r"(?:上午|下午|早上|早晨|中午|晚上|傍晚|凌晨|[AaPp]\.?[Mm]\.?)"
_CLOCK = (
    rf"(?:[\sT,，_]{{0,8}}[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?)?[\sT,，_|"
    rf"]{{0,8}}(?P<half>{_HALF})?{_S}"
    rf"(?P<hour>\d{{1,2}})(?::|{_S}[时点]{_S})(?:(?P<minute>\d{{1,2}})(?!\d)|(?P<past>半))"
    rf"(?:(?::|{_S}分{_S})(?P<second>\d{{1,2}})(?:\.\d{{1,9}})?{_S}秒?|{_S}分)?"
    rf"(?:{_S}(?P<after>[AaPp]\.?[Mm]\b\.?))?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_SHOWN = re.compile(rf"{_DATE}(?:(?P<clock>{_CLOCK})|(?!\d))")
#: No form of a date does without both.
_PART_OF_A_DATE = re.compile(r"[\d年]")
#: Digits without any mark are a date only when they stand alone, as in a PubDate tag.
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?")
_AFTERNOON = ("下午", "晚上", "傍晚")


def read_time(text: str) -> ShownTime | None:
    """The first date in a piece of text, with its clock if one follows; null when there is none.

    Labels, brackets and other words may stand around it, or touch it. A clock of hours alone is not kept.
    """
    if _PART_OF_A_DATE.search(text) is None:
        return None
    narrow = text.translate(_NARROW)
    match = _SHOWN.search(narrow)
    if match is None:
        return _compact(text, narrow)
    form = next(number for number in "123" if match[f"y{number}"])
    fields = [match[f"{unit}{form}"] for unit in "ymd"]
    year, month, day = map(int, fields) if form != "3" else _from_numerals(*fields)
    rule = ("2023-10-31".replace("-", match["sep"] or "-"), "2023年10月31日", "二〇二三年十月三十一日")[
        int(form) - 1
    ]
    raw = text[match.start() : match.end()].strip()
    try:
        shown = date(year, month, day)
    except ValueError:
        return ShownTime(value=None, raw=raw, rule="impossible date")
    if not match["clock"]:
        return ShownTime(value=shown.isoformat(), raw=raw, rule=rule)
    value = _with_clock(shown, match)
    if value is None:
        return ShownTime(value=shown.isoformat(), raw=raw, rule=f"{rule}, impossible clock")
    return ShownTime(value=value, raw=raw, rule=rule)


def _with_clock(shown: date, match: re.Match[str]) -> str | None:
    """Date and clock in ISO 8601, +08:00; null when the clock is impossible."""
    hour = _hour(int(match["hour"]), match["half"] or match["after"] or "")
    minute = 30 if match["past"] else int(match["minute"])
    precision = "seconds" if match["second"] else "minutes"
    try:
        clock = time(hour, minute, int(match["second"] or 0))
        if not match["zone"]:
            return f"{shown.isoformat()}T{clock.isoformat(precision)}+08:00"
        moment = datetime.combine(shown, clock, tzinfo=_zone(match["zone"])).astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat(timespec=precision)


def _hour(hour: int, half: str) -> int:
    """The hour of 24 that an hour told with 上午, 下午, AM or PM means."""
    if half in _AFTERNOON or half[:1] in {"P", "p"}:
        return hour + 12 if hour < 12 else hour
    if half == "中午":
        return hour + 12 if hour < 11 else hour
    if half and hour == 12:
        return 0
    return hour


def _zone(written: str) -> timezone:
    if written == "Z":
        return UTC
    digits = written[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)


def _compact(text: str, narrow: str) -> ShownTime | None:
    match = _COMPACT.fullmatch(narrow.strip())
    if match is None:
        return None
    raw = text.strip()
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        moment = datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        return ShownTime(value=None, raw=raw, rule="impossible date")
    if match[4] is None:
        return ShownTime(value=moment.date().isoformat(), raw=raw, rule="compact digits")
    precision = "minutes" if match[6] is None else "seconds"
    return ShownTime(value=moment.isoformat(timespec=precision), raw=raw, rule="compact digits")


def _from_numerals(year: str, month: str, day: str) -> tuple[int, int, int]:
    digits = "".join(_DIGIT_OF[char] for char in year)
    return int(digits), _small_number(month), _small_number(day)


def _small_number(written: str) -> int:
    """十二 → 12, 三十一 → 31, 二十 → 20, 〇九 → 9; 0, which no calendar has, for what is no number."""
    if "十" not in written:
        return int("".join(_DIGIT_OF[char] for char in written))
    tens, _, ones = written.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return int(_DIGIT_OF.get(tens, "1")) * 10 + int(_DIGIT_OF.get(ones, "0"))

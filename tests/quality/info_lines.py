"""The line under the title, told again: other labels, widths, forms of time, and elements around them."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from tests.quality.dice import Dice
from tests.quality.sheet import Sheet, replace

TIME_LABELS = (
    "时间",
    "日期",
    "发布时间",
    "发布日期",
    "发表时间",
    "更新时间",
    "信息时间",
    "发稿时间",
    "时　间",
    "添加时间",
)
SOURCE_LABELS = (
    "来源",
    "信息来源",
    "发布单位",
    "稿件来源",
    "文章来源",
    "来　源",
    "发布机构",
    "供稿单位",
    "新闻来源",
    "稿源",
)
_NUMERALS = "〇一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_WEEKDAYS = "一二三四五六日"

Span = tuple[str, str]


def retold_info_line(sheet: Sheet, dice: Dice) -> None:
    """The info line has other labels, another form of the same time, other elements, tools beside it."""
    truth = sheet.truth
    if sheet.info is None or truth.published is None or truth.source is None:
        return
    mark = dice.pick(("：", ":", "： ", ": ", "：&nbsp;"))
    spans = [
        (f"{dice.pick(TIME_LABELS)}{mark}", shown(truth.published, dice)),
        (f"{dice.pick(SOURCE_LABELS)}{mark}", escape(truth.source)),
    ]
    if dice.chance(20):
        spans.reverse()
    if dice.chance(15):
        spans = [("" if time[:1].isdigit() else label, time) for label, time in spans]
    spans += _beside(dice, mark)
    sheet.info = replace(sheet.info, dice.pick(_LAYOUTS)(spans))


def shown(published: str, dice: Dice) -> str:
    """A form in which pages show that time, with the same precision."""
    day = datetime.fromisoformat(published[:10])
    date = dice.pick(
        (
            f"{day:%Y-%m-%d}",
            f"{day:%Y/%m/%d}",
            f"{day:%Y.%m.%d}",
            f"{day.year}年{day:%m}月{day:%d}日",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}-{day.month}-{day.day}",
            f"{day:%Y-%m-%d}".translate(_WIDE),
            f"{day.year} 年 {day.month} 月 {day.day} 日",
            *(
                []
                if "T" in published
                else [_in_numerals(day), f"{day:%Y年%m月%d日} 星期{_WEEKDAYS[day.weekday()]}"]
            ),
        )
    )
    if "T" not in published:
        return date
    clock = published[11:].partition("+")[0]
    return f"{date}{dice.pick((' ', '&nbsp;', '　', '  '))}{_clock(clock, dice)}"


def _clock(clock: str, dice: Dice) -> str:
    hour, minute, *second = clock.split(":")
    half = "上午" if int(hour) < 12 else "下午"
    of_twelve = int(hour) % 12 or 12
    forms = [clock, clock, clock, clock.replace(":", "："), clock.translate(_WIDE)]
    if second:
        forms += [f"{hour}时{minute}分{second[0]}秒", f"{half}{of_twelve}:{minute}:{second[0]}"]
    else:
        forms += [f"{int(hour)}时{minute}分", f"{half}{of_twelve}:{minute}"]
    return dice.pick(forms)


def _in_numerals(day: datetime) -> str:
    year = "".join(_NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{_spelled(day.month)}月{_spelled(day.day)}日"


def _spelled(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("", "十", "二十", "三十")[tens]
    return f"{ten}{_NUMERALS[ones] if ones else ''}"


def _beside(dice: Dice, mark: str) -> list[Span]:
    """Counters and tools that stand in such lines."""
    beside = [
        (f"浏览次数{mark}", "<span id='hits'></span>"),
        (f"点击数{mark}", "128"),
        (f"阅读{mark}", "1024次"),
        (f"字号{mark}", "<a href='javascript:zoom(18)'>大</a> <a href='#'>中</a> <a href='#'>小</a>"),
        ("", "【字体：<a href='#'>大</a> <a href='#'>中</a> <a href='#'>小</a>】"),
        ("", "[<a href='javascript:window.print()'>打印</a>]"),
        (f"分享到{mark}", "<a href='#'>微信</a> <a href='#'>微博</a>"),
        ("", "打印 | 关闭"),
    ]
    return [dice.pick(beside) for _ in range(dice.below(3))]


def _one_line(spans: list[Span]) -> str:
    return f"<div>{'&nbsp;&nbsp;'.join(label + value for label, value in spans)}</div>"


def _parted(spans: list[Span]) -> str:
    return f"<p align='center'>{' | '.join(label + value for label, value in spans)}</p>"


def _inline(spans: list[Span]) -> str:
    return f"<p>{' '.join(f'<span>{label}{value}</span>' for label, value in spans)}</p>"


def _glued(spans: list[Span]) -> str:
    return f"<div>{''.join(f'<span>{label}{value}</span>' for label, value in spans)}</div>"


def _labels_apart(spans: list[Span]) -> str:
    return f"<div>{''.join(f'<em>{label}</em><b>{value}</b>　' for label, value in spans)}</div>"


def _a_block_each(spans: list[Span]) -> str:
    return f"<div>{''.join(f'<div>{label}{value}</div>' for label, value in spans)}</div>"


def _listed(spans: list[Span]) -> str:
    return f"<ul>{''.join(f'<li>{label}{value}</li>' for label, value in spans)}</ul>"


def _in_cells(spans: list[Span]) -> str:
    return f"<table><tr>{''.join(f'<td>{label}{value}</td>' for label, value in spans)}</tr></table>"


def _in_labelled_cells(spans: list[Span]) -> str:
    return f"<table><tr>{''.join(f'<td>{label}</td><td>{value}</td>' for label, value in spans)}</tr></table>"


def _in_rows(spans: list[Span]) -> str:
    return f"<table>{''.join(f'<tr><td>{label}{value}</td></tr>' for label, value in spans)}</table>"


def _bracketed(spans: list[Span]) -> str:
    return f"<center><font size='2'>{' '.join(f'【{label}{value}】' if label else value for label, value in spans)}</font></center>"


def _linked_source(spans: list[Span]) -> str:
    told = [
        f"{label}<a href='http://www.source.example/'>{value}</a>"
        if "源" in label or "位" in label
        else label + value
        for label, value in spans
    ]
    return f"<div>{' '.join(told)}</div>"


_LAYOUTS: tuple[Callable[[list[Span]], str], ...] = (
    _one_line, _parted, _inline, _glued, _labels_apart, _a_block_each, _listed, _in_cells, _in_labelled_cells,
    _in_rows, _bracketed, _linked_source,
)  # fmt: skip

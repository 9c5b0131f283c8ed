"""The way from the home page, told again: other labels, separators, elements, last steps."""

from html import escape

from tests.quality.dice import Dice
from tests.quality.sheet import Sheet, replace

LABELS = (
    "当前位置", "您的位置", "您现在的位置", "当前所在位置", "您当前的位置", "现在位置", "所在位置", "您所在的位置", "您当前所在位置",
    "你现在的位置", "当前位置是", "您现在所在的位置是",
)  # fmt: skip
_HOMES = ("首页", "网站首页", "主页", "本站首页", "首 页", "返回首页")
_SEPARATORS = (
    " &gt; ", "&gt;", " &gt;&gt; ", "&nbsp;&gt;&nbsp;", " » ", " › ", " / ", " → ", " ＞ ", " | ", " - ", " :: ", "<i>&gt;</i>",
    "<span class='sep'>&gt;</span>", "<em> &gt; </em>",
)  # fmt: skip


def retold_breadcrumb(sheet: Sheet, dice: Dice) -> None:
    """The breadcrumb has another label, other separators and elements, and perhaps ends with the page itself."""
    if sheet.crumbs is None:
        return
    label = dice.pick(LABELS) + dice.pick(("：", ":", "： ", ":&nbsp;"))
    steps = [f"<a href='/'>{dice.pick(_HOMES)}</a>"]
    for place, name in enumerate(sheet.truth.column_path):
        steps.append(f"<a href='/c/{place}/'>{escape(name)}</a>" if dice.chance(85) else escape(name))
    last = dice.pick(("", "", "", "正文", "内容", escape(sheet.truth.title), "信息内容"))
    if last:
        steps.append(last)
    sheet.crumbs = replace(sheet.crumbs, _laid_out(label, steps, dice))


def _laid_out(label: str, steps: list[str], dice: Dice) -> str:
    layout = dice.below(6)
    if layout == 0:
        cells = "".join(f"<li>{step}</li>" for step in steps)
        return f"<div><span>{label}</span><ul class='breadcrumb'>{cells}</ul></div>"
    if layout == 1:
        separator = dice.pick(_SEPARATORS)
        cells = "".join(f"<li>{separator if place else ''}{step}</li>" for place, step in enumerate(steps))
        return f"<ul><li>{label}</li>{cells}</ul>"
    if layout == 2:
        return f"<table><tr><td>{label}</td><td>{dice.pick(_SEPARATORS).join(steps)}</td></tr></table>"
    if layout == 3:
        arrow = "<img src='/images/arrow.gif' width='5' height='9'>"
        return f"<div>{label}{arrow.join(step if '<a' in step else f'<span>{step}</span>' for step in steps)}</div>"
    return f"<div>{label}{dice.pick(_SEPARATORS).join(steps)}</div>"

"""What is in a page and is not shown."""

from lxml import etree

from tests.quality.dice import Dice
from tests.quality.sheet import Sheet, body_of, fragment, head_of

_HIDDEN = (
    "<div style='display:none'>时间：2001-01-01 来源：模板来源 这里是看不见的文字，不应当读出来。</div>",
    "<div style='DISPLAY: none;'><h1>看不见的标题</h1><p>看不见的一段话，也不应当读出来。</p></div>",
    "<p hidden>隐藏的一段话，页面上并不显示。</p>",
    "<template><div>时间：2002-02-02 来源：模板</div><p>模板里的话，不是文章的话。</p></template>",
    "<noscript><p>您的浏览器不支持脚本，请启用后再访问本站。</p></noscript>",
    "<textarea style='display:none'>文本框里的草稿，不是文章的话，不应读出。</textarea>",
    "<div style='visibility:hidden;height:0'>占位的文字，并不显示给人看，不应读出。</div>",
    "<select><option>请选择年份</option><option>2023年10月</option></select>",
)


def scripts(sheet: Sheet, dice: Dice) -> None:
    """Scripts stand among the blocks, with markup in their strings."""
    code = "var s='<div>时间：2003-03-03 来源：脚本</div><p>脚本里的话，不是文章的话。</p>'; if (1 < 2 && 3 > 2) { document.title; }"
    _scattered(sheet, dice, f"<script type='text/javascript'>{code}</script>")


def style_rules(sheet: Sheet, dice: Dice) -> None:
    """Style rules stand in head and body."""
    rules = "P.MsoNormal { margin: 0cm; font-family: 宋体 } .a > .b { color: #333 }"
    etree.SubElement(head_of(sheet.root), "style").text = rules
    _scattered(sheet, dice, f"<style>{rules}</style>")


def hidden_blocks(sheet: Sheet, dice: Dice) -> None:
    """Blocks that no browser shows stand among the others."""
    for _ in range(1 + dice.below(3)):
        _scattered(sheet, dice, dice.pick(_HIDDEN))


def comments(sheet: Sheet, dice: Dice) -> None:
    """Comments stand between the blocks, and in the text."""
    for element in list(body_of(sheet.root).iter("div", "p", "td"))[:40]:
        if dice.chance(30):
            element.append(
                etree.Comment(
                    dice.pick((" 正文开始 ", "[if gte mso 9]><xml>磅</xml><![endif]", " 来源：注释 "))
                )
            )


def _scattered(sheet: Sheet, dice: Dice, html: str) -> None:
    """The element put before one of the page's great blocks."""
    places = [place for place in (sheet.title, sheet.info, sheet.text) if place is not None]
    place = dice.pick(places) if places else None
    parent = place.getparent() if place is not None else None
    if (
        place is None
        or parent is None
        or place.tag in {"td", "tr", "li", "tbody"}
        or parent.tag in {"table", "tr", "ul", "tbody"}
    ):
        body_of(sheet.root).insert(0, fragment(html))
    else:
        place.addprevious(fragment(html))

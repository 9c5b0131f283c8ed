"""What elements are called and how they are dressed: names, classes, styles, old attributes."""

from tests.quality.dice import Dice
from tests.quality.sheet import Sheet, body_of


def renamed_classes(sheet: Sheet, dice: Dice) -> None:
    """Every class and id has another, meaningless name."""
    for element in body_of(sheet.root).iter("*"):
        for name in ("class", "id"):
            if element.get(name):
                element.set(name, f"{'abcdefghij'[dice.below(10)]}{dice.below(90) + 10}")


def no_classes(sheet: Sheet, dice: Dice) -> None:
    """No element has a class or id."""
    for element in body_of(sheet.root).iter("*"):
        for name in ("class", "id"):
            element.attrib.pop(name, None)


def misleading_classes(sheet: Sheet, dice: Dice) -> None:
    """Blocks are called what other blocks are called on other sites."""
    names = (
        "nav",
        "foot",
        "list",
        "content",
        "title",
        "side",
        "share",
        "comment",
        "hidden-xs",
        "main",
        "ad",
        "related",
    )
    for element in body_of(sheet.root).iter("div", "ul", "td", "p"):
        if dice.chance(30) and (sheet.text is None or sheet.text not in element.iterancestors()):
            element.set("class", dice.pick(names))


def no_styles(sheet: Sheet, dice: Dice) -> None:
    """No element has a style, but those that hide one."""
    for element in body_of(sheet.root).iter("*"):
        if not any(word in (element.get("style") or "") for word in ("none", "hidden")):
            element.attrib.pop("style", None)


def inline_styles(sheet: Sheet, dice: Dice) -> None:
    """Blocks have styles that say how they look."""
    styles = (
        "font-size:16px;line-height:2em", "margin:0 auto;width:960px", "padding:5px;color:#333", "FONT-FAMILY: 宋体",
        "font-weight:normal", "background:#fff;display:block",
    )  # fmt: skip
    for element in body_of(sheet.root).iter("div", "p", "td", "span"):
        if not element.get("style") and dice.chance(40):
            element.set("style", dice.pick(styles))


def shuffled_attributes(sheet: Sheet, dice: Dice) -> None:
    """Attributes come in another order."""
    for element in sheet.root.iter("*"):
        if isinstance(element.tag, str) and len(element.attrib) > 1:
            pairs = list(element.attrib.items())
            pairs = pairs[::-1] if dice.chance(50) else pairs[1:] + pairs[:1]
            element.attrib.clear()
            for name, value in pairs:
                element.set(name, value)

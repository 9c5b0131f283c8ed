"""The words that composed articles are made of: sentences with blanks, by theme and use (``bank.txt``)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_BRAND_FRONTS = ("红棉", "禾苗", "灯塔", "榕荫", "渔火", "清荷", "晨光", "暖阳")
_BRAND_BACKS = ("先锋岗", "议事亭", "微课堂", "帮帮团", "连心站", "同行会")

#: 47 of the 48, 31 villages and 11 titles a theme: the three numbers share no factor, so 16,027 articles in a
#: row get titles that all differ (Chinese remainder theorem).
BRANDS = tuple(front + back for back in _BRAND_BACKS for front in _BRAND_FRONTS)[:47]
TOWNS = ("青禾镇", "石塘镇", "桂岭镇", "沙栏镇", "东埔街道", "望湖街道", "白鹭街道")
VILLAGES = (
    "青湾村", "云屏村", "荔坡村", "水尾村", "鹭北村", "鹭南社区", "塘头村", "上埔社区",
    "下埔社区", "禾田村", "松岗岭村", "石桥社区", "柳巷社区", "大榕村", "渔湾村", "新圩社区",
    "九曲村", "梅坑村", "沙洲村", "竹园社区", "南塘村", "北塘村", "旧埠社区", "龙窑社区",
    "茶亭村", "白沙尾村", "望湖社区", "桂花社区", "小满村", "长堤社区", "古井村",
)  # fmt: skip


@cache
def bank() -> Mapping[str, tuple[str, ...]]:
    """The sentences by ``theme.use``, such as ``party.facts``."""
    sentences: dict[str, list[str]] = {}
    text = files("nanhai_crawler.practice").joinpath("bank.txt").read_text(encoding="utf-8")
    shelf: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            shelf = sentences.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            shelf.append(line)
    return {name: tuple(lines) for name, lines in sentences.items()}

"""What can be an organization, and what a publisher, in a Chinese byline."""

import re
from functools import lru_cache

from nanhai_crawler.text.names import SURNAMES

_PUBLISHER_END = (
    r"报|报社|通讯社|新闻社|社|网|台|电视|广播|新闻|传媒|传媒中心|传媒集团|媒体|融媒体|融媒|全媒体|"
    r"融媒体中心|新闻中心|客户端|频道|周刊|杂志|月刊|在线|快讯"
    r"|发布|视听|公众号|微信号|视频号|经济报道|南方\+|视界|视觉|导报|派|观察"
)
_BODY_END = (
    r"部|局|委|办|厅|署|院|校|处|科|所|站|馆|中心|公司|集团|协会|学会|商会|联合会|总会|分会|工会|妇联|团委|"
    r"文联|社联|侨联|残联|工商联|支部|党委|党总支|党组|党校"
    r"|政府|街道|镇|乡|村|居委|社区|园区|法院|检察院|医院|银行|大学|中学|小学|学院|幼儿园|学校|委员会|"
    r"居委会|村委会|办公室|指挥部|专班|工作室|工作组|基金会|大队|支队"
    r"|中队|消防|公安|交警|税务|供电|纪委|监委|人大|政协|宣传办|党建办|党政办|组织办|服务队|志愿队|联盟|区|"
    r"市|县|省|队|组|室|厂|店|库|司|号"
)
_PUBLISHER = re.compile(rf"[\w\u3400-\u9fff+·・—－\-–《》“”（）()]{{1,28}}?(?:{_PUBLISHER_END})")
_BODY = re.compile(rf"[\w\u3400-\u9fff+·・—－\-–《》“”（）()、]{{1,30}}?(?:{_BODY_END})")
#: Three characters ending so are an organization rather than a name.
_SHORT_ENDS = frozenset("网报社局办厅部委台站")
#: So do these where the first is no surname: 组织科, but not 王国队.
_OFFICES = frozenset("科处室组所院校馆队")
_KNOWN = frozenset(
    {
        "央视", "新华", "新华社", "中新社", "央广", "央广网", "南方+", "南方＋", "羊城派", "人民视觉",
        "视觉中国", "人民图片", "学习强国", "澎湃", "新华每日电讯", "今日头条", "CCTV", "CFP", "IC photo",
        "触电新闻", "央视网", "人民网",
    }
)  # fmt: skip
#: A site's papers and departments are named on page after page.
_REMEMBERED = 4096
#: The house itself, unnamed.
OWN_HOUSE = re.compile(r"本(?:报|网|台|刊|社|站|版|市|区|院|校|馆|单位|公众号)(?:讯)?")
#: Words of a sentence that no organization's name has.
_NOT_ONE = re.compile(
    r"[的了是我他她你您吗呢]|图为|关于|对于|由于|为了|通过|据悉|近日|日前|记者|通讯员|来到|走进|前往|俯瞰|鸟瞰|远眺|航拍|召开|举行|开展"
)


@lru_cache(maxsize=_REMEMBERED)
def is_publisher(word: str) -> bool:
    """Whether a word is a newspaper, agency, station, site or media centre."""
    if word in _KNOWN:
        return True
    if not 3 <= len(word) <= 30 or _NOT_ONE.search(word):
        return False
    return _PUBLISHER.fullmatch(word) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_organization(word: str) -> bool:
    """Whether a word is an organization's name by its ending; three characters need a telling one."""
    if word in _KNOWN:
        return True
    if not 3 <= len(word) <= 34 or _NOT_ONE.search(word) or OWN_HOUSE.fullmatch(word):
        return False
    if len(word) == 3:
        return (
            word[-1] in _SHORT_ENDS
            or word[-1] in "镇村区市县"
            or (word[-1] in _OFFICES and word[0] not in SURNAMES)
        )
    return _PUBLISHER.fullmatch(word) is not None or _BODY.fullmatch(word) is not None


def bare_name(word: str) -> str:
    """An organization's name without the book-title marks around it."""
    return word[1:-1] if word.startswith("《") and word.endswith("》") and "《" not in word[1:] else word

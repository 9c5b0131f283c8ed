"""Lines that belong to the page's furniture, known by what they say: bars, counters, foot, neighbours."""

import re
from functools import lru_cache

#: Words of tools, and what goes with numbers or names. No word that is made of two others and has a longer one beside it
#: (扫码分享, 分享到) is among them.
_TOOLS = (
    "字体|字号|文字大小|正文字号|视力保护色|背景色|大|中|小|特大|超大|默认|加大|减小|放大|缩小|正常|恢复|打印|打印本页|打印此文|打印文章|我要打印|"
    "打印页面|关闭|关闭窗口|关闭本页|关闭页面|收藏|加入收藏|收藏本页|分享|分享到|分享至|一键分享|转发|转发到|推荐|复制链接|链接已复制|分享让更多人看到|微信|微博|新浪微博|"
    "腾讯微博|朋友圈|微信好友|QQ|QQ空间|QQ好友|空间|人人网|豆瓣|更多|打开微信扫一扫|扫一扫|扫码|扫一扫在手机打开当前页|"
    "手机扫一扫|手机浏览|手机查看|手机观看|手机版|扫描二维码|二维码|返回|返回顶部|返回首页|回到顶部|返回列表|返回上一页|返回上一级|TOP|top|A|T|"
    "繁体|简体|English|无障碍|长者模式|关怀版|朗读|语音播报|播放|暂停|停止|我要纠错|纠错|我要评论|评论|点赞|赞|在看|喜欢|投诉|广告|推广|举报|"
    "浏览次数|浏览量|点击次数|点击数|点击率|点击量|阅读次数|阅读量|阅读|访问次数|访问量|浏览|点击|人气|次|点击进入专题|上一页|下一页|首页|尾页|末页|下页|上页|"
    "上一版|下一版|上一篇|下一篇|图集|倍速|超清|高清|标清|流畅|全屏|静音|音量|弹幕|清晰度|画质|END|The END"
)
_TOLD = (
    r"[\d.]+\s?万|\d+|共\s?\d+\s?页|第\s?\d+\s?页|返回\S{1,6}[，,]?查看更多"
    r"|(?:长按|扫码|扫描|微信扫码|微信扫一扫)\S{0,8}(?:关注|识别)\S{0,24}"
    r"|您的浏览器(?:版本)?(?:不支持|暂不支持|过低)\S{0,40}|(?:责任编辑|责编|编辑)(?=\s*[:：]\W*$)"
)
_LONGEST_FIRST = "|".join(sorted(_TOOLS.split("|"), key=len, reverse=True))
# Each is taken for good (``++``): a row of digits could else be cut up in more ways than there is time to try (F28).
_FURNITURE = re.compile(
    rf"(?:[\[\]【】()（）<>〈〉《》|｜/·•,，;；:：.…\s_\-—*+]|{_TOLD}|{_LONGEST_FIRST})++"
)

_DATE = re.compile(r"(?:19|20|１９|２０)\d\d\s?[-/.．／－年]\s?\d")
_KEYWORDS = re.compile(r"[（(【\[]?\s*(?:关键[字词]|热词(?:搜索)?|(?:文章|热门)?标签|[Tt]ags?|TAGS?)\s*[:：]")
_ENDS = re.compile(
    r"[【\[（(]?\s*(?:上一[篇条则]|下一[篇条则]|前一[篇条]|后一[篇条]|相关(?:新闻|链接|阅读|文章|推荐|报道|信息|稿件|内容|附件下载)"
    r"|相关(?:解读|文件|政策|专题|视频|图集|公告)\s*(?:[:：】\]]|$)|延伸\s?[·•・]?\s?(?:阅读|推荐)|热点推荐|推荐阅读|猜你喜欢|往期(?:推荐|回顾|精彩|内容|文章)|精彩(?:推荐|回顾)|(?:编辑|小编)推荐$|热[点门](?:排行|新闻排行)|为[你您]推荐|更多阅读|热门(?:推荐|文章|新闻)|最新(?:文章|新闻|推荐)"
    r"|(?:作者|小编|编辑|专栏)最近(?:的)?文章|网友评论|发表评论"
    # Readers' words: their heading, their number, the rules that they are asked to keep.
    r"|(?:全部|所有|最新|最热|热门|精彩|网友|用户|读者)(?:评论|跟[帖贴]|留言)(?=\s|\d|[（(:：>＞|｜]|$)"
    r"|[\d,，]+\s?条(?:评论|跟[帖贴]|留言)(?=\s|[|｜/>＞)）]|$)|请(?:自觉)?遵守.{0,40}(?:评论|跟评|跟[帖贴]|发言|留言|言论)"
    r"|(?:(?:免责|版权|特别|郑重|平台|本站)?声明|说明)\s*[】\]]?\s*[:：].{0,12}(?:本网|本站|本文|该文|凡|转载|版权|以上内容)"
    r"|(?:(?:免责|特别|郑重|平台|本站)?声明)\s*[】\]]?\s*[:：].{0,60}(?:仅供参考|不构成|不代表)"
    r"|(?:本文|此内容|本内容|本稿件?|本作品)(?:为|系).{0,16}(?:原创|独家).{0,16}(?:转载|未经|著作权|版权)"
    r"|\S{0,12}广告合作\s?[，,：:]|本文链接\s*[:：]|Notice: The content above)"
)
_FOOT = re.compile(
    # Every branch begins with a letter of its own: that lets the search skip to where one may begin.
    r"版权所有|Copyright|copyright|COPYRIGHT|©|ICP备|icp备|Icp备|公网安备|公安备案|网站标识码|技术支持\s*[:：]|"
    r"建议使用.{0,12}浏览器|未经(?:正式)?授权.{0,12}(?:转载|镜像)"
)
_FOOT_LINKS = re.compile(
    r"(?:(?:关于(?:我们|本站|本网)|联系(?:我们|方式)|版权[声申]明|网站(?:地图|声明|简介)|法律声明|隐私(?:保护|政策|声明)|免责声明|招聘信息|人才招聘"
    r"|友情链接|广告服务|帮助(?:中心)?|诚聘英才|加入我们|服务条款|意见反馈)[\s|｜·/–—-]{0,5}){2,20}"
)
_OF_ITSELF = frozenset(("关于", "联系", "版权", "网站", "法律", "隐私", "免责", "招聘"))
_EDITED = re.compile(
    r"(?:[\[【(（]?我?要?纠错[\]】)）]?)?\s*[（(\[【]?\s*(?:文章|信息|网站|网络)?(?:录入|责任编辑|责编|编辑|审核|校对|发布人)(?:者|人|员)?\s*[:：].{0,40}$"
)
_OFFER = re.compile(r"(?:点击|扫码|立即|请)?(?:下载|安装|打开)\S{0,12}(?:客户端|APP|App|app)")
#: A foot's or a neighbour's line is short; a paragraph that quotes its words is not.
_SHORT = 120
#: Menus, bars and feet say the same on every page, and each line is asked about from several rooms.
_REMEMBERED = 4096


def is_furniture(text: str) -> bool:
    """Whether the line says nothing but tools: font size, print, share, counters, page numbers."""
    return len(text) <= _SHORT and _is_furniture(text)


def ends_article(text: str) -> bool:
    """Whether the line opens what follows an article: its neighbours, related lists, comments."""
    return len(text) <= _SHORT and _ENDS.match(text) is not None


def names_editors(text: str) -> bool:
    """Whether the line says who put the page on line, by name or by account."""
    return _EDITED.match(text) is not None


def offers_program(text: str) -> bool:
    """Whether a line with a link in it offers the site's own program: 安装某报客户端第一时间看新闻【下载地址】."""
    return len(text) <= _SHORT // 2 and _OFFER.match(text) is not None


def is_foot(text: str) -> bool:
    """Whether the line belongs to the foot of the site: rights, registrations, or the links to what a site says of itself."""
    if len(text) > 2 * _SHORT:
        return False
    return _FOOT.search(text) is not None or (
        text[:2] in _OF_ITSELF and _FOOT_LINKS.fullmatch(text) is not None
    )


@lru_cache(maxsize=_REMEMBERED)
def _is_furniture(text: str) -> bool:
    said = _FURNITURE.fullmatch(text) or _KEYWORDS.match(text)
    return said is not None and _DATE.search(text) is None

"""The words by which Chinese bylines tell what somebody did."""

import re
from functools import lru_cache

#: The role of everyone who took the pictures, whatever word the page has (items.Credit).
PHOTOGRAPHER = "摄影"
#: The role of a text's author where the page says only 文.
WRITER = "文"

_REPORTER = (
    r"(?:(?:首席|资深|高级|主任|特派|特约|特邀|见习|实习|全媒体|融媒体|全媒|融媒|摄影|文字|视频|摄像|前方|"
    r"采访|随行|一线|小|校园|学生)"
    r"{0,3}记者(?!站|协会|团|部|证|节|家|会|招待|见面|俱乐部|手记|观察|调查|点评|快评|专访|走基层))"
)
_CORRESPONDENT = r"(?:(?:特约|特邀|本报|骨干)?通讯员(?!队伍|培训|名单|会议|制度|大会))"
_OTHER_REPORTERS = r"(?:实习生|实习学生|见习生|信息员|特约(?:撰稿人?|评论员|作者)|评论员|撰稿人|主笔|志愿者)"
_EDITORS = (
    r"(?:(?:责任|值班|见习|实习|本期|本版|本文|网站|网络|新媒体|微信|图片|文字|视觉|美术|执行|视频|首席|"
    r"特约|轮值)?"
    r"(?:编辑|主编|总编辑|总编|编委|编导)(?!部|室|委员|中心|推荐|观察|点评|寄语|手记|提示|说|同志)"
    r"|责编|美编|编审|编校|编发|审校|校对|审核|审稿|审读|复核|初审|复审|终审|一审|二审|三审|一校|二校|三校|"
    r"签发|核发|核稿|终校|值班主任"
    r"|监制|总监制|统筹|总统筹|策划|总策划|出品人|制片人?|导演|文案|剪辑|后期|配音|播音|朗诵|主播|"
    r"主持(?!人会|会)|排版|版式|美术|设计(?!院|公司|师|部|中心|方案|图)"
    r"|制作(?!部|中心|公司|单位|组)|制图|绘图|插图|插画|漫画|海报|动画|视觉|题字|书法|翻译|编译|整理|"
    r"指导老师|指导教师|指导|辅导老师|法律顾问|录入|上传|运营"
    r"|发布人|协调|执行|摄制|包装|主讲|顾问|录制|宣传员|联络人)"
)
_WRITERS = r"(?:撰文|撰稿|采写|采访|执笔|文字|文稿|作者|主创|采编|供稿人|投稿人|(?<!经济)报道)"
_PHOTO = (
    r"(?:摄影师|摄影报道|摄影|摄像|图片摄影|图片|拍摄|航拍|照片|图说)(?!家|协会|学会|部(?!长)|师协|作品|"
    r"展|大赛|爱好|棚|机|集|报社)"
)
_GIVERS = (
    r"(?:联合供稿|联合供图|供稿单位|供稿|供图|供片|投稿|报送|来稿|提供单位|作者单位|单位|出品单位|出品|"
    r"承制|摄制单位)"
)
SOURCES = (
    r"(?:(?:信息|文章|稿件|新闻|内容|消息|文稿|本文|原文|素材|图文|综合|部分)?来源|稿源|转载自|转载|转自|"
    r"原载于?|出处|首发"
    r"|(?:部分)?(?:图片|图|视频|照片|题图|封面图)来源|图源)"
)
_SUMMARIES = r"(?:综合整理|综合报道|编辑整理|整理报道|(?:综合|整合)\Z)"

_KINDS = "|".join(
    (_REPORTER, _CORRESPONDENT, _OTHER_REPORTERS, _SUMMARIES, SOURCES, _GIVERS, _EDITORS, _WRITERS, _PHOTO)
)
#: A role begins with a character of some role: to ask that first takes a sixth of the time of a search without it.
_OPENS = "".join(sorted(set(re.findall(r"[\u4e00-\u9fff]", _KINDS))))
#: Two characters and more, longest kinds first; one-character marks (文, 图, 摄) need a separator and are
#: read apart.
ROLE = re.compile(f"(?=[{_OPENS}])(?:{_KINDS})")
#: Role words are few, and each is asked about several times a byline.
_REMEMBERED = 1024
_REPORTING = re.compile("|".join((_REPORTER, _CORRESPONDENT, _OTHER_REPORTERS)))
_STAFF = re.compile(_REPORTER)
_PICTURES = re.compile(r"摄影(?:师|记者)?|图片摄影|摄像(?:记者)?|图片|拍摄|航拍|照片|图说")
_SOURCE = re.compile(SOURCES)

#: One-character marks, and those made of them; each with the role it means.
MARKS = {
    "文": WRITER, "图": PHOTOGRAPHER, "摄": PHOTOGRAPHER, "文图": WRITER, "图文": WRITER, "文摄": WRITER,
    "影": PHOTOGRAPHER, "编": "编辑", "译": "翻译", "绘": "绘图", "画": "绘图", "视频": "视频",
    "音频": "音频", "发": "发",
}  # fmt: skip
#: Roles that may also follow the name: 甲 供图, 乙 摄影报道, 丙 整理.
AFTER_NAME = frozenset(
    {
        "摄影", "摄影报道", "供图", "供稿", "供片", "整理", "综合整理", "综合报道", "编辑整理", "报道",
        "综合", "整合", "撰稿", "撰文", "采写", "制图", "绘图", "拍摄", "航拍", "摄像", "翻译", "编译", "插图",
        "漫画", "投稿", "报送", "联合供稿", "联合供图", "来稿", "供稿人", "编辑", "设计", "题字", "图片",
        "执笔", "文字",
    }
)  # fmt: skip
#: Words that are roles only where a colon or stroke follows: elsewhere they are parts of names and sentences.
NEED_A_MARK = frozenset(
    {
        "单位", "作者单位", "出品", "出品单位", "指导", "主讲", "顾问", "发布人", "上传", "录入", "运营",
        "后期", "包装", "宣传员", "视觉", "海报", "动画", "承制", "文字", "图说", "照片", "首发", "出处",
        "转载", "综合来源", "协调", "执行", "录制", "导演", "主播", "志愿者", "书法", "美术",
    }
)  # fmt: skip
#: Roles that may stand before another: 摄影/记者 甲, 文字：通讯员 乙.
FRAMES = frozenset({"文字", "撰文", "采写", "撰稿", "视频"})
#: Roles that make a line a credit even when nobody is named.
SUMMARIES = frozenset({"综合整理", "综合报道", "编辑整理", "整理报道"})


@lru_cache(maxsize=_REMEMBERED)
def is_reporting(role: str) -> bool:
    """Whether it is a reporter's, correspondent's or intern's: one who may have taken the pictures instead."""
    return _REPORTING.fullmatch(role) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_staff(role: str) -> bool:
    """Whether it is a reporter's of any rank: what stands before the word is the publisher."""
    return _STAFF.fullmatch(role) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_source(role: str) -> bool:
    """Whether it announces where the text came from: its value is a publisher, never a person."""
    return role == "据" or _SOURCE.fullmatch(role) is not None


@lru_cache(maxsize=_REMEMBERED)
def role_of(word: str) -> str:
    """The role a word means: the word itself, but 摄影 for all that took pictures."""
    if _PICTURES.fullmatch(word):
        return PHOTOGRAPHER
    return MARKS.get(word, word)

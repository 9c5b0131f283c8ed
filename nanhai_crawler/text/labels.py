"""The words that Chinese pages put before a value in the line under a title, by what they announce."""

import re
from collections.abc import Mapping
from types import MappingProxyType

#: Best first: when a page shows several times, the one of publication is its shown time.
TIME_LABELS = (
    "发布时间", "发布日期", "发表时间", "发表日期", "刊发时间", "刊发日期", "发稿时间", "发文时间", "发布于",
    "发表于", "信息时间", "新闻时间", "文章时间", "公开时间", "公开日期", "公布时间", "公布日期", "时间",
    "日期", "上传时间", "上传日期", "添加时间", "添加日期", "录入时间", "录入日期", "加入时间", "入库时间",
    "创建时间", "创建日期", "提交时间", "编辑时间", "更新时间", "更新日期", "最后更新", "修改时间",
    "修改日期", "生成日期", "成文日期", "成文时间", "发文日期", "印发日期",
)  # fmt: skip
#: Best first: a word of origin before a word of who put it on line.
SOURCE_LABELS = (
    "来源", "信息来源", "文章来源", "稿件来源", "新闻来源", "内容来源", "消息来源", "文稿来源", "本文来源",
    "原文来源", "来源于", "来源单位", "来源部门", "来源媒体", "来源网站", "稿源", "出处", "文章出处", "转载自", "转自", "来自",
    "供稿单位", "来稿单位", "撰稿单位", "信息提供单位", "信息提供", "提供单位", "发布单位", "发布机构",
    "发布部门", "发布机关", "发文单位", "发文机关", "发文机构", "公开单位", "供稿部门", "供稿",
)  # fmt: skip
AUTHOR_LABELS = (
    "作者", "文章作者", "新闻作者", "撰稿", "撰稿人", "撰文", "供稿人", "供稿者", "投稿人", "记者",
    "本报记者", "通讯员", "执笔", "文",
)  # fmt: skip
EDITOR_LABELS = (
    "编辑", "责任编辑", "网站编辑", "网络编辑", "值班编辑", "文章编辑", "本文编辑", "责编", "编审", "录入",
    "录入者", "录入人", "录入员", "选稿", "发布人", "发布者", "发布员", "上传者", "责任人",
)  # fmt: skip
CLICK_LABELS = (
    "点击", "点击数", "点击率", "点击量", "点击次数", "浏览", "浏览数", "浏览量", "浏览次数", "阅读",
    "阅读数", "阅读量", "阅读次数", "访问", "访问量", "访问数", "访问次数", "人气", "查看", "查看数",
    "查看次数", "已阅", "次数", "字数", "评论数", "点赞", "点赞数",
)  # fmt: skip
TOOL_LABELS = (
    "字号", "字体", "字体大小", "文字大小", "字体显示", "分享", "分享到", "分享至", "打印", "收藏",
    "视力保护色", "背景色", "保护视力色", "关闭", "朗读", "语音播报", "扫一扫",
)  # fmt: skip
#: What stands in such lines too and is none of the above; it ends a value.
OTHER_LABELS = (
    "审核", "审核人", "审校", "校对", "审稿", "签发", "核发", "初审", "复审", "终审", "摄影", "图片", "图",
    "视频", "栏目", "所属栏目", "类别", "分类", "主题分类", "体裁分类", "关键词", "关键字", "标签", "文号",
    "发文字号", "索引号", "信息索引号", "有效性", "阅读权限", "图片来源", "视频来源", "资料来源", "数据来源",
    "语种", "信息类别", "名称", "标题", "主题词", "公开方式", "公开范围", "实习生", "统筹", "策划", "监制",
)  # fmt: skip
#: Labels of an announcement's own text: a line with one of them tells of an event, not of the page.
EVENT_LABELS = (
    "地点", "会议地点", "活动地点", "主题", "主讲人", "主讲", "参加人员", "出席人员", "参会人员", "主持人",
    "报名时间", "联系人", "联系电话", "内容", "对象", "议程", "地址", "活动时间", "会议时间",
)  # fmt: skip

#: The labels a reader may look for, by kind, in their order of trust.
LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "time": TIME_LABELS,
        "source": SOURCE_LABELS,
        "author": AUTHOR_LABELS,
        "editor": EDITOR_LABELS,
        "clicks": CLICK_LABELS,
        "tool": TOOL_LABELS,
        "other": OTHER_LABELS,
        "event": EVENT_LABELS,
    }
)
#: Each label's kind.
KIND_OF: Mapping[str, str] = MappingProxyType(
    {label: kind for kind, labels in reversed(tuple(LABELS.items())) for label in labels}
)

#: Labels may be spread with spaces (来　源, 时 间); four at most between two characters keep the search
#: linear.
_SPREAD = "|".join(r"\s{0,4}".join(label) for label in sorted(KIND_OF, key=len, reverse=True))
#: A label with its colon (``|`` and 丨 stand for it now and then); the longest label at a place is found.
LABEL = re.compile(rf"(?P<label>{_SPREAD})\s{{0,4}}(?P<mark>[:：∶]|(?<=于)\s?(?=\d))")

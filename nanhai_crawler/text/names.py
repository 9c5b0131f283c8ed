"""What can be a person's name in a Chinese byline."""

import re
from functools import lru_cache

#: 百家姓 without its four everyday particles, and the surnames of today (Ministry of Public Security's
#: reports, those frequent in Guangdong among them) that it lacks.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹"
    "姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀"
    "羊於惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩"
    "桑桂濮牛寿通边扈燕冀郏浦尚农温庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公"
    "商佴赏墨哈谯笪言福肖闫付岳帅覃佘辜邝冼招佟苑栗腾冮揭银展门海归丘涂植牟来刑萨仝麦区楚化战勒布原仉亓代迟楼税栋底粟矫由令尉初寻降"
)
#: Of these, everyday words: glued to a role word they begin a sentence (记者方才, 编辑高兴) as often as a
#: name of two.
_WORDS = frozenset(
    "于向成解单应全国通都满公后相令归海益化由水花红展师那空东养须广步弘明利来强连从门和时初底方高常安任金文严路齐管车边房古米干尚荣党充谈宣麻羊华越隆融降危盖权丰宗支计平元云山富双印居代战税布原寻松怀"
)
#: Words that, glued to a role word, all but always go on with a sentence: 记者从, 记者来到, 通讯员向.
_PARTICLES = frozenset("于向从来和时由后令都连有那公应相又计经")
#: Verbs of speech and motion that follow a name glued to its role: 记者张三说.
_SAYING = frozenset("说称问看到在从来去获对问走")
_COMPOUND_SURNAMES = (
    "欧阳 上官 司马 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 夏侯 轩辕 端木 "
    "百里 南宫 呼延 独孤 西门 拓跋 申屠 公羊 澹台 淳于 单于 闻人 赫连 濮阳 宗政 太史 "
    "钟离 鲜于 第五 亓官 司空 仲孙 宰父 谷梁 拓拔 万俟 太叔 公冶 漆雕 壤驷 段干 东郭 "
    "南门 左丘 梁丘 微生 羊舌 公西 乐正 巫马 公良"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES.split())
_NOT_NAMES = (
    "采访 报道 观察 手记 介绍 调查 获悉 了解 推荐 简介 作品 提供 综合 整理 编译 团队 "
    "培训 专访 连线 直击 探访 走访 实习 见习 现场 今日 昨日 日前 近日 今天 昨天 明日 "
    "网络 资料 图片 视频 受访者 被访者 采访对象 单位 本人 本报 本网 本台 本刊 本站 网友 "
    "学生 老师 同学 市民 村民 读者 企业 学校 主办方 供图 供稿 互联网 活动 会议 部分 "
    "全体 多名 一名 有关 相关 方面 如下 说明 感言 心得 体会 日记 来信 来稿 点评 快评 "
    "热线 电话 邮箱 队伍 名单 制度 大会 大赛 图为 摄影 未署名 佚名 匿名 不详 未知 "
    "资料图 效果图 示意图 截图 官网 党员 干部 群众 代表 委员 书记 主任 记者 通讯员 编辑 "
    "作者 报社 为您 高清 高度 高质量 方阵 方案 任务 安全 文明 文化 关注 关于 成果 国家 "
    "广东 南海 佛山 社区 严格 强化 加强 管理 时间 日期 全文 责任 公开 常委 华南 华东 "
    "华北 关键 重要 路线 连续 党建 方便 金融 武术"
)
#: Words of two to four characters that follow a role in headings and sentences, and are nobody's name.
NOT_NAMES = frozenset(_NOT_NAMES.split())
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff\u3007]"
_PLAIN = re.compile(rf"{_HAN}{{2,4}}")
#: Names of other peoples: 阿依古丽·买买提, with any of the dots in use.
_DOTTED = re.compile(rf"{_HAN}{{1,8}}(?:[·•・‧∙]{_HAN}{{1,8}}){{1,3}}")
#: Characters of speech that no name has.
_SPOKEN = re.compile(r"[你我他她它们怎什么吗呢吧这的了是被把]")
_LATIN = re.compile(r"[A-Z][A-Za-z.'-]{1,20}(?: [A-Z][A-Za-z.'-]{1,20}){0,2}")
_JOINED = re.compile(rf"{_HAN}{{4,24}}")


def has_name_shape(word: str) -> bool:
    """Whether a word where a name must stand could be one: 2 to 4 Han characters, or parts with ``·``."""
    if _PLAIN.fullmatch(word):
        if word in NOT_NAMES or _SPOKEN.search(word):
            return False
        return len(word) < 4 or _is_name_of_four(word)
    return _DOTTED.fullmatch(word) is not None


def _is_name_of_four(word: str) -> bool:
    """Whether four characters begin with two surnames (欧阳, 范徐): others are slogans more often than names."""
    if word[:2] in COMPOUND_SURNAMES:
        return True
    return word[0] in SURNAMES and word[1] in SURNAMES - _WORDS and not looks_joined(word)


def is_latin_name(word: str) -> bool:
    """Whether a word is a capitalized Latin name, as pen names sometimes are."""
    return _LATIN.fullmatch(word) is not None


def is_likely_name(word: str, *, apart: bool = True) -> bool:
    """Whether a word is a surname and more, in a name's shape; ``apart`` says it touches no role word."""
    if not has_name_shape(word):
        return False
    if _DOTTED.fullmatch(word) or word[:2] in COMPOUND_SURNAMES:
        return True
    if len(word) == 4:
        return False
    if word[0] not in SURNAMES:
        return False
    if not apart and word[-1] in _SAYING:
        return False
    return apart or (word[0] not in _PARTICLES and (len(word) == 3 or word[0] not in _WORDS))


@lru_cache(maxsize=4096)
def looks_joined(word: str) -> bool:
    """Whether a run of Han characters can be cut into two or more names, written without a separator."""
    if not _JOINED.fullmatch(word) or (len(word) == 4 and word[:2] in COMPOUND_SURNAMES):
        return False
    reachable = [True] + [False] * len(word)
    for end in range(2, len(word) + 1):
        reachable[end] = any(
            reachable[end - length] and _begins_name(word[end - length : end])
            for length in (2, 3, 4)
            if length <= end
        )
    return reachable[-1]


def _begins_name(part: str) -> bool:
    if part in NOT_NAMES:
        return False
    if part[:2] in COMPOUND_SURNAMES:
        return len(part) > 2
    return len(part) < 4 and part[0] in SURNAMES

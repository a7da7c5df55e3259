"""The words a printed byline or dateline is made of, as data.

Role words and suffixes stand beside `Role` (site_builder/model/byline.py); here is the rest. A word
is added here, never in the grammar. House style, docs/reference/story-format.md.
"""

from site_builder.model.byline import ROLE_WORDS, SUFFIX_ROLES


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


MARKERS = frozenset("□■◎●")
BLANKS = frozenset(" \u3000")
SEPARATOR_MARKS = frozenset("、，/\n")
JOIN_MARKS = frozenset(":：/")

OWN_SOURCES = frozenset({"本报", "本网", "本刊", "本台", "本社"})
AGENCIES = frozenset(
    _listed(
        """
    新华社 中新社 中国新闻社 中新网 新华网 人民日报 人民网 央视新闻 央广网
    光明日报 经济日报 法新社 路透社 美联社 塔斯社 共同社 韩联社
    """
    )
)
MASTHEADS = frozenset(_listed("工人日报 中工网 工人日报客户端 河北日报 羊城晚报 广州日报 中国青年报 解放军报"))
ORGS = OWN_SOURCES | AGENCIES | MASTHEADS
"""Known by themselves: a name, a blank or nothing may follow."""

STANDING_TAILS = _listed(
    """
    日报 晚报 晨报 早报 时报 商报 都市报 工人报 青年报 周报 快报 导报
    法治报 电视台 客户端 融媒 融媒体 融媒体中心 通讯社
    """
)
"""An unknown word ending so is an org even when only a blank follows (河北日报 张三)."""

ORG_TAILS = (
    *STANDING_TAILS,
    *_listed("报 报社 网 社 电台 杂志 中心 新闻 频道 总站 新媒体 APP"),
)
"""An unknown word ending so is an org when a title or role is attached (徐报记者), and a masthead
when 讯 or 电 closes it."""

WEB_TAILS = ("网", "客户端", "新媒体", "新闻", "APP", "频道")

TITLES = _listed("首席 见习 特约 驻站 全媒体 融媒体 实习")

WEAK_ROLES = frozenset({"文/图", "图/文", "文图", "图文", "文", "图", "摄"})
"""Also surnames, names or suffixes: a role only with a sign after it, or a blank and a name."""

STRONG_ROLES = frozenset(ROLE_WORDS) - WEAK_ROLES
"""Never part of a name."""

TASKS = frozenset(
    _listed(
        """
    文 图 摄 文/图 图/文 文图 图文 文字 图片 撰文 摄影 整理 编译 翻译
    制图 供图 插图 漫画 编辑
    """
    )
)
"""What was done for this story; a post may follow: 文/徐报融媒记者 王正喜."""

NAMELESS_ROLES = frozenset({"评论员"})
"""本报评论员 stands for the paper: nobody is named."""

LONE_SUFFIXES = frozenset(_listed("资料图 资料图片 资料照片 视频截图 效果图 插图 漫画 AI生成 AI制图"))
"""A whole credit without a person."""

ORG_SUFFIXES = LONE_SUFFIXES | {"发", "供图", "提供", "制图"}
"""A whole credit after an org: 新华社发, 受访者供图."""

ATTACHED_SUFFIXES = tuple(sorted(set(SUFFIX_ROLES) - {"发"}, key=len, reverse=True))
"""May follow a name without a blank (王松摄). 发 may not: it ends many names (王德发)."""

DONOR_SUFFIXES = ("供图", "提供")
DONOR_TAILS = _listed(
    """
    受访者 受访单位 受访企业 单位 企业 公司 集团 工会 医院 学校 大学 学院
    中学 小学 法院 检察院 公安局 消防 部门 政府 街道 社区 支队 大队 中心
    协会 车间 工厂 电厂 资料 网络
    """
)
"""A donor ending so is no person; nor is one of five and more characters."""

NOT_IN_NAMES = (
    STRONG_ROLES
    | ORGS
    | frozenset(TITLES)
    | {word for word in SUFFIX_ROLES if len(word) > 1}
    | {"受访者", "作者", "来源"}
)
"""A run of characters with one of these inside is no name, however short: ask."""

REMARKS = frozenset(_listed("全文完 未完待续 待续 完 下转 上接 略 有删节 有删减 续完"))
"""Bracketed last lines that are short enough to be names and are none."""

BARE_VERBS = ("消息", "专电", "讯", "电")
DATED_VERBS = ("专电", "电", "讯", "消息")
PROSE_AFTER = frozenset({"电视", "电话", "电影", "讯息", "讯问", "讯号"})
"""A verb and the character after it: prose, no dateline."""

AUTHOR_WORDS = ("作者单位：", "作者系", "作者为", "作者是", "作者简介：")
SOURCE_WORDS = ("来源：", "稿源：", "图片来源：", "转自", "综合", "据")

MAX_ORG = 16
"""Longest org or masthead, in characters; also bounds the work done on prose."""
MAX_PLACE = 12

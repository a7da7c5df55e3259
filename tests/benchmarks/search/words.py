"""Words that generated stories are made of: the trade's own, and by frequency from a dictionary of common phrases.

Sentences and lists were written for this file; the dictionary is the one that pypinyin carries.
"""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import accumulate

from pypinyin.phrases_dict import phrases_dict


def _list(text: str) -> tuple[str, ...]:
    """Words between blanks."""
    return tuple(text.split())


REGIONS = (
    # name, full name, GB/T 2260 code, slug, province
    ("北京", "北京市", "110000", "beijing", ""),
    ("河北", "河北省", "130000", "hebei", ""),
    ("清河", "清河县", "130534", "qinghe", "河北"),
    ("内蒙古", "内蒙古自治区", "150000", "neimenggu", ""),
    ("鄂尔多斯", "鄂尔多斯市", "150600", "ordos", "内蒙古"),
    ("辽宁", "辽宁省", "210000", "liaoning", ""),
    ("锦州", "锦州市", "210700", "jinzhou", "辽宁"),
    ("吉林", "吉林省", "220000", "jilin", ""),
    ("白山", "白山市", "220600", "baishan", "吉林"),
    ("江苏", "江苏省", "320000", "jiangsu", ""),
    ("常州", "常州市", "320400", "changzhou", "江苏"),
    ("山东", "山东省", "370000", "shandong", ""),
    ("青岛", "青岛市", "370200", "qingdao", "山东"),
    ("菏泽", "菏泽市", "371700", "heze", "山东"),
    ("湖北", "湖北省", "420000", "hubei", ""),
    ("广西", "广西壮族自治区", "450000", "guangxi", ""),
    ("重庆", "重庆市", "500000", "chongqing", ""),
)
SECTIONS = (
    ("union-news", "工会新闻"),
    ("features", "特写"),
    ("rights", "权益维护"),
    ("craft", "技能天地"),
    ("culture", "职工文化"),
    ("comment", "时评"),
)
GENRES = (("news", "消息"), ("feature", "通讯"), ("sketch", "特写"), ("profile", "人物"), ("roundup", "综述"))
TOPICS = _list(
    "劳动竞赛 产改 集体协商 劳模工匠 困难帮扶 送清凉 技能培训 女职工 新就业形态 职工书屋 安全生产 心理关怀 "
    "民主管理 法律援助 普惠服务 疗休养 职工思政 班组建设 创新工作室 数字工会 县域工会 医疗互助 就业服务 助学圆梦"
)
ORGANISATIONS = tuple(
    f"{place}{kind}"
    for place in ("青岛", "常州", "锦州", "白山", "菏泽", "清河", "鄂尔多斯", "重庆", "湖北", "广西")
    for kind in ("市总工会", "机械厂工会", "港口集团工会", "快递行业工会", "人民医院工会", "第三中学工会")
)

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
RARE_SURNAMES = "单尉解仇区朴缪查盖冼逄亓郄"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文斌辉鹏飞云峰海燕春梅雪松波凯琳婷雨欣怡晨阳佳宁浩然子轩思远稚淳慧颖振东永清光荣德胜立新"
RARE_GIVEN = "翀堃喆珺赟垚祎彧骉燊芃昶旻烜𬭎𬍛"
"""Characters that many tables leave out; two lie beyond the basic plane."""

PLACES = _list(
    "车间 码头 工地 园区 服务站 驿站 职工之家 培训中心 矿区 站段 门店 食堂 仓库 项目部 大厅 实训基地 图书室 礼堂"
)
WHO = _list(
    "职工 工友 一线工人 农民工 快递员 外卖骑手 货车司机 女职工 青年技工 劳模 工匠 班组长 工会干部 保洁员 护士 教师 "
    "电焊工 吊车司机 纺织女工 巡线员 列车长 养路工 调度员 质检员 网约车司机 家政服务员"
)
DEEDS = _list(
    "签订集体合同 开展劳动竞赛 举办技能比武 发放慰问品 组织免费体检 设立爱心托管班 开通维权热线 建立互助基金 "
    "推广安全操作法 修缮休息室 配齐冷柜 评选示范班组 召开职代会 公开厂务 调解欠薪纠纷 组织疗休养 送岗位上门 "
    "办起夜校 结成师徒对子 征集合理化建议 落实带薪年假 更新劳保用品 建起母婴室 发布工资指导线 办理入会手续 "
    "开设心理课堂 补贴子女学费 评定技能等级 试行错时用餐 安装充电桩"
)
GAINS = _list(
    "收入有了增长 上班更有劲头 事故少了三成 大家心里有底 技术难题得到解决 家里的困难有人管 回家的路更安心 "
    "想说的话有地方说 年轻人愿意留下来 手艺有人接班 看病花钱少了 休息的地方敞亮了 孩子放学有人带 合同写得明明白白"
)
QUALITIES = _list("细致 扎实 暖心 及时 公开 公平 持久 灵活 贴心 有效 规范 便利 主动 务实 稳妥 热闹")
TIMES = _list(
    "今年以来 上个月 入夏后 春节前 连续三年 去年底 近日 每逢周末 从立项到收尾 半年来 开工第一天 汛期里 "
    "国庆假期 丰收时节 寒潮来时 竞赛期间"
)
SENTENCES = (
    "{time}，{org}在{place}里为{who}{deed}，{gain}。",
    "{who}{name}说，{deed}以后，{gain}。",
    "从{place}到{place2}，{who}都在谈论同一件事：{deed}。",
    "{org}的做法并不复杂：先听{who}怎么说，再{deed}，最后把结果贴在{place}门口。",
    "记者在{region}看到，{place}前排着队，{who}等着领取材料，办事{quality}而{quality2}。",
    "“不怕事情小，就怕没人管。”{name}是{place}的{who}，{time}，他提出的建议被采纳。",
    "为了让服务更{quality}，{region}把{topic}列入年度清单，要求各单位{deed}。",
    "{time}，{place}里的灯亮到很晚，{who}围着老师傅学手艺，{gain}。",
    "{org}负责人{name}介绍，{topic}不是一阵风，要靠{deed}一点一点做出来。",
    "有人担心{deed}会增加成本，账算下来，{gain}，企业也省了钱。",
    "{region}的{who}多在外奔波，{org}便把{place}设到他们必经的路口。",
    "问起变化，{who}的回答很一致：{gain}。",
    "按照协议，双方每季度碰一次头，{deed}的进度要向{who}通报。",
    "{place2}的{who}{name}原打算离开，{time}，{org}帮他{deed}，他又留了下来。",
    "会上没有长篇发言，{who}轮流讲难处，{org}当场答复，记录{quality}，时限清楚。",
    "{topic}开展以来，{place}里多了一块牌子，也多了一份责任。",
)
HEADLINES = (
    "{org}{deed}",
    "{region}：{who}{gain}",
    "{topic}进{place}　{who}{gain}",
    "{place}里的{who}",
    "{who}{name}的{place}",
    "{region}{topic}让{who}{gain}",
    "{coined}走进{place}",
    "{region}推出“{coined}”",
    "{name}：{gain}",
    "{deed}，{region}这样做",
)
KICKERS = ("{region}把{topic}做到{who}身边", "{topic}一线见闻", "{org}推行“{coined}”", "来自{place}的报道")
TIPS = ("{topic}怎么做才{quality}？{region}的{who}给出回答。", "{time}，{org}{deed}。“{coined}”是怎样来的，请看本文。")

MEASURES = ("个", "名", "人", "家", "场", "件", "次", "份", "万元", "公里")
NEEDLES = (
    "这项名为“{coined}”的服务由{name}牵头。",
    "{name}把经验叫作{coined}，在{place}里传开。",
    "“{coined}”在{region}试行，{who}叫好。",
    "台账显示，{coined}已覆盖{number}{measure}点位。",
    "{org}同{coined}一道，帮助{number}{measure}对象。",
)
COUNTS = (
    "全年共登记{number}{measure}。",
    "截至月底，累计{number}{measure}，比上年多。",
    "其中{number}{measure}来自{place}。",
)
REAL_TERMS = _list(
    "求学圆梦 清工之家 五力五解 两清单两报告 县级工会加强年 数智木兰 AI智能体检 e路有家 尹稚淳 赋能班组长 魃 "
    "云智e站 G60职工驿站"
)
"""Terms that readers really look up; each stands in 3 to 15 stories, whatever the archive's size."""
REAL_NUMBER = "5125个"
LATIN = ("App", "GDP", "WiFi", "Logistics Park", "Qilu Union", "open day", "VR", "NB-IoT", "CRH380B", "COSCO")
TRADITIONAL = "會勞動員業廠區務組長開學習縣幹書發關愛傳統聯辦熱線維權補貼慶國際廣東機場門農業護導師總結調協議題記說電車鐵橋鋼紡織漁船醫療養險財經費層級責職圖讓報賽"
SIMPLIFIED = "会劳动员业厂区务组长开学习县干书发关爱传统联办热线维权补贴庆国际广东机场门农业护导师总结调协议题记说电车铁桥钢纺织渔船医疗养险财经费层级责职图让报赛"
TO_TRADITIONAL = {
    ord(simple): traditional
    for simple, traditional in zip(SIMPLIFIED, TRADITIONAL, strict=True)
    if simple != traditional
}
"""Pairs that no good table doubts, for passages that were written in Traditional characters."""
TO_SIMPLIFIED = {ord(traditional): chr(simple) for simple, traditional in TO_TRADITIONAL.items()}


@cache
def dictionary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Words of two to four characters, the commonest first, and their cumulative frequencies by Zipf's law.

    The dictionary tells no frequencies, so the order is that of a digest: arbitrary, but the same everywhere and for
    every seed. Two thirds of running Chinese text is words of two characters; longer ones stand further behind.
    """
    # What GB 2312 does not hold are Traditional and rare forms: those come in as needles, where they are counted.
    words = [word for word in phrases_dict if 2 <= len(word) <= 4 and _plain(word)]
    words.sort(key=lambda word: (_lot(word) * (1 + 4 * (len(word) - 2)), word))
    return tuple(words), tuple(accumulate(1 / (rank + 20) for rank in range(len(words))))


@cache
def characters() -> str:
    """The 3,755 characters of GB 2312's first level, which coined names are made of."""
    return "".join(
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA)
    )


def _plain(word: str) -> bool:
    try:
        return len(word.encode("gb2312")) == 2 * len(word)
    except UnicodeEncodeError:
        return False


def _lot(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=6).digest(), "big")

"""Sentences for made-up stories: our own, with slots, so that a page is long without saying the same twice.

Nothing here is news; people, works and places are invented. What matters is what a line breaker meets: figures with
units, Latin, quotations, dashes, ellipses, brackets, rare characters.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

UNITS = (
    "临江机床厂", "东湾造船厂", "白塔区总工会", "松河电力检修公司", "海棠纺织集团", "青石港务公司", "长桥公交公司", "云岭矿业",
    "北岸化工", "南屏县总工会", "新渡物流园", "金柳环卫所", "大堤水务", "红岩建筑公司", "银杏街道工会", "望潮食品厂",
)  # fmt: skip
PEOPLE = (
    "林一舟", "许冬梅", "赵启明", "宋雨桐", "高原", "方闻", "何秀兰", "孙立", "谢宁", "陈志远", "罗晓燕", "沈海涛",
    "马春梅", "邓建国", "蒋玉珍", "吴桂芳", "刘𬭎", "周㙍", "郑䶮", "欧阳小满",
)  # fmt: skip
TRADES = (
    "焊工", "钳工", "外卖骑手", "公交司机", "挡车工", "装卸工", "检修工", "环卫工", "护士", "仓管员", "起重工", "质检员", "叉车司机",
    "电工",
)  # fmt: skip
THINGS = (
    "职工之家", "妈妈小屋", "爱心驿站", "技能夜校", "集体合同", "高温津贴", "安全隐患台账", "劳模工作室", "职工书屋", "暑期托管班",
    "互助保障", "工资协商要约书", "健康小屋", "法律援助窗口",
)  # fmt: skip
LATIN = ("AI", "5G", "PLC", "App", "ISO 45001", "Wi-Fi", "PM2.5", "GB/T 28001", "CNC", "KPI")
SENTENCES = (
    "{date}，{unit}的{thing}正式启用，{n}名职工走进门来，看见墙上贴着自己提的意见。",
    "“{thing}不是摆设。”{person}说，“要让大家用得上、用得起、愿意用。”",
    "记者在{unit}看到，{trade}们交接班时先看一眼公示栏，上面写着{n}条建议的办理进度。",
    "据统计，今年以来全市新建{thing}{n}个，覆盖职工{big}人，比去年同期增长{pct}%。",
    "过去，{trade}{person}最愁的是孩子放学没人接；如今，下班后走{small}分钟就能到托管班。",
    "方案先后改了{small}稿：第一稿讲原则，第二稿列清单，第三稿才写到“谁来办、几时办、办不好怎么办”。",
    "{unit}工会主席{person}把账算得很细——通勤班车、食堂补贴、体检套餐，一年下来每人可省{big}元。",
    "有人问：“钱从哪里来？”答案是企业出一点、工会补一点、行业协会帮一点……",
    "按照《工资专项集体合同》，一线岗位最低工资提高到{big}元，夜班津贴每班增加{small}元。",
    "会上，{n}名职工代表逐条审议，赞成{n}票，弃权{small}票，没有反对票。",
    "走进车间，温度计指着{temp}℃，工人们的水杯里泡着绿豆汤，风机呼呼地吹。",
    "{person}干{trade}已经{small}年，手上的老茧厚得像一层皮，可他测出来的误差不到0.0{small}毫米。",
    "“先把图纸看懂，再去摸机器。”他常对徒弟这样说。",
    "{unit}引入{latin}系统以后，隐患从发现到销号平均只要{small}小时，比过去缩短了三分之二。",
    "工会派出的{n}名集体协商指导员分片包干，上门为{n}家小微企业讲政策、改文本、算账目。",
    "夜里{small}点，港口的灯还亮着，值班的{person}把最后一只集装箱放稳，才松了口气。",
    "她说，自己最高兴的不是得奖，而是班组里的年轻人愿意留下来。",
    "截至{date}，平台共受理职工诉求{big}件，办结率达{pct}%，满意率达{pct}%。",
    "有的诉求一时办不了，工作人员也会打电话说明原因，讲清下一步怎么走。",
    "这笔钱怎么花，{unit}开了{small}次座谈会，最后由职工投票决定：先修浴室，再换更衣柜。",
    "“以前提意见像把石子丢进井里，听不见响声。”{trade}{person}笑着说，“现在三天之内必有回音。”",
    "{unit}与{unit2}签订互助协议，约定{n}个班组结对，每季度交换一次“师傅”。",
    "专家认为，{thing}要办得长久，关键在于有人管、有钱办、有制度，缺一样都会走样。",
    "统计表上的数字并不总是好看：仍有{n}家企业没有建会，{n}名职工没有签订书面合同。",
    "对此，市总工会表示，将把名单交给街道工会逐户走访，{small}月底前完成第一轮“敲门行动”。",
    "培训课排在每周三晚上，{small}学时一个单元，内容包括识图、{latin}编程、焊缝检测和应急救护。",
    "第一堂课来了{n}人，教室坐不下，有人搬来小板凳坐在过道里。",
    "{person}翻开笔记本，里面密密麻麻记着{n}个电话号码，都是他帮助过的工友。",
    "“有困难找工会”不是一句口号，它得落在一张表、一个人、一个期限上。",
    "{date}清晨，{unit}门口排起了队，{n}名职工等着参加免费的“两癌”筛查。",
    "检查结果当天就发到手机上，需要复查的{small}人由医院开通绿色通道。",
    "企业方代表坦言，起初担心成本上涨；算过流失率这笔账以后，态度变了。",
    "过去一年，该厂的职工流失率从{pct}%降到{small}%，返工率下降{small}个百分点。",
    "站在塔吊上往下看，人像蚂蚁一样小，可每一颗螺丝都要拧到规定的力矩。",
    "班长{person}做了一块小黑板，谁发现一处隐患，就在名字后面画一颗星。",
    "到了月底，星最多的人可以先挑休息日，这比发奖金还管用。",
    "骑手们最在意三件事：单价怎么定、超时怎么罚、申诉找谁。",
    "协商桌上，双方为“恶劣天气是否延长配送时间”争了整整一个下午。",
    "最后写进合同的是：橙色以上预警，每单延长{small}分钟，超时不扣款。",
    "为了这一行字，{unit}工会收集了{big}份问卷，跟车跑了{small}天。",
    "{thing}里有微波炉、饮水机、急救箱，还有一排充电插座，{trade}们管它叫“加油站”。",
    "附近的小餐馆也加入进来，凭工会会员卡一碗面便宜{small}元。",
    "老劳模{person}今年{temp}岁，退休后每天仍到工作室转一圈，看看年轻人有没有新问题。",
    "他的工具箱里有一把锉刀，用了二十八年，刀柄被手磨得发亮。",
    "“机器能代替手，代替不了心。”这是他教给徒弟的第一句话，也是最后一句。",
    "法律援助律师提醒：签合同之前，先看工作地点、工资构成和加班计算办法这三条。",
    "一起欠薪案从受理到调解成功只用了{small}天，{n}名农民工拿回{big}元工资。",
    "拿到钱的那天，{person}给律师送来一袋自家种的花生，推让了半天。",
    "今年夏天，全市共发放防暑降温物资{big}份，检查露天作业工地{n}处，叫停违规作业{small}起。",
    "监督员们不打招呼、不要陪同，到了现场先看水、再看药、最后看休息室。",
    "{unit}把高温津贴单独列在工资条上，一目了然，谁也糊弄不了谁。",
    "在{unit}，午休时间从1小时延长到{small}小时，上下午的作业时段错开了最热的时候。",
    "据介绍，全省首个新就业形态劳动者{latin}服务平台已接入{small}家企业，注册{big}人。",
    "点开首页，工伤申报、法律咨询、技能培训、子女托管四个入口排成一行，字号特意放大。",
    "有职工留言：“字大，好找；电话有人接，踏实。”",
    "竞赛设{small}个工种，理论占{temp}%，实操占其余，成绩当场公布。",
    "决赛那天，{unit}的{person}以{pct}分夺得第一名，比第二名只多了0.{small}分。",
    "裁判长说，差距就在收尾：同样的焊缝，有人擦得干干净净，有人转身就走。",
    "获奖者不仅有奖金，还可以破格晋升一级，名字写进企业的“工匠墙”。",
    "{date}，调研组到{unit}蹲点{small}天，与{n}名职工一对一谈话，不许干部在场。",
    "谈话记录整理成{n}条问题，分成立即办、限期办、报上级办三类，逐条编号。",
    "其中最集中的是三个字：停车难。厂区只有{n}个车位，却有{big}辆车。",
    "两个月以后，旧仓库拆了，新停车场画好了线，还装了{small}台充电桩。",
    "“这样的事不大，却天天碰得到。”{person}说。",
    "书屋的书不多，{big}册，借阅登记本却换了{small}本，最旧的一本《机械制图》书脊已经脱落。",
    "管理员{person}在每本书里夹一张小卡片，读者可以写一句话，留给下一个人。",
    "有人写：“第37页的公式印错了，已用铅笔改过。”",
    "托管班的孩子们画了一张大画，画上是爸爸的吊车、妈妈的缝纫机，还有一个大大的太阳。",
    "值班老师都是从职工里招来的志愿者，{n}人轮班，每人一个假期服务{small}天。",
    "{unit}的做法并不复杂：把钱花在明处，把事办在实处，把话说在前头。",
    "当然，问题还不少。有的驿站位置偏，有的设备坏了没人修，有的开门时间正好是大家上班的时间。",
    "下一步，市总工会将建立“红黄绿”三色台账，每季度公布一次，连续两次亮红灯的要说明情况。",
    "文件写得明白：经费向基层倾斜，{pct}%以上用于职工服务，结余不得挪作他用。",
    "下班铃响了，{trade}们三三两两走出厂门，有人直奔球场，有人拐进了夜校的教室。",
    "{person}留在最后，关灯、锁门，又回头看了一眼黑板上没擦掉的电路图。",
    "雨下得正紧，公交{small}路末班车晚点{small}分钟，驿站的灯一直等到他进门才关。",
    "算下来，每个班组每月多出{small}个小时用于学习，产量不降反升，提高了{small}.{small}%。",
    "这份方案经职工代表大会全票通过，自{date}起施行，有效期{small}年。",
    "采访结束时，{person}没有说豪言壮语，只是把安全帽戴正，转身上了脚手架……",
)  # fmt: skip
CROSSHEADS = (
    "从“有牌子”到“有人气”", "小站点撬动大服务", "谁来办，谁来评", "把账算到每个人", "夜校里的灯光", "手艺要留得下来", "难处摆上桌面",
    "写进合同才算数", "机器旁边的那个人", "一张表格管到底", "让数据多跑路", "把师傅请回来",
)  # fmt: skip
HEADLINES = (
    "{n}家企业签下集体合同", "一线岗位平均增资{small}.{small}%", "骑手有了自己的集体合同", "把“家”建到职工心坎上",
    "从“人找政策”到“政策找人”", "锉刀尖上二十八年", "换模时间压缩至{small}分钟", "{unit}开出“技能夜校”",
    "“妈妈小屋”开进车间", "暑期托管班解了“看护难”", "群众安全监督员查隐患百余项", "{n}名职工代表巡视安全生产",
    "高温津贴写进工资条", "旧仓库变身停车场", "深夜书房　灯火可亲", "叉车班开课了", "行业集体协商覆盖三百家小微企业",
    "六部门联手为困难职工建“数据档案”", "驿站亮灯　骑手歇脚", "意见箱三天有回音", "一纸合同｜稳住一支队伍",
    "{unit}职工有了“健康管家”", "法律援助跑出“加速度”", "老劳模带出{n}名新徒弟", "小黑板上的安全星",
    "5G吊车上的年轻人", "工会主席的“敲门行动”", "一碗绿豆汤的清凉",
)  # fmt: skip
KICKERS = (
    "{unit}工资集体协商尘埃落定", "{unit}劳动竞赛见实效", "{unit}推动职工之家提质增效", "白天上班，晚上充电", "市总工会专项行动见闻",
    "新就业形态劳动者权益保障", "记{unit}{trade}{person}",
)  # fmt: skip
DECKS = (
    "夜班津贴同步提高，方案经职代会全票通过", "——{n}家企业“结对建家”一年间", "一户一策，动态预警，资金直达", "他把误差控制在五微米以内",
    "倒班职工也能借到想看的书", "企业出一点、工会补一点、协会帮一点",
)  # fmt: skip
CAPTIONS = (
    "{date}，{unit}的{trade}在检查设备。", "图为{unit}职工走进新建成的{thing}。", "{person}（左）在工作台前向徒弟演示锉削。",
    "{date}，工会干部把防暑物资送到{unit}工地。", "竞赛现场，选手们争分夺秒。",
)  # fmt: skip
TIPS = (
    "建家率从{small}%升到{pct}%，合格职工之家突破{n}家——一年来，{unit}把评价权交给职工。家怎么建？钱怎么花？好不好谁说了算？",
    "一把锉刀，一块平板，二十八年。他修过的零件超过{big}件，带出{n}名徒弟。有人问他图什么，他说：“图个踏实。”",
    "骑手、司机、保洁员，他们的诉求往往细小而具体。记者跟着协商指导员跑了{small}天，看一行字是怎样写进合同的。",
)  # fmt: skip
_SLOT = re.compile(r"\{(\w+)\}")


class Writer:
    """Writes with one random source, and uses every sentence before it uses one again."""

    def __init__(self, source: random.Random) -> None:
        self.source = source
        self.stocks: dict[tuple[str, ...], list[str]] = {}

    def take(self, stock: tuple[str, ...]) -> str:
        """One of *stock*, its slots filled; none comes again until all have come."""
        left = self.stocks.setdefault(stock, [])
        if not left:
            left.extend(self.source.sample(stock, len(stock)))
        return self.fill(left.pop())

    def fill(self, template: str) -> str:
        """*template* with each slot filled anew."""
        return _SLOT.sub(lambda match: self._word(match[1]), template)

    def paragraphs(self, characters: int) -> Iterator[str]:
        """Paragraphs of one to four sentences, about so many characters in all."""
        while characters > 0:
            text = "".join(self.take(SENTENCES) for _ in range(self.source.choice((1, 2, 2, 3, 3, 4))))
            yield text
            characters -= len(text)

    def _word(self, slot: str) -> str:
        number = self.source.randint
        match slot:
            case "unit" | "unit2":
                return self.source.choice(UNITS)
            case "person":
                return self.source.choice(PEOPLE)
            case "trade":
                return self.source.choice(TRADES)
            case "thing":
                return self.source.choice(THINGS)
            case "latin":
                return self.source.choice(LATIN)
            case "date":
                return f"{number(1, 7)}月{number(1, 28)}日"
            case "n":
                return str(number(12, 480))
            case "big":
                return str(number(11, 480) * 100)
            case "small":
                return str(number(2, 9))
            case "temp":
                return str(number(31, 69))
            case "pct":
                return f"{number(71, 99)}.{number(1, 9)}"
        raise KeyError(slot)

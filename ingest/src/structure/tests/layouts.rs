//! The layouts: kinds of sites and papers, places and people invented.

use super::Layout;

const NONE: Layout = Layout {
    name: "",
    text: "",
    headline: "",
    kicker: "",
    subtitle: "",
    published: "",
    publisher: "",
    bylines: "",
    editors: "",
    interview: "",
    speakers: "",
    sections: "",
    captions: "",
    sentences: 0,
    dropped: "",
};

pub(super) const LAYOUTS: &[Layout] = &[
    Layout {
        name: "news portal with channel, byline under the headline, counters",
        text: "某某网\n某某网>>某省频道\n大河涨水以后的十天十夜\n张三丰 李四\n2021年12月08日13:53 | 来源：某某网-某省频道\n小字号\nBODY\n（责编：王五、赵六）\n分享让更多人看到\n返回顶部",
        headline: "大河涨水以后的十天十夜",
        kicker: "某某网",
        published: "2021-12-08",
        publisher: "某某网-某省频道",
        bylines: "张三丰 李四",
        editors: "王五、赵六",
        sentences: 7,
        dropped: "小字号/分享让更多人看到/返回顶部/王五",
        ..NONE
    },
    Layout {
        name: "county government site with menus, position, counters, foot",
        text: "首页\n政务公开\n政务服务\n政民互动\n走进某县\n当前位置：首页 > 新闻中心 > 本县要闻\n某县召开防汛工作会议\n发布时间：2022-07-03 16:20 来源：某县融媒体中心 浏览次数：312 字体：大 中 小\nBODY\n【打印本页】 【关闭窗口】\n上一篇：某县举办龙舟赛\n下一篇：某县今年夏粮丰收\n主办单位：某县人民政府办公室\n地址：某县人民路1号\n版权所有：某县人民政府 ICP备05001234号\n网站地图 | 联系我们 | 关于本站",
        headline: "某县召开防汛工作会议",
        published: "2022-07-03",
        publisher: "某县融媒体中心",
        sentences: 5,
        dropped: "政务公开/走进某县/当前位置/龙舟赛/夏粮/主办单位/人民路/ICP/网站地图",
        ..NONE
    },
    Layout {
        name: "date behind the editors in the foot",
        text: "某地的河湖又清了\nBODY\n编辑：王五　责任编辑：赵六　2023-05-06 09:12",
        headline: "某地的河湖又清了",
        published: "2023-05-06",
        editors: "王五/赵六",
        sentences: 4,
        ..NONE
    },
    Layout {
        name: "report with the day of its delivery under the headline",
        text: "政府工作报告\n——2022年1月24日在某县第十六届人民代表大会第二次会议上\n县长 王建国\nBODY\n二、2022年工作安排\nBODY",
        headline: "政府工作报告",
        published: "2022-01-24",
        bylines: "县长 王建国",
        sections: "二、2022年工作安排",
        sentences: 10,
        ..NONE
    },
    Layout {
        name: "notice signed and dated before its annex, printed a day later",
        text: "某县人民政府办公室关于印发防汛方案的通知\n各乡镇人民政府：\n《某县防汛方案》已经县政府第9次常务会议审议通过，现印发给你们。\n某县人民政府办公室\n2022年6月27日\n某县防汛方案\nBODY\n某县人民政府办公室 2022年6月28日印发",
        headline: "某县人民政府办公室关于印发防汛方案的通知",
        published: "2022-06-27",
        sentences: 10,
        ..NONE
    },
    Layout {
        name: "date of the last change inside a closing bracket",
        text: "老桥\nBODY\n（资料由某县文物局提供；撰稿：王建国。最后更新：2022年6月10日）",
        headline: "老桥",
        published: "2022-06-10",
        bylines: "王建国",
        sentences: 5,
        ..NONE
    },
    Layout {
        name: "subtitle without a headline",
        text: "——某州推进河湖治理综述\nBODY",
        headline: "",
        sentences: 4,
        ..NONE
    },
    Layout {
        name: "party paper: headline, subtitle with dash, marked byline, sections",
        text: "一河清水向东流\n——某州推进河湖治理综述\n□王建国\nBODY\n治水先治岸 护河先护林\nBODY\n人水相亲 城河共融\nBODY",
        headline: "一河清水向东流",
        subtitle: "——某州推进河湖治理综述",
        bylines: "□王建国",
        sections: "治水先治岸 护河先护林/人水相亲 城河共融",
        sentences: 14,
        ..NONE
    },
    Layout {
        name: "paper interview: who interviews whom above the headline, 问 and 答, dateline below",
        text: "南江日报记者专访清河县委书记马立新\n守住一条河 带富一方人\n■ 南江日报记者 叶青青 通讯员 陈小燕\n今年是中国共产党成立100周年。BODY\n问：水退了吗？\n答：BODY\n问：后来呢？\n答：BODY\n（南江日报清城10月26日电）\n责任编辑：章明",
        headline: "守住一条河 带富一方人",
        kicker: "南江日报记者专访清河县委书记马立新",
        published: "2021-10-26",
        publisher: "南江日报",
        bylines: "■ 南江日报记者 叶青青 通讯员 陈小燕",
        editors: "章明",
        speakers: "问/答",
        sentences: 16,
        dropped: "章明",
        ..NONE
    },
    Layout {
        name: "portal interview: series above the headline, roles, media name as speaker",
        text: "“学史·办事 对话地方负责人”\n专访|东山市委书记林海：修好一条路 连起万家心\nBODY\n采访人：某某网东山频道总编辑 谢小龙\n专访嘉宾：东山市委书记 林海\n某某网：请问这条路修了多久？\n林海：BODY\n——先修桥，后修路。BODY\n某某网：下一步有什么打算？\n林海：BODY\n分享让更多人看到\n- 评论\n- 关注",
        headline: "专访|东山市委书记林海：修好一条路 连起万家心",
        kicker: "“学史·办事 对话地方负责人”",
        interview: "某某网东山频道总编辑 谢小龙 → 东山市委书记 林海",
        speakers: "某某网/林海",
        sentences: 19,
        dropped: "评论/关注",
        ..NONE
    },
    Layout {
        name: "agency dispatch with reporters in brackets and a full date elsewhere",
        text: "高原湖泊迎来第一批候鸟\n2022-10-27 08:05:16　来源：某某社客户端\n新华社西平10月26日电（记者王小红、李明）BODY\n（完）",
        headline: "高原湖泊迎来第一批候鸟",
        published: "2022-10-27",
        publisher: "某某社客户端",
        bylines: "记者王小红、李明",
        sentences: 6,
        ..NONE
    },
    Layout {
        name: "dispatch without any other date: no year, no date",
        text: "高原湖泊迎来第一批候鸟\n新华社西平10月26日电（记者王小红 李明）BODY到2025年，这里要建成湿地公园。",
        headline: "高原湖泊迎来第一批候鸟",
        publisher: "新华社",
        bylines: "记者王小红 李明",
        sentences: 5,
        ..NONE
    },
    Layout {
        name: "WeChat article: original, account, credits below",
        text: "这座小城，为什么让人来了就不想走？\n原创 周小舟 某某发布 2023-05-02 19:30 发表于某省\n点击上方蓝字关注我们\nBODY\n▲古城墙下的集市。 何大海 摄\nBODY\n来源 | 某某日报\n作者 | 周小舟\n编辑丨吴桐\n审核丨郑重\n扫码关注\n阅读原文\n在看",
        headline: "这座小城，为什么让人来了就不想走？",
        published: "2023-05-02",
        publisher: "某某日报",
        bylines: "周小舟/周小舟",
        editors: "吴桐/郑重",
        captions: "▲古城墙下的集市。 何大海 摄",
        sentences: 12,
        dropped: "点击上方/扫码/阅读原文/在看",
        ..NONE
    },
    Layout {
        name: "notice: issuer and date below",
        text: "关于举办消夏文化节的公告\nBODY\n一、活动时间\n2023年7月1日至8月31日，每晚7时开始。\n二、活动地点\n人民公园南门广场。\n某市文化广电和旅游局\n2023年6月18日",
        headline: "关于举办消夏文化节的公告",
        published: "2023-06-18",
        sections: "一、活动时间/二、活动地点",
        sentences: 10,
        ..NONE
    },
    Layout {
        name: "work report: date of delivery in brackets, speaker with post, chapters",
        text: "政府工作报告\n（2022年1月28日在某县第十八届人民代表大会第一次会议上）\n某县人民政府县长 杨树林\n各位代表：\nBODY\n一、过去五年工作回顾\nBODY\n（一）经济稳中有进\nBODY\n二、2022年工作安排\nBODY",
        headline: "政府工作报告",
        published: "2022-01-28",
        bylines: "某县人民政府县长 杨树林",
        sections: "一、过去五年工作回顾/（一）经济稳中有进/二、2022年工作安排",
        sentences: 19,
        ..NONE
    },
    Layout {
        name: "work report on a portal: column, weak date label, counters, abstract cut off",
        text: "工作报告\n2022年某县政府工作报告\n时间：2022-12-03 作者：某县政研 来源：政府官网 阅读：\n705\n评论：\n0\n内容摘要：\n各位来宾：今天我们相聚在江边，为的是给三座新桥剪彩，再听修桥的人讲一讲......\n各位来宾：今天我们相聚在江边，为的是给三座新桥剪彩，再听修桥的人讲一讲。\nBODY",
        headline: "2022年某县政府工作报告",
        published: "2022-12-03",
        publisher: "政府官网",
        bylines: "某县政研",
        sentences: 6,
        dropped: "705/内容摘要/....../评论",
        ..NONE
    },
    Layout {
        name: "guide to sites: editors and a month below the headline",
        text: "某市古桥导览\n某市旅游手册编辑部 编　2022年4月版\nBODY\n一　老虎桥\nBODY\n二　石板桥\nBODY\n撰文：冷小松　摄影：田维佳",
        headline: "某市古桥导览",
        subtitle: "",
        bylines: "冷小松",
        editors: "田维佳",
        sections: "一　老虎桥/二　石板桥",
        sentences: 14,
        ..NONE
    },
    Layout {
        name: "introduction of sites: bare headings and no headline",
        text: "石鼓关\nBODY\n老酒\nBODY\n古渡口\nBODY",
        sections: "老酒/古渡口",
        sentences: 12,
        ..NONE
    },
    Layout {
        name: "introduction of one site with a table of facts",
        text: "某将军故居纪念馆\n【地址】某省某市某县石桥镇\n【开放时间】周二至周日8:30至16:00\n一、概况\nBODY\n二、看点\nBODY\n（某县地方志办公室供稿，2022年3月15日更新）",
        headline: "某将军故居纪念馆",
        published: "2022-03-15",
        sections: "二、看点",
        sentences: 12,
        ..NONE
    },
    Layout {
        name: "column of a paper: name of the column, single author, weekly and its date",
        text: "河西时评\n修桥不是终点，走通才算交卷\n赵望山\n2021年9月6日　《河西周刊》第36期\nBODY\n（作者系河西周刊特约评论员　责编：卫红）",
        headline: "修桥不是终点，走通才算交卷",
        kicker: "河西时评",
        published: "2021-09-06",
        bylines: "赵望山",
        editors: "卫红",
        sentences: 8,
        ..NONE
    },
    Layout {
        name: "press release: issuing body, bracketed date, rows of figures",
        text: "某县人民政府新闻办公室\n某县公布民生实事“半年账单”\n（2021年10月8日）\nBODY\n一、办实事\n列入清单的民生实事　　132件\n其中已经办结　　　　　71件\n新建公办幼儿园　　　　5所\n二、学技术\n培训班　　　119期\n培训学员　　6100多人次\n技术能手　　80人\nBODY\n联系人：某县人民政府新闻办公室 吴清河",
        headline: "某县公布民生实事“半年账单”",
        kicker: "某县人民政府新闻办公室",
        published: "2021-10-08",
        sections: "一、办实事/二、学技术",
        sentences: 18,
        ..NONE
    },
    Layout {
        name: "forum thread: browser title, floors, comments",
        text: "老街的石板路要不要翻修_某某论坛\n老街的石板路要不要翻修\n发表于 2020-3-5 21:14\n只看楼主\nBODY\n回复\n热门评论\n我觉得还是不要动了，石板路就是老街的魂，换成水泥就什么都没有了，大家说是不是。",
        headline: "老街的石板路要不要翻修",
        published: "2020-03-05",
        sentences: 4,
        dropped: "某某论坛/只看楼主/热门评论/水泥",
        ..NONE
    },
    Layout {
        name: "news site: menus in one line, related list, ranking, copyright",
        text: "首页 | 新闻 | 时政 | 财经 | 教育 | 旅游 | 视频\n老茶馆里的新节目\n2019-02-08 10:11 某某晚报\nBODY\n相关阅读\n老戏台修好了，票友们又唱起来\n春节期间全市接待游客再创新高\n点击排行\n1 某地发现古墓\n2 某地下了大雪\n声明：凡本网注明来源的作品，版权均属于本网，未经授权不得转载。\nCopyright 2008-2019 某某网 All Rights Reserved",
        headline: "老茶馆里的新节目",
        published: "2019-02-08",
        publisher: "某某晚报",
        sentences: 5,
        dropped: "财经/老戏台/春节期间/古墓/大雪/凡本网/Copyright",
        ..NONE
    },
    Layout {
        name: "list of dated titles behind the text without a head",
        text: "老茶馆里的新节目\n来源：某某晚报 日期：二〇一九年二月八日\nBODY\n老戏台修好了，票友们又唱起来 2019-02-07\n春节期间全市接待游客再创新高 2019-02-06\n某市启动新一轮老街保护工程 2019-02-05",
        headline: "老茶馆里的新节目",
        published: "2019-02-08",
        publisher: "某某晚报",
        sentences: 5,
        dropped: "票友/再创新高/老街保护",
        ..NONE
    },
    Layout {
        name: "magazine: text and pictures by, speakers with roles",
        text: "守塔人\n文/孙小川 图/高远\n2018.11.20\n主持人：各位网友大家好，今天请来的是守塔人老田。\n老田：BODY\n主持人：一年有几天在岸上？\n老田：BODY",
        headline: "守塔人",
        published: "2018-11-20",
        bylines: "孙小川",
        editors: "高远",
        speakers: "主持人/老田",
        sentences: 11,
        ..NONE
    },
    Layout {
        name: "local paper: author in brackets behind the text, source in brackets",
        text: "山村办起百家宴\nBODY（钱进 冯雪）\n（据《某某都市报》）\n2017年1月30日",
        headline: "山村办起百家宴",
        published: "2017-01-30",
        publisher: "某某都市报",
        bylines: "钱进 冯雪",
        sentences: 7,
        ..NONE
    },
    Layout {
        name: "paper: 本报讯, picture by no author, editors of the page",
        text: "渡口通了班车\n本报讯（见习记者 何小河 通讯员 江河）BODY\n图为首班车驶出站台。本报记者 罗成 摄\nBODY（记者从县交通局了解到）\n本版编辑 宋词 校对：唐诗\n版式：元曲",
        headline: "渡口通了班车",
        bylines: "见习记者 何小河 通讯员 江河",
        editors: "宋词/唐诗/元曲",
        captions: "图为首班车驶出站台。本报记者 罗成 摄",
        sentences: 10,
        ..NONE
    },
    Layout {
        name: "policy paper: number, chapters, issuer",
        text: "某市人民政府办公室文件\n某政办发〔2021〕5号\n关于印发某市古树名木保护办法的通知\n各县区人民政府：\nBODY\n第一章 总则\nBODY\n第二章 保护\nBODY\n成文日期：2021年3月2日",
        headline: "关于印发某市古树名木保护办法的通知",
        kicker: "某市人民政府办公室文件",
        published: "2021-03-02",
        sections: "第一章 总则/第二章 保护",
        sentences: 16,
        ..NONE
    },
    Layout {
        name: "date, source and reporter in one line",
        text: "把山歌唱给孩子听\n——访某县文化馆馆长罗山\n2021年12月20日　来源：某某新闻网　记者 李晓文\nBODY\n（责任编辑：朴海）",
        headline: "把山歌唱给孩子听",
        subtitle: "——访某县文化馆馆长罗山",
        published: "2021-12-20",
        publisher: "某某新闻网",
        bylines: "记者 李晓文",
        editors: "朴海",
        sentences: 6,
        dropped: "朴海",
        ..NONE
    },
    Layout {
        name: "event notice: its time is no date of publication",
        text: "古城灯会邀您来看\nBODY\n时间：2023年2月3日\n地点：古城南门\n票价：免费",
        headline: "古城灯会邀您来看",
        sentences: 7,
        ..NONE
    },
];

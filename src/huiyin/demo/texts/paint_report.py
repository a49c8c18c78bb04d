"""The 8D report on cylinders whose paint blisters, worked on as far as the causes."""

from __future__ import annotations

from huiyin.demo.texts.report_texts import CheckedPlace, InterimAction, ReportTexts, Why

PAINT = ReportTexts(
    "zh",
    "油缸外壁漆膜起泡脱落",
    ("WSG",),
    ("coating", "corrosion", "scratch"),
    "appearance",
    "production",
    fields={
        "symptom": "{model} 到货存放两周后缸筒外壁漆膜起泡，指甲可揭起，批次 {batch}。",
        "emergency": "客户挑出起泡件单独存放；我方发补漆一套并派人到场处理三支急用件。",
        "team_goal": "十五个工作日内查明起泡原因，补漆件附着力达到 1 级。",
        "what": "缸筒外壁漆膜起泡、成片脱落，底材无锈。",
        "where": "缸筒中段朝下一面，端盖和法兰没有。",
        "when": "到货存放两周后，梅雨天湿度高时更多。",
        "who": "客户仓库复检时发现，联系人 {who}。",
        "why": "整机外观验收不合格，漆膜脱落后会生锈。",
        "how": "目视加划格法，附着力 4 级，要求不大于 1 级。",
        "how_many": "20 支中 6 支。",
        "statement": "{model} 缸筒外壁漆膜在高湿存放两周后起泡脱落，批次 {batch}，20 支中 6 支，附着力 4 级。",
        "containment": "库存和在制油缸逐支划格检验，不合格的脱漆重喷。",
        "containment_proof": "重喷后抽检 8 支，附着力均为 1 级。",
        "occurrence": "清洗后烘干温度偏低，缸筒下侧残留水膜，漆膜下起泡。",
        "escape": "附着力每周只抽检一次，抽的是上侧。",
    },
    team=(
        ("zhaomin", "leader", "组织分析"),
        ("production", "member", "喷漆线试验"),
        ("guyiming", "member", "漆膜要求"),
    ),
    contrasts=(
        ("where", "缸筒朝下一面", "朝上一面、端盖", "水滴向下汇集", "清洗机换过挂具"),
        ("when", "三月以后的批次", "冬季的批次", "烘干炉两个加热段停了一个", "三月起节能运行"),
    ),
    places=(
        CheckedPlace("shop-floor", "喷漆线与装配线", 9, reworked=4, method="划格法，每支两点", who="彭大勇"),
        CheckedPlace("finished", "成品库油缸区", 18, reworked=7, method="划格法，每支两点", who="邱长青"),
    ),
    interim=(InterimAction("烘干炉恢复两段加热，首件测水膜", "production", "炉温记录、水膜试验照片"),),
    whys=(
        Why("o1", "occurrence", "漆膜与底材之间有水，受潮后起泡", evidence="揭开的漆膜背面有水渍"),
        Why("o2", "occurrence", "清洗后烘干不透，缸筒下侧残留水膜", "o1", "method", "出炉时下侧 38 ℃，上侧 61 ℃"),
        Why(
            "o3",
            "occurrence",
            "烘干炉为节能关了下段，工艺文件没有规定最低炉温",
            "o2",
            "method",
            "节能通知 3 月 2 日",
            is_root=True,
            method="一段与两段加热各烘十支后喷漆，湿热箱放三天",
            on="一段：10 支起泡 4 支",
            off="两段：10 支不起泡",
        ),
        Why(
            "e1",
            "escape",
            "附着力每周抽一次、只抽上侧，下侧没有人测",
            bone="measurement",
            evidence="检验规程 QI-PT-02 没有写位置",
            is_root=True,
            method="对六支起泡件分别在上下两侧划格",
            on="只测上侧：6 支全判合格",
            off="上下都测：6 支全部检出",
        ),
    ),
    contained="库存逐支划格检验，急用件已现场处理",
    analysed="两个根本原因都用开关试验证实，措施正在选定",
)

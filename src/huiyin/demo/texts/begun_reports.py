"""8D reports that are only begun: a peeling rod, a seal that hardens."""

from __future__ import annotations

from huiyin.demo.texts.report_texts import CheckedPlace, InterimAction, ReportTexts

ROD = ReportTexts(
    "zh",
    "活塞杆镀铬层起皮划伤密封",
    ("WSG",),
    ("coating", "leakage", "corrosion", "wear"),
    "function",
    "purchasing",
    fields={
        "symptom": "{model} 使用一个月后活塞杆镀层起皮，刮伤杆密封外漏，批次 {batch}。",
        "emergency": "先行发出两支备用油缸，旧件回收。",
        "what": "活塞杆距端头 120–200 mm 处镀铬层片状起皮。",
        "where": "行程中段，朝下一侧。",
        "when": "使用三至五周后。",
        "who": "客户维修班，联系人 {who}。",
        "why": "油液外漏，现场环保检查不合格。",
        "how": "目视和指甲刮，镀层成片脱落。",
        "how_many": "8 支中 2 支。",
        "statement": "{model} 活塞杆中段镀铬层起皮，批次 {batch}，8 支中 2 支。",
        "containment": "同炉号活塞杆全部停用，库存逐支做划格和弯曲试验。",
    },
    team=(
        ("quality", "leader", "组织分析"),
        ("purchasing", "member", "电镀供方联络"),
        ("technical", "member", "镀层要求"),
    ),
    contrasts=(("where", "行程中段", "两端", "中段是第二次上挂的位置", "供方换过挂具"),),
    places=(
        CheckedPlace("shop-floor", "油缸装配线", 6, held=5, method="划格法加 180° 弯曲", who="沈国平"),
        CheckedPlace("finished", "成品库油缸区", 11, held=4, method="划格法加 180° 弯曲", who="邱长青"),
    ),
    interim=(InterimAction("同炉号 9 支活塞杆隔离，改用另一供方的杆", "purchasing", "隔离单"),),
    contained="同炉号全部隔离，客户已用备用缸",
)

SEAL = ReportTexts(
    "zh",
    "密封件装配后两天内硬化开裂",
    ("WSM",),
    ("crack", "material", "wear"),
    "function",
    "purchasing",
    fields={
        "symptom": "{model} 装入油缸两天后唇口硬化开裂，批次 {batch}。",
        "emergency": "客户停用同批密封件，现场封存 340 件。",
        "what": "唇口硬化、径向裂纹 2–3 处。",
        "where": "静置油缸的杆密封。",
        "when": "接触液压油 48 小时后。",
        "how_many": "已知 12 件，客户还在清点。",
    },
    team=(("zhaomin", "leader", "组织分析"), ("purchasing", "member", "胶料批次追溯")),
)

"""Requests to suppliers as the buyers wrote them, each with the answer the supplier gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SupplierMatter:
    """One matter with a supplier: the fields of the request, and those of the answer where one is given."""

    request: dict[str, Any]
    answer: dict[str, Any] = field(default_factory=dict)


RUBBER = SupplierMatter(
    {
        "supplier": "宁海恒力橡胶密封件厂",
        "contact": "柯厂长",
        "email": "ke@hengli-seal.example",
        "telephone": "0574-6555 0131",
        "model": "O 形圈 25×2.4 NBR70",
        "batch": "HL2608",
        "quantity": 1200,
        "defect": "硬度 62 HA，要求 70±5；压缩永久变形 41 %，要求不大于 30 %",
        "containment": "本批 1200 件封存，在途 3000 件停发",
    },
    {
        "containment": "库存 8 600 件逐箱抽测硬度，2 100 件报废",
        "stock": 8600,
        "inspected": 8600,
        "good": 6500,
        "bad": 2100,
        "occurrence": "一段硫化时间由 8 分钟误设为 6 分钟，硫化不足",
        "escape": "出厂只抽测首模，没有按箱抽测",
        "action": "硫化参数上锁，改动须两人确认",
        "prevention": "每班三次测硬度并记录，随货附报告",
        "name": "柯厂长",
        "telephone": "0574-6555 0131",
    },
)

CASTING = SupplierMatter(
    {
        "supplier": "Rheinwerk Feinguss GmbH",
        "contact": "Ms Brandt",
        "email": "brandt@rheinwerk.example",
        "telephone": "+49 211 5550 142",
        "model": "Pump housing F25, casting",
        "batch": "RW-2609",
        "quantity": 48,
        "defect": "Porosity at the inlet bore, found after machining: 6 of 48",
        "containment": "42 castings X-rayed here, 6 scrapped",
    },
    {
        "containment": "120 castings X-rayed, 9 scrapped",
        "stock": 120,
        "inspected": 120,
        "good": 111,
        "bad": 9,
        "occurrence": "Melt was poured 40 °C too cold after the thermocouple had drifted; it had no calibration date.",
        "escape": "X-ray samples were taken from the upper gate only; the pores lie at the lower one.",
        "action": "Thermocouple replaced, two sensors compared before each pour",
        "prevention": "Calibration every quarter; X-ray position changed in the inspection plan",
        "name": "K. Brandt",
        "telephone": "+49 211 5550 142",
    },
)

CASTING_AT_FIRST: dict[str, Any] = {
    "containment": "Stock of 120 castings blocked",
    "stock": 120,
    "inspected": 0,
    "good": 0,
    "bad": 0,
    "occurrence": "Operator error",
    "escape": "Overlooked at final inspection",
    "action": "Operators were instructed",
    "prevention": "Regular instruction",
    "name": "K. Brandt",
    "telephone": "+49 211 5550 142",
}
"""What the foundry answers at first, which quality returns."""
CASTING_RETURNED = (
    "“Operator error” is no root cause: please say why the process allowed it and why inspection missed it."
)

CHROME = SupplierMatter(
    {
        "supplier": "昆山精铬表面处理有限公司",
        "contact": "童经理",
        "email": "tong@jingge.example",
        "telephone": "0512-5555 0178",
        "model": "活塞杆 φ45",
        "batch": "2610-3",
        "quantity": 17,
        "defect": "镀铬层片状起皮，划格法 3 级，要求 0 级；位置均在二次上挂处",
        "containment": "同炉号 9 支隔离，其余停用",
    }
)

BEARING = SupplierMatter(
    {
        "supplier": "浙东精密轴承股份有限公司",
        "contact": "龚工",
        "email": "gong@zd-bearing.example",
        "telephone": "0573-8555 0166",
        "model": "NJ 206 E",
        "batch": "ZD2607-B",
        "quantity": 64,
        "defect": "径向游隙 48 μm，要求 20–35 μm，装泵后异响",
        "containment": "64 套隔离，改用备用供方 60 套",
    },
    {
        "containment": "同批 1 400 套停发，已发四家客户通知换货",
        "stock": 1400,
        "inspected": 1400,
        "good": 1160,
        "bad": 240,
        "occurrence": "换砂轮后内圈沟道磨大，首件漏测游隙",
        "escape": "终检只测旋转精度，游隙每班抽两套",
        "action": "换砂轮后首三件全项测量，合格后放行",
        "prevention": "游隙列入每箱抽检，数据随货",
        "name": "龚立峰",
        "telephone": "0573-8555 0166",
    },
)

HOSE = SupplierMatter(
    {
        "supplier": "Nordkabel Hydraulics AS",
        "contact": "Mr Lund",
        "email": "lund@nordkabel.example",
        "telephone": "+47 555 50 188",
        "model": "Hose 2SN DN16, reel",
        "batch": "NK-26-118",
        "quantity": 900,
        "unit": "m",
        "defect": "Outer rubber 0.9 mm, drawing at least 1.3 mm; wire visible after bending",
        "containment": "Three reels blocked, 900 m",
    },
    {
        "containment": "Eleven reels measured, four blocked",
        "stock": 11,
        "inspected": 11,
        "good": 7,
        "bad": 4,
        "occurrence": "Extruder die worn, wall thickness fell within one shift",
        "escape": "Wall thickness is measured at the beginning of a reel only",
        "action": "Die replaced, life limited to 400 hours",
        "prevention": "Laser gauge along the whole reel from next month on",
        "name": "P. Lund",
        "telephone": "+47 555 50 188",
    },
)

CARTON = SupplierMatter(
    {
        "supplier": "苏北恒达包装制品厂",
        "contact": "仇主任",
        "email": "qiu@hengda-box.example",
        "telephone": "0527-8455 0120",
        "model": "五层纸箱 400×300×250",
        "batch": "HD-1102",
        "quantity": 460,
        "defect": "耐压 320 kgf，要求不低于 600 kgf",
        "containment": "460 只退回，急用改木箱",
    }
)

SPRING = SupplierMatter(
    {
        "supplier": "常熟弹簧二厂",
        "contact": "单经理",
        "email": "shan@cs-spring.example",
        "telephone": "0512-5255 0147",
        "model": "调压弹簧 φ12×38",
        "batch": "TH2609",
        "quantity": 800,
        "defect": "自由高度 36.2 mm，图纸 38±0.4 mm",
        "containment": "800 件隔离，逐件选用",
    }
)

"""Faults customers complain of: what leaks or bursts."""

from __future__ import annotations

from huiyin.demo.texts.fault_kinds import FaultCause, FaultKind
from huiyin.kernel.text import t

LEAKS = (
    FaultKind(
        "leak",
        58,
        True,
        ("leakage", "no-function", "other"),
        ("product",),
        ("function", "appearance"),
        ("exchange", "on-site", "claim", "replace", "return", "rework"),
        (
            t(
                "装机试压时 {model} 接头处漏油，{total}{unit}中有 {n}{unit}。",
                "{n} of {total} {unit} of {model} leak oil at the fitting during the pressure test.",
            ),
            t(
                "设备运行不到一周，{model} 扣压部位开始漏油，油滴到电机上，已停机。",
                "After less than a week in service {model} leaks at the crimp; oil drips onto the motor and the machine is stopped.",
            ),
            t(
                "{model} 端面密封漏油，紧固后仍然渗，批次 {batch}，共 {n}{unit}。",
                "{model} leaks at the face seal, tightening does not help; batch {batch}, {n} {unit}.",
            ),
            t(
                "客户现场反馈：{model} 保压十分钟后漏油，压力掉 3 MPa，不良 {n}{unit}。",
                "On site {model} leaks after ten minutes under pressure and loses 3 MPa; {n} {unit} affected.",
            ),
            t(
                "{model} 活塞杆伸出端漏油，杆面可见一圈油膜，{n}{unit}都一样。",
                "{model} leaks at the rod end, a film of oil is seen on the rod; all {n} {unit} are alike.",
            ),
        ),
        (
            t(
                "照片与视频显示油迹从扣压处渗出，批次 {batch} 与出库记录一致。",
                "Photographs and video show oil coming from the crimp; batch {batch} agrees with our dispatch record.",
            ),
            t(
                "电话核实：油温 55 ℃，系统压力在额定以内，漏点位置固定。",
                "Confirmed by telephone: oil at 55 °C, pressure within rating, always the same spot.",
            ),
            t(
                "样件已寄回，外观无磕碰，复测漏点与客户描述一致。",
                "The returned sample shows no damage; our own test leaks at the same spot.",
            ),
        ),
        (
            FaultCause(
                "production",
                t(
                    "扣压模具磨损，扣压外径偏大 0.3 mm，接头夹持力不足。",
                    "The crimping die is worn: crimp diameter 0.3 mm too large, grip too weak.",
                ),
                t("隔离同批次在库品，全数复测扣压外径", "Quarantine the batch in stock and measure every crimp"),
                t("更换扣压模具并重新标定设备", "Replace the die and recalibrate the press"),
                t(
                    "扣压外径列入每班首末件检验，并做统计控制图",
                    "Check the crimp diameter at the start and end of each shift with a control chart",
                ),
            ),
            FaultCause(
                "production",
                t(
                    "装配时 O 形圈被导向套毛刺划伤。",
                    "The O-ring was cut by a burr on the guide sleeve during assembly.",
                ),
                t("对库存成品加做 100% 气密检验", "Test all finished stock for tightness"),
                t("导向套倒角去毛刺，装配增加保护套", "Deburr the sleeve and fit a protective cap when assembling"),
                t(
                    "装配作业指导书增加密封件防护要求并培训",
                    "Add seal protection to the work instruction and train the assemblers",
                ),
            ),
            FaultCause(
                "purchasing",
                t(
                    "外购密封圈硬度偏低，压缩永久变形超标。",
                    "The purchased seal is too soft; its compression set is out of specification.",
                ),
                t("停用该供方本批密封圈，改用备用供方", "Stop this lot and use the second source"),
                t(
                    "要求供方整改并提交硬度与变形试验报告",
                    "Have the supplier correct it and send hardness and set reports",
                ),
                t("来料检验增加硬度抽检项目", "Add hardness to incoming inspection"),
            ),
        ),
        (
            t(
                "经查，{model} 漏油是我方装配原因，已为贵司更换合格品，库存已全检，后续批次增加保压检验。",
                "The leak of {model} was caused by our assembly. We replace the parts, have checked our stock and hold every further lot under pressure.",
            ),
            t(
                "漏油原因已查明并整改，换货产品逐件保压三十分钟后发出，请查收。",
                "The cause of the leak has been found and removed; every replacement was held under pressure for thirty minutes before dispatch.",
            ),
        ),
        ("justified", "partly", "supplier"),
        frozenset({"hose", "fitting", "cylinder", "valve", "seal"}),
    ),
    FaultKind(
        "burst",
        28,
        True,
        ("crack", "no-function", "other"),
        ("product",),
        ("safety", "function"),
        ("claim", "on-site", "return", "report", "improve", "replace"),
        (
            t(
                "{model} 在额定压力下爆管，油液喷出，操作工受惊但未受伤，要求立即到场。",
                "{model} burst at rated pressure, oil sprayed out, the operator was frightened but not hurt; come at once.",
            ),
            t(
                "{model} 使用两个月在接头根部断裂，批次 {batch}，设备停机一天。",
                "{model} broke at the root of the fitting after two months; batch {batch}, one day of standstill.",
            ),
            t(
                "试车时 {model} 爆裂 {n}{unit}，怀疑钢丝层有缺陷，其余不敢再用。",
                "{n} {unit} of {model} burst during commissioning; we suspect the wire layer and dare not use the rest.",
            ),
        ),
        (
            t(
                "客户提供了断口照片，钢丝断口有缩颈，使用压力 28 MPa，低于额定值。",
                "Photographs of the break show necked wires; working pressure 28 MPa, below rating.",
            ),
            t(
                "现场服务人员已取回残件，弯曲半径符合要求，无外力损伤。",
                "Our service engineer brought the remains back; bend radius correct, no outer damage.",
            ),
        ),
        (
            FaultCause(
                "purchasing",
                t(
                    "钢丝编织层有一锭断丝，供方未报告即出货。",
                    "One bobbin of the wire braid had broken wires and the supplier shipped it without telling.",
                ),
                t("通知所有收到同批胶管的客户停用", "Warn every customer who received the same lot"),
                t("供方停线整改，退回全部同批管材", "Supplier stops the line; the whole lot goes back"),
                t("每盘胶管入库前做爆破试验", "Burst-test every reel before it enters the store"),
            ),
            FaultCause(
                "technical",
                t("选型裕度不足，未计入冲击压力。", "The selection left too little margin for pressure peaks."),
                t("为客户免费改用四层钢丝规格", "Replace free of charge with the four-layer type"),
                t("选型表增加冲击系数", "Add an impact factor to the selection table"),
                t("合同评审增加工况问卷", "Add a questionnaire on working conditions to contract review"),
            ),
        ),
        (
            t(
                "爆管原因已确认，同批产品已全部召回，贵司设备改用高一级规格，费用由我方承担。",
                "The cause of the burst is confirmed, the whole lot is called back and your machine gets the next stronger type at our cost.",
            ),
        ),
        ("justified", "supplier", "misuse"),
        frozenset({"hose"}),
        ("use-in-warranty", "installation", "line"),
    ),
    FaultKind(
        "seep",
        32,
        True,
        ("leakage", "assembly", "other"),
        ("product",),
        ("function", "appearance"),
        ("on-site", "repair", "exchange", "rework"),
        (
            t(
                "{model} 结合面轻微渗油，擦净后两小时又出现油渍。",
                "The joint of {model} sweats oil; two hours after wiping it is stained again.",
            ),
            t(
                "{model} 堵头处渗油，不影响工作但终端用户要求处理。",
                "{model} sweats at the plug; it works, but our customer wants it dealt with.",
            ),
        ),
        (
            t(
                "已请客户复紧螺栓并观察 24 小时。",
                "The customer was asked to tighten the bolts and watch for 24 hours.",
            ),
            t("渗出量每班不到一滴，判定为轻微。", "Less than a drop a shift; judged slight."),
        ),
        (
            FaultCause(
                "production",
                t("结合面平面度 0.04 mm，超出 0.02 mm 要求。", "The joint is flat to 0.04 mm instead of 0.02 mm."),
                t("库存件抽检平面度", "Sample the flatness of stock"),
                t("调整铣削夹具", "Adjust the milling fixture"),
                t("平面度列入控制计划", "Put flatness into the control plan"),
            ),
            FaultCause(
                "technical",
                t("密封胶牌号不耐高温。", "The sealant does not stand the heat."),
                t("寄送耐高温密封胶", "Send heat-resistant sealant"),
                t("更改工艺文件", "Change the process sheet"),
                t("评审全部高温用途", "Review all hot applications"),
            ),
        ),
        (
            t(
                "渗油已处理，更换密封胶后连续观察三天无油渍。",
                "The seep is dealt with; three days without stains after changing the sealant.",
            ),
        ),
        ("justified", "partly"),
        frozenset({"valve", "pump"}),
    ),
)

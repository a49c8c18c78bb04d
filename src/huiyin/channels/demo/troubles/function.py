"""Trouble with what the goods do: leaking, bursting, noise, pressure, jamming, wear."""

from __future__ import annotations

from huiyin.channels.demo.troubles.shapes import Cause, Trouble
from huiyin.kernel.text import t

FUNCTION = (
    Trouble(
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
            Cause(
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
            Cause(
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
            Cause(
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
    Trouble(
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
            Cause(
                "purchasing",
                t(
                    "钢丝编织层有一锭断丝，供方未报告即出货。",
                    "One bobbin of the wire braid had broken wires and the supplier shipped it without telling.",
                ),
                t("通知所有收到同批胶管的客户停用", "Warn every customer who received the same lot"),
                t("供方停线整改，退回全部同批管材", "Supplier stops the line; the whole lot goes back"),
                t("每盘胶管入库前做爆破试验", "Burst-test every reel before it enters the store"),
            ),
            Cause(
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
    Trouble(
        "noise",
        95,
        True,
        ("noise", "performance", "other"),
        ("product",),
        ("function", "appearance"),
        ("on-site", "exchange", "repair", "rework", "replace"),
        (
            t(
                "{model} 运转异响，声音像金属摩擦，{total}{unit}中 {n}{unit}有此现象。",
                "{model} runs noisily, like metal rubbing; {n} of {total} {unit}.",
            ),
            t(
                "{model} 低速时有异响，升速后消失，终端用户不接受。",
                "{model} is noisy at low speed and quiet above; our customer does not accept it.",
            ),
            t(
                "主机厂验收时发现 {model} 噪声 86 dB，比样机高 9 dB。",
                "At acceptance {model} measured 86 dB, 9 dB above the sample.",
            ),
            t(
                "{model} 启动瞬间“咔咔”异响，之后正常，批次 {batch}。",
                "{model} clatters when starting and is normal afterwards; batch {batch}.",
            ),
            t(
                "换上新件后 {model} 仍有周期性异响，怀疑轴承或齿形问题。",
                "Even after replacement {model} has a periodic noise; we suspect bearing or tooth form.",
            ),
        ),
        (
            t(
                "视频已收到，噪声随转速变化，初步判断为轴承。",
                "Video received; the noise follows the speed, most likely the bearing.",
            ),
            t(
                "现场测得 84 dB，油面正常，已排除吸空。",
                "84 dB measured on site, oil level normal, cavitation excluded.",
            ),
            t(
                "客户确认安装同轴度 0.08 mm，符合要求。",
                "The customer confirms an alignment of 0.08 mm, within limits.",
            ),
        ),
        (
            Cause(
                "production",
                t(
                    "齿轮精加工余量不均，齿形误差超差 6 μm。",
                    "Uneven finishing stock left a tooth-form error 6 μm out of tolerance.",
                ),
                t("在库品加跑合噪声全检", "Run in and listen to all stock"),
                t("更换磨齿砂轮修整参数", "Change the dressing of the grinding wheel"),
                t("齿形检测由抽检改为每批首五件", "Measure the tooth form of the first five of each lot"),
            ),
            Cause(
                "purchasing",
                t("外购轴承游隙偏大。", "The purchased bearing has too much play."),
                t("隔离该批轴承", "Quarantine the bearings"),
                t("改用 C2 游隙轴承", "Use bearings of play C2"),
                t("轴承入厂增加振动值抽检", "Sample the vibration of incoming bearings"),
            ),
            Cause(
                "technical",
                t("卸荷槽偏小，高压时困油。", "The relief groove is too small and traps oil at high pressure."),
                t("为该客户调整转速匹配", "Match the speed for this customer"),
                t("加宽卸荷槽并更改图纸版本", "Widen the groove and raise the drawing revision"),
                t("新品试验大纲增加噪声项", "Add noise to the test programme of new types"),
            ),
        ),
        (
            t(
                "异响已定位为零件精度问题，更换件已加严噪声检验后发出。",
                "The noise came from part accuracy; replacements were checked more strictly before dispatch.",
            ),
            t(
                "已派人到场更换并复测，噪声 76 dB，贵司确认合格。",
                "Our engineer replaced the part on site; 76 dB measured and accepted by you.",
            ),
        ),
        ("justified", "partly", "misuse"),
        frozenset({"pump", "valve", "cylinder"}),
    ),
    Trouble(
        "pressure",
        70,
        True,
        ("performance", "intermittent", "other"),
        ("product", "technical"),
        ("function",),
        ("on-site", "repair", "exchange", "report", "rework", "return"),
        (
            t("{model} 压力调不上去，最高只有 18 MPa，{n}{unit}。", "{model} cannot be set above 18 MPa; {n} {unit}."),
            t(
                "{model} 流量不足，实测比标称低 12%，影响节拍。",
                "{model} delivers 12% less flow than stated and slows our cycle.",
            ),
            t(
                "{model} 工作中压力波动大，表针摆幅 2 MPa，无法保压。",
                "Pressure of {model} swings by 2 MPa while working; it cannot hold.",
            ),
            t(
                "{model} 热机后压力下降，停机冷却又恢复，间歇出现。",
                "{model} loses pressure when hot and recovers after cooling, on and off.",
            ),
        ),
        (
            t("客户提供了压力曲线，波动与阀芯动作同步。", "The pressure curve shows swings in step with the spool."),
            t(
                "已核对液压油牌号 46#，清洁度 NAS 9 级，略超要求。",
                "Oil ISO VG 46 checked, cleanliness NAS 9, slightly beyond the requirement.",
            ),
        ),
        (
            Cause(
                "production",
                t("阀座研磨不到位，密封带宽度不均。", "The valve seat was not lapped evenly."),
                t("同批阀座返修研磨", "Lap the seats of the lot again"),
                t("增加研磨后着色检查", "Check the contact by blueing after lapping"),
                t("研磨工上岗资格重新考核", "Requalify the lapping operators"),
            ),
            Cause(
                "technical",
                t("弹簧刚度选配偏软。", "The spring chosen is too soft."),
                t("寄送加强弹簧供现场更换", "Send stronger springs for exchange on site"),
                t("更改弹簧图纸", "Change the spring drawing"),
                t("设计评审增加温升验证", "Verify heating in design review"),
            ),
        ),
        (
            t(
                "压力问题已解决：更换阀座组件并在贵司工况下复测合格。",
                "The pressure problem is solved: seat assembly replaced and tested under your conditions.",
            ),
            t(
                "已查明是油液污染造成节流孔堵塞，清洗后恢复，建议加装回油过滤器。",
                "Contaminated oil had blocked the orifice; cleaned and working again. We recommend a return filter.",
            ),
        ),
        ("justified", "misuse", "unproven"),
        frozenset({"pump", "valve"}),
    ),
    Trouble(
        "jam",
        55,
        True,
        ("no-function", "intermittent", "other"),
        ("product", "technical"),
        ("function",),
        ("on-site", "exchange", "repair", "replace", "rework"),
        (
            t(
                "{model} 阀芯卡滞，通电后不换向，敲击后才动作。",
                "The spool of {model} sticks; it moves only when knocked.",
            ),
            t(
                "{model} 电磁铁吸合但不动作，{total}{unit}中 {n}{unit}。",
                "The solenoid of {model} pulls but nothing moves; {n} of {total} {unit}.",
            ),
            t(
                "停放三天后 {model} 卡死，拆开见阀孔有细小铁屑。",
                "After three idle days {model} was stuck; fine chips were found in the bore.",
            ),
        ),
        (
            t("拆检照片可见阀孔棱边有毛刺。", "Photographs of the dismantled valve show a burr at the bore edge."),
            t(
                "样件复测：常温动作正常，60 ℃ 时卡滞再现。",
                "Sample test: works at room temperature, sticks again at 60 °C.",
            ),
        ),
        (
            Cause(
                "production",
                t("阀孔去毛刺工序漏做两件。", "Two parts missed deburring of the bore."),
                t("在制品全数内窥镜检查", "Inspect all parts in process with the endoscope"),
                t("去毛刺改为热能去毛刺", "Change to thermal deburring"),
                t("工序间增加清洁度检验", "Check cleanliness between operations"),
            ),
            Cause(
                "production",
                t("清洗后残留铁屑。", "Chips were left after washing."),
                t("库存阀重新清洗", "Wash the stock again"),
                t("清洗机更换滤芯并缩短换液周期", "New filters and shorter fluid changes in the washer"),
                t("每班检测清洗液颗粒度", "Measure particles in the washing fluid every shift"),
            ),
        ),
        (
            t(
                "卡滞原因为加工毛刺，已换货并改进去毛刺工艺。",
                "The sticking was caused by a burr; parts replaced and deburring improved.",
            ),
        ),
        ("justified", "partly", "misuse"),
        frozenset({"valve"}),
    ),
    Trouble(
        "wear",
        50,
        True,
        ("wear", "performance", "other"),
        ("product",),
        ("function", "appearance"),
        ("exchange", "report", "claim", "improve", "replace"),
        (
            t(
                "{model} 使用三个月即磨损，唇口起毛，寿命不到样品一半。",
                "{model} is worn after three months, the lip is frayed; less than half the life of the sample.",
            ),
            t(
                "拆检发现 {model} 早期磨损，配合面拉伤，共 {n}{unit}。",
                "{model} shows early wear and scored surfaces; {n} {unit}.",
            ),
            t(
                "批次 {batch} 的 {model} 磨损明显快于以往批次。",
                "{model} of batch {batch} wears much faster than earlier lots.",
            ),
        ),
        (
            t(
                "对比旧批次，材料颜色略浅，已送检硬度。",
                "Compared with older lots the material is paler; hardness is being tested.",
            ),
            t("客户油液清洁度合格，运行记录完整。", "The customer's oil is clean and the running record complete."),
        ),
        (
            Cause(
                "purchasing",
                t("供方更换了炭黑牌号而未通知。", "The supplier changed the carbon black without telling."),
                t("封存该批材料", "Block the material"),
                t("恢复原牌号并重新确认样品", "Return to the former grade and approve samples again"),
                t("与供方签订变更通知协议", "Agree change notices with the supplier"),
            ),
            Cause(
                "production",
                t("硫化温度偏低 8 ℃，交联不足。", "Vulcanised 8 °C too cold, cross-linking incomplete."),
                t("同炉次产品复检", "Check the parts of the same furnace run again"),
                t("更换热电偶并校准温控", "Replace the thermocouple and calibrate"),
                t("温控仪纳入月度点检", "Inspect the controller monthly"),
            ),
        ),
        (
            t(
                "磨损原因为材料批次差异，已换货并恢复原材料。",
                "The wear came from a different material lot; replaced, and the former material is back.",
            ),
        ),
        ("justified", "supplier", "unproven"),
        frozenset({"seal", "pump", "cylinder"}),
        ("use-in-warranty", "use-after-warranty"),
    ),
)

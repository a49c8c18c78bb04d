"""Faults customers complain of: noise, pressure, jamming, wear."""

from __future__ import annotations

from huiyin.demo.texts.fault_kinds import FaultCause, FaultKind
from huiyin.kernel.text import t

RUNNING = (
    FaultKind(
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
            FaultCause(
                "production",
                t(
                    "齿轮精加工余量不均，齿形误差超差 6 μm。",
                    "Uneven finishing stock left a tooth-form error 6 μm out of tolerance.",
                ),
                t("在库品加跑合噪声全检", "Run in and listen to all stock"),
                t("更换磨齿砂轮修整参数", "Change the dressing of the grinding wheel"),
                t("齿形检测由抽检改为每批首五件", "Measure the tooth form of the first five of each lot"),
            ),
            FaultCause(
                "purchasing",
                t("外购轴承游隙偏大。", "The purchased bearing has too much play."),
                t("隔离该批轴承", "Quarantine the bearings"),
                t("改用 C2 游隙轴承", "Use bearings of play C2"),
                t("轴承入厂增加振动值抽检", "Sample the vibration of incoming bearings"),
            ),
            FaultCause(
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
    FaultKind(
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
            FaultCause(
                "production",
                t("阀座研磨不到位，密封带宽度不均。", "The valve seat was not lapped evenly."),
                t("同批阀座返修研磨", "Lap the seats of the lot again"),
                t("增加研磨后着色检查", "Check the contact by blueing after lapping"),
                t("研磨工上岗资格重新考核", "Requalify the lapping operators"),
            ),
            FaultCause(
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
    FaultKind(
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
            FaultCause(
                "production",
                t("阀孔去毛刺工序漏做两件。", "Two parts missed deburring of the bore."),
                t("在制品全数内窥镜检查", "Inspect all parts in process with the endoscope"),
                t("去毛刺改为热能去毛刺", "Change to thermal deburring"),
                t("工序间增加清洁度检验", "Check cleanliness between operations"),
            ),
            FaultCause(
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
    FaultKind(
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
            FaultCause(
                "purchasing",
                t("供方更换了炭黑牌号而未通知。", "The supplier changed the carbon black without telling."),
                t("封存该批材料", "Block the material"),
                t("恢复原牌号并重新确认样品", "Return to the former grade and approve samples again"),
                t("与供方签订变更通知协议", "Agree change notices with the supplier"),
            ),
            FaultCause(
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

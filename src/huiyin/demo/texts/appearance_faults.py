"""Faults that are seen or measured before the goods run: dimensions, surfaces, rust, missing parts."""

from __future__ import annotations

from huiyin.demo.texts.fault_kinds import FaultCause, FaultKind
from huiyin.kernel.text import t

APPEARANCE = (
    FaultKind(
        "dimension",
        110,
        True,
        ("dimension", "other"),
        ("product",),
        ("function", "appearance"),
        ("return", "exchange", "on-site", "rework", "replace"),
        (
            t(
                "来料检验：{model} 尺寸超差，内径大 0.12 mm，抽检 {total}{unit}不良 {n}{unit}。",
                "Incoming inspection: {model} out of tolerance, bore 0.12 mm too large; {n} of {total} {unit} sampled.",
            ),
            t(
                "{model} 螺纹通规不过，无法装配，批次 {batch}。",
                "The go gauge does not enter the thread of {model}; it cannot be fitted. Batch {batch}.",
            ),
            t(
                "{model} 长度短 6 mm，装机后弯曲半径不够，{n}{unit}。",
                "{model} is 6 mm too short and bends too sharply when fitted; {n} {unit}.",
            ),
            t(
                "{model} 安装孔位置度超差，与我司法兰对不上。",
                "The mounting holes of {model} are out of position and do not meet our flange.",
            ),
            t("同一箱 {model} 尺寸不一，最大与最小相差 0.4 mm。", "In one box {model} differ by 0.4 mm."),
        ),
        (
            t(
                "客户检验报告已收到，量具在校准期内。",
                "The customer's inspection report has come; their gauge is within calibration.",
            ),
            t(
                "留样复测内径 +0.10 mm，与客户结果相差 0.02 mm。",
                "The retained sample measures +0.10 mm, 0.02 mm off the customer's figure.",
            ),
            t(
                "核对图纸版本：客户用 C 版，我方按 B 版生产。",
                "Drawing revisions differ: the customer uses C, we made to B.",
            ),
        ),
        (
            FaultCause(
                "production",
                t(
                    "数控刀补输入错误，首件未复测即批量。",
                    "Wrong tool offset entered; the lot was run without checking the first piece again.",
                ),
                t("库存与在途品全检挑选", "Sort all stock and goods on the way"),
                t("刀补修改须二人确认", "Two people confirm every offset change"),
                t("首件检验未签字设备不能启动", "The machine does not start without a signed first-piece check"),
            ),
            FaultCause(
                "technical",
                t(
                    "图纸更改单漏发生产，仍按旧版加工。",
                    "The change note never reached production; parts were made to the old drawing.",
                ),
                t("收回旧版图纸", "Withdraw the old drawings"),
                t("更改单改为系统签收", "Change notes are signed for in the system"),
                t("每月核对在用图纸版本", "Compare drawings in use every month"),
            ),
            FaultCause(
                "quality",
                t("检具磨损未按期送检。", "The gauge was worn and its calibration overdue."),
                t("用备用检具复检在库品", "Check stock again with the second gauge"),
                t("更换检具", "Replace the gauge"),
                t("检具到期前一周自动提醒", "A reminder a week before calibration is due"),
            ),
        ),
        (
            t(
                "尺寸超差属实，合格品已于今日发出，不良品运费由我方承担。",
                "The deviation is confirmed; good parts leave today and we pay the return freight.",
            ),
            t(
                "已派检验员到贵司挑选，合格部分让步使用，其余退回。",
                "Our inspector sorted the parts at your works; the good ones stay, the rest come back.",
            ),
        ),
        ("justified", "partly", "not-justified", "inaccurate"),
        frozenset({"fitting", "seal", "cylinder", "hose", "valve"}),
        ("incoming", "line"),
    ),
    FaultKind(
        "surface",
        75,
        True,
        ("scratch", "coating", "other"),
        ("product",),
        ("appearance",),
        ("exchange", "price-cut", "return", "special-answer", "rework"),
        (
            t(
                "{model} 表面划伤、碰伤严重，{total}{unit}中 {n}{unit}不能上线。",
                "{model} badly scratched and dented; {n} of {total} {unit} cannot be used.",
            ),
            t("{model} 镀层起泡脱落，露底，外观不合格。", "The plating of {model} blisters and peels to the base."),
            t(
                "{model} 喷涂色差明显，同一台设备上两种颜色。",
                "Paint of {model} differs visibly; two shades on one machine.",
            ),
            t("{model} 密封面有一道横向划痕，手感明显。", "A scratch across the sealing face of {model} can be felt."),
        ),
        (
            t(
                "照片显示划痕方向一致，疑似流转箱磕碰。",
                "All scratches run the same way, probably from the carrier box.",
            ),
            t("镀层厚度复测 6 μm，低于要求 8 μm。", "Plating measures 6 μm, below the 8 μm required."),
        ),
        (
            FaultCause(
                "production",
                t("工序流转箱无隔板，工件相互碰撞。", "The carrier box has no dividers and parts hit one another."),
                t("在库品外观全检", "Check the looks of all stock"),
                t("流转箱加装隔板", "Fit dividers"),
                t("作业指导书补充防护要求", "Add protection to the work instruction"),
            ),
            FaultCause(
                "purchasing",
                t("外协电镀前处理不净。", "The plater's pretreatment was not clean."),
                t("退回外协返镀", "Send back for replating"),
                t("外协增加除油槽检测", "The plater monitors the degreasing bath"),
                t("电镀件增加结合力抽检", "Sample the adhesion of plating"),
            ),
            FaultCause(
                "warehouse",
                t("装箱时叉车碰撞。", "Hit by the fork-lift while packing."),
                t("更换碰伤件", "Replace the damaged parts"),
                t("装箱区划线限行", "Mark and close the packing area"),
                t("叉车司机再培训", "Retrain the drivers"),
            ),
        ),
        (
            t(
                "外观问题已确认，补发合格品并改进工序防护。",
                "The surface fault is confirmed; good parts are on the way and handling is improved.",
            ),
        ),
        ("justified", "transport", "partly"),
        frozenset(),
        ("receipt", "incoming"),
    ),
    FaultKind(
        "rust",
        55,
        True,
        ("corrosion", "coating", "other"),
        ("product",),
        ("appearance", "function"),
        ("exchange", "return", "price-cut", "rework"),
        (
            t(
                "开箱发现 {model} 锈蚀，{n}{unit}有红锈，防锈袋内有水珠。",
                "{model} found rusty on opening, {n} {unit} with red rust; water drops in the bag.",
            ),
            t(
                "{model} 库存一个月就生锈，盐雾达不到约定的 72 小时。",
                "{model} rusted after a month in store; salt spray falls short of the agreed 72 hours.",
            ),
            t(
                "{model} 内孔有锈斑，清洗后仍可见麻点。",
                "Rust spots in the bore of {model}; pits remain after cleaning.",
            ),
        ),
        (
            t(
                "运输经历梅雨季，集装箱内未放干燥剂。",
                "It travelled in the rainy season without desiccant in the container.",
            ),
            t(
                "同批留样无锈，盐雾试验 68 小时出现白锈。",
                "Retained samples are clean; white rust after 68 hours of salt spray.",
            ),
        ),
        (
            FaultCause(
                "warehouse",
                t("包装时未放干燥剂，封口不严。", "Packed without desiccant and not sealed tight."),
                t("待发品重新防锈包装", "Repack what waits for dispatch"),
                t("包装清单增加干燥剂与封口检查", "Add desiccant and sealing to the packing list"),
                t("雨季海运一律真空包装", "Vacuum packing for sea freight in the rainy season"),
            ),
            FaultCause(
                "production",
                t("清洗后停留过久才上油。", "Parts stood too long between washing and oiling."),
                t("在制品立即补油", "Oil parts in process at once"),
                t("清洗到上油不超过 2 小时", "Oil within two hours of washing"),
                t("工位贴时间标签", "Time labels at the station"),
            ),
        ),
        (
            t(
                "锈蚀原因为包装防潮不足，已换货并改用真空包装。",
                "The rust came from poor moisture protection; replaced and now vacuum packed.",
            ),
        ),
        ("justified", "transport", "partly"),
        frozenset({"fitting", "cylinder", "valve", "pump"}),
        ("receipt", "storage"),
    ),
    FaultKind(
        "missing-part",
        45,
        True,
        ("missing-part", "assembly", "other"),
        ("product", "quantity"),
        ("function", "none"),
        ("resupply", "exchange", "spare-parts", "replace"),
        (
            t("{model} 漏装弹簧垫圈和螺堵，{n}{unit}。", "Spring washer and plug missing on {model}; {n} {unit}."),
            t(
                "{model} 装配方向装反，进出油口对调。",
                "{model} assembled the wrong way round, inlet and outlet exchanged.",
            ),
            t(
                "修理包 {model} 里少一只防尘圈，已有 {n}{unit}用户反映。",
                "A wiper is missing from kit {model}; {n} users have told us.",
            ),
        ),
        (
            t(
                "称重复核：该箱少 38 克，与缺件重量相符。",
                "The box weighs 38 g too little, which agrees with the missing part.",
            ),
            t("照片确认装反，型号标牌方向正确。", "Photographs confirm the wrong direction; the name plate is right."),
        ),
        (
            FaultCause(
                "production",
                t(
                    "装配线换型时物料盒未清空，漏装未被检出。",
                    "The bins were not emptied at change-over and the omission was not noticed.",
                ),
                t("同日产品开箱复查", "Open and check that day's production"),
                t("装配工位加防错称重", "Weigh at the station to prevent omission"),
                t("换型清线检查表", "Check list for clearing the line"),
            ),
            FaultCause(
                "warehouse",
                t("配套件分拣出错。", "Kit parts were picked wrongly."),
                t("补发缺件", "Send the missing parts"),
                t("配套件扫码分拣", "Pick kits by scanner"),
                t("每日盘点配套件", "Count kit parts daily"),
            ),
        ),
        (
            t(
                "缺件已于当日快递补发，装配线已加装称重防错。",
                "The missing parts left by express the same day; the line now weighs every unit.",
            ),
        ),
        ("justified", "warehouse", "partly"),
        frozenset({"valve", "seal", "cylinder", "pump"}),
        ("receipt", "installation"),
    ),
)

"""Faults of delivery: packaging, quantity, wrong goods, lateness."""

from __future__ import annotations

from huiyin.demo.texts.fault_kinds import FaultCause, FaultKind
from huiyin.kernel.text import t

DELIVERY = (
    FaultKind(
        "packaging",
        80,
        False,
        ("packaging", "other"),
        ("packaging", "delivery", "service", "other"),
        ("none", "appearance"),
        ("resupply", "explanation", "special-answer", "replace", "improve"),
        (
            t(
                "货到时包装破损，木箱底板断裂，{model} 有 {n}{unit}散落车厢。",
                "The packaging arrived broken, the bottom of the crate gave way; {n} {unit} of {model} lay loose in the lorry.",
            ),
            t("纸箱受潮变形，包装破损 {n} 箱，内袋外露。", "{n} boxes came wet and broken, the inner bags lying bare."),
            t(
                "{model} 包装破损，接口保护帽脱落，管内进灰。",
                "Packaging of {model} broken, protective caps lost, dust in the tube.",
            ),
            t(
                "托盘缠绕膜松散，途中倾倒，外箱破损。",
                "The wrap of the pallet was loose; it fell over on the way and the boxes broke.",
            ),
        ),
        (
            t(
                "签收单有司机签字确认破损，照片三张。",
                "The delivery note with the driver's signature confirms the damage; three photographs.",
            ),
            t("承运商承认中转时叉车挤压。", "The carrier admits that a fork-lift crushed it in transit."),
        ),
        (
            FaultCause(
                "warehouse",
                t("木箱底板用料薄，承重不足。", "The bottom board of the crate is too thin."),
                t("当日补发破损部分", "Replace the damaged goods the same day"),
                t("底板加厚并增加横档", "Thicker board and cross bars"),
                t("新包装做跌落试验", "Drop-test new packaging"),
            ),
            FaultCause(
                "warehouse",
                t("承运商野蛮装卸。", "The carrier handled it roughly."),
                t("向承运商索赔", "Claim from the carrier"),
                t("易损件改用专线", "Use a direct line for fragile goods"),
                t("季度评价承运商", "Assess carriers every quarter"),
            ),
        ),
        (
            t(
                "破损件已补发，包装方案已加固，运费由我方承担。",
                "The damaged goods are replaced, the packaging is stronger, freight is at our cost.",
            ),
        ),
        ("transport", "justified", "partly"),
        frozenset(),
        ("receipt",),
    ),
    FaultKind(
        "shortage",
        85,
        False,
        ("shortage", "other"),
        ("quantity", "delivery", "service", "other"),
        ("none",),
        ("resupply", "replace", "correct-documents", "improve"),
        (
            t(
                "到货数量短少：{model} 送货单 {total}{unit}，实收少 {n}{unit}。",
                "Short delivery: the note says {total} {unit} of {model}, {n} {unit} are missing.",
            ),
            t(
                "{model} 整箱数量短少 {n}{unit}，外箱封签完好。",
                "A full box of {model} is {n} {unit} short although its seal is whole.",
            ),
            t(
                "盘点发现 {model} 少 {n}{unit}，请核对出库记录。",
                "Our count finds {n} {unit} of {model} missing; please check your dispatch.",
            ),
        ),
        (
            t(
                "调取称重记录，该箱重量正常，需联合盘点。",
                "The weighing record is normal; a joint stock-take is needed.",
            ),
            t("监控显示装车时有一箱留在月台。", "The camera shows one box left on the dock."),
        ),
        (
            FaultCause(
                "warehouse",
                t("两单合并装车，一箱留在月台。", "Two orders were loaded together and one box stayed on the dock."),
                t("当日补发", "Send it the same day"),
                t("装车改为逐箱扫码", "Scan every box when loading"),
                t("月台下班清场", "Clear the dock at the end of the day"),
            ),
            FaultCause(
                "warehouse",
                t("计数秤未归零。", "The counting scale was not set to zero."),
                t("补发短少数量", "Send what is missing"),
                t("每班开工校秤", "Check the scale every shift"),
                t("计数秤纳入检定计划", "Put the scale into the calibration plan"),
            ),
        ),
        (
            t(
                "短少数量已补发，快递单号随附，装车流程已改为扫码。",
                "The missing quantity is on its way with the tracking number; loading is now done by scanner.",
            ),
            t(
                "联合盘点结果：账物相符，短少发生在运输途中，已协助贵司向承运商索赔。",
                "The joint stock-take shows our books and goods agree; the loss happened on the way and we help you claim from the carrier.",
            ),
        ),
        ("justified", "warehouse", "inaccurate", "transport", "partly"),
        frozenset(),
        ("receipt", "storage"),
    ),
    FaultKind(
        "wrong-goods",
        75,
        False,
        ("mixed", "other"),
        ("quantity", "order", "delivery", "service", "other"),
        ("none", "function"),
        ("exchange", "resupply", "return", "replace"),
        (
            t(
                "发错型号：订单是 {model}，收到的规格大一号，{n}{unit}。",
                "Wrong goods: we ordered {model} and received {n} {unit} one size larger.",
            ),
            t(
                "{model} 中混入其他规格 {n}{unit}，上线后才发现，产线停了四十分钟。",
                "{n} {unit} of another type among {model}; found only on the line, which stood for forty minutes.",
            ),
            t(
                "箱外标签是 {model}，箱内发错型号，请尽快换发。",
                "The label says {model}, the box holds another type; please exchange quickly.",
            ),
        ),
        (
            t("出库单与订单一致，实物标签贴错。", "The dispatch note agrees with the order; the label was wrong."),
            t(
                "照片中产品刻字与订单不符，确认错发。",
                "The engraving in the photograph differs from the order; wrong goods confirmed.",
            ),
        ),
        (
            FaultCause(
                "warehouse",
                t("相邻库位型号相近，拣货看错。", "Similar types lay side by side and were mistaken."),
                t("当日换发正确型号", "Send the right type the same day"),
                t("相近型号错开库位", "Separate similar types"),
                t("拣货扫码核对", "Check picking by scanner"),
            ),
            FaultCause(
                "reception",
                t("录入订单时选错物料号。", "The wrong item number was chosen when entering the order."),
                t("更正订单并换发", "Correct the order and exchange"),
                t("订单录入二人复核", "A second person checks entered orders"),
                t("客户料号对照表", "Cross-reference of customers' part numbers"),
            ),
        ),
        (
            t(
                "正确型号已发出，错发部分到付退回即可，给贵司添麻烦了。",
                "The right goods are on their way; send the others back at our cost. We are sorry for the trouble.",
            ),
        ),
        ("justified", "warehouse"),
        frozenset(),
        ("receipt", "line"),
    ),
    FaultKind(
        "late",
        65,
        False,
        ("late", "other"),
        ("delivery", "shipping", "service", "other"),
        ("none",),
        ("explanation", "special-answer", "claim", "fine", "price-cut", "information"),
        (
            t("{model} 交货延误 {n} 天，主机厂已开罚单。", "{model} is {n} days late; our customer has fined us."),
            t(
                "约定上周到货的 {model} 至今没有发货信息，联系业务员无回复。",
                "{model} was due last week; no word of dispatch and no answer from your salesman.",
            ),
            t(
                "{model} 分批到货，最后一批拖了 {n} 天，影响装机。",
                "{model} came in parts, the last one {n} days late; assembly suffered.",
            ),
        ),
        (
            t("核对合同交期与出库日期，确有延误。", "Contract and dispatch dates compared: it was late."),
            t("物流轨迹显示货物在中转站停留四天。", "Tracking shows four days at the hub."),
        ),
        (
            FaultCause(
                "production",
                t("热处理设备故障，排产未及时调整。", "The furnace broke down and the plan was not changed in time."),
                t("插单优先生产", "Move the order to the front"),
                t("热处理增加外协备选", "A second source for heat treatment"),
                t("延期预警提前三天通知客户", "Warn customers three days ahead"),
            ),
            FaultCause(
                "purchasing",
                t("进口密封件清关延误。", "Imported seals were held at customs."),
                t("改用国产件并经客户确认", "Use domestic parts with the customer's consent"),
                t("提高安全库存", "Raise the safety stock"),
                t("每周跟踪在途物料", "Follow goods on the way every week"),
            ),
        ),
        (
            t(
                "延误责任在我方，余货今日空运发出，已按合同承担违约金。",
                "The delay is ours; the rest leaves by air today and we pay the agreed penalty.",
            ),
        ),
        ("justified", "partly", "transport"),
        frozenset(),
        ("receipt",),
    ),
)

"""Trouble with delivery and service: packaging, quantity, wrong goods, lateness, papers, labels, bills, manners."""

from __future__ import annotations

from huiyin.channels.demo.troubles.shapes import Cause, Trouble
from huiyin.kernel.text import t

DELIVERY = (
    Trouble(
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
            Cause(
                "warehouse",
                t("木箱底板用料薄，承重不足。", "The bottom board of the crate is too thin."),
                t("当日补发破损部分", "Replace the damaged goods the same day"),
                t("底板加厚并增加横档", "Thicker board and cross bars"),
                t("新包装做跌落试验", "Drop-test new packaging"),
            ),
            Cause(
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
    Trouble(
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
            Cause(
                "warehouse",
                t("两单合并装车，一箱留在月台。", "Two orders were loaded together and one box stayed on the dock."),
                t("当日补发", "Send it the same day"),
                t("装车改为逐箱扫码", "Scan every box when loading"),
                t("月台下班清场", "Clear the dock at the end of the day"),
            ),
            Cause(
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
    Trouble(
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
            Cause(
                "warehouse",
                t("相邻库位型号相近，拣货看错。", "Similar types lay side by side and were mistaken."),
                t("当日换发正确型号", "Send the right type the same day"),
                t("相近型号错开库位", "Separate similar types"),
                t("拣货扫码核对", "Check picking by scanner"),
            ),
            Cause(
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
    Trouble(
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
            Cause(
                "production",
                t("热处理设备故障，排产未及时调整。", "The furnace broke down and the plan was not changed in time."),
                t("插单优先生产", "Move the order to the front"),
                t("热处理增加外协备选", "A second source for heat treatment"),
                t("延期预警提前三天通知客户", "Warn customers three days ahead"),
            ),
            Cause(
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
    Trouble(
        "documents",
        45,
        False,
        ("documents", "other"),
        ("documents", "packaging", "service", "technical", "other"),
        ("none", "regulation"),
        ("correct-documents", "special-answer", "information", "explanation"),
        (
            t(
                "{model} 随货缺少合格证和材质报告，仓库无法入账。",
                "{model} came without certificate and material report; we cannot book it.",
            ),
            t(
                "{model} 出厂检验报告上的批次与实物不符，应为 {batch}。",
                "The test report of {model} names another batch than {batch}.",
            ),
            t(
                "英文说明书与 {model} 版本不对应，海外客户投诉。",
                "The English manual does not match {model}; our customer abroad complains.",
            ),
        ),
        (
            t("系统留有电子版报告，漏放纸质件。", "The report exists electronically; the paper was forgotten."),
            t("核对后确认批次号打印错误。", "Checked: the batch number was misprinted."),
        ),
        (
            Cause(
                "quality",
                t("检验报告模板未随版本更新。", "The report template was not updated."),
                t("当日补发电子版与纸质报告", "Send the report on paper and by mail the same day"),
                t("更新模板并停用旧版", "Update the template and withdraw the old one"),
                t("报告由系统按批次自动生成", "Let the system write reports by batch"),
            ),
            Cause(
                "warehouse",
                t("随货资料袋漏放。", "The document bag was forgotten."),
                t("快递补寄资料", "Send the papers by express"),
                t("装箱单增加资料勾选", "Add papers to the packing check list"),
                t("封箱前拍照留存", "Photograph before closing the box"),
            ),
        ),
        (
            t(
                "资料已补齐，电子版发至贵司邮箱，纸质件快递寄出。",
                "The papers are complete; sent by mail and by express.",
            ),
        ),
        ("justified",),
        frozenset(),
        ("receipt",),
    ),
    Trouble(
        "label",
        40,
        False,
        ("label", "other"),
        ("documents", "packaging", "quantity", "service", "other"),
        ("none", "regulation"),
        ("correct-documents", "exchange", "special-answer", "improve"),
        (
            t(
                "{model} 外箱标识错误，二维码扫出来是别的料号。",
                "The box of {model} is labelled wrongly; its code reads another part number.",
            ),
            t(
                "{model} 铭牌刻字不清，额定压力看不清楚，{n}{unit}。",
                "The name plate of {model} is illegible, the rated pressure cannot be read; {n} {unit}.",
            ),
            t("{model} 没有贴我司要求的环保标识。", "{model} lacks the environmental mark we ask for."),
        ),
        (
            t("标签打印记录显示模板选错。", "The print log shows the wrong template."),
            t("铭牌样件已收到，激光功率偏低。", "The plate has come; laser power was low."),
        ),
        (
            Cause(
                "warehouse",
                t("标签模板选错且无人复核。", "The wrong template was chosen and nobody checked."),
                t("寄送正确标签到现场更换", "Send correct labels for exchange on site"),
                t("标签由订单自动带出", "Labels follow from the order"),
                t("首张标签扫码确认", "Scan the first label"),
            ),
            Cause(
                "production",
                t("激光打标机镜片脏污。", "The lens of the laser marker was dirty."),
                t("重刻铭牌", "Engrave again"),
                t("每班清洁镜片", "Clean the lens every shift"),
                t("打标深度列入巡检", "Inspect the depth on rounds"),
            ),
        ),
        (
            t(
                "标识已更正，替换标签当日寄出，可协助现场更换。",
                "Labels are corrected and sent the same day; we can help to change them.",
            ),
        ),
        ("justified", "partly"),
        frozenset(),
        ("receipt", "storage"),
    ),
    Trouble(
        "billing",
        30,
        False,
        ("documents", "other"),
        ("billing", "service", "other"),
        ("none",),
        ("correct-documents", "special-answer", "price-cut", "information"),
        (
            t(
                "{model} 发票单价与合同不符，多开 {n} 元每{unit}。",
                "The invoice for {model} differs from the contract by {n} yuan each.",
            ),
            t(
                "月结对账单把已退回的 {model} 又计了一次。",
                "The monthly statement charges the returned {model} once more.",
            ),
        ),
        (t("财务核对：价格表未按新合同更新。", "Finance finds the price list was not updated to the new contract."),),
        (
            Cause(
                "finance",
                t("价格协议更新未同步到开票系统。", "The new price agreement did not reach the billing system."),
                t("红冲重开发票", "Cancel and write the invoice again"),
                t("合同生效即更新价目", "Update prices when a contract takes effect"),
                t("月末抽查二十张发票", "Check twenty invoices each month"),
            ),
            Cause(
                "reception",
                t("退货单未及时传财务。", "The return note did not reach finance."),
                t("更正对账单", "Correct the statement"),
                t("退货单当日传递", "Pass on return notes the same day"),
                t("每周与财务核对退货", "Compare returns with finance weekly"),
            ),
        ),
        (
            t(
                "发票已重开并寄出，差额在本月货款中抵扣，抱歉。",
                "The invoice is written again and sent; the difference is set off this month. Our apologies.",
            ),
        ),
        ("justified",),
        frozenset(),
        ("receipt",),
    ),
    Trouble(
        "manner",
        40,
        False,
        ("other",),
        ("attitude", "service", "other"),
        ("none",),
        ("apology", "explanation", "special-answer", "improve"),
        (
            t(
                "打了三次电话催 {model} 的处理结果，接线员服务态度差，没说完就挂断。",
                "We called three times about {model}; the person was rude and hung up.",
            ),
            t(
                "售后人员到现场迟到两小时，服务态度不好，也没有把 {model} 的问题讲清楚。",
                "Your engineer came two hours late, was unfriendly and explained nothing about {model}.",
            ),
            t(
                "业务员答应给 {model} 的样品一直没寄，多次推脱。",
                "Your salesman promised samples of {model}, never sent them and makes excuses.",
            ),
        ),
        (
            t("已调听录音，确有未说完即挂断的情况。", "The recording confirms that the call was cut off."),
            t("与当事人核实，行程延误未提前告知客户。", "The person concerned confirms: the delay was not announced."),
        ),
        (
            Cause(
                "reception",
                t("高峰期人手不足，未按话术收尾。", "Too few people at the peak; the call was not closed properly."),
                t("主管当日致歉", "The head apologises the same day"),
                t("高峰时段增加一席", "One more seat at peak hours"),
                t("每月抽听录音二十条", "Listen to twenty recordings a month"),
            ),
            Cause(
                "field-service",
                t("上一处服务超时，未改约。", "The visit before took too long and no new time was agreed."),
                t("向客户致歉并补充服务报告", "Apologise and complete the report"),
                t("行程延误三十分钟须电话告知", "Delays of thirty minutes are told by telephone"),
                t("派工留出路途余量", "Leave time for the way when planning"),
            ),
        ),
        (
            t(
                "部门负责人已登门致歉，相关人员已培训，今后由专人跟进贵司事项。",
                "The head has apologised in person, the staff were trained, and one person now looks after you.",
            ),
        ),
        ("justified", "partly"),
        frozenset(),
        ("use-in-warranty",),
    ),
)
